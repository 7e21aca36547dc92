"""The wheels that the editor serves: packages from the index, and the book's own from the checkout."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from widgets.publish.editing import made_of

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "lite" / "packages.txt"
TARGET = ("--python-version=3.14", "--implementation=cp", "--abi=cp314", "--abi=none")
PLATFORMS = ("--platform=pyemscripten_2026_0_wasm32", "--platform=any")
OWN = ("casebook", "widgets", "pyproject.toml", "README.md", "LICENSE", "LICENSE-prose.md")

UNUSED = re.compile(
    r"""
    (^|/)tests?/                                                # a package's tests of itself
    | \.data/                                                   # front ends, which the site already serves
    | \.pyi$
    | ^pygments/lexers/(?!__init__|_mapping|python|special)     # languages other than Python
    | ^pygments/styles/(?!__init__|_mapping|default|monokai)
    | ^pygments/formatters/(?!__init__|_mapping|html|terminal)
    """,
    re.VERBOSE,
)
"""What no notebook of the book needs, left out of the wheels."""


def pip(*arguments: str | Path) -> None:
    """Run pip.

    Raises
    ------
    SystemExit
        If it fails; it has said why.
    """
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *map(str, arguments)]
    done = subprocess.run(command, check=False)
    if done.returncode:
        raise SystemExit(f"pip {arguments[0]} failed; see above.")


def gather(folder: Path, cache: Path) -> Iterator[Path]:
    """Yield every wheel of the editor, made anew in `folder`; downloads are kept in `cache`."""
    cache.mkdir(parents=True, exist_ok=True)
    folder.mkdir(parents=True)
    chosen = ("--requirement", PACKAGES, "--constraint", ROOT / "constraints.txt")
    if not (fresh := cache / ".ready").exists() or fresh.read_text() != wanted():
        shutil.rmtree(cache)
        pip("download", "--no-deps", "--only-binary=:all:", *TARGET, *PLATFORMS, *chosen, "--dest", cache)
        fresh.write_text(wanted())
    for wheel in sorted(cache.glob("*.whl")):
        yield slim(wheel, folder / wheel.name)
    yield own(folder)
    yield stand_in("jedi", folder)


def wanted() -> str:
    """Return what the downloads depend on, as one text."""
    return PACKAGES.read_text(encoding="utf-8") + (ROOT / "constraints.txt").read_text(encoding="utf-8")


def own(folder: Path) -> Path:
    """Build the wheel of `casebook` and `widgets`, from a copy, so that the checkout stays as it is.

    Its folder bears the digest of what it was made from: a browser never takes an old one for it.
    """
    source = folder / "source"
    ignore = shutil.ignore_patterns("__pycache__", "test_*.py", "*.ts", "*.tsx", "*.mjs")
    for name in OWN:
        path = ROOT / name
        if path.is_dir():
            shutil.copytree(path, source / name, ignore=ignore)
        else:
            shutil.copy(path, source / name)
    target = folder / made_of(ROOT, "casebook", "widgets")
    pip("wheel", "--no-deps", "--wheel-dir", target, source)
    shutil.rmtree(source)
    return next(target.glob("*.whl"))


def slim(wheel: Path, target: Path) -> Path:
    """Copy a wheel without what nobody needs here."""
    with zipfile.ZipFile(wheel) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for entry in given.infolist():
            if not entry.is_dir() and not UNUSED.search(entry.filename):
                made.writestr(entry, given.read(entry), zipfile.ZIP_DEFLATED, 9)
    return target


def stand_in(name: str, folder: Path) -> Path:
    """Make a wheel with nothing in it, for a package that the kernel asks for and does without.

    IPython completes names without jedi, whose wheel is as large as all others together.
    """
    wheel = folder / f"{name}-0-py3-none-any.whl"
    about = f"{name}-0.dist-info"
    with zipfile.ZipFile(wheel, "w") as made:
        made.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n")
        made.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        made.writestr(f"{about}/RECORD", "")
    return wheel


def locked(wheels: Iterable[Path], folder: Path) -> dict[str, dict[str, Any]]:
    """Return the entries of Pyodide's lock file for wheels that lie in `folder`."""
    entries = {}
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
