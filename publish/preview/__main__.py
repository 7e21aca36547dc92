"""The preview: serves the book on this machine, and builds it again after every edit."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import traceback
from collections.abc import Iterable
from pathlib import Path

from casebook.distribution.extras import required_by
from casebook.knowledge_base import FOLDER
from casebook.messages import message

with required_by("python -m publish.preview", __name__):
    import watchfiles
    from nbclient.exceptions import CellExecutionError
    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets

    from publish.preview.book import Builder
    from publish.preview.kernel import Kernels, cell_faults
    from publish.preview.server import PreviewState, application

HOST = "127.0.0.1"
WATCHED_SUFFIXES = {".bib", ".csv", ".ipynb", ".md", ".png", ".svg", ".yml"}
SETTLE_MILLISECONDS = 100
"""Time without a further change after which an edit is considered finished."""


class Preview:
    """The preview of a book that is being edited.

    Parameters
    ----------
    root : Path
        Folder of the book.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.state = PreviewState(root / "_build/html")
        self.builder = Builder(root)
        self.kernels = Kernels()
        self.faults: dict[str, list[str]] = {}
        self.written: dict[Path, int] = {}
        self.cases: dict[Path, bytes] = {}
        self.lock = asyncio.Lock()
        self.catching_up: asyncio.Task[None] | None = None

    async def refresh(self, changed: Iterable[Path]) -> None:
        """Update the pages after changes of files."""
        changed = {path for path in changed if self.written.get(path) != _time(path)}
        if not changed:
            return
        async with self.lock:
            await self._refresh(changed)

    def start_catching_up(self) -> None:
        """Run the outdated notebooks in the background, one after another."""
        self.stop_catching_up()
        self.catching_up = asyncio.create_task(self.catch_up())

    def stop_catching_up(self) -> None:
        """Stop running outdated notebooks."""
        if self.catching_up is not None:
            self.catching_up.cancel()

    async def catch_up(self) -> None:
        """Run the outdated notebooks."""
        for path in self.outdated_notebooks():
            async with self.lock:  # released after each, so that an edit need not wait for all of them
                if rewritten := await self.run([path]):
                    await self.build(rewritten)
                self.report_faults()
                self.kernels.prepare()

    async def _refresh(self, changed: set[Path]) -> None:
        knowledge_changed = any(path.is_relative_to(FOLDER) for path in changed)
        if knowledge_changed:  # pages first, because notebooks take longer and need valid knowledge
            self.builder.restart()
            await self.kernels.discard()
            if await self.build(changed):
                self.start_catching_up()
            changed = set()
        else:
            cases = {path for path in changed if path.suffix == ".yml" and path.parent == self.root / "cases"}
            notebooks = {path: path.with_suffix(".ipynb") for path in cases if path.with_suffix(".ipynb").is_file()}
            rewritten = await self.run(notebooks.values())
            # Aims, steps and questions are not in the notebook, so that a valid case file is built, too.
            valid = {path for path, notebook in notebooks.items() if self.name(notebook) not in self.faults}
            changed = {
                *(changed - cases),
                *rewritten,
                *(path for path in valid if self.cases.get(path) != _content(path)),
            }
        if changed:
            await self.build(changed)
        self.report_faults()
        self.kernels.prepare()

    def notebooks(self) -> list[Path]:
        """Return every notebook of the book, cases first."""
        found = [*(self.root / "cases").glob("*.ipynb"), *(self.root / "book").rglob("*.ipynb")]
        return [path for path in found if ".ipynb_checkpoints" not in path.parts]

    def outdated_notebooks(self) -> list[Path]:
        """Return the notebooks that are older than their case or than the knowledge."""
        newest = max(map(_time, FOLDER.rglob("*.yml")))
        return [path for path in self.notebooks() if _time(path) < max(newest, _time(path.with_suffix(".yml")))]

    async def run(self, notebooks: Iterable[Path]) -> set[Path]:
        """Run notebooks, and return those whose outputs have changed."""
        rewritten: set[Path] = set()
        for path in notebooks:
            name = self.name(path)
            self.faults.pop(name, None)
            try:
                if await self.kernels.run(path):
                    rewritten.add(path)
                else:
                    os.utime(path)  # marks the notebook as up to date
                self.written[path] = _time(path)
            except CellExecutionError as error:
                self.faults[name] = cell_faults(error, Path(name))
                self.report_faults()
        return rewritten

    async def build(self, changed: Iterable[Path]) -> bool:
        """Build the pages that have changed, and return whether the build finished.

        Faults of files that were not read again remain.
        """
        cases = {path: _content(path) for path in (self.root / "cases").glob("*.yml")}
        built = await self.builder.build()
        self.cases = cases
        self.faults.pop("", None)
        if built.finished:
            for path in changed:
                self.faults.pop(self.name(path), None)
        self.faults |= built.faults
        self.report_faults()
        return built.finished

    def name(self, path: Path) -> str:
        """Return the path of a file relative to the book."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def report_faults(self) -> None:
        """Show the current faults on every open page and in the terminal."""
        faults = list(dict.fromkeys(line for lines in self.faults.values() for line in lines))
        if faults != self.state.faults:
            print("\n".join(faults) if faults else message("preview-no-faults"), flush=True)
        self.state.faults = faults
        self.state.notify()

    async def watch(self, stop: asyncio.Event) -> None:
        """Update the pages at every change until the event is set."""
        folders = [self.root / "cases", self.root / "book", FOLDER, self.root / "_toc.yml", self.root / "_config.yml"]
        async for changes in watchfiles.awatch(
            *folders, watch_filter=_SourceFilter(), debounce=1600, step=SETTLE_MILLISECONDS, stop_event=stop
        ):
            try:
                await self.refresh(Path(path) for _, path in changes)
            except Exception as error:  # the existing pages remain available
                traceback.print_exc()
                failed = message("preview-failed", error=type(error).__name__, reason=str(error))
                self.faults[""] = [failed]
                self.report_faults()


class _SourceFilter(watchfiles.DefaultFilter):
    """Selects the sources of pages, without the backup copies of editors."""

    def __call__(self, change: watchfiles.Change, path: str) -> bool:
        file = Path(path)
        selected = (
            file.suffix in WATCHED_SUFFIXES and not file.name.startswith(".") and ".ipynb_checkpoints" not in file.parts
        )
        return selected and super().__call__(change, path)


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


async def serve(root: Path, port: int) -> None:
    """Build the book of a folder and serve it until interrupted."""
    try:
        sockets = bind_sockets(port, HOST)
    except OSError as error:
        raise SystemExit(message("preview-port-in-use", port=str(port), reason=error.strerror or str(error))) from None
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    preview = Preview(root)
    server = HTTPServer(application(preview.state))
    try:
        await preview.build([])
        server.add_sockets(sockets)
        address = f"http://{HOST}:{sockets[0].getsockname()[1]}/"
        print(message("preview-address", address=address), flush=True)
        preview.kernels.prepare()
        preview.start_catching_up()
        await preview.watch(stop)
    finally:
        server.stop()
        preview.stop_catching_up()
        with contextlib.suppress(asyncio.CancelledError):
            if preview.catching_up is not None:
                await preview.catching_up
        await preview.kernels.discard()
        preview.builder.end()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m publish.preview", description=message("preview-command"))
    parser.add_argument("--port", type=int, default=8000, help=message("preview-port"))
    parser.add_argument("--book", type=Path, default=Path(), help=message("preview-book"))
    arguments = parser.parse_args()
    asyncio.run(serve(arguments.book.resolve(), arguments.port))


if __name__ == "__main__":
    main()
