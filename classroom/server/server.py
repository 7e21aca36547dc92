"""A room as it runs: session, file, address and web server, in this thread or in one of its own."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import io
import os
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import segno
import uvicorn

from classroom.server import limits, store
from classroom.server.agenda import BUILT, Agenda
from classroom.server.app import Room
from classroom.server.limits import RefusalError
from classroom.server.session import Session, new
from classroom.server.store import Kept, Store, UnreadableError

HERE = "127.0.0.1"
PORT = 8421
FOLDER = Path("_build/room")
"""Where sessions are kept, in the folder of the book."""

OTHER_FILES = 200
"""That a process has open beside its connections."""

STOPPED = (
    "This room no longer runs. If its session was not ended, casebook room goes on with it and "
    "casebook room --forget deletes it."
)

T = TypeVar("T")


class CannotStartError(Exception):
    """A room that cannot be started, with a sentence that says why and what would help."""


@dataclass(frozen=True)
class Place:
    """Where a room is served.

    Attributes
    ----------
    listening : socket
    host : str
        The address of this machine as phones know it.
    port : int
    """

    listening: socket.socket
    host: str
    port: int

    @property
    def address(self) -> str:
        """The address of the book, as phones open it."""
        return f"http://{self.host}:{self.port}"

    @property
    def here(self) -> str:
        """The same on this machine alone."""
        return f"http://{HERE}:{self.port}"


def place(port: int, lan: bool) -> Place:
    """Begin to listen.

    Raises
    ------
    CannotStartError
        If the port is taken, or there is no network.
    """
    host = _lan_address() if lan else HERE
    # By its name, or asyncio would not know it for one on which each part of an answer is to be sent at once: a phone
    # would wait 40 ms for the body of each, until it has acknowledged the head.
    listening = socket.socket(proto=socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # after a crash the port is free at once; elsewhere this would share it
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("0.0.0.0" if lan else HERE, port))
        listening.listen(2048)
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or "it is no port"
        raise CannotStartError(
            f"Port {port} cannot be used: {why}. Choose another, such as --port {PORT + 1}; 0 takes any that is free."
        ) from None
    return Place(listening, host, listening.getsockname()[1])


def _hold_connections() -> None:
    """Let this process have as many connections open as the room takes; some systems begin with 256 files."""
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limit
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = limits.CONNECTIONS + OTHER_FILES
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _lan_address() -> str:
    """Return the address of this machine in its network. Nothing is sent."""
    for far in ("10.255.255.255", "192.0.2.1"):  # whichever way the default route, if any, leads
        with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))
            if not (found := probe.getsockname()[0]).startswith(("127.", "0.")):
                return found
    with contextlib.suppress(OSError):
        for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            address = str(entry[4][0])
            if not address.startswith("127."):
                return address
    raise CannotStartError(
        "This machine has no address that phones could reach. Join the network of the room, or open a hotspot on "
        "this machine or a phone, and start again; without --lan the room is for this machine alone."
    )


def book_in(folder: Path) -> Path:
    """Return the folder of a book that has been built.

    Raises
    ------
    CannotStartError
    """
    if not (folder / BUILT / "index.html").is_file():
        raise CannotStartError(
            f"There is no built book in {folder}: build it first (make build), or name its folder with --book."
        )
    return folder


def kept_in(folder: Path, *, fresh: bool, resume: bool, hours: float) -> tuple[Kept, Store, bool]:
    """Return the session to go on with, or a new one, its store, and whether it is an old one.

    Expired sessions are deleted. An old one is gone on with unless `fresh`.

    Raises
    ------
    CannotStartError
        If there is none to `resume`.
    """
    busy: list[str] = []
    old: tuple[Kept, Store] | None = None
    for path in store.files(folder):
        found = Store(path)
        try:
            kept = found.load()
        except UnreadableError as error:
            busy.append(str(error))
            continue
        if kept is None or kept.expires <= time.time():
            found.forget()
        elif fresh or old is not None:
            found.close()
        else:
            old = kept, found
    if old is not None:
        return *old, True
    if resume:
        raise CannotStartError("\n".join([*busy, f"There is no session to go on with in {folder}."]))
    kept = new(hours)
    made = Store(folder / f"{kept.code}{store.ENDING}")
    made.begin(kept)
    return kept, made, False


def forget(folder: Path) -> tuple[int, list[str]]:
    """Delete every session in a folder that no running room has open; return how many, and what could not be."""
    deleted = 0
    left: list[str] = []
    for path in store.files(folder):
        found = Store(path)
        try:
            found.load()
        except UnreadableError as error:
            if "in use" in str(error):
                left.append(str(error))
                continue
        found.forget()
        deleted += 1
    return deleted, left


class Server:
    """A room that is served.

    Parameters
    ----------
    book : Path
        The folder of the book.
    port : int
        0 takes any that is free.
    lan : bool
        Whether it is open to the network of this machine.
    hours : float
        After which a new session expires.
    fresh, resume : bool
        Whether to begin anew though there is an old session, and whether to start only if there is one.
    folder : Path, optional
        Where sessions are kept; by default inside the book.

    Raises
    ------
    CannotStartError
        If there is no built book, no free port, no network or no session to resume.
    FaultError
        If a case or question of the book has faults.

    Attributes
    ----------
    session : Session
    resumed : bool
        Whether the session is an old one.
    place : Place
    """

    def __init__(
        self,
        book: Path,
        port: int = PORT,
        lan: bool = False,
        hours: float = limits.HOURS,
        fresh: bool = False,
        resume: bool = False,
        folder: Path | None = None,
    ) -> None:
        if not 0 < hours <= limits.MOST_HOURS:
            raise CannotStartError(f"A session lasts more than 0 and at most {limits.MOST_HOURS:g} hours.")
        agenda = Agenda(book_in(book))
        _hold_connections()
        self.place = place(port, lan)
        try:
            kept, kept_by, self.resumed = kept_in(folder or book / FOLDER, fresh=fresh, resume=resume, hours=hours)
            try:
                self.session = Session(kept, kept_by, agenda)
            except (RefusalError, KeyError):
                kept_by.close()
                raise CannotStartError(
                    f"Session {kept.code} has votes on what this book no longer asks; begin another with --new."
                ) from None
        except BaseException:
            self.place.listening.close()
            raise
        self.room = Room(self.session, book / BUILT, self.look)
        config = uvicorn.Config(
            self.room.app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=limits.CONNECTIONS,
            h11_max_incomplete_event_size=limits.HEADER_BYTES,
            timeout_graceful_shutdown=3,
        )
        self.web = uvicorn.Server(config)

    @property
    def console(self) -> str:
        """The address of the presenter's console, with the key; for this machine."""
        return f"{self.place.here}/room/#key={self.session.key}"

    @property
    def address(self) -> str:
        """The address that phones open: the page of the present round, or that of the first case."""
        round = self.session.current
        page = self.session.agenda.first if round is None else round.ballot.page
        return f"{self.place.address}/{page}#room={self.session.code}"

    def look(self) -> dict[str, Any]:
        """Return what a presenter sees beside the session."""
        return {"address": self.address, "qr": _svg(self.address)}

    async def serve(self) -> None:
        """Serve until the process is told to stop; the file is kept until the session expires."""
        self.session.store.start()
        # The results of a resumed session are worked out while phones come back, not before.
        beside = [asyncio.create_task(each) for each in (self.session.results(), self._expire(), self._leave())]
        try:
            await self.web.serve(sockets=[self.place.listening])
        finally:
            for each in beside:
                each.cancel()
            self.session.store.close()

    async def _expire(self) -> None:
        while (left := self.session.expires - time.time()) > 0:
            await asyncio.sleep(min(left, 60))  # a laptop sleeps, and its clock goes on
        await self.session.end()

    async def _leave(self) -> None:
        while not self.web.should_exit:
            await asyncio.sleep(0.05)
        self.room.leave()


