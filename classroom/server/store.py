"""Durable storage of a session: one file, one writer thread, many votes in a transaction."""

from __future__ import annotations

import asyncio
import contextlib
import json
import queue
import sqlite3
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from casebook.messages import message
from classroom.server import session_file
from classroom.server.statements import Statement, insert_session

BATCH_SECONDS = 0.02
"""Seconds for which the writer collects statements before it commits them in one transaction."""


KeptRound: TypeAlias = tuple[int, str, str, str | None, int | None, bool]
KeptVote: TypeAlias = tuple[int, int, dict[str, Any]]


@dataclass
class StoredSession:
    """The content of a session file.

    Attributes
    ----------
    code, key : str
    expires : int
        Seconds since 1970.
    readers : dict of bytes to int
        Random numbers of readers by the hash of their tokens.
    rounds : list of tuple
        id, kind, subject, question, first vote, closed.
    votes : list of tuple
        round, reader, answer.
    """

    code: str
    key: str
    expires: int
    readers: dict[bytes, int] = field(default_factory=dict[bytes, int])
    rounds: list[KeptRound] = field(default_factory=list[KeptRound])
    votes: list[KeptVote] = field(default_factory=list[KeptVote])


class UnreadableError(Exception):
    """A file that is not a session.

    Attributes
    ----------
    in_use : bool
        Whether the file may be a session that another room has open.
    """

    def __init__(self, reason: str, *, in_use: bool = False) -> None:
        super().__init__(reason)
        self.in_use = in_use


@dataclass
class _Write:
    statement: Statement
    on_commit: Callable[[], None]
    committed: asyncio.Future[None]


class Store:
    """The file of one session and the thread that writes it.

    Parameters
    ----------
    path : Path
        Created if necessary, readable by this account alone.
    report : callable
        Receives a sentence when the file can no longer be written, and when it can be written again.

    Attributes
    ----------
    durable : bool
        Whether everything that was acknowledged is in the file.
    transactions : int
        Number of transactions so far.
    """

    def __init__(self, path: Path, report: Callable[[str], None] = lambda line: print(line, file=sys.stderr)) -> None:
        self.path = path
        self.durable = True
        self.transactions = 0
        self._report = report
        self._connection: sqlite3.Connection | None = None
        self._uncommitted: list[Statement] = []
        self._queue: queue.SimpleQueue[_Write | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def load(self) -> StoredSession | None:
        """Return the session in the file, or None if the file contains none yet.

        Raises
        ------
        UnreadableError
            If the file is not a session, or another room has it open.
        """
        try:
            connection = self._connection = self._connection or session_file.connect(self.path)
            session = connection.execute("SELECT code, key, expires FROM session").fetchone()
            if session is None:
                return None
            code, key, expires = session
            return StoredSession(
                code,
                key,
                expires,
                {token: reader for reader, token in connection.execute("SELECT id, token FROM reader")},
                [(*row[:5], bool(row[5])) for row in connection.execute("SELECT * FROM round ORDER BY id")],
                [(*row[:2], json.loads(row[2])) for row in connection.execute("SELECT * FROM vote")],
            )
        except sqlite3.OperationalError as error:
            self.close()
            if "locked" in str(error):
                raise UnreadableError(message("room-store-in-use", path=str(self.path)), in_use=True) from None
            reason = message("room-store-unreadable", path=str(self.path), reason=str(error))
            raise UnreadableError(reason) from None
        except (sqlite3.DatabaseError, ValueError) as error:
            self.close()
            raise UnreadableError(message("room-store-not-a-session", path=str(self.path), reason=str(error))) from None

    def create(self, session: StoredSession) -> None:
        """Write the session itself; if that fails, it stays in memory and `durable` is False."""
        self._commit([insert_session(session.code, session.key, session.expires)])

    def start(self) -> None:
        """Start the writer thread; an event loop must be running."""
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._write, args=(loop,), name="room-store", daemon=True)
        self._thread.start()

    async def commit(self, statement: Statement, on_commit: Callable[[], None]) -> None:
        """Commit a statement and call `on_commit` before returning, in the order of the calls.

        `on_commit` is called even if the caller has been cancelled meanwhile, so that memory and file agree. If the
        disk does not accept the statement, it is kept in memory and `durable` is False.
        """
        committed = asyncio.get_running_loop().create_future()
        self._queue.put(_Write(statement, on_commit, committed))
        await committed

    def close(self) -> None:
        """Let the writer finish what is queued, and close the file."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def delete(self) -> None:
        """Close the file and delete it."""
        self.close()
        session_file.delete(self.path)

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        running = True
        while running:
            batch = [self._queue.get()]
            time.sleep(BATCH_SECONDS)
            while not self._queue.empty():
                batch.append(self._queue.get())
            running = None not in batch
            writes = [write for write in batch if write is not None]
            if writes:
                self._commit([write.statement for write in writes])
                loop.call_soon_threadsafe(_acknowledge, writes)

    def _commit(self, statements: list[Statement]) -> None:
        """Write statements in one transaction, together with those that an earlier transaction could not write."""
        self._uncommitted += statements
        try:
            connection = self._connection = self._connection or session_file.connect(self.path)
            connection.execute("BEGIN IMMEDIATE")
            for sql, parameters in self._uncommitted:
                connection.execute(sql, parameters)
            connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            self._roll_back()
            if self.durable:
                self._report_safely(message("room-store-not-writable", path=str(self.path), reason=str(error)))
            self.durable = False
        else:
            self._uncommitted.clear()
            self.transactions += 1
            if not self.durable:
                self._report_safely(message("room-store-writable-again", path=str(self.path)))
            self.durable = True

    def _report_safely(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # the output may be redirected to the same full disk
            self._report(line)

    def _roll_back(self) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:  # this connection is lost; the next commit opens another
            self._connection = None
            with contextlib.suppress(sqlite3.Error):
                connection.close()


def _acknowledge(writes: list[_Write]) -> None:
    for write in writes:
        write.on_commit()
        if not write.committed.done():
            write.committed.set_result(None)
