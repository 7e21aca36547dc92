"""The editor as a folder of the built book: JupyterLite, Pyodide, the wheels and the cases."""

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
"""Wheels that the kernel's front end brings along."""

POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self' data: blob:; frame-src 'self'; manifest-src 'self'; base-uri 'none'"
)
"""As strict as JupyterLab allows: it compiles its schemas, and runs widgets and Python out of memory."""

LEFT_OUT = ("rspack.*", "doc", "package.json", "jupyterlite.schema.v0.json", "SHA256SUMS")
FONTS_OF_OLD = (".eot", ".ttf", ".svg", ".woff")

PARTS = 5_000_000
"""Bytes of the many small parts of JupyterLab that a first visit loads besides; a test compares the sum."""


def build(book: Path) -> Path:
    """Build the editor into a built book, clean.

    Parameters
    ----------
    book : Path
        The folder of the built book.

    Returns
    -------
    Path
        The folder of the editor.

    Raises
    ------
    SystemExit
        If something it needs is missing, or if the result would ask another host for anything.
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
    jupyter_lite(source, site)
    trim(site)
    compress(site / RUNTIME / "pyodide.asm.wasm")
    govern(site)
    opening_page(site)
    stay_inside(site)
    return site


def copy_pyodide(runtime: Path) -> None:
    """Copy Python for the browser, and the small script that unpacks it."""
    package = NPM / "pyodide" / "package.json"
    found = json.loads(package.read_text(encoding="utf-8"))["version"] if package.is_file() else "no version of it"
    if found != PYODIDE_VERSION:
        raise SystemExit(f"The kernel wants pyodide {PYODIDE_VERSION}; node_modules has {found}. See package.json.")
    for name in PYODIDE:
        shutil.copy(NPM / "pyodide" / name, runtime)
    shutil.copy(ROOT / "publish" / "lite" / "unpacked.mjs", runtime)
    shutil.copy(NPM / "pyodide" / "pyodide-lock.json", runtime)  # replaced by the editor's own


def pyodide_info() -> dict[str, str]:
    """Return what Pyodide says of its Python and its machine."""
    return json.loads((NPM / "pyodide" / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]


def settings(packages: dict[str, Any], lock: str) -> dict[str, Any]:
    """Return the settings of JupyterLite: everything from this folder, nothing from elsewhere."""
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {
            "lockFileURL": f"./{RUNTIME}/pyodide-lock.json?{lock}",
            "packages": sorted(packages),
        },
    }
    data: dict[str, Any] = {
        "appName": "The sacral casebook",
        "exposeAppInBrowser": True,
        "litePluginSettings": {KERNEL_PLUGIN: kernel},
    }
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}


def extension(name: str) -> Path:
    """Return where a JupyterLab extension is installed."""
    return Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name


def jupyter_lite(source: Path, site: Path) -> None:
    """Run JupyterLite's own build, of only what is used."""
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", source, "--output-dir", site]
    command += ["--contents", source / "files", "--settings-overrides", "overrides.json"]
    command += ["--ignore-sys-prefix", "--no-sourcemaps", "--no-unused-shared-packages", "--no-libarchive"]
    command += [part for app in APPS for part in ("--apps", app)]
    command += [f"--LiteBuildConfig.federated_extensions={extension(name)}" for name in EXTENSIONS]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd=source, check=False)
    if done.returncode:
        raise SystemExit(f"jupyter lite build failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


def trim(site: Path) -> None:
    """Delete what no page loads."""
    for pattern in LEFT_OUT:
        for path in site.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (site / "build").glob("fa-*"):
        if path.suffix in FONTS_OF_OLD:
            path.unlink()


def compress(wasm: Path) -> None:
    """Pack Python to a third. Many servers do not, and `unpacked.mjs` unpacks it in the browser."""
    wasm.with_name(wasm.name + ".gz").write_bytes(gzip.compress(wasm.read_bytes(), 9, mtime=0))
    wasm.unlink()
    settings = wasm.parents[2] / "jupyter-lite.json"
    data = json.loads(settings.read_text(encoding="utf-8"))
    kernel = data["jupyter-config-data"]["litePluginSettings"][KERNEL_PLUGIN]
    kernel["pyodideUrl"] = f"./{RUNTIME}/unpacked.mjs"
    write(settings, data)


def govern(site: Path) -> None:
    """Write a content security policy into every page of JupyterLite."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    for path in site.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        path.write_text(page.replace("<head>", f"<head>\n{meta}", 1), encoding="utf-8")


def opening_page(site: Path) -> None:
    """Write the page that loads all this, and what the editor says of itself."""
    cases = {path.stem: load_case(path).title for path in sorted((ROOT / "cases").glob("*.yml"))}
    runtime = site / RUNTIME
    first = [*runtime.glob("*.mjs"), *runtime.glob("*.gz"), *runtime.glob("*.zip"), *runtime.rglob("*.whl")]
    first += [*(site / "build").glob("jlab_core.*.js")]
    loads = {path.relative_to(site).as_posix(): path.stat().st_size for path in sorted(first)}
    size = sum(loads.values()) + PARTS
    shipped = {"made_of": made_of(ROOT, *MADE_OF), "cases": cases, "bytes": size, "loads": loads}
    write(site / SHIPPED, shipped)
    esbuild = NPM / ".bin" / "esbuild"
    script = [
        esbuild,
        ROOT / "publish" / "lite" / "open.ts",
        "--bundle",
        "--minify",
        "--format=esm",
        f"--outfile={site / 'open.js'}",
    ]
    done = subprocess.run([str(part) for part in (*script, "--log-level=warning")], check=False)
    if done.returncode:
        raise SystemExit("esbuild failed; see above.")
    page = (ROOT / "publish" / "lite" / "open.html").read_text(encoding="utf-8")
    items = "".join(
        f'<li><a href="index.html?case={escape(id)}">{escape(title)}</a></li>' for id, title in cases.items()
    )
    page = page.replace("{policy}", POLICY).replace("{cases}", items)
    (site / "index.html").write_text(page.replace("{size}", f"{size / 1e6:.0f}"), encoding="utf-8")


def stay_inside(site: Path) -> None:
    """Make sure that nothing in the settings leads to another host, and that no setting is left to a default."""
    paths = [site / "jupyter-lite.json", *(site / app / "jupyter-lite.json" for app in APPS)]
    paths += [site / RUNTIME / "pyodide-lock.json"]
    named = [f"{path}: {host}" for path in paths for host in hosts_named(json.loads(path.read_text(encoding="utf-8")))]
    data = json.loads(paths[0].read_text(encoding="utf-8"))["jupyter-config-data"]
    kernel = data["litePluginSettings"][KERNEL_PLUGIN]
    here = kernel.get("disablePyPIFallback") is True and re.match(r"\./", kernel.get("pyodideUrl", ""))
    if named or not here or not kernel["loadPyodideOptions"]["lockFileURL"].startswith("./"):
        raise SystemExit("\n".join(["The editor would ask another host:", *named, json.dumps(kernel, indent=1)]))


def write(path: Path, data: Any) -> str:
    """Write JSON and return the digest of its text."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    path.write_text(text, encoding="utf-8")
    return hashlib.sha256(text.encode()).hexdigest()[:16]
