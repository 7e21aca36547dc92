"""The parts of a case: the patient, the provenance of each finding, the questions and the teaching texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from casebook.messages import message
from casebook.models.finding import Part, Source
from casebook.models.presentation import Step
from casebook.models.question import WrittenQuestion

Provenance = Literal["reported", "derived", "assumed", "not_reported"]


class Recorded(Part):
    """One finding of a case: its value and its provenance.

    Reported: the source states the value. Derived: the value follows from what the source states. Assumed: the case
    uses a value that the source does not give. Not reported: the finding is unknown.
    """

    value: Any = None
    provenance: Provenance
    note: str = ""
    source: Source = Field(default_factory=dict)


class ReadingOption(Part):
    """One answer to a question."""

    id: str
    label: str


class ReadingQuestion(Part):
    """A question that a reader answers before reading on."""

    id: str
    question: str
    options: tuple[ReadingOption, ...] = Field(min_length=2)
    published: str
    feedback: str


class WhatIf(Part):
    """A change to the findings of the case, asked as a question; null makes a finding unknown."""

    id: str
    question: str
    set: dict[str, Any] = Field(min_length=1)
    answer: str


class Passage(Part):
    """A passage of the case with its source."""

    text: str
    source: Source = Field(min_length=1)


class TeachingPoint(Part):
    """A teaching point; without a source, it is the book's own."""

    text: str
    source: Source = Field(default_factory=dict)


class PublishedScore(Part):
    """The total of a score as the source gives it."""

    total: int
    source: Source = Field(min_length=1)


def _ask_of_published(schema: dict[str, Any]) -> None:
    """Add to the JSON Schema what a published case must have, and what a constructed case must not have."""
    constructed = {"properties": {"constructed": {"const": True}}, "required": ["constructed"]}
    schema |= {"if": constructed, "then": {"not": {"required": ["outcome"]}}, "else": {"required": list(OF_PUBLISHED)}}


CONSTRUCTED = message("case-constructed")
"""The remark that is shown with every constructed case."""

OF_PUBLISHED = ("source", "treatment", "outcome")
"""The fields that are required of a published patient only."""

MOST_AIMS, LONGEST_AIM = 4, 120
Aim = Annotated[str, Field(max_length=LONGEST_AIM)]
"""A learning objective: what a reader can do afterwards, in one short line."""


class WrittenCase(Part):
    """A worked case as written in its file: a published patient, unless it is constructed for teaching.

    A constructed case needs no source of its own and no treatment. It has no outcome, because there was no patient.
    """

    model_config = ConfigDict(title="Case", json_schema_extra=_ask_of_published)

    id: str
    title: str
    teaches: str
    minutes: int = Field(gt=0)
    aims: tuple[Aim, ...] = Field(default=(), min_length=2, max_length=MOST_AIMS)
    constructed: bool = False
    source: Source = Field(default_factory=dict)
    vignette: str
    recorded: dict[str, Recorded] = Field(alias="findings")
    published_scores: dict[str, PublishedScore] = Field(default_factory=dict)
    reading: tuple[ReadingQuestion, ...] = ()
    treatment: Passage | None = None
    outcome: Passage | None = None
    teaching_points: tuple[TeachingPoint, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()
    presenting: tuple[Step, ...] = ()
    questions: tuple[WrittenQuestion, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def stated(self) -> dict[str, Any]:
        """The known findings as written, by finding id; they need not be in the vocabulary."""
        return {id: entry.value for id, entry in self.recorded.items() if entry.value is not None}

    def entry(self, finding: str) -> Recorded:
        """Return the record of a finding; a finding that the case does not mention is not reported."""
        return self.recorded.get(finding) or Recorded(provenance="not_reported")

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the presentation: those of the case, or by default all its parts in the order of its page."""
        return self.presenting or tuple(self._plain_steps())

    def _plain_steps(self) -> Iterator[Step]:
        """Yield a step for each part of the case, in the order of its page."""
        if self.aims:
            yield Step(show="aims", minutes=1)
        yield Step(show="vignette", minutes=3)
        yield from (Step(show="reading", id=question.id, minutes=3) for question in self.reading)
        yield Step(show="provenance", minutes=2)
        yield Step(show="scores", minutes=3)
        yield Step(show="plan", minutes=3)
        yield from (Step(show=part, minutes=1) for part in ("treatment", "outcome") if getattr(self, part))
        yield from (Step(show="what_if", id=entry.id, minutes=2) for entry in self.what_ifs)
        if self.teaching_points:
            yield Step(show="teaching", minutes=2)
