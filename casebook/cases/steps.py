"""The steps in which a case is shown to a room: what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casebook.diagnostics.document import Document
from casebook.diagnostics.fault import Fault
from casebook.diagnostics.suggestions import did_you_mean
from casebook.knowledge_base import Knowledge
from casebook.models.case import WrittenCase
from casebook.models.presentation import NAMED, Step


def step_faults(case: WrittenCase, document: Document, known: Knowledge) -> Iterator[Fault]:
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
