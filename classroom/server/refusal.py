"""The refusal of a request, with the status and the reason that are sent back."""

from __future__ import annotations

import math


class RefusalError(Exception):
    """A request that the room refuses.

    Parameters
    ----------
    status : int
        HTTP status of the response.
    reason : str
        A sentence for the sender of the request.
    retry_after : float, optional
        Seconds after which the request may be repeated; rounded up to whole seconds.

    Attributes
    ----------
    status : int
    retry_after : int or None
    """

    def __init__(self, status: int, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.retry_after = None if retry_after is None else max(1, math.ceil(retry_after))
