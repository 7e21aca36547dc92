"""New sessions in a teaching room that goes on running: its server is started once, not for each test."""

from __future__ import annotations

import asyncio
from pathlib import Path

from classroom.server.background import Running
from classroom.server.limits import HOURS
from classroom.server.saved_sessions import open_session
from classroom.server.session import Session


def renew(room: Running, folder: Path) -> None:
    """Let a room go on with a new session, kept in `folder`, and with nothing of the one before."""
    server = room._server
    opened = open_session(folder, fresh=True, resume=False, hours=HOURS)

    async def begin() -> None:
        server.app.streams.end_all()
        await asyncio.to_thread(server.session.store.close)
        server.session = Session(opened.stored, opened.store, server.session.agenda)
        server.app.use(server.session)
        opened.store.start()

    room._await(begin())