@lru_cache(maxsize=4)
def _svg(address: str) -> str:
    return segno.make(address, error="m", micro=False).svg_inline(scale=1, border=2, omitsize=True)


def terminal(address: str) -> str:
    """Return a QR code in half blocks, for a terminal."""
    out = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")


class Running:
    """A room in a thread of its own, to be led from Python; it stops with ``stop`` or at the end of ``with``.

    Parameters
    ----------
    server : Server

    Attributes
    ----------
    address, code, console : str
        What phones open, the code of the session, and the address of the presenter's console.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="room", daemon=True)
        self._begun: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._thread.start()
        self._begun.result()

    @property
    def address(self) -> str:
        """What phones open."""
        return self._server.address

    @property
    def code(self) -> str:
        """The code of the session."""
        return self._server.session.code

    @property
    def console(self) -> str:
        """The address of the presenter's console, with the key."""
        return self._server.console

    def state(self) -> dict[str, Any]:
        """Return the presenter's state."""
        return self._ask(_now(lambda: {**self._server.session.presented(), **self._server.look()}))

    def agenda(self) -> dict[str, Any]:
        """Return all that can be opened."""
        return self._server.session.agenda.public()

    def open(self, kind: object, case: object, question: object = None, again: object = None) -> int:
        """Open a round and return its number; raise `RefusalError` with the reason if that cannot be done."""
        return self._ask(self._server.session.open(kind, case, question, again)).id

    def close(self, round: object) -> dict[str, Any]:
        """Close a round and return its result."""
        return self._ask(self._server.session.close(round))

    def results(self) -> list[dict[str, Any]]:
        """Return the results of all closed rounds, in their order."""
        return self._ask(self._server.session.results())

    def export(self) -> str:
        """Return every vote of the closed rounds as CSV."""
        return self._ask(_now(self._server.session.export))

    def end(self) -> None:
        """End the session, delete its file, and stop."""
        self._ask(self._server.session.end())
        self.stop()

    def watch(self, tell: Callable[[dict[str, Any]], None]) -> Callable[[], object]:
        """Call `tell` with the presenter's state now and at each change, in the room's thread; return what ends that."""

        async def watching() -> None:
            session, news = self._server.session, asyncio.Event()
            with session.screen.heard_by(news):
                while True:
                    news.clear()
                    tell({**session.presented(), **self._server.look()})
                    await news.wait()

        following = asyncio.run_coroutine_threadsafe(watching(), self._loop)
        return following.cancel

    def stop(self) -> None:
        """Stop serving; the session's file is kept until it expires."""
        self._server.web.should_exit = True
        self._thread.join()

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _ask(self, coroutine: Coroutine[Any, Any, T]) -> T:
        if self._loop.is_closed():
            coroutine.close()
            raise RefusalError(410, STOPPED)
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    def _run(self) -> None:
        async def run() -> None:
            serving = asyncio.create_task(self._server.serve())
            while not self._server.web.started and not serving.done():
                await asyncio.sleep(0.01)
            self._begun.set_result(None)
            await serving

        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(run())


async def _now(make: Callable[[], T]) -> T:
    return make()


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
        The folder of the book, built before.
    port : int
        0 takes any that is free.
    lan : bool
        Whether phones of this network can reach it, or only this machine.
    hours : float
        After which the session expires and is deleted.
    fresh : bool
        Whether to begin anew though there is a session to go on with.
    folder : str or Path, optional
        Where the session is kept; by default inside the book.

    Returns
    -------
    Running

    Raises
    ------
    CannotStartError
        With a sentence that says why and what would help.
    """
    kept = None if folder is None else Path(folder)
    return Running(Server(Path(book).resolve(), port, lan, hours, fresh=fresh, folder=kept))
