"""What a room refuses, and how much of everything it takes: one table, which the book prints."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import NamedTuple


class Rate(NamedTuple):
    """How many may come at once, and how many a second after that."""

    burst: float
    a_second: float


# A whole room can stand behind one address, so what an address may do is sized for 300 phones that
# come back in the same second; what one phone may do is sized for a finger.
BODY_BYTES = 4096
BODY_SECONDS = 10.0
HEADER_BYTES = 16_384
SEATS = 400
STREAMS_OF_A_PHONE = 4
STREAMS = 1000
CONNECTIONS = 2000
SEND_SECONDS = 10.0
HOURS = 8.0
MOST_HOURS = 72.0

RATES = {
    "requests of a phone": Rate(20, 4),
    "requests of an address": Rate(2000, 300),
    "joins of an address": Rate(400, 20),
    "wrong codes of an address": Rate(60, 0.2),
    "wrong codes": Rate(120, 0.5),
    "wrong keys of an address": Rate(10, 1 / 30),
}
MOST_KEPT = 4096
"""Of how many phones or addresses a rate is remembered; the one that was quiet for longest is forgotten first."""

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No letter that is taken for another when it is read off a screen: no I, L, O, 0 or 1."""
CODE_LENGTH = 6


class Gauge:
    """Counts what comes, by rate and by who it comes from; nothing of it is ever written down.

    Parameters
    ----------
    clock : callable
        Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._left: OrderedDict[tuple[str, Hashable], tuple[float, float]] = OrderedDict()

    def wait(self, rate: str, of: Hashable = None) -> float:
        """Return how many seconds are to pass before one more is taken; 0 if it is taken now."""
        left = self._now(rate, of)
        return 0.0 if left >= 1 else (1 - left) / RATES[rate].a_second

    def count(self, rate: str, of: Hashable = None) -> None:
        """Count one."""
        left = self._now(rate, of)
        self._left[rate, of] = max(0.0, left - 1), self._clock()
        self._left.move_to_end((rate, of))
        if len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)

    def _now(self, rate: str, of: Hashable) -> float:
        burst, a_second = RATES[rate]
        left, since = self._left.get((rate, of), (burst, self._clock()))
        return min(burst, left + (self._clock() - since) * a_second)


class RefusalError(Exception):
    """Something that the room does not do, with the status of the answer and a sentence that says why.

    Attributes
    ----------
    status : int
        Of HTTP.
    wait : int or None
        After how many seconds it may be tried again.
    """

    def __init__(self, status: int, why: str, wait: float | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.wait = None if wait is None else max(1, math.ceil(wait))
