"""The site of the editor, a folder of the built book: JupyterLite, Pyodide, the wheels and the cases."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from casebook.cases.case import load_case
from casebook.messages import message
from publish.lite.wheels import ROOT, gather, locked
from publish.pages.editor_link import FOLDER, MADE_OF, SHIPPED, made_of
from publish.pages.external_requests import hosts_named

WORK = ROOT / "_build" / "lite"
NPM = ROOT / "node_modules"
PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
RUNTIME = "static/pyodide"
# Imported by its name, because only make lite installs this package: the check of the types does without.
_CONSTANTS = import_module("jupyterlite_pyodide_kernel.constants")
KERNEL: str = _CONSTANTS.PYODIDE_KERNEL_NPM_NAME
KERNEL_PLUGIN: str = _CONSTANTS.PYODIDE_KERNEL_PLUGIN_ID
PYODIDE_VERSION: str = _CONSTANTS.PYODIDE_VERSION
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
APPS = ("notebooks", "edit")
SHIMS = ("piplite", "pyodide_kernel", "ipykernel")
"""Wheels that are part of the kernel's front end."""

PAGE_TEXTS = ("title", "heading", "script", "back", "case-file", "download", "restore")
"""Messages of the opening page."""

POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; frame-src 'self'; manifest-src 'self'; base-uri 'none'"
)
"""As strict as possible: JupyterLab compiles its schemas, and runs widgets and Python from memory."""

UNUSED_FILES = ("rspack.*", "doc", "package.json", "jupyterlite.schema.v0.json", "SHA256SUMS")
OLD_FONT_SUFFIXES = (".eot", ".ttf", ".svg", ".woff")

SMALL_FILES_BYTES = 5_000_000
"""Total size of the many small files of JupyterLab that a first visit also loads; a test checks the sum."""


def build(book: Path) -> Path:
    """Build the editor into a built book, replacing an earlier one.

    Parameters
    ----------
    book : Path
        Folder of the built book.

    Returns
    -------
    Path
        Folder of the editor.

    Raises
    ------
    SystemExit
        If a part is missing, or the result would send a request to another host.
    """
    source, site = WORK / "source", book / FOLDER
    for folder in (source, site):
        shutil.rmtree(folder, ignore_errors=True)
    runtime = source / RUNTIME
    runtime.mkdir(parents=True)
    copy_pyodide(runtime)
    kernel = extension(KERNEL) / "static" / "pypi"
    shims = [next(kernel.glob(f"{name}-*.whl")) for name in SHIMS]
    wheels = gather(runtime / "packages", WORK / "wheels", runtime / "python_stdlib.zip", shims)
    packages = locked(wheels, runtime)
    lock = write(runtime / "pyodide-lock.json", {"info": pyodide_info(), "packages": packages})
    write(source / "jupyter-lite.json", settings(packages, lock))
    write(
        source / "overrides.json",
        json.loads((ROOT / "publish" / "lite" / "overrides.json").read_text(encoding="utf-8")),
    )
    shutil.copytree(ROOT / "cases", source / "files" / "cases", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    build_jupyter_lite(source, site)
    trim(site)
    compress(site / RUNTIME / "pyodide.asm.wasm")
    add_policy(site)
    write_opening_page(site)
    check_hosts(site)
    return site


def copy_pyodide(runtime: Path) -> None:
    """Copy Python for the browser, and the script that decompresses it."""
    package = NPM / "pyodide" / "package.json"
    if not package.is_file():
        raise SystemExit(message("lite-pyodide-missing", wanted=PYODIDE_VERSION))
    found = json.loads(package.read_text(encoding="utf-8"))["version"]
    if found != PYODIDE_VERSION:
        raise SystemExit(message("lite-pyodide", wanted=PYODIDE_VERSION, found=found))
    for name in PYODIDE:
        shutil.copy(NPM / "pyodide" / name, runtime)
    shutil.copy(ROOT / "publish" / "lite" / "unpacked.mjs", runtime)
    shutil.copy(NPM / "pyodide" / "pyodide-lock.json", runtime)  # replaced later by the editor's own


def pyodide_info() -> dict[str, str]:
    """Return Pyodide's description of its Python version and platform."""
    return json.loads((NPM / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]


def settings(packages: dict[str, Any], lock: str) -> dict[str, Any]:
    """Return the settings of JupyterLite, which load everything from this folder."""
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"./{RUNTIME}/pyodide-lock.json?{lock}",
            "packages": sorted(packages),
        },
    }
    data = {
        "appName": message("lite-app-name"),
        "exposeAppInBrowser": True,
        "litePluginSettings": {KERNEL_PLUGIN: kernel},
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}


