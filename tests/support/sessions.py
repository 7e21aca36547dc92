"""New sessions in a teaching room that goes on running: its server is started once, not for each test."""

from __future__ import annotations

import asyncio
from pathlib import Path

from classroom.server.limits import HOURS, Gauge
from classroom.server.server import Running, kept_in
from classroom.server.session import Session


def renew(room: Running, folder: Path) -> None:
    """Let a room go on with a new session, kept in `folder`, and with nothing of the one before."""
    server = room._server
    kept, kept_by, _ = kept_in(folder, fresh=True, resume=False, hours=HOURS)

    async def begin() -> None:
        for streams in [*server.room.streams.values()]:
            for stream in [*streams]:
                stream.end()
        await asyncio.to_thread(server.session.store.close)
        server.session = server.room.session = Session(kept, kept_by, server.session.agenda)
        server.room.gauge = Gauge()
        server.room.refused.clear()
        kept_by.start()

    room._ask(begin())
