"""Builds of the book, each in a fork of a process that has loaded everything."""

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
from casebook.messages import message

COLOURS = re.compile(r"\x1b\[[0-9;]*m")
WARNING = re.compile(r"^(?P<where>.+?)(?P<line>:\d+)?: (?:WARNING|ERROR|CRITICAL): (?P<what>.+)$")


@dataclass(frozen=True)
class BuildResult:
    """The result of a build.

    Attributes
    ----------
    faults : dict of str to list of str
        Lines that begin with a position, by file of the book; "" for lines without a file.
    finished : bool
        Whether pages have been written.
    """

    faults: dict[str, list[str]]
    finished: bool = True


class Builder:
    """Builds the book in a folder.

    Parameters
    ----------
    root : Path
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._start()

    def _start(self) -> None:
        self.connection, remote = get_context("spawn").Pipe()
        self.process = get_context("spawn").Process(target=_serve, args=(remote, self.root), daemon=False)
        self.process.start()
        remote.close()

    def end(self) -> None:
        """Stop the process."""
        self.connection.close()
        self.process.terminate()
        self.process.join()

    def restart(self) -> None:
        """Start a new process, which loads the changed knowledge."""
        self.end()
        self._start()

    async def build(self) -> BuildResult:
        """Build the pages that have changed."""
        self.connection.send("build")
        try:
            return await asyncio.to_thread(self.connection.recv)
        except EOFError:
            self.restart()
            return BuildResult({"": [message("preview-build-died")]}, finished=False)


def _serve(connection: Connection, root: Path) -> None:
    """Build in a fork at each request, so that builds do not share state but do share loaded modules."""
    import_module("jupyter_book.sphinx")
    from casebook.export.browser import bundle

    # Every build looks up the installed packages about thirty times; they do not change during the preview.
    metadata.entry_points = lru_cache(maxsize=None)(metadata.entry_points)
    invalid = None
    try:
        bundle()
    except FaultError as error:
        invalid = BuildResult({"": [_relative(line, root) for line in str(error).splitlines()]}, finished=False)
    fork = get_context("fork")
    while True:
        try:
            connection.recv()
        except (EOFError, KeyboardInterrupt):
            return
        if invalid is None:
            receiver, sender = fork.Pipe(duplex=False)
            child = fork.Process(target=_build, args=(sender, root))
            child.start()
            sender.close()
            answer = BuildResult({"": [message("preview-build-died")]}, finished=False)
            loaded: list[str] = []
            with suppress(EOFError):
                answer, loaded = receiver.recv()
            child.join()
            connection.send(answer)
            _load(loaded)
        else:
            connection.send(invalid)


def _load(names: list[str]) -> None:
    for name in names:
        if name not in sys.modules:
            with suppress(Exception):  # a submodule that cannot be imported by itself
                import_module(name)


def _build(sender: Connection, root: Path) -> None:
    import jupyter_book.sphinx

    output = io.StringIO()
    try:
        with redirect_stderr(output), redirect_stdout(io.StringIO()):
            # As `jupyter-book build` does.
            result = jupyter_book.sphinx.build_sphinx(
                root,
                root / "_build/html",
                noconfig=True,
                path_config=root / "_config.yml",
                confoverrides={"external_toc_path": str(root / "_toc.yml"), "latex_individualpages": False},
                builder="html",
                quiet=True,
            )
    except Exception as error:  # in the settings, before Sphinx starts
        result = error
    sender.send((_result(result, output.getvalue(), root), list(sys.modules)))


def _result(result: object, output: str, root: Path) -> BuildResult:
    if isinstance(result, BaseException):
        cause = getattr(result, "orig_exc", None) or result
        return BuildResult(
            {"": [_relative(line, root) for line in str(cause).splitlines() if line.strip()]}, finished=False
        )
    faults: dict[str, list[str]] = {}
    for line in COLOURS.sub("", output).splitlines():
        if found := WARNING.match(_relative(line, root)):
            where = found["where"]
            faults.setdefault(where, []).append(f"{where}{found['line'] or ''}: {found['what']}")
    return BuildResult(faults)


def _relative(line: str, root: Path) -> str:
    """Return a line in which the paths of the book are relative to its folder."""
    return line.replace(f"{root}/", "")
