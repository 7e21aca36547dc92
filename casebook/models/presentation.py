"""How a case is shown to a room: the steps, and what its speaker asks and says at each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from casebook.diagnostics.document import Document
from casebook.diagnostics.fault import Fault
from casebook.diagnostics.suggestions import did_you_mean
from casebook.models.finding import Part, Source

if TYPE_CHECKING:
    from casebook.cases.case import Case
    from casebook.knowledge_base import Knowledge

Shown = Literal[
    "aims",
    "vignette",
    "findings",
    "reading",
    "provenance",
    "scores",
    "plan",
    "what_if",
    "treatment",
    "outcome",
    "teaching",
]
"""What a step puts on the screen.

Aims: what the case is for. Findings: some of them, to be changed. Reading: one of its questions, then
the answer. Provenance: where each finding comes from. What if: a change to the case, then what it does.
"""

NAMED = {"reading": "reading", "what_if": "what_ifs"}
"""Steps that show one of several, and the part of the case in which it stands."""


class Step(Part):
    """One step: what is shown for how long, and the notes that only its speaker sees.

    `ask` is the question to the room, `error` what is usually answered wrongly, `say` what to say. A
    clinical fact in them has its `source`.
    """

    show: Shown
    id: str | None = None
    findings: tuple[str, ...] = ()
    minutes: int = Field(gt=0)
    ask: str = ""
    error: str = ""
    say: str = ""
    source: Source = Field(default_factory=dict)


def plain_steps(case: Case) -> tuple[Step, ...]:
    """Return the steps of a case that names none: everything it has, in the order of its page."""
    return (
        *((Step(show="aims", minutes=1),) if case.aims else ()),
        Step(show="vignette", minutes=3),
        *(Step(show="reading", id=question.id, minutes=3) for question in case.reading),
        Step(show="provenance", minutes=2),
        Step(show="scores", minutes=3),
        Step(show="plan", minutes=3),
        *(Step(show=told, minutes=1) for told in ("treatment", "outcome") if getattr(case, told)),
        *(Step(show="what_if", id=entry.id, minutes=2) for entry in case.what_ifs),
        *((Step(show="teaching", minutes=2),) if case.teaching_points else ()),
    )


def step_faults(case: Case, document: Document, known: Knowledge) -> Iterator[Fault]:
    """Yield what is wrong with the steps of a case, each fault with its line."""
    offered = {part: [entry.id for entry in getattr(case, part)] for part in NAMED.values()}
    for place, step in enumerate(case.presenting):
        at = ("presenting", place)
        yield from _name_faults(step, offered, document, at)
        if step.findings and step.show != "findings":
            right = "show: findings, or take them out"
            yield Fault(document.where((*at, "findings")), f"a step that shows {step.show} names findings", right)
        if step.show == "findings" and not step.findings:
            yield Fault(document.where((*at, "show")), "this step shows no finding", "add findings: [pain, …]")
        for id in step.findings:
            if id not in known.vocabulary.by_id:
                right = did_you_mean(id, known.vocabulary.by_id)
                yield Fault(document.where((*at, "findings")), f"there is no finding {id}", right)
        if step.show in ("treatment", "outcome", "aims", "teaching"):
            part = "teaching_points" if step.show == "teaching" else step.show
            if not getattr(case, part):
                right = f"add {part}: …, or take the step out"
                yield Fault(document.where((*at, "show")), f"the case has no {part} to show", right)


def _name_faults(
    step: Step, offered: Mapping[str, list[str]], document: Document, at: tuple[Any, ...]
) -> Iterator[Fault]:
    part = NAMED.get(step.show)
    if part is None:
        if step.id is not None:
            what = f"a step that shows {step.show} names {step.id}"
            yield Fault(document.where((*at, "id")), what, f"only {' and '.join(NAMED)} have an id: take it out")
    elif step.id is None:
        right = f"add id: {' or '.join(offered[part]) or 'one of them'}"
        yield Fault(document.where((*at, "show")), f"which of {part} this step shows is not said", right)
    elif step.id not in offered[part]:
        what = f"{step.id} is not among {part}"
        yield Fault(document.where((*at, "id")), what, did_you_mean(step.id, offered[part]))
