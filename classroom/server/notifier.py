"""Tells those who watch a room that something is new, without telling them of every vote."""

from __future__ import annotations

import asyncio
from collections.abc import Generator
from contextlib import contextmanager


class Bell:
    """Rings at once for what changes a screen, and at most once a pause for what only counts.

    Parameters
    ----------
    pause : float
        Seconds.

    Attributes
    ----------
    rung : int
        How often it has rung.
    """

    def __init__(self, pause: float) -> None:
        self.rung = 0
        self._pause = pause
        self._last = float("-inf")
        self._due: asyncio.TimerHandle | None = None
        self._listening: set[asyncio.Event] = set()

    def ring(self, *, at_once: bool) -> None:
        """Ring at once, or when the pause since the last time is over."""
        loop = asyncio.get_running_loop()
        if at_once:
            self._ring()
        elif self._due is None:
            self._due = loop.call_at(max(loop.time(), self._last + self._pause), self._ring)

    @contextmanager
    def heard_by(self, listener: asyncio.Event) -> Generator[None]:
        """Set the event of a listener at every ring, as long as this lasts."""
        self._listening.add(listener)
        try:
            yield
        finally:
            self._listening.discard(listener)

    def _ring(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None
        self._last = asyncio.get_running_loop().time()
        self.rung += 1
        for listener in self._listening:
            listener.set()
