"""Citations: the short form of each source, and how far the source was verified."""

from __future__ import annotations

import datetime
from typing import Literal

from casebook.models.finding import Part


class Citation(Part):
    """The short form of a source, and how far the source was verified.

    `read` is the day on which the source was last read. `seen` is “verified” if the source itself was read,
    “secondary” if it was read only as cited by another, and “unverified” otherwise.
    """

    short: str
    read: datetime.date
    seen: Literal["verified", "secondary", "unverified"]
    note: str = ""
