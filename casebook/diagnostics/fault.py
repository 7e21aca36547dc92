"""What is wrong in a file: where, what, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casebook.messages import message
from casebook.messages.store import catalogue


def wording(id: str, /, **arguments: str | int) -> tuple[str, str]:
    """Return what a message says is wrong, and its attribute `fix`, what would be right; "" if it has none."""
    fix = f"{id}.fix"
    return message(id, **arguments), message(fix, **arguments) if fix in catalogue() else ""


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a file: where, what, and what would be right."""

    where: str
    what: str
    right: str = ""

    @classmethod
    def of(cls, where: str, id: str, /, **arguments: str | int) -> Fault:
        """Return the fault that a message names; what would be right is its attribute `fix`, if it has one."""
        return cls(where, *wording(id, **arguments))

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"; {self.right}" if self.right else "")


class FaultError(ValueError):
    """Raised with every fault of a file or folder at once.

    Attributes
    ----------
    faults : tuple of Fault
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook prints in place of a traceback: the faults, a line each."""
        return [str(fault) for fault in self.faults]