def extension(name: str) -> Path:
    """Return the folder of an installed JupyterLab extension."""
    return Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name


def build_jupyter_lite(source: Path, site: Path) -> None:
    """Run the build of JupyterLite for the applications and extensions in use."""
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", source, "--output-dir", site]
    command += ["--contents", source / "files", "--settings-overrides", "overrides.json"]
    command += ["--ignore-sys-prefix", "--no-sourcemaps", "--no-unused-shared-packages", "--no-libarchive"]
    command += [part for app in APPS for part in ("--apps", app)]
    command += [f"--LiteBuildConfig.federated_extensions={extension(name)}" for name in EXTENSIONS]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=source, check=False)
    if done.returncode:
        raise SystemExit("\n".join([message("lite-jupyter-failed"), done.stdout[-2000:], done.stderr[-4000:]]))


def trim(site: Path) -> None:
    """Delete files that no page loads."""
    for pattern in UNUSED_FILES:
        for path in site.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (site / "build").glob("fa-*"):
        if path.suffix in OLD_FONT_SUFFIXES:
            path.unlink()


def compress(wasm: Path) -> None:
    """Compress Python to a third, because many servers do not; `unpacked.mjs` decompresses it in the browser."""
    wasm.with_name(wasm.name + ".gz").write_bytes(gzip.compress(wasm.read_bytes(), 9, mtime=0))
    wasm.unlink()
    settings = wasm.parents[2] / "jupyter-lite.json"
    data = json.loads(settings.read_text(encoding="utf-8"))
    kernel = data["jupyter-config-data"]["litePluginSettings"][KERNEL_PLUGIN]
    kernel["pyodideUrl"] = f"./{RUNTIME}/unpacked.mjs"
    write(settings, data)


def add_policy(site: Path) -> None:
    """Write a content security policy into every page of JupyterLite."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        path.write_text(page.replace("<head>", f"<head>\n{meta}", 1), encoding="utf-8")


def write_opening_page(site: Path) -> None:
    """Write the page that loads the editor, and the file that describes the editor."""
    cases = {path.stem: load_case(path).title for path in sorted((ROOT / "cases").glob("*.yml"))}
    runtime = site / RUNTIME
    first = [*runtime.glob("*.mjs"), *runtime.glob("*.gz"), *runtime.glob("*.zip"), *runtime.rglob("*.whl")]
    first += [*(site / "build").glob("jlab_core.*.js")]
    loads = {path.relative_to(site).as_posix(): path.stat().st_size for path in sorted(first)}
    size = sum(loads.values()) + SMALL_FILES_BYTES
    shipped = {"made_of": made_of(ROOT, *MADE_OF), "cases": cases, "bytes": size, "loads": loads}
    write(site / SHIPPED, shipped)
    script = ["node", ROOT / "publish" / "lite" / "opening_page.mjs", site]
    done = subprocess.run([str(part) for part in script], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(message("lite-esbuild-failed"))
    page = (ROOT / "publish" / "lite" / "open.html").read_text(encoding="utf-8")
    items = "".join(
        f'<li><a href="index.html?case={escape(name)}">{escape(title)}</a></li>' for name, title in cases.items()
    )
    texts = {name: message(f"lite-page-{name}") for name in PAGE_TEXTS}
    texts["about"] = message("lite-about", megabytes=f"{size / 1e6:.0f}")
    parts = {name: escape(text) for name, text in texts.items()} | {"policy": POLICY, "cases": items}
    for name, part in parts.items():
        page = page.replace(f"{{{name}}}", part)
    (site / "index.html").write_text(page, encoding="utf-8")


def check_hosts(site: Path) -> None:
    """Check that no setting names another host or has been left to a default."""
    paths = [site / "jupyter-lite.json", *(site / app / "jupyter-lite.json" for app in APPS)]
    paths += [site / RUNTIME / "pyodide-lock.json"]
    named = [f"{path}: {host}" for path in paths for host in hosts_named(json.loads(path.read_text(encoding="utf-8")))]
    data = json.loads(paths[0].read_text(encoding="utf-8"))["jupyter-config-data"]
    kernel = data["litePluginSettings"][KERNEL_PLUGIN]
    local = kernel.get("disablePyPIFallback") is True and re.match(r"\./", kernel.get("pyodideUrl", ""))
    if named or not local or not kernel["loadPyodideOptions"]["lockFileURL"].startswith("./"):
        raise SystemExit("\n".join([message("lite-external"), *named, json.dumps(kernel, indent=1)]))


def write(path: Path, data: Any) -> str:
    """Write JSON and return the digest of its text."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()[:16]
