"""The server of a room: a session, its file, its address and its web application."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import uvicorn

from casebook.messages import message
from classroom.server import limits, qr_code
from classroom.server.agenda import BUILT, Agenda
from classroom.server.app import RoomApp
from classroom.server.listener import DEFAULT_PORT, listen, raise_file_limit
from classroom.server.refusal import RefusalError
from classroom.server.saved_sessions import open_session
from classroom.server.session import Session
from classroom.server.start_error import CannotStartError

FOLDER = Path("_build/room")
"""Folder of the sessions, inside the folder of the book."""


class Server:
    """A room and its web server.

    Parameters
    ----------
    book : Path
        Folder of the book, which has been built.
    port : int
        0 for any free port.
    lan : bool
        Whether the network of this machine can reach the room.
    hours : float
        Time after which a new session expires.
    fresh, resume : bool
        Whether to begin a new session even if there is one to continue, and whether to start only if there is one.
    folder : Path, optional
        Folder of the sessions; by default inside the book.

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
        Whether the session existed before.
    listener : Listener
    """

    def __init__(
        self,
        book: Path,
        port: int = DEFAULT_PORT,
        lan: bool = False,
        hours: float = limits.HOURS,
        fresh: bool = False,
        resume: bool = False,
        folder: Path | None = None,
    ) -> None:
        if not 0 < hours <= limits.MAXIMUM_HOURS:
            raise CannotStartError(message("room-start-hours", hours=f"{limits.MAXIMUM_HOURS:g}"))
        if not (book / BUILT / "index.html").is_file():
            raise CannotStartError(message("room-start-no-book", folder=str(book)))
        agenda = Agenda(book)
        raise_file_limit()
        self.listener = listen(port, lan)
        try:
            opened = open_session(folder or book / FOLDER, fresh=fresh, resume=resume, hours=hours)
            self.resumed = opened.resumed
            try:
                self.session = Session(opened.stored, opened.store, agenda)
            except (RefusalError, KeyError):
                opened.store.close()
                raise CannotStartError(message("room-start-outdated", code=opened.stored.code)) from None
        except BaseException:
            self.listener.socket.close()
            raise
        self.app = RoomApp(self.session, book / BUILT, self.invitation)
        config = uvicorn.Config(
            self.app.asgi,
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
        """Address of the presenter's console on this machine, with the key."""
        return f"{self.listener.local_address}/room/#key={self.session.key}"

    @property
    def address(self) -> str:
        """Address that phones open: the page of the current round, or of the first case."""
        current = self.session.current
        page = self.session.agenda.first_page if current is None else current.ballot.page
        return f"{self.listener.address}/{page}#room={self.session.code}"

    def invitation(self) -> dict[str, Any]:
        """Return what the presenter sees besides the session: the address for phones and its QR code."""
        return {"address": self.address, "qr": qr_code.svg(self.address)}

    def presenter_state(self) -> dict[str, Any]:
        """Return the presenter's state."""
        return {**self.app.view.presenter(), **self.invitation()}

    async def serve(self) -> None:
        """Serve until the process is asked to stop; the session's file remains until it expires."""
        self.session.store.start()
        # The results of a resumed session are calculated while phones reconnect.
        background = [
            asyncio.create_task(each) for each in (self.session.results(), self._expire(), self._close_streams())
        ]
        try:
            await self.web.serve(sockets=[self.listener.socket])
        finally:
            for task in background:
                task.cancel()
            self.session.store.close()

    async def _expire(self) -> None:
        while (left := self.session.expires - time.time()) > 0:
            await asyncio.sleep(min(left, 60))  # the clock of a laptop continues while it sleeps
        await self.session.end()

    async def _close_streams(self) -> None:
        while not self.web.should_exit:
            await asyncio.sleep(0.05)
        self.app.streams.close()
