"""Counting of requests against the rates in `limits`, in memory only."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from classroom.server.limits import RATES

CAPACITY = 4096
"""Number of phones and addresses whose counts are remembered; the one that was quiet for longest is dropped first."""


class RateLimiter:
    """Token buckets, one for each rate and source.

    Parameters
    ----------
    clock : callable
        Returns seconds that never decrease.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, Hashable], tuple[float, float]] = OrderedDict()

    def retry_after(self, rate: str, source: Hashable = None) -> float:
        """Return the seconds until one more request is allowed; 0 if it is allowed now."""
        tokens = self._tokens(rate, source)
        return 0.0 if tokens >= 1 else (1 - tokens) / RATES[rate].per_second

    def record(self, rate: str, source: Hashable = None) -> None:
        """Count one request."""
        tokens = self._tokens(rate, source)
        self._buckets[rate, source] = max(0.0, tokens - 1), self._clock()
        self._buckets.move_to_end((rate, source))
        if len(self._buckets) > CAPACITY:
            self._buckets.popitem(last=False)

    def _tokens(self, rate: str, source: Hashable) -> float:
        burst, per_second = RATES[rate]
        tokens, since = self._buckets.get((rate, source), (burst, self._clock()))
        return min(burst, tokens + (self._clock() - since) * per_second)
