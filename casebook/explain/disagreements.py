"""Disagreements between scores or sources in one patient, and how they are resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from casebook.inference.assessment import engine
from casebook.messages.words import backed, sentence
from casebook.models.finding import Source


@dataclass(frozen=True, slots=True)
class Side:
    """The statement of one side, and its sources."""

    text: str
    source: Source

    def to_dict(self, name: str = "source") -> dict[str, Any]:
        """Return the JSON of the side; `name` is the key of its sources."""
        return {"text": self.text, name: [list(pair) for pair in self.source.items()]}


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two or more sides, and what decides between them.

    Attributes
    ----------
    kind : {"scores", "sources"}
        Scores that point in different directions in this patient, or sources that disagree on a recommendation.
    id : str
    title : str
    sides : tuple of Side
    tie : Side
        What decides between the sides, or that no source does; with the authority as its sources.
    text : str
    """

    kind: Literal["scores", "sources"]
    id: str
    title: str
    sides: tuple[Side, ...]
    tie: Side
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the disagreement."""
        return {
            "kind": self.kind,
            "id": self.id,
            "title": self.title,
            "sides": [side.to_dict() for side in self.sides],
            "tie": self.tie.to_dict("source" if self.kind == "scores" else "authority"),
        }


def disagreements(findings: Mapping[str, Any]) -> tuple[Disagreement, ...]:
    """Return the disagreements that these findings raise: between scores first, then between sources.

    A disagreement is returned only if it is present in every completion of the unknown findings.

    Parameters
    ----------
    findings : mapping of finding id to option id

    Returns
    -------
    tuple of Disagreement

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary.

    Examples
    --------
    >>> from casebook.cases import load_case
    >>> disagreements(load_case("colon-s1").findings)[0].kind
    'sources'
    """
    current = engine()
    known = current.knowledge
    state = current.state(findings)
    short = {key: citation.short for key, citation in known.sources.items()}

    def disagreement(
        kind: Literal["scores", "sources"], given: Any, positions: Any, text: str, source: Source
    ) -> Disagreement:
        sides = tuple(Side(position.text, position.source) for position in positions)
        tie = Side(text, source)
        sentences = [backed(side.text, side.source, short) for side in (*sides, tie)]
        return Disagreement(kind, given.id, given.title, sides, tie, " ".join([sentence(given.title), *sentences]))

    named = {id for entry in current.planner.plan(state) for id in entry.conflicts}
    return (
        *(
            disagreement("scores", each, each.sides, each.tie.text, each.tie.source)
            for each in known.tensions.values()
            if current.planner.truth(each.tree, state) is True
        ),
        *(
            disagreement("sources", each, each.positions, each.resolution, each.authority)
            for each in known.conflicts.values()
            if each.id in named and current.planner.truth(each.tree, state) is True
        ),
    )
