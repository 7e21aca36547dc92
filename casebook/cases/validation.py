"""Validation of a case: form, ids, provenance, citations and consistency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pydantic import ValidationError

from casebook.cases.steps import step_faults
from casebook.diagnostics.data import Data, KeyPath
from casebook.diagnostics.document import Document
from casebook.diagnostics.fault import Fault
from casebook.diagnostics.suggestions import did_you_mean
from casebook.diagnostics.validation import faults_of, markup_faults
from casebook.inference.refusals import refusals
from casebook.inference.scoring import scoring_of
from casebook.knowledge_base import Knowledge
from casebook.messages import message
from casebook.messages.words import extent
from casebook.models.case import OF_PUBLISHED, Recorded, WrittenCase
from casebook.models.finding import FindingError, Value


def case_faults(document: Document, known: Knowledge, name: str | None) -> Iterator[Fault]:
    """Yield all faults of a case: form, ids, provenance, citations and consistency; its id must be `name`, if given."""
    if not isinstance(document.data, dict):
        yield Fault.of(document.where(), "case-not-a-mapping")
        return
    yield from markup_faults(document)
    yield from _citation_faults(document.data, document, known)
    try:
        case = WrittenCase.model_validate(document.data)
    except ValidationError as error:
        yield from faults_of(error, document, model=WrittenCase, about=partial(_about, known))
        yield from _recorded_faults(_readable(document.data), document, known)
        return
    if name is not None and case.id != name:
        yield Fault.of(document.where(("id",)), "case-id-not-name", id=case.id, name=name)
    yield from _standing_faults(case, document)
    wrong = [*_recorded_faults(case.recorded, document, known), *_what_if_faults(case, document, known)]
    yield from wrong
    yield from _reading_faults(case, document)
    yield from step_faults(case, document, known)
    if not wrong:  # contradictions and scores can be checked only if every value is valid
        yield from _contradictions(case, document, known)
        yield from _score_faults(case, document, known)


def _about(known: Knowledge, path: KeyPath) -> str:
    """Return the label of the finding to which a path in a case belongs, or "" if it belongs to none."""
    id = path[1] if path[:1] == ("findings",) and len(path) > 1 else ""
    return message("field-entry", label=known.vocabulary.by_id[id].label, id=id) if id in known.vocabulary.by_id else ""


def _of(about: str, fault: Fault) -> Fault:
    """Return a fault whose description begins with `about`, unless that is empty."""
    return replace(fault, what=message("field-about", about=about, what=fault.what)) if about else fault


def shape_faults(document: Document) -> Iterator[Fault]:
    """Yield the faults in the form of a case, which can be checked without any knowledge."""
    try:
        case = WrittenCase.model_validate(document.data)
    except ValidationError as error:
        yield from faults_of(error, document, model=WrittenCase)
    else:
        yield from _standing_faults(case, document)


def _standing_faults(case: WrittenCase, document: Document) -> Iterator[Fault]:
    if case.constructed:
        if case.outcome:
            yield Fault.of(document.where(("outcome",)), "case-constructed-outcome")
        if case.published_scores:
            yield Fault.of(document.where(("published_scores",)), "case-constructed-scores")
        return
    for name in OF_PUBLISHED:
        if not getattr(case, name):
            yield Fault.of(document.where((name,)), "case-published-part-missing", name=name)


def _readable(data: Mapping[str, Data]) -> dict[str, Recorded]:
    """Return the findings of a case that are valid on their own, although the case as a whole is not."""
    recorded: dict[str, Recorded] = {}
    findings = data.get("findings")
    for id, entry in findings.items() if isinstance(findings, dict) else ():
        try:
            recorded[id] = Recorded.model_validate(entry)
        except ValidationError:
            recorded[id] = Recorded(provenance="not_reported")  # its faults have been reported
    return recorded


def _recorded_faults(recorded: Mapping[str, Recorded], document: Document, known: Knowledge) -> Iterator[Fault]:
    by_id = known.vocabulary.by_id
    for id, entry in recorded.items():
        at = ("findings", id)
        about = _about(known, at) or id
        yield from _value_faults(id, entry.value, document.where((*at, "value") if id in by_id else at), known)
        if entry.provenance == "not_reported":
            if entry.value is not None:
                yield Fault.of(document.where((*at, "provenance")), "case-value-not-reported", about=about)
            continue
        if entry.value is None:
            yield Fault.of(document.where(at), "case-no-value", about=about, provenance=entry.provenance)
        if entry.provenance == "assumed" and not entry.note:
            yield Fault.of(document.where(at), "case-assumed-no-reason", about=about)
        if entry.provenance != "assumed" and not entry.source:
            yield Fault.of(document.where(at), "case-no-source", about=about, provenance=entry.provenance)


def _value_faults(id: str, value: Any, where: str, known: Knowledge) -> Iterator[Fault]:
    try:
        known.vocabulary.state({id: value})
    except FindingError as error:
        what, _, right = str(error).partition("; ")
        finding = known.vocabulary.by_id.get(id)
        yield Fault(where, message("field-about", about=finding.label, what=what) if finding else what, right)


def _what_if_faults(case: WrittenCase, document: Document, known: Knowledge) -> Iterator[Fault]:
    yield from repeated(document, "what_ifs", (entry.id for entry in case.what_ifs))
    for index, entry in enumerate(case.what_ifs):
        for id, value in entry.set.items():
            where = document.where(("what_ifs", index, "set", id))
            yield from _value_faults(id, value, where, known)


def _reading_faults(case: WrittenCase, document: Document) -> Iterator[Fault]:
    yield from repeated(document, "reading", (entry.id for entry in case.reading))
    for index, question in enumerate(case.reading):
        options = [option.id for option in question.options]
        if question.published not in options:
            where = document.where(("reading", index, "published"))
            what = message("case-published-option", option=question.published, question=question.id)
            yield Fault(where, what, did_you_mean(question.published, options))
        if len(set(options)) < len(options):
            where = document.where(("reading", index, "options"))
            yield Fault.of(where, "case-options-repeated")


def repeated(document: Document, part: str, ids: Iterable[str]) -> Iterator[Fault]:
    """Yield a fault for each id that is repeated in a part of a case."""
    seen: set[str] = set()
    for index, id in enumerate(ids):
        if id in seen:
            where = document.where((part, index, "id"))
            yield Fault.of(where, "case-id-repeated", id=id)
        seen.add(id)


def _citation_faults(data: Mapping[str, Data], document: Document, known: Knowledge) -> Iterator[Fault]:
    written = data.get("sources")
    listed = [key for key in written if isinstance(key, str)] if isinstance(written, list) else []
    wanting: set[str] = set()
    for path, key, locator in _cited(data):
        where = document.where((*path, key))
        about = _about(known, path)
        if isinstance(locator, str) and not locator.strip():
            yield _of(about, Fault.of(where, "case-no-locator", key=key))
        if key not in listed and key not in wanting:
            wanting.add(key)
            fault = Fault.of(where, "case-not-among-sources", key=key)
            if key not in known.sources:
                fault = replace(fault, right=did_you_mean(key, listed or known.sources))
            yield _of(about, fault)
    for index, key in enumerate(listed):
        if key not in known.sources:
            what = message("case-unknown-source", key=key)
            yield Fault(document.where(("sources", index)), what, did_you_mean(key, known.sources))


def _cited(data: Data | Mapping[str, Data], path: KeyPath = ()) -> Iterator[tuple[KeyPath, str, Data]]:
    """Yield the path, the source and the locator of every citation in a case."""
    if isinstance(data, list):
        for index, each in enumerate(data):
            yield from _cited(each, (*path, index))
    elif isinstance(data, Mapping):
        for name, each in data.items():
            if name == "source" and isinstance(each, dict):
                yield from (((*path, name), key, locator) for key, locator in each.items())
            else:
                yield from _cited(each, (*path, name))


def _contradictions(case: WrittenCase, document: Document, known: Knowledge) -> Iterator[Fault]:
    patients: list[tuple[KeyPath, str, dict[str, Value]]] = [(("findings",), "", _assessed(case.stated, known))]
    for index, entry in enumerate(case.what_ifs):
        path = ("what_ifs", index, "set")
        about = message("case-what-if", id=entry.id)
        patients.append((path, about, _assessed({**case.stated, **entry.set}, known)))
    found: set[str] = set()  # a contradiction in the published patient recurs in every what-if
    for path, who, findings in patients:
        for refusal in refusals(known, findings):
            if refusal.id not in found:
                found.add(refusal.id)
                where = document.where((*path, refusal.findings[0]))
                yield _of(who, Fault(where, refusal.what, refusal.right))


def _score_faults(case: WrittenCase, document: Document, known: Knowledge) -> Iterator[Fault]:
    state = known.vocabulary.state(case.stated)  # scores only: deriving the plan as well would be wasted time
    for id, published in case.published_scores.items():
        where = document.where(("published_scores", id))
        if id not in known.scores:
            yield Fault(where, message("error-no-score", id=id), did_you_mean(id, known.scores))
        elif published.total not in (score := scoring_of(known).derive(id, state)).totals:
            given = {"score": known.scores[id].label, "total": published.total, "given": extent(score.low, score.high)}
            yield Fault.of(where, "case-published-total", **given)


def _assessed(offered: Mapping[str, Any], known: Knowledge) -> dict[str, Value]:
    return known.vocabulary.assessed(known.vocabulary.state(offered))
