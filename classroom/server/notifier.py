"""Notification of open streams that the session has changed, without one notification for every vote."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager


class Notifier:
    """Notifies at once of what changes a screen, and at limited intervals of new counts.

    Parameters
    ----------
    interval : float
        Least number of seconds between two notifications of new counts.

    Attributes
    ----------
    version : int
        Number of notifications so far.
    """

    def __init__(self, interval: float) -> None:
        self.version = 0
        self._interval = interval
        self._last = float("-inf")
        self._scheduled: asyncio.TimerHandle | None = None
        self._subscribers: set[asyncio.Event] = set()

    def notify(self, *, immediately: bool) -> None:
        """Notify every subscriber, immediately or as soon as the interval has passed."""
        loop = asyncio.get_running_loop()
        if immediately:
            self._notify()
        elif self._scheduled is None:
            self._scheduled = loop.call_at(max(loop.time(), self._last + self._interval), self._notify)

    @contextmanager
    def subscribed(self, event: asyncio.Event) -> Generator[None]:
        """Set an event at every notification while the context lasts."""
        self._subscribers.add(event)
        try:
            yield
        finally:
            self._subscribers.discard(event)

    def _notify(self) -> None:
        if self._scheduled is not None:
            self._scheduled.cancel()
            self._scheduled = None
        self._last = asyncio.get_running_loop().time()
        self.version += 1
        for event in self._subscribers:
            event.set()
