"""A class on JupyterHub: many users open a case at once, on this machine.

    python -m benchmarks.hub --users 20

Not one of the measurements of `python -m benchmarks`: it makes an environment of its own in ``_build/hub`` with
JupyterHub and its proxy, from PyPI and npm, and keeps it. Hub, proxy and servers listen on 127.0.0.1 alone.

Every user asks for a server, gets a copy of the cases, opens the notebook of one and runs it up to the explorer.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from uuid import uuid4

import httpx
import psutil
import websocket

from benchmarks.setting import ROOT

CASE = "colon-s1"
UPTO = "explorer"
"""Id of the cell that the users wait for."""

PATIENCE = 900
CONFIG = """
import shutil
from pathlib import Path

c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
c.ConfigurableHTTPProxy.command = {command!r}
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.JupyterHub.concurrent_spawn_limit = 0
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.Spawner.ip = "127.0.0.1"
c.Spawner.cmd = [{singleuser!r}]
c.Spawner.args = ["--allow-root"]
c.Spawner.start_timeout = c.Spawner.http_timeout = {patience}
c.Spawner.env_keep = ["PATH", "PYTHONPATH"]
c.JupyterHub.services = [{{"name": "class", "api_token": {token!r}}}]
c.JupyterHub.load_roles = [
    {{"name": "class", "scopes": ["admin:users", "admin:servers", "access:servers"], "services": ["class"]}}
]


def give_cases(spawner):
    home = Path({homes!r}) / spawner.user.name
    shutil.copytree({cases!r}, home / "cases", dirs_exist_ok=True)


c.Spawner.pre_spawn_hook = give_cases
"""


@dataclass(frozen=True)
class Waited:
    """Seconds from a user's asking, to the server and to the explorer."""

    server: float
    explorer: float


def environment(folder: Path) -> Path:
    """Make the environment, if it is not there yet, and return its folder of programs."""
    programs = folder / "venv" / "bin"
    if not (folder / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        packages = ["-r", ROOT / "requirements.txt", "-c", ROOT / "constraints.txt", "jupyterhub>=5,<7"]
        subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", *packages], cwd=ROOT, check=True)
        proxy = [
            "npm",
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            folder,
            "configurable-http-proxy@5",
        ]
        subprocess.run(proxy, check=True)
        (folder / ".ready").touch()
    return programs


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def hub(folder: Path, programs: Path, homes: Path, token: str) -> Iterator[tuple[str, psutil.Process]]:
    """Run a hub; give its address and its process."""
    port = free_port()
    config = homes / "hub.py"
    config.write_text(
        CONFIG.format(
            port=port,
            hub=free_port(),
            proxy=free_port(),
            command=[str(folder / "node_modules/.bin/configurable-http-proxy")],
            homes=str(homes),
            singleuser=str(programs / "jupyterhub-singleuser"),
            patience=PATIENCE,
            token=token,
            cases=str(ROOT / "cases"),
        )
    )
    own = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "CONFIGPROXY_AUTH_TOKEN": secrets.token_hex(16)}
    log = (homes / "hub.log").open("w")
    process = subprocess.Popen(
        [programs / "jupyterhub", "-f", config], cwd=homes, env=os.environ | own, stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until(lambda: answers(f"{address}/hub/health"), process)
        yield address, psutil.Process(process.pid)
    except BaseException:
        print((homes / "hub.log").read_text()[-3000:], file=sys.stderr)
        raise
    finally:
        process.terminate()  # the hub ends its servers and its proxy
        process.wait(timeout=120)


def answers(url: str) -> bool:
    """Tell whether somebody answers there."""
    try:
        return httpx.get(url).status_code == 200
    except httpx.HTTPError:
        return False


def until(done: object, process: subprocess.Popen[bytes]) -> None:
    """Wait until something is so, for as long as the process lives."""
    began = time.monotonic()
    while not done():
        if process.poll() is not None or time.monotonic() - began > PATIENCE:
            raise SystemExit("JupyterHub did not start.")
        time.sleep(0.2)


def open_case(address: str, token: str, user: str) -> Waited:
    """Do what a user does who opens a case and runs it."""
    began = time.perf_counter()
    headers = {"Authorization": f"token {token}"}
    with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE, follow_redirects=True) as client:
        client.post(f"/hub/api/users/{user}").raise_for_status()
        client.post(f"/hub/api/users/{user}/server").raise_for_status()
        while not client.get(f"/hub/api/users/{user}").raise_for_status().json()["servers"].get("", {}).get("ready"):
            time.sleep(0.25)
        server = time.perf_counter() - began
        at = f"/user/{user}"
        client.get(f"{at}/lab/tree/cases/{CASE}.ipynb").raise_for_status()
        notebook = client.get(f"{at}/api/contents/cases/{CASE}.ipynb").raise_for_status().json()["content"]
        asked = {"path": f"cases/{CASE}.ipynb", "name": CASE, "type": "notebook", "kernel": {"name": "python3"}}
        kernel = client.post(f"{at}/api/sessions", json=asked).raise_for_status().json()["kernel"]["id"]
        url = f"{address.replace('http', 'ws', 1)}{at}/api/kernels/{kernel}/channels"
        talk = websocket.create_connection(url, header=[f"Authorization: token {token}"], timeout=PATIENCE)
        try:
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    shown = execute(talk, "".join(cell["source"]))
                if cell.get("id") == UPTO:
                    break
        finally:
            talk.close()
    if 'data-casebook-widget="explorer"' not in shown:
        raise SystemExit(f"{user} was not shown the explorer.")
    return Waited(server, time.perf_counter() - began)


