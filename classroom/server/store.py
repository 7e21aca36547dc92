"""What a room keeps of a session: one SQLite file, written by one thread, many votes to a transaction."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import queue
import sqlite3
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

SCHEMA = """
CREATE TABLE IF NOT EXISTS session (code TEXT PRIMARY KEY, key TEXT NOT NULL, expires INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reader (id INTEGER PRIMARY KEY, token BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS round (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, place TEXT NOT NULL, question TEXT, again INTEGER, closed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS vote (
  round INTEGER NOT NULL, reader INTEGER NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (round, reader)
) WITHOUT ROWID;
"""
"""Readers have random numbers and no rows of their own order, so that nothing tells who came or voted first.

The presenter's key is kept as it is, so that after a crash the same address opens the console;
the file is for the eyes of the account that runs the room alone (0600).
"""

PRAGMAS = (
    "locking_mode = EXCLUSIVE",  # two rooms never share a session; it goes with the process, however that ends
    "journal_mode = WAL",
    "synchronous = FULL",  # what is acknowledged outlasts a loss of power, too
    "secure_delete = ON",  # a vote that was changed leaves no trace once the log is gone
)
GATHER = 0.02
"""Seconds for which the writer collects changes before it commits them together."""

ENDING = ".sqlite"
BESIDE = ("", "-wal", "-shm", "-journal")

Change = tuple[str, tuple[Any, ...]]


def seated(reader: int, token: bytes) -> Change:
    """Return the change that keeps a reader and the hash of the token."""
    return "INSERT OR REPLACE INTO reader VALUES (?, ?)", (reader, token)


def opened(id: int, kind: str, place: str, question: str | None, again: int | None) -> Change:
    """Return the change that keeps an open round."""
    return "INSERT OR REPLACE INTO round VALUES (?, ?, ?, ?, ?, 0)", (id, kind, place, question, again)


def voted(round: int, reader: int, answer: dict[str, Any]) -> Change:
    """Return the change that keeps the vote of a reader in a round in place of an earlier one."""
    return "INSERT OR REPLACE INTO vote VALUES (?, ?, ?)", (round, reader, json.dumps(answer))


def closed(round: int) -> Change:
    """Return the change that closes a round."""
    return "UPDATE round SET closed = 1 WHERE id = ?", (round,)


KeptRound: TypeAlias = tuple[int, str, str, str | None, int | None, bool]
KeptVote: TypeAlias = tuple[int, int, dict[str, Any]]


@dataclass
class Kept:
    """What a file holds of a session.

    Attributes
    ----------
    code, key : str
    expires : int
        Seconds since 1970.
    readers : dict of bytes to int
        Random numbers of readers by the hash of the token.
    rounds : list of tuple
        id, kind, place, question, again, closed.
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
    """A file that is no session, or one that another room has open."""


class Store:
    """The file of one session, and the one thread that writes it.

    Parameters
    ----------
    path : Path
        Made if it is missing, for this account alone.
    say : callable
        Gets a sentence when the file can no longer be written, and when it can again.

    Attributes
    ----------
    durable : bool
        Whether everything that was acknowledged is in the file.
    transactions : int
        How many there were.
    """

    def __init__(self, path: Path, say: Callable[[str], None] = lambda line: print(line, file=sys.stderr)) -> None:
        self.path = path
        self.durable = True
        self.transactions = 0
        self._say = say
        self._connection: sqlite3.Connection | None = None
        self._unkept: list[Change] = []
        self._new: queue.SimpleQueue[tuple[Change, Callable[[], None], asyncio.Future[None]] | None]
        self._new = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def load(self) -> Kept | None:
        """Return what the file holds; None if it holds no session yet.

        Raises
        ------
        UnreadableError
            If it is something else, or another room has it open.
        """
        try:
            connection = self._connection = self._connection or connect(self.path)
            session = connection.execute("SELECT code, key, expires FROM session").fetchone()
            if session is None:
                return None
            code, key, expires = session
            return Kept(
                code,
                key,
                expires,
                {token: id for id, token in connection.execute("SELECT id, token FROM reader")},
                [(*row[:5], bool(row[5])) for row in connection.execute("SELECT * FROM round ORDER BY id")],
                [(*row[:2], json.loads(row[2])) for row in connection.execute("SELECT * FROM vote")],
            )
        except sqlite3.OperationalError as error:
            self.close()
            if "locked" in str(error):
                raise UnreadableError(f"{self.path} is in use by a room that is running.") from None
            raise UnreadableError(f"{self.path} cannot be read: {error}.") from None
        except (sqlite3.DatabaseError, ValueError) as error:
            self.close()
            raise UnreadableError(f"{self.path} is not the session of a room: {error}.") from None

    def begin(self, kept: Kept) -> None:
        """Write the session itself, or keep it in memory if that cannot be done."""
        change = "INSERT OR REPLACE INTO session VALUES (?, ?, ?)", (kept.code, kept.key, kept.expires)
        self._commit([change])

    def start(self) -> None:
        """Start the writer; only where an event loop runs."""
        loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._write, args=(loop,), name="room-store", daemon=True)
        self._thread.start()

    async def keep(self, change: Change, then: Callable[[], None]) -> None:
        """Commit a change and call `then`, in the order in which changes were offered, before this returns.

        `then` is called even if whoever waits has gone meanwhile: what is in the file is in memory, too.
        Where the disk takes nothing, the change is kept in memory, and `durable` says so.
        """
        done = asyncio.get_running_loop().create_future()
        self._new.put((change, then, done))
        await done

    def close(self) -> None:
        """End the writer once it has written what it was given, and let go of the file."""
        if self._thread is not None:
            self._new.put(None)
            self._thread.join()
            self._thread = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def forget(self) -> None:
        """Let go of the file and delete it."""
        self.close()
        delete(self.path)

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        more = True
        while more:
            batch = [self._new.get()]
            time.sleep(GATHER)
            while not self._new.empty():
                batch.append(self._new.get())
            more = None not in batch
            batch = [each for each in batch if each is not None]
            if batch:
                self._commit([change for change, _, _ in batch])
                loop.call_soon_threadsafe(_done, batch)

    def _commit(self, changes: list[Change]) -> None:
        """Write changes in one transaction, with those that an earlier one could not."""
        self._unkept += changes
        try:
            connection = self._connection = self._connection or connect(self.path)
            connection.execute("BEGIN IMMEDIATE")
            for sql, values in self._unkept:
                connection.execute(sql, values)
            connection.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            self._roll_back()
            if self.durable:
                self._tell(
                    f"{self.path} cannot be written: {error}. The room goes on in memory: what is voted from now on "
                    "is lost if this program ends. Make room on the disk, and it is stored again."
                )
            self.durable = False
        else:
            self._unkept.clear()
            self.transactions += 1
            if not self.durable:
                self._tell(f"{self.path} can be written again: everything is stored.")
            self.durable = True

    def _tell(self, line: str) -> None:
        with contextlib.suppress(OSError, ValueError):  # what is said may go to a file on the same full disk
            self._say(line)

    def _roll_back(self) -> None:
        connection = self._connection
        if connection is None:
            return
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:  # nothing can be done with this connection any more; the next commit opens another
            self._connection = None
            with contextlib.suppress(sqlite3.Error):
                connection.close()


def _done(batch: list[tuple[Change, Callable[[], None], asyncio.Future[None]]]) -> None:
    for _, then, done in batch:
        then()
        if not done.done():
            done.set_result(None)


def connect(path: Path) -> sqlite3.Connection:
    """Open a file for this process alone, and make it if it is missing.

    Raises
    ------
    OSError, sqlite3.Error
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=0)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(SCHEMA)
    except BaseException:
        connection.close()
        raise
    return connection


def delete(path: Path) -> None:
    """Delete a session's file and what SQLite keeps beside it."""
    for end in BESIDE:
        path.with_name(path.name + end).unlink(missing_ok=True)


def files(folder: Path) -> Iterator[Path]:
    """Yield the files of sessions in a folder, the newest first."""
    found = folder.glob(f"*{ENDING}") if folder.is_dir() else ()
    yield from sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)
