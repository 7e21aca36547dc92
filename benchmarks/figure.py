"""A measured figure beside its budget, and how samples become figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes
    ----------
    name : str
    measured : float
    unit : str
    budget : float or None
        The most that is allowed; None where the figure is only for comparison.
    details : dict
        What else is worth keeping, as plain JSON; not printed.
    """

    name: str
    measured: float
    unit: str
    budget: float | None = None
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def holds(self) -> bool | None:
        """Whether the budget holds; None without a budget."""
        return None if self.budget is None else self.measured <= self.budget

    def row(self) -> tuple[str, str, str, str]:
        """Return name, measured, budget and verdict in words."""
        budget = "" if self.budget is None else f"≤ {amount(self.budget, self.unit)}"
        verdict = {None: "", True: "yes", False: "NO"}[self.holds]
        return self.name, amount(self.measured, self.unit), budget, verdict

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the figure."""
        return {
            "name": self.name,
            "measured": self.measured,
            "unit": self.unit,
            "budget": self.budget,
            "holds": self.holds,
            **self.details,
        }


def amount(number: float, unit: str) -> str:
    """Return a number with three significant digits or more, and its unit."""
    digits = 0 if number >= 100 or number == int(number) else 1 if number >= 10 else 2
    return f"{number:,.{digits}f} {unit}"


def p95(samples: Sequence[float]) -> float:
    """Return the least sample that 95 in 100 do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def spread(samples: Sequence[float]) -> dict[str, float]:
    """Return number, median, 95th percentile and greatest of the samples."""
    return {"samples": len(samples), "median": median(samples), "p95": p95(samples), "most": max(samples)}
