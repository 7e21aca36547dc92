"""The tables of a session file, and the statements that write them."""

from __future__ import annotations

import json
from typing import Any

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
"""Readers have random numbers, and the tables no row ids, so that a file does not reveal who came or voted first.

The presenter's key is stored as plain text, so that the same address opens the console after a crash; only the account
that runs the room can read the file (mode 0600).
"""

Statement = tuple[str, tuple[Any, ...]]
"""SQL and its parameters."""


def insert_session(code: str, key: str, expires: int) -> Statement:
    """Return the statement that stores the session itself."""
    return "INSERT OR REPLACE INTO session VALUES (?, ?, ?)", (code, key, expires)


def insert_reader(reader: int, token_hash: bytes) -> Statement:
    """Return the statement that stores a reader with the hash of the reader's token."""
    return "INSERT OR REPLACE INTO reader VALUES (?, ?)", (reader, token_hash)


def insert_round(round_id: int, kind: str, subject: str, question: str | None, first_vote: int | None) -> Statement:
    """Return the statement that stores an open round."""
    return "INSERT OR REPLACE INTO round VALUES (?, ?, ?, ?, ?, 0)", (round_id, kind, subject, question, first_vote)


def insert_vote(round_id: int, reader: int, answer: dict[str, Any]) -> Statement:
    """Return the statement that stores the vote of a reader, replacing an earlier one in the same round."""
    return "INSERT OR REPLACE INTO vote VALUES (?, ?, ?)", (round_id, reader, json.dumps(answer))


def close_round(round_id: int) -> Statement:
    """Return the statement that closes a round."""
    return "UPDATE round SET closed = 1 WHERE id = ?", (round_id,)
