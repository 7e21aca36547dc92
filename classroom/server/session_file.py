"""The SQLite file of one session: where it is, how it is opened, and how it is deleted."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from classroom.server.statements import SCHEMA

SUFFIX = ".sqlite"
COMPANIONS = ("", "-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite creates for one database."""

PRAGMAS = (
    "locking_mode = EXCLUSIVE",  # two rooms cannot share a session; the lock ends with the process, however it ends
    "journal_mode = WAL",
    "synchronous = FULL",  # an acknowledged vote survives a loss of power
    "secure_delete = ON",  # a vote that was replaced leaves no trace once the log is gone
)


def connect(path: Path) -> sqlite3.Connection:
    """Open a session file for this process alone, creating it if necessary.

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
    """Delete a session file and the files that SQLite creates beside it."""
    for ending in COMPANIONS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def session_files(folder: Path) -> Iterator[Path]:
    """Yield the session files in a folder, the newest first."""
    found = folder.glob(f"*{SUFFIX}") if folder.is_dir() else ()
    yield from sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)