def execute(talk: websocket.WebSocket, code: str) -> str:
    """Run code in a kernel and return the markup that it shows."""
    id, shown = uuid4().hex, ""
    header = {"msg_id": id, "msg_type": "execute_request", "session": id, "username": "", "version": "5.3", "date": ""}
    content = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
    talk.send(
        json.dumps({"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content})
    )
    while True:
        message = json.loads(talk.recv())
        if message["parent_header"].get("msg_id") != id:
            continue
        content = message["content"]
        if message["msg_type"] == "execute_result":
            shown = content["data"].get("text/html", "")
        if message["msg_type"] == "error":
            raise SystemExit(f"{content['ename']}: {content['evalue']}")
        if message["msg_type"] == "status" and content["execution_state"] == "idle":
            return shown


def memory(process: psutil.Process) -> float:
    """Return the memory of a process and all below it in MB; what they share is counted once."""
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            full = each.memory_full_info()
            total += getattr(full, "pss", full.uss)
        except psutil.Error:
            continue
    return total / 1e6


def main() -> None:
    """Read the command line, run the class, and say how it went."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hub", description=__doc__)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--environment", type=Path, default=ROOT / "_build/hub", help="where JupyterHub is installed")
    arguments = parser.parse_args()
    if not shutil.which("npm"):
        parser.error("npm was not found on PATH: the proxy of JupyterHub needs Node 20 or later")
    folder = arguments.environment.resolve()
    programs, token = environment(folder), secrets.token_hex(16)
    with TemporaryDirectory() as homes, hub(folder, programs, Path(homes), token) as (address, process):
        alone = memory(process)
        with ThreadPoolExecutor(arguments.users) as room:
            waited = list(room.map(lambda n: open_case(address, token, f"user{n:02}"), range(arguments.users)))
        full = memory(process)
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"{arguments.users} users at once, {cores} cores, load {load:.1f} at the end")
    for name in ("server", "explorer"):
        seconds = [getattr(each, name) for each in waited]
        print(f"asked → {name}: median {median(seconds):.1f} s, slowest {max(seconds):.1f} s")
    print(
        f"memory: hub and proxy {alone:.0f} MB, with the class {full:.0f} MB, {(full - alone) / len(waited):.0f} MB a user"
    )


if __name__ == "__main__":
    main()
