"""Citations: how a source is named in short, and how well it was seen."""

from __future__ import annotations

import datetime
from typing import Literal

from casebook.models.finding import Part


class Citation(Part):
    """How a source is named in short, and how well it was seen."""

    short: str
    read: datetime.date
    seen: Literal["verified", "secondary", "unverified"]
    note: str = ""
