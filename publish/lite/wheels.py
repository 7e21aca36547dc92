"""The wheels of the editor: packages from the package index, and the wheel of this book."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casebook.messages import message
from publish.pages.editor_link import made_of

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ROOT / "publish" / "lite" / "packages.txt"
TARGET = ("--python-version=3.14", "--implementation=cp", "--abi=cp314", "--abi=none")
PLATFORMS = ("--platform=pyemscripten_2026_0_wasm32", "--platform=any")
OWN = ("casebook", "widgets", "classroom", "pyproject.toml", "setup.py", "README.md", "LICENSE", "LICENSE-prose.md")

UNUSED = re.compile(
    r"""
    (^|/)tests?/                                                # tests
    | \.data/                                                   # front ends, which the site serves already
    | \.pyi$
    | ^pygments/lexers/(?!__init__|_mapping|python|special)     # other languages than Python
    | ^pygments/styles/(?!__init__|_mapping|default|monokai)
    | ^pygments/formatters/(?!__init__|_mapping|html|terminal)
    """,
    re.VERBOSE,
)
"""Files that no notebook of the book needs, left out of the wheels."""


def pip(*arguments: str | Path) -> None:
    """Run pip.

    Raises
    ------
    SystemExit
        If pip fails; its output says why.
    """
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise SystemExit(message("lite-pip-failed", command=str(arguments[0])))


def gather(folder: Path, cache: Path, library: Path, more: Iterable[Path]) -> list[Path]:
    """Return all wheels of the editor, built in a folder.

    Parameters
    ----------
    folder : Path
    cache : Path
        Folder of the downloaded wheels.
    library : Path
        The standard library as a zip file, which is compiled in place.
    more : iterable of Path
        Further wheels.
    """
    folder.mkdir(parents=True)
    wheels = {wheel: folder / wheel.name for wheel in (*downloads(cache), *more)}
    built = own(folder)
    parts = folder / "parts"
    for zipped in (*wheels, built, library):
        unpack(zipped, parts / zipped.name)
    run = ["node", ROOT / "publish" / "lite" / "compile.mjs", parts]
    done = subprocess.run([str(part) for part in run], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(message("lite-compile-failed"))
    for zipped in (*wheels.values(), built, library):
        pack(parts / zipped.name, zipped)
    shutil.rmtree(parts)
    return [*wheels.values(), built, empty_wheel("jedi", folder)]


def downloads(cache: Path) -> list[Path]:
    """Return the wheels of `packages.txt`, downloaded unless they are up to date."""
    made_for = cache / "made-for.txt"
    wanted = PACKAGES.read_text(encoding="utf-8") + (ROOT / "constraints.txt").read_text(encoding="utf-8")
    if not made_for.exists() or made_for.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(cache, ignore_errors=True)
        chosen = ("--requirement", PACKAGES, "--constraint", ROOT / "constraints.txt", "--dest", cache)
        pip("download", "--no-deps", "--only-binary=:all:", *TARGET, *PLATFORMS, *chosen)
        made_for.write_text(wanted, encoding="utf-8")
    return sorted(cache.glob("*.whl"))


def own(folder: Path) -> Path:
    """Build the wheel of this book from a copy, so that the working tree is not changed.

    The name of its folder is the digest of its sources, so that no browser uses an outdated copy.
    """
    source = folder / "source"
    ignore = shutil.ignore_patterns("__pycache__", "test_*.py", "*.ts", "*.tsx", "*.mjs")
    for name in OWN:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=ignore)
        else:
            shutil.copy(path, source / name)
    target = folder / made_of(ROOT, "casebook", "widgets", "classroom")
    pip("wheel", "--no-deps", "--wheel-dir", target, source)
    shutil.rmtree(source)
    return next(target.glob("*.whl"))


def unpack(zipped: Path, folder: Path) -> None:
    """Unpack a wheel without unused files."""
    with zipfile.ZipFile(zipped) as given:
        for entry in given.infolist():
            if not entry.is_dir() and not UNUSED.search(entry.filename):
                given.extract(entry, folder)


def pack(folder: Path, zipped: Path) -> None:
    """Pack a folder reproducibly."""
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix())
                made.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def empty_wheel(name: str, folder: Path) -> Path:
    """Return an empty wheel for a package that the kernel requires but does not need.

    IPython completes names without jedi, whose wheel is as large as all other wheels together.
    """
    wheel = folder / f"{name}-0-py3-none-any.whl"
    about = f"{name}-0.dist-info"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n")
        made.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{about}/RECORD", "")
    return wheel


def locked(wheels: Iterable[Path], folder: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of Pyodide's lock file for the wheels in a folder."""
    entries: dict[str, dict[str, Any]] = {}
    for wheel in wheels:
        distribution, version, *_ = wheel.name.split("-")
        name = re.sub(r"[-_.]+", "-", distribution).lower()
        entries[name] = {
            "name": name,
            "version": version,
            "file_name": wheel.relative_to(folder).as_posix(),
            "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            "install_dir": "site",
            "package_type": "package",
            "unvendored_tests": False,
            "imports": [],
            "depends": [],
        }
    return entries
