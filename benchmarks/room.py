"""A full room: from a vote to the presenter's screen, and what twenty kills lose.

The server is a process of its own. The phones speak HTTP over loopback, a new connection for every vote
as phones do that sleep in between, and one stream of events each; all have one address, as behind the
network of a hospital. In a round every phone votes within a few seconds, in one all at the same moment.
Then the server is killed at random moments while phones change their votes, and started again; every
phone comes back by its cookie and compares the vote that it finds with the last that was acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from benchmarks.figure import Figure, p95, spread
from benchmarks.setting import ROOT, Setting

ROOMS = (300, 60)
BUDGET = 1000.0
KILLS = 20
SPREAD = 3.0
"""Seconds within which the phones of a round vote."""
RETRY = 1.0
"""Seconds after which a browser opens a broken stream again, as the server asks."""
TOLD = re.compile(r"Code +(\w+)\nConsole +http://127\.0\.0\.1:(\d+)/room/#key=(\S+)\n")
PATIENCE = 60.0


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield what a room of 300 and one of 60 take."""
    for number in ROOMS:
        with TemporaryDirectory() as folder:
            yield from asyncio.run(_room(number, stubs(Path(folder))))


def stubs(folder: Path) -> Path:
    """Return a book whose cases are the real ones and whose pages are stubs."""
    for name in ("cases", "book"):
        (folder / name).symlink_to(ROOT / name)
    pages = folder / "_build/html/cases"
    pages.mkdir(parents=True)
    for case in (ROOT / "cases").glob("*.yml"):
        (pages / f"{case.stem}.html").write_text(case.stem, "utf-8")
    (pages.parent / "index.html").write_text("the book", "utf-8")
    return folder


class Server:
    """The room's process; the same session and port after each start."""

    def __init__(self, book: Path) -> None:
        self.book = book
        self.port = 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-u", "-m", "classroom", "--book", self.book, "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, encoding="utf-8")
        said = ""
        for line in self.process.stdout:
            said += line
            if line.startswith("Stop with"):
                break
        else:
            raise SystemExit(f"The room did not start: {said}")
        self.code, port, self.key = TOLD.search(said).groups()
        self.port = int(port)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


class Browser:
    """One cookie, and the requests that are made with it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookie = ""
        self.states: asyncio.Queue[tuple[float, dict[str, Any]]] = asyncio.Queue()

    def head(self, method: str, what: str, *more: str) -> bytes:
        here = f"127.0.0.1:{self.server.port}"
        lines = [f"{method} /room/api/{what} HTTP/1.1", f"Host: {here}", f"Origin: http://{here}", *more]
        return "\r\n".join([*lines, *([f"Cookie: {self.cookie}"] if self.cookie else []), "", ""]).encode()

    async def ask(self, what: str, method: str = "POST", **body: Any) -> tuple[int, Any]:
        """Ask over a connection of its own; raise OSError or EOFError where there is no server."""
        sent = json.dumps(body).encode() if method == "POST" else b""
        more = ["Connection: close", "Content-Type: application/json", f"Content-Length: {len(sent)}"]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port)
        try:
            writer.write(self.head(method, what, *more) + sent)
            answer = await reader.read()
        finally:
            writer.close()
        head, found, content = answer.partition(b"\r\n\r\n")
        if not found:
            raise EOFError
        for cookie in re.findall(rb"(?im)^set-cookie: ([^;\r]+)", head):
            self.cookie = cookie.decode()
        length = re.search(rb"(?im)^content-length: (\d+)", head)
        if length and len(content) < int(length[1]):
            raise EOFError
        return int(head.split()[1]), json.loads(content) if content[:1] in b"{[" and content else None

    async def must(self, what: str, **body: Any) -> Any:
        status, answer = await self.ask(what, **body)
        assert status in (200, 204), (what, status, answer)
        return answer

    async def listen(self) -> None:
        """Follow the stream, and open it again whenever it breaks off."""
        while True:
            with suppress(OSError, EOFError):
                reader, writer = await asyncio.open_connection("127.0.0.1", self.server.port, limit=2**22)
                try:
                    writer.write(self.head("GET", "events"))
                    while line := await reader.readline():
                        if line.startswith(b"data: {"):
                            self.states.put_nowait((time.perf_counter(), json.loads(line[6:])))
                finally:
                    writer.close()
            await asyncio.sleep(RETRY * random.uniform(0.5, 1.5))


class Phone(Browser):
    """A phone that sits in the room.

    Attributes
    ----------
    acknowledged : dict or None
        The last vote in the present round that the server said it has.
    sent : list of dict
        What was sent since then.
    """

    def begin(self) -> None:
        self.acknowledged: dict[str, Any] | None = None
        self.sent: list[dict[str, Any]] = []

    async def vote(self, round: int, fields: list[dict[str, Any]]) -> bool:
        """Vote once at random; return whether that was acknowledged."""
        answer = {each["id"]: random.choice(each["options"])["id"] for each in fields}
        self.sent.append(answer)
        with suppress(OSError, EOFError):
            status, _ = await self.ask("vote", round=round, answer=answer)
            if status == 200:
                self.acknowledged, self.sent = answer, []
                return True
            assert status == 429, status
        return False

    def lost(self, mine: dict[str, Any] | None) -> bool:
        """Whether what the server has is neither what it acknowledged last nor what was on its way."""
        return mine != self.acknowledged and mine not in self.sent


@asynccontextmanager
async def seated(server: Server, number: int) -> AsyncIterator[tuple[Browser, list[Phone]]]:
    """A presenter and phones, who all listen."""
    presenter, phones = Browser(server), [Phone(server) for _ in range(number)]
    await presenter.must("enter", key=server.key)
    await asyncio.gather(*(phone.must("join", code=server.code) for phone in phones))
    listening = [asyncio.create_task(each.listen()) for each in (presenter, *phones)]
    try:
        yield presenter, phones
    finally:
        for each in listening:
            each.cancel()
        await asyncio.gather(*listening, return_exceptions=True)


async def _until(browser: Browser, wanted: Any) -> tuple[float, dict[str, Any]]:
    async with asyncio.timeout(PATIENCE):
        while True:
            when, state = await browser.states.get()
            if wanted(state):
                return when, state


async def _opened(
    presenter: Browser, phones: list[Phone], **what: Any
) -> tuple[int, list[dict[str, Any]], list[float]]:
    """Open a round; return its number, its fields, and after how long each phone showed it."""
    began = time.perf_counter()
    round = (await presenter.must("open", **what))["round"]
    for phone in phones:
        phone.begin()
    seen = await asyncio.gather(
        *(_until(each, lambda state: (state["round"] or {}).get("id") == round) for each in phones)
    )
    return round, seen[0][1]["round"]["fields"], [when - began for when, _ in seen]


async def _round(
    presenter: Browser, phones: list[Phone], within: float, **what: Any
) -> tuple[list[float], list[float], list[float]]:
    """Play one round; return the seconds from each vote to the screen, and from opening and from closing to each phone."""
    round, fields, told = await _opened(presenter, phones, **what)
    sent: list[float] = []

    async def vote(phone: Phone) -> None:
        await asyncio.sleep(random.uniform(0, within))
        began = time.perf_counter()
        assert await phone.vote(round, fields)
        sent.append(began)  # in the order in which votes were acknowledged, so in which they were counted

    shown: list[float] = []

    async def watch() -> None:
        while len(shown) < len(phones):
            when, state = await _until(presenter, lambda state: (state["round"] or {}).get("id") == round)
            shown.extend([when] * (state["committed"] - len(shown)))

    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(watch(), *(vote(phone) for phone in phones))
    began = time.perf_counter()
    result = await presenter.must("close", round=round)
    assert result["votes"] == len(phones)
    seen = await asyncio.gather(*(_until(each, lambda state: state["result"]) for each in phones))
    late = [after - before for before, after in zip(sent, shown, strict=True)]
    return late, told, [when - began for when, _ in seen]


async def _killed(
    server: Server, presenter: Browser, phones: list[Phone], fields: list[dict[str, Any]], round: int
) -> tuple[int, list[float]]:
    """Kill the server while phones vote, start it again; return how many votes are lost, and each phone's way back."""
    stop = asyncio.Event()

    async def go_on(phone: Phone) -> None:
        while not stop.is_set():
            await phone.vote(round, fields)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), random.uniform(0.3, 3))

    voting = [asyncio.create_task(go_on(phone)) for phone in phones]
    await asyncio.sleep(random.uniform(0.2, 2))
    server.kill()
    stop.set()
    await asyncio.gather(*voting)
    for each in (presenter, *phones):
        while not each.states.empty():
            each.states.get_nowait()
    await asyncio.to_thread(server.start)
    began = time.perf_counter()
    back = await asyncio.gather(*(_until(each, lambda state: True) for each in phones))
    lost = 0
    for phone, (_, state) in zip(phones, back, strict=True):
        lost += phone.lost(state["mine"])
        phone.acknowledged, phone.sent = state["mine"], []
    return lost, [when - began for when, _ in back]


