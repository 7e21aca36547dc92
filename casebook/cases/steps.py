"""Validation of the presentation steps of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casebook.diagnostics.document import Document
from casebook.diagnostics.fault import Fault
from casebook.diagnostics.suggestions import did_you_mean
from casebook.knowledge_base import Knowledge
from casebook.messages import message
from casebook.messages.words import all_of, any_of
from casebook.models.case import WrittenCase
from casebook.models.presentation import NAMED, Step


def step_faults(case: WrittenCase, document: Document, known: Knowledge) -> Iterator[Fault]:
    """Yield every fault in the presentation steps of a case, with its line."""
    offered = {part: [entry.id for entry in getattr(case, part)] for part in NAMED.values()}
    for index, step in enumerate(case.presenting):
        at = ("presenting", index)
        yield from _name_faults(step, offered, document, at)
        if step.findings and step.show != "findings":
            yield Fault.of(document.where((*at, "findings")), "step-findings-unused", show=step.show)
        if step.show == "findings" and not step.findings:
            yield Fault.of(document.where((*at, "show")), "step-no-finding")
        for id in step.findings:
            if id not in known.vocabulary.by_id:
                right = did_you_mean(id, known.vocabulary.by_id)
                yield Fault(document.where((*at, "findings")), message("error-no-finding", id=id), right)
        if step.show in ("treatment", "outcome", "aims", "teaching"):
            part = "teaching_points" if step.show == "teaching" else step.show
            if not getattr(case, part):
                yield Fault.of(document.where((*at, "show")), "step-part-missing", part=part)


def _name_faults(
    step: Step, offered: Mapping[str, list[str]], document: Document, at: tuple[Any, ...]
) -> Iterator[Fault]:
    part = NAMED.get(step.show)
    if part is None:
        if step.id is not None:
            names = {"show": step.show, "id": step.id, "named": all_of(list(NAMED))}
            yield Fault.of(document.where((*at, "id")), "step-id-unused", **names)
    elif step.id is None:
        where = document.where((*at, "show"))
        if offered[part]:
            yield Fault.of(where, "step-id-missing", part=part, ids=any_of(offered[part]))
        else:
            yield Fault.of(where, "step-id-missing-all", part=part)
    elif step.id not in offered[part]:
        what = message("step-id-unknown", id=step.id, part=part)
        yield Fault(document.where((*at, "id")), what, did_you_mean(step.id, offered[part]))
