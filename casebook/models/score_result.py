"""The value of a score: a total, an exact range, or the reason why it has no number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from casebook.models.finding import Value

Status = Literal["complete", "range", "not_applicable"]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What one item contributes.

    Attributes
    ----------
    id : str
    option : str or None
        None where it cannot be told from the findings.
    points : int or None
    low, high : int
        Least and greatest points over every completion.
    findings : mapping
        What was read, by finding id; None where not assessed. Empty if items were given directly.
    """

    id: str
    option: str | None
    points: int | None
    low: int
    high: int
    findings: Mapping[str, Value | None]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the item."""
        return {
            "id": self.id,
            "option": self.option,
            "points": self.points,
            "low": self.low,
            "high": self.high,
            "from": dict(self.findings),
        }


@dataclass(frozen=True, slots=True)
class OneLesion:
    """The range of a score if the foci that are counted are one continuous lesion."""

    low: int
    high: int
    bands: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the range."""
        return {"low": self.low, "high": self.high, "bands": list(self.bands)}


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """The value of a score: a total, an exact range, or the reason why it has no number.

    Attributes
    ----------
    id : str
    status : {"complete", "range", "not_applicable"}
    total : int, float or None
        Given only when complete; a whole number but for percentages.
    low, high : int, float or None
        Least and greatest totals over every completion of what is not assessed.
    bands : tuple of str
        Every band that some completion reaches.
    notes : tuple of str
    items : tuple of ItemResult
    reason : str
        Why the score does not apply; empty where it does.
    totals : frozenset of int and None
        Every total that some completion reaches; None where in some the score does not apply.
        Empty where it applies in none.
    as_one_lesion : OneLesion or None
        The second range where one continuous lesion is counted by segments.
    """

    id: str
    status: Status
    total: float | None
    low: float | None
    high: float | None
    bands: tuple[str, ...]
    notes: tuple[str, ...]
    items: tuple[ItemResult, ...]
    reason: str = ""
    totals: frozenset[float | None] = field(default=frozenset(), repr=False)
    as_one_lesion: OneLesion | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the score."""
        result: dict[str, Any] = {
            "status": self.status,
            "total": self.total,
            "low": self.low,
            "high": self.high,
            "bands": list(self.bands),
            "notes": list(self.notes),
            "items": [item.to_dict() for item in self.items],
        }
        if self.reason:
            result["reason"] = self.reason
        if self.as_one_lesion:
            result["as_one_lesion"] = self.as_one_lesion.to_dict()
        return result
