"""The value of a score: a total, an exact range, or the reason why it has no number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from casebook.models.finding import Value

Status = Literal["complete", "range", "not_applicable"]


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The points of one item.

    Attributes
    ----------
    id : str
    option : str or None
        None if the findings do not determine the option.
    points : int or None
    low, high : int
        The least and the greatest points over all completions.
    findings : mapping
        The findings that the item reads, by id; None if not assessed. Empty if items were given directly.
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
        Given only if the status is “complete”; a whole number except for percentages.
    low, high : int, float or None
        The least and the greatest total over all completions.
    bands : tuple of str
        The ids of all bands that some completion reaches.
    notes : tuple of str
    items : tuple of ItemResult
    reason : str
        The reason why the score does not apply; empty if it does.
    totals : frozenset of int and None
        Every total that some completion reaches, and None if the score does not apply in some completion.
        Empty if the score applies in no completion.
    as_one_lesion : OneLesion or None
        The second range, if the foci that are counted by segment may be one continuous lesion.
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
