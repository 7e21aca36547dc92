"""The built book, made anew where it is older than what it is made of."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "_build" / "html"


def built(session: pytest.Session) -> Path:
    """The folder of the book; built first unless it is newer than all that it is made of.

    It is built whole, because an incremental build would hide the warnings of pages that it did not read again.
    A warning ends all tests.
    """
    with one_at_a_time(ROOT / "_build" / ".lock"):
        if not up_to_date():
            jupyter_book = Path(sys.executable).with_name("jupyter-book")
            build = [jupyter_book, "build", ".", "--all", "-W", "--keep-going", "--quiet"]
            if subprocess.run(build, cwd=ROOT, check=False).returncode:
                (BOOK / "index.html").unlink(missing_ok=True)
                session.shouldfail = "The book does not build; what is wrong with it stands above."
                pytest.fail(session.shouldfail)
    return BOOK


def up_to_date() -> bool:
    finished = BOOK / "index.html"
    if not finished.exists():
        return False
    made_of = [ROOT / "_config.yml", ROOT / "_toc.yml"]
    for folder in ("book", "cases", "casebook", "widgets"):
        made_of += [path for path in (ROOT / folder).rglob("*.*") if "__pycache__" not in path.parts and path.is_file()]
    return finished.stat().st_mtime > max(path.stat().st_mtime for path in made_of)


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Let one of several test processes in, the others after it."""
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
