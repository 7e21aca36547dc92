"""The position of each entry in a folder of knowledge, and the faults of the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from casebook.diagnostics.data import KeyPath
from casebook.diagnostics.document import Document
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.messages import message
from casebook.models.expression import ConditionError
from casebook.models.finding import Source

Result = TypeVar("Result")

FIRST_LINE = "first_line"
"""The id under which faults of the first line are recorded; the first line has no id of its own."""


DRAWING = "drawing"
"""The id of the drawing, of which there is one."""


def first_view(index: int) -> str:
    """Return the name of an entry of the first view in faults."""
    return message("knowledge-first-view", number=index + 1)


class Origins:
    """The position of each entry in a folder of knowledge, and all faults found so far.

    Attributes
    ----------
    folder : Path
    faults : list of Fault
    positions : dict of (kind, id) to “file:line:column”
    names : dict of (kind, id) to str
        The name of each entry in faults.
    broken : dict of str to set of str, or None
        By kind, the ids of entries that could not be read; None if their ids could not be read either.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.positions: dict[tuple[str, str], str] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.broken: dict[str, set[str] | None] = {}
        self._definitions: dict[tuple[str, str], tuple[Document, KeyPath]] = {}

    def locate(self, kind: str, id: str, document: Document, path: KeyPath = ()) -> None:
        """Record the position of an entry without an id of its own."""
        self._definitions[kind, id] = document, path

    def define(self, kind: str, id: str, document: Document, path: KeyPath = ()) -> bool:
        """Record the position of an entry; return False, with a fault, if the entry was defined before."""
        where = document.where(path)
        before = self.positions.setdefault((kind, id), where)
        if before != where:
            self.faults.append(Fault.of(where, "knowledge-defined-twice", kind=kind, id=id, first=before))
            return False
        self._definitions[kind, id] = document, path
        return True

    def unread(self, kind: str, fault: Fault) -> None:
        """Record that names of a kind cannot be validated, because the file that defines them cannot be read."""
        self.faults.append(fault)
        self.broken[kind] = None

    def where(self, kind: str, id: str, *path: str | int) -> str:
        """Return the position of an entry, or of a part of it, as “file:line:column”."""
        if (kind, id) not in self._definitions:
            return str(self.folder)
        document, under = self._definitions[kind, id]
        if path[:1] == ("clauses",) and (*under, "clauses") not in document.marks:
            path = path[2:]  # a rule with one clause may be written without a list
        return document.where((*under, *path))

    def about(self, kind: str, id: str) -> str:
        """Return the name of an entry in faults, such as “rule Sciatica (R012)”."""
        return message("knowledge-entry", kind=kind, name=self.names.get((kind, id), id))

    def expect(self, where: str, about: str, kind: str, id: str, known: Iterable[str]) -> None:
        """Record a fault unless `id` is an entry of a kind, valid or not."""
        broken = self.broken.get(kind, set())
        if id not in known and broken is not None and id not in broken:
            what = message("knowledge-not-of-kind", about=about, id=id, kind=kind)
            self.faults.append(Fault(where, what, did_you_mean(id, known)))

    def name(self, kind: str, id: str, path: KeyPath, expected: str, name: str, known: Iterable[str]) -> None:
        """Record a fault unless the id at a path in an entry is a known entry of the expected kind."""
        self.expect(self.where(kind, id, *path), self.about(kind, id), expected, name, known)

    def cited(self, kind: str, id: str, path: KeyPath, source: Source, sources: Iterable[str]) -> None:
        """Record a fault for each citation at a path in an entry without a known source or a locator."""
        for key, locator in source.items():
            self.cited_at(self.where(kind, id, *path, key), self.about(kind, id), key, locator, sources)

    def cited_at(self, where: str, about: str, key: str, locator: str, sources: Iterable[str]) -> None:
        """Record a fault if a citation has no known source or no locator."""
        self.expect(where, about, "source", key, sources)
        if not locator.strip():
            self.faults.append(Fault.of(where, "knowledge-no-locator", about=about, key=key))

    def attempt(self, kind: str, id: str, step: Callable[[], Result]) -> Result | None:
        """Return the result of a step; record a fault and return None if a condition cannot be read."""
        try:
            return step()
        except ConditionError as error:
            what = message("field-about", about=self.about(kind, id), what=str(error))
            self.faults.append(Fault(self.where(kind, id, *error.path), what))
            return None

    def raise_if_faulty(self) -> None:
        """Raise FaultError with all faults found so far, if there are any."""
        if self.faults:
            raise FaultError(self.faults)
