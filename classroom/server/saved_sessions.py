"""The sessions saved in a folder: which one a room continues, and how they are deleted."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from casebook.messages import message
from classroom.server.session import new_session
from classroom.server.session_file import SUFFIX, session_files
from classroom.server.start_error import CannotStartError
from classroom.server.store import Store, StoredSession, UnreadableError


@dataclass(frozen=True)
class OpenedSession:
    """A session whose file is open.

    Attributes
    ----------
    stored : StoredSession
    store : Store
    resumed : bool
        Whether the session existed before.
    """

    stored: StoredSession
    store: Store
    resumed: bool


def open_session(folder: Path, *, fresh: bool, resume: bool, hours: float) -> OpenedSession:
    """Return the newest session in a folder or a new one; expired sessions are deleted.

    Parameters
    ----------
    folder : Path
    fresh : bool
        Whether to begin a new session even if there is one to continue.
    resume : bool
        Whether there must be a session to continue.
    hours : float
        Time after which a new session expires.

    Raises
    ------
    CannotStartError
        If there is no session to resume.
    """
    unreadable: list[str] = []
    previous: OpenedSession | None = None
    for path in session_files(folder):
        store = Store(path)
        try:
            stored = store.load()
        except UnreadableError as error:
            unreadable.append(str(error))
            continue
        if stored is None or stored.expires <= time.time():
            store.delete()
        elif fresh or previous is not None:
            store.close()
        else:
            previous = OpenedSession(stored, store, resumed=True)
    if previous is not None:
        return previous
    if resume:
        raise CannotStartError("\n".join([*unreadable, message("room-start-no-session", folder=str(folder))]))
    stored = new_session(hours)
    store = Store(folder / f"{stored.code}{SUFFIX}")
    store.create(stored)
    return OpenedSession(stored, store, resumed=False)


def delete_sessions(folder: Path) -> tuple[int, list[str]]:
    """Delete every session in a folder that no running room has open.

    Returns
    -------
    (int, list of str)
        How many were deleted, and a sentence for each that is in use.
    """
    deleted = 0
    in_use: list[str] = []
    for path in session_files(folder):
        store = Store(path)
        try:
            store.load()
        except UnreadableError as error:
            if error.in_use:
                in_use.append(str(error))
                continue
        store.delete()
        deleted += 1
    return deleted, in_use