async def _room(number: int, book: Path) -> list[Figure]:
    server = Server(book)
    try:
        async with seated(server, number) as (presenter, phones):
            process, began = psutil.Process(server.process.pid), time.perf_counter()
            idle = sum(process.cpu_times()[:2])
            cases = [
                each["id"]
                for each in (await presenter.ask("agenda", "GET"))[1]["cases"]
                if each["page"].startswith("cases/")
            ]
            latencies, opened, closed = [], [], []
            turns = [(SPREAD, {"kind": "reading", "case": case}) for case in cases]
            turns += [
                (SPREAD, {"kind": "reading", "case": cases[0], "again": 1}),
                (0, {"kind": "plan", "case": cases[0]}),
            ]
            for within, what in turns:
                at_once, told, shown = await _round(presenter, phones, within, **what)
                latencies, opened, closed = latencies + at_once, opened + told, closed + shown
            busy = 100 * (sum(process.cpu_times()[:2]) - idle) / (time.perf_counter() - began)
            memory = process.memory_info().rss / 2**20
            round, fields, _ = await _opened(presenter, phones, kind="reading", case=cases[1], again=2)
            lost, ways = 0, []
            for _ in range(KILLS):
                gone, way = await _killed(server, presenter, phones, fields, round)
                lost, ways = lost + gone, ways + way
            right = sum(phone.acknowledged is not None for phone in phones)
            lost += abs((await presenter.must("close", round=round))["votes"] - right)
    finally:
        server.kill()
    milliseconds = [1000 * each for each in latencies]
    name = f"room of {number}:"
    return [
        Figure(f"{name} vote → screen, p95", p95(milliseconds), "ms", BUDGET, spread(milliseconds)),
        Figure(f"{name} all at one moment → screen, p95", 1000 * p95(at_once), "ms", BUDGET),
        Figure(f"{name} opened → on every phone, p95", 1000 * p95(opened), "ms", None, spread(opened)),
        Figure(f"{name} closed → result on every phone, median", 1000 * median(closed), "ms", None, spread(closed)),
        Figure(f"{name} acknowledged votes lost, {KILLS} kills", lost, "votes", 0.0),
        Figure(f"{name} started again → phone back, p95", 1000 * p95(ways), "ms", None, spread(ways)),
        Figure(f"{name} memory of the server", memory, "MB"),
        Figure(f"{name} processor of the server, of one core", busy, "%"),
    ]
