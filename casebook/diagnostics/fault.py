"""Faults in files: position, description and correction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casebook.messages import message
from casebook.messages.store import catalogue


def wording(id: str, /, **arguments: str | int) -> tuple[str, str]:
    """Return a message as the description of a fault, and its attribute `fix` as the correction, "" if it has none.

    Raises
    ------
    KeyError
        If there is no such message, or an argument is missing.
    """
    fix = f"{id}.fix"
    return message(id, **arguments), message(fix, **arguments) if fix in catalogue() else ""


@dataclass(frozen=True)
class Fault:
    """One fault in a file.

    Attributes
    ----------
    where : str
        “file:line:column”.
    what : str
        The description of the fault.
    right : str
        The correction, or "" if none is known.
    """

    where: str
    what: str
    right: str = ""

    @classmethod
    def of(cls, where: str, id: str, /, **arguments: str | int) -> Fault:
        """Return the fault that a message describes; the correction is its attribute `fix`, if it has one."""
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
        """Return the lines that a notebook prints instead of a traceback: one for each fault."""
        return [str(fault) for fault in self.faults]
