"""Serve the book on this machine, and build it again after every edit."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import traceback
from collections.abc import Iterable
from pathlib import Path

from casebook.extras import required_by
from casebook.knowledge_base import FOLDER

with required_by("python -m publish.preview", __name__):
    import watchfiles
    from nbclient.exceptions import CellExecutionError
    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets

    from publish.preview.book import Builder
    from publish.preview.kernel import Kernels, told
    from publish.preview.server import State, application

HOST = "127.0.0.1"
WATCHED = {".bib", ".csv", ".ipynb", ".md", ".png", ".svg", ".yml"}
QUIET = 100
"""Milliseconds without a further change after which an edit is taken to be finished."""


class Preview:
    """A book that is being edited.

    Parameters
    ----------
    root : Path
        The folder of the book.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = State(root / "_build/html")
        self.builder = Builder(root)
        self.kernels = Kernels()
        self.faults: dict[str, list[str]] = {}
        self.own: dict[Path, int] = {}
        self.cases: dict[Path, bytes] = {}
        self.one = asyncio.Lock()
        self.catching_up: asyncio.Task[None] | None = None

    async def refresh(self, changed: Iterable[Path]) -> None:
        """Bring the pages up to date after changes of files."""
        changed = {path for path in changed if self.own.get(path) != _time(path)}
        if not changed:
            return
        async with self.one:
            await self._refresh(changed)

    def begin_to_catch_up(self) -> None:
        """Run, one after another, the notebooks that are older than what they show."""
        self.end_catching_up()
        self.catching_up = asyncio.create_task(self.catch_up())

    def end_catching_up(self) -> None:
        """Leave the rest of them as they are."""
        if self.catching_up is not None:
            self.catching_up.cancel()

    async def catch_up(self) -> None:
        """Run the notebooks that are older than what they show."""
        for path in self.stale():
            async with self.one:  # an edit made meanwhile need not wait for all of them
                if others := await self.run([path]):
                    await self.build(others)
                self.tell()
                self.kernels.prepare()

    async def _refresh(self, changed: set[Path]) -> None:
        known = any(path.is_relative_to(FOLDER) for path in changed)
        if known:  # the pages that print it come first; the notebooks take longer, and need it sound
            self.builder.renew()
            await self.kernels.forget()
            if await self.build(changed):
                self.begin_to_catch_up()
            changed = set()
        else:
            files = {path for path in changed if path.suffix == ".yml" and path.parent == self.root / "cases"}
            again = {path: path.with_suffix(".ipynb") for path in files if path.with_suffix(".ipynb").is_file()}
            others = await self.run(again.values())
            # Aims, steps and questions reach a page past its notebook; a case that cannot be read waits to be mended.
            sound = {path for path, notebook in again.items() if self.name(notebook) not in self.faults}
            changed = {*(changed - files), *others, *(path for path in sound if self.cases.get(path) != _text(path))}
        if changed:
            await self.build(changed)
        self.tell()
        self.kernels.prepare()

    def notebooks(self) -> list[Path]:
        """Return every notebook of the book, cases first."""
        found = [*(self.root / "cases").glob("*.ipynb"), *(self.root / "book").rglob("*.ipynb")]
        return [path for path in found if ".ipynb_checkpoints" not in path.parts]

    def stale(self) -> list[Path]:
        """Return the notebooks that are older than their case or than the knowledge."""
        newest = max(map(_time, FOLDER.rglob("*.yml")))
        return [path for path in self.notebooks() if _time(path) < max(newest, _time(path.with_suffix(".yml")))]

    async def run(self, notebooks: Iterable[Path]) -> set[Path]:
        """Run notebooks again; return those whose outputs are others than before."""
        others: set[Path] = set()
        for path in notebooks:
            name = self.name(path)
            self.faults.pop(name, None)
            try:
                if await self.kernels.run(path):
                    others.add(path)
                else:
                    os.utime(path)  # as new as what it shows
                self.own[path] = _time(path)
            except CellExecutionError as error:
                self.faults[name] = told(error, Path(name))
                self.tell()
        return others

    async def build(self, changed: Iterable[Path]) -> bool:
        """Build what has changed, keep what was said of files that were not read again; return whether it was built."""
        cases = {path: _text(path) for path in (self.root / "cases").glob("*.yml")}
        built = await self.builder.build()
        self.cases = cases
        self.faults.pop("", None)
        if built.finished:
            for path in changed:
                self.faults.pop(self.name(path), None)
        self.faults |= built.faults
        self.tell()
        return built.finished

    def name(self, path: Path) -> str:
        """Return a file as it is named in the book."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def tell(self) -> None:
        """Say on every open page, and here, what is wrong now."""
        faults = list(dict.fromkeys(line for lines in self.faults.values() for line in lines))
        if faults != self.state.faults:
            print("\n".join(faults) if faults else "No fault is left.", flush=True)
        self.state.faults = faults
        self.state.tell()

    async def watch(self, stop: asyncio.Event) -> None:
        """Refresh at every change until told to stop."""
        folders = [self.root / "cases", self.root / "book", FOLDER, self.root / "_toc.yml", self.root / "_config.yml"]
        async for changes in watchfiles.awatch(
            *folders, watch_filter=_Edited(), debounce=1600, step=QUIET, stop_event=stop
        ):
            try:
                await self.refresh(Path(path) for _, path in changes)
            except Exception as error:  # whatever it is, the pages that there are stay reachable
                traceback.print_exc()
                self.faults[""] = [f"The preview could not follow the last edit: {type(error).__name__}: {error}"]
                self.tell()


class _Edited(watchfiles.DefaultFilter):
    """Lets through what pages are made of; not the copies that editors keep beside it."""

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        file = Path(path)
        kept = file.suffix in WATCHED and not file.name.startswith(".") and ".ipynb_checkpoints" not in file.parts
        return kept and super().__call__(change, path)


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _text(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


async def serve(root: Path, port: int) -> None:
    """Build the book of a folder and serve it until interrupted."""
    try:
        sockets = bind_sockets(port, HOST)
    except OSError as error:
        raise SystemExit(
            f"Port {port} cannot be used: {error.strerror}. Choose another: make serve PORT=8123"
        ) from None
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    preview = Preview(root)
    server = HTTPServer(application(preview.state))
    try:
        await preview.build([])
        server.add_sockets(sockets)
        print(f"The book is at http://{HOST}:{sockets[0].getsockname()[1]}/  (stop with Ctrl-C)", flush=True)
        preview.kernels.prepare()
        preview.begin_to_catch_up()
        await preview.watch(stop)
    finally:
        server.stop()
        preview.end_catching_up()
        with contextlib.suppress(asyncio.CancelledError):
            if preview.catching_up is not None:
                await preview.catching_up
        await preview.kernels.forget()
        preview.builder.end()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m publish.preview", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 takes any that is free")
    parser.add_argument("--book", type=Path, default=Path(), help="the folder of the book")
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.book.resolve(), arguments.port))


if __name__ == "__main__":
    main()
