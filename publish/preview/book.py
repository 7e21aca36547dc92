"""Builds of the book, each in a fresh copy of a process that has everything loaded."""

from __future__ import annotations

import asyncio
import io
import re
import sys
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module, metadata
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from casebook.diagnostics.fault import FaultError

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
WARNING = re.compile(r"^(?P<where>.+?)(?P<line>:\d+)?: (?:WARNING|ERROR|CRITICAL): (?P<what>.+)$")


@dataclass(frozen=True)
class Built:
    """What a build came to.

    Attributes
    ----------
    faults : dict of str to list of str
        By file of the book, or "" where none is named; each a line of words that begins with a place.
    finished : bool
        Whether pages were written.
    """

    faults: dict[str, list[str]]
    finished: bool = True


class Builder:
    """Builds the book of a folder; after `renew`, with programs and knowledge loaded anew."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._begin()

    def _begin(self) -> None:
        self.here, there = get_context("spawn").Pipe()
        self.process = get_context("spawn").Process(target=_serve, args=(there, self.root), daemon=False)
        self.process.start()
        there.close()

    def end(self) -> None:
        """Stop the process."""
        self.here.close()
        self.process.terminate()
        self.process.join()

    def renew(self) -> None:
        """Load everything anew: the knowledge has changed."""
        self.end()
        self._begin()

    async def build(self) -> Built:
        """Build what has changed."""
        self.here.send("build")
        try:
            return await asyncio.to_thread(self.here.recv)
        except EOFError:
            self.renew()
            return Built({"": ["The build ended without a word; it will be tried again at the next change."]}, False)


def _serve(there: Connection, root: Path) -> None:
    """Build in a fork at each request, so that no build meets another's state, but all find loaded what one loaded."""
    import_module("jupyter_book.sphinx")
    from casebook.export.browser import bundle

    # Every build asks some thirty times what is installed, and that stays as it is while the preview runs.
    metadata.entry_points = lru_cache(maxsize=None)(metadata.entry_points)
    faulty = None
    try:
        bundle()
    except FaultError as error:
        faulty = Built({"": [_plain(line, root) for line in str(error).splitlines()]}, False)
    fork = get_context("fork")
    while True:
        try:
            there.recv()
        except (EOFError, KeyboardInterrupt):
            return
        if faulty is None:
            result, give = fork.Pipe(duplex=False)
            child = fork.Process(target=_build, args=(give, root))
            child.start()
            give.close()
            answer, loaded = Built({"": ["The build ended without a word."]}, False), list[str]()
            with suppress(EOFError):
                answer, loaded = result.recv()
            child.join()
            there.send(answer)
            _load(loaded)
        else:
            there.send(faulty)


def _load(names: list[str]) -> None:
    for name in names:
        if name not in sys.modules:
            with suppress(Exception):  # a part of something that is loaded otherwise
                import_module(name)


def _build(give: Connection, root: Path) -> None:
    import jupyter_book.sphinx

    said = io.StringIO()
    try:
        with redirect_stderr(said), redirect_stdout(io.StringIO()):
            # What `jupyter-book build` does with the folder of a book.
            result = jupyter_book.sphinx.build_sphinx(
                root,
                root / "_build/html",
                noconfig=True,
                path_config=root / "_config.yml",
                confoverrides={"external_toc_path": str(root / "_toc.yml"), "latex_individualpages": False},
                builder="html",
                quiet=True,
            )
    except Exception as error:  # of the settings, before Sphinx begins
        result = error
    give.send((_told(result, said.getvalue(), root), list(sys.modules)))


def _told(result: object, said: str, root: Path) -> Built:
    if isinstance(result, BaseException):
        cause = getattr(result, "orig_exc", None) or result
        return Built({"": [_plain(line, root) for line in str(cause).splitlines() if line.strip()]}, False)
    faults: dict[str, list[str]] = {}
    for line in COLOURS.sub("", said).splitlines():
        if found := WARNING.match(_plain(line, root)):
            where = found["where"]
            faults.setdefault(where, []).append(f"{where}{found['line'] or ''}: {found['what']}")
    return Built(faults)


def _plain(line: str, root: Path) -> str:
    """Return a line with the files of the book named from its folder."""
    return line.replace(f"{root}/", "")
