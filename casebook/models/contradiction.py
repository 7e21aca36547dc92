"""Findings that contradict each other: no such patient exists, so such findings are not assessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import PrivateAttr

from casebook.messages import message
from casebook.models.expression import Language, Tree, leaves
from casebook.models.finding import Entry, FindingError, Source, with_private


class Contradiction(Entry):
    """Findings that contradict each other.

    Attributes
    ----------
    when, unless : str
        The findings contradict each other if `when` is true and `unless` is not, so an unknown `unless` does not
        suppress the contradiction.
    text : str
        The reason, and after a semicolon the correction.
    """

    when: str
    unless: str = ""
    text: str
    source: Source = {}

    _trees: tuple[Tree, Tree] = PrivateAttr((False, False))

    @property
    def trees(self) -> tuple[Tree, Tree]:
        """The compiled `when` and `unless`."""
        return self._trees

    def bound(self, language: Language) -> Contradiction:
        """Return the contradiction with its compiled conditions; raise ConditionError if one cannot be read."""
        when = language.read(self.when, "when")
        return with_private(self, _trees=(when, language.read(self.unless, "unless") if self.unless else False))


@dataclass(frozen=True, slots=True)
class Refusal:
    """A contradiction that applies to the findings of a patient.

    Attributes
    ----------
    id : str
        The id of the contradiction.
    findings : tuple of str
        The findings that contradict each other.
    what, right : str
        The reason and the correction, in words.
    """

    id: str
    findings: tuple[str, ...]
    what: str
    right: str

    @property
    def text(self) -> str:
        """The reason and the correction in one sentence."""
        return message("error-hint", what=self.what, hint=self.right) if self.right else self.what

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the refusal."""
        return {"id": self.id, "findings": list(self.findings), "text": self.text}


class ContradictionError(FindingError):
    """Raised for findings that no patient can have together.

    Attributes
    ----------
    refusals : tuple of Refusal
    """

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        first = self.refusals[0]
        super().__init__("\n".join(refusal.text for refusal in self.refusals), first.findings[0])


def reads(contradictions: Iterable[Contradiction]) -> Iterator[str]:
    """Yield the findings that contradictions read."""
    for each in contradictions:
        for tree in each.trees:
            yield from (leaf["finding"] for leaf in leaves(tree))
