"""A room in a thread of its own, controlled from Python."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from casebook.messages import message
from classroom.server import limits
from classroom.server.refusal import RefusalError
from classroom.server.server import Server
from classroom.server.vote_export import votes_csv

T = TypeVar("T")


class Running:
    """A room that runs in a thread until ``stop`` or the end of a ``with`` block.

    Parameters
    ----------
    server : Server

    Attributes
    ----------
    address, code, console : str
        Address for phones, code of the session, and address of the presenter's console.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="room", daemon=True)
        self._started: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._thread.start()
        self._started.result()

    @property
    def address(self) -> str:
        """Address that phones open."""
        return self._server.address

    @property
    def code(self) -> str:
        """Code of the session."""
        return self._server.session.code

    @property
    def console(self) -> str:
        """Address of the presenter's console, with the key."""
        return self._server.console

    def state(self) -> dict[str, Any]:
        """Return the presenter's state."""
        return self._await(_call(self._server.presenter_state))

    def agenda(self) -> dict[str, Any]:
        """Return everything that can be opened."""
        return self._server.session.agenda.to_json()

    def open(self, kind: object, case: object, question: object = None, again: object = None) -> int:
        """Open a round and return its id.

        Parameters
        ----------
        kind, case, question : object
            What is asked, as in the agenda; anything else is refused.
        again : object
            Id of the round whose second vote this is.

        Raises
        ------
        RefusalError
        """
        return self._await(self._server.session.open(kind, case, question, again)).id

    def close(self, round_id: object) -> dict[str, Any]:
        """Close a round and return its result."""
        return self._await(self._server.session.close(round_id))

    def results(self) -> list[dict[str, Any]]:
        """Return the results of all closed rounds, in their order."""
        return self._await(self._server.session.results())

    def export(self) -> str:
        """Return every vote of the closed rounds as CSV."""
        return self._await(_call(lambda: votes_csv(self._server.session.rounds.values())))

    def end(self) -> None:
        """End the session, delete its file, and stop."""
        self._await(self._server.session.end())
        self.stop()

    def watch(self, listener: Callable[[dict[str, Any]], None]) -> Callable[[], object]:
        """Call a listener with the presenter's state now and at every change, in the thread of the room.

        Returns
        -------
        callable
            Ends the calls.
        """

        async def watching() -> None:
            changed = asyncio.Event()
            with self._server.session.screen.subscribed(changed):
                while True:
                    changed.clear()
                    listener(self._server.presenter_state())
                    await changed.wait()

        return asyncio.run_coroutine_threadsafe(watching(), self._loop).cancel

    def stop(self) -> None:
        """Stop serving; the session's file remains until it expires."""
        self._server.web.should_exit = True
        self._thread.join()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _await(self, coroutine: Coroutine[Any, Any, T]) -> T:
        if self._loop.is_closed():
            coroutine.close()
            raise RefusalError(410, message("room-refusal-stopped"))
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def _run(self) -> None:
        async def run() -> None:
            serving = asyncio.create_task(self._server.serve())
            while not self._server.web.started and not serving.done():
                await asyncio.sleep(0.01)
            self._started.set_result(None)
            await serving

        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(run())


async def _call(function: Callable[[], T]) -> T:
    return function()


def running(
    book: str | Path = ".",
    port: int = 0,
    lan: bool = False,
    hours: float = limits.HOURS,
    fresh: bool = True,
    folder: str | Path | None = None,
) -> Running:
    """Start a room in a thread of this process.

    Parameters
    ----------
    book : str or Path
        Folder of the book, which has been built.
    port : int
        0 for any free port.
    lan : bool
        Whether phones in the network of this machine can reach the room.
    hours : float
        Time after which the session expires and is deleted.
    fresh : bool
        Whether to begin a new session even if there is one to continue.
    folder : str or Path, optional
        Folder of the session; by default inside the book.

    Returns
    -------
    Running

    Raises
    ------
    CannotStartError
        If the room cannot be started; the message gives the reason and the remedy.
    """
    sessions = None if folder is None else Path(folder)
    return Running(Server(Path(book).resolve(), port, lan, hours, fresh=fresh, folder=sessions))
