"""Where each thing in a folder of knowledge is defined, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from casebook.diagnostics.document import Document
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.messages import message
from casebook.models.expression import ConditionError
from casebook.models.finding import Source

Result = TypeVar("Result")

KeyPath = tuple[str | int, ...]

FIRST_LINE = "first_line"
"""The id of what is said first of a patient, which has none of its own."""


DRAWING = "drawing"
"""The id of the drawing, of which there is one."""


def first_view(index: int) -> str:
    """Return what an entry of the first view is called in a fault."""
    return message("knowledge-first-view", number=index + 1)


class Origins:
    """Where each thing in a folder of knowledge is defined, and every fault found so far.

    Attributes
    ----------
    folder : Path
    faults : list of Fault
    positions : dict of (kind, id) to “file:line:column”
    names : dict of (kind, id) to str
        What an entry is called in a fault.
    broken : dict of str to set of str, or None
        By kind, the ids of entries that could not be read; None where not even their ids could be.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.positions: dict[tuple[str, str], str] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.broken: dict[str, set[str] | None] = {}
        self._definitions: dict[tuple[str, str], tuple[Document, KeyPath]] = {}

    def locate(self, kind: str, id: str, document: Document, path: KeyPath = ()) -> None:
        """Record where an entry without a name of its own lies."""
        self._definitions[kind, id] = document, path

    def define(self, kind: str, id: str, document: Document, path: tuple[str | int, ...] = ()) -> bool:
        """Record where something is defined; return False, with a fault, if it was defined before."""
        where = document.where(path)
        before = self.positions.setdefault((kind, id), where)
        if before != where:
            self.faults.append(Fault.of(where, "knowledge-defined-twice", kind=kind, id=id, first=before))
            return False
        self._definitions[kind, id] = document, path
        return True

    def unread(self, kind: str, fault: Fault) -> None:
        """Note that no name of a kind can be judged, because what defines them cannot be read."""
        self.faults.append(fault)
        self.broken[kind] = None

    def where(self, kind: str, id: str, *path: str | int) -> str:
        """Return the place of something that is defined, or of a part of it."""
        if (kind, id) not in self._definitions:
            return str(self.folder)
        document, under = self._definitions[kind, id]
        if path[:1] == ("clauses",) and (*under, "clauses") not in document.marks:
            path = path[2:]  # a rule with one clause is written without the list
        return document.where((*under, *path))

    def about(self, kind: str, id: str) -> str:
        """Return what an entry is called in a fault, such as “rule Sciatica (R012)”."""
        return message("knowledge-entry", kind=kind, name=self.names.get((kind, id), id))

    def expect(self, where: str, about: str, kind: str, id: str, known: Iterable[str]) -> None:
        """Note a fault unless `id` is the name of something of a kind, even of something broken."""
        broken = self.broken.get(kind, set())
        if id not in known and broken is not None and id not in broken:
            what = message("knowledge-not-of-kind", about=about, id=id, kind=kind)
            self.faults.append(Fault(where, what, did_you_mean(id, known)))

    def name(
        self, kind: str, id: str, path: tuple[str | int, ...], expected: str, name: str, known: Iterable[str]
    ) -> None:
        """Record a fault unless an entry names, at a path inside it, something of the expected kind that is known."""
        self.expect(self.where(kind, id, *path), self.about(kind, id), expected, name, known)

    def cited(self, kind: str, id: str, path: tuple[str | int, ...], source: Source, sources: Iterable[str]) -> None:
        """Record a fault for each citation at a path inside an entry that has no known source, or no locator."""
        for key, locator in source.items():
            self.cited_at(self.where(kind, id, *path, key), self.about(kind, id), key, locator, sources)

    def cited_at(self, where: str, about: str, key: str, locator: str, sources: Iterable[str]) -> None:
        """Record a fault if one citation has no known source, or no locator."""
        self.expect(where, about, "source", key, sources)
        if not locator.strip():
            self.faults.append(Fault.of(where, "knowledge-no-locator", about=about, key=key))

    def attempt(self, kind: str, id: str, step: Callable[[], Result]) -> Result | None:
        """Return the result of a step; record a fault, and return None, where a condition cannot be read."""
        try:
            return step()
        except ConditionError as error:
            what = message("field-about", about=self.about(kind, id), what=str(error))
            self.faults.append(Fault(self.where(kind, id, *error.path), what))
            return None

    def raise_if_faulty(self) -> None:
        """Raise FaultError with every fault found so far, if there is one."""
        if self.faults:
            raise FaultError(self.faults)
