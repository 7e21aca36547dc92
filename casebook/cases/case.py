"""Cases: published patients, and some constructed for teaching, with where each finding comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, ValidationError

from casebook.diagnostics.document import Document, read
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean
from casebook.diagnostics.validation import faults_of, markup_faults
from casebook.inference.assessment import Assessment, assess, engine
from casebook.knowledge_base import Knowledge, knowledge
from casebook.models.contradiction import refusals
from casebook.models.finding import FindingError, Part, Source, Value
from casebook.models.presentation import Step, plain_steps, step_faults
from casebook.models.question import Written
from casebook.quiz.answer_key import Patient, flaws

Provenance = Literal["reported", "derived", "assumed", "not_reported"]

FOLDERS = (Path(), Path("cases"), Path(__file__).resolve().parents[2] / "cases")
"""Where a case is looked for by its name, in this order."""


class Recorded(Part):
    """One finding of a case: its value, and where that comes from.

    Reported: the source states it. Derived: it follows from what the source states. Assumed: a
    value the case works with, which the source does not give. Not reported: unknown.
    """

    value: Any = None
    provenance: Provenance
    note: str = ""
    source: Source = Field(default_factory=dict)


class Choice(Part):
    """One answer to a question."""

    id: str
    label: str


class Question(Part):
    """A question that a reader commits to before going on."""

    id: str
    question: str
    options: tuple[Choice, ...] = Field(min_length=2)
    published: str
    feedback: str


class WhatIf(Part):
    """A change to the case, asked as a question; a null takes a finding away."""

    id: str
    question: str
    set: dict[str, Any] = Field(min_length=1)
    answer: str


class Told(Part):
    """A passage of the case with its source."""

    text: str
    source: Source = Field(min_length=1)


class TeachingPoint(Part):
    """What a reader should take away; without a source it is the book's own."""

    text: str
    source: Source = Field(default_factory=dict)


class PublishedScore(Part):
    """A total that the source itself gives."""

    total: int
    source: Source = Field(min_length=1)


def _ask_of_published(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema what a case must have unless it is constructed, and what it may not if it is."""
    constructed = {"properties": {"constructed": {"const": True}}, "required": ["constructed"]}
    schema |= {"if": constructed, "then": {"not": {"required": ["outcome"]}}, "else": {"required": list(OF_PUBLISHED)}}


CONSTRUCTED = "Constructed for teaching: no such patient was published."
"""What is said wherever a constructed case is shown."""

OF_PUBLISHED = ("source", "treatment", "outcome")
"""What only a published patient must have."""


MOST_AIMS, LONGEST_AIM = 4, 120
Aim = Annotated[str, Field(max_length=LONGEST_AIM)]
"""What a reader can do afterwards, in one short line."""


class Case(Part):
    """A patient as a worked case: a published one, unless it is constructed for teaching.

    A constructed case needs no source of its own, and has no outcome: nobody lived to have it.
    """

    model_config = ConfigDict(json_schema_extra=_ask_of_published)

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
    reading: tuple[Question, ...] = ()
    treatment: Told | None = None
    outcome: Told | None = None
    teaching_points: tuple[TeachingPoint, ...] = ()
    what_ifs: tuple[WhatIf, ...] = ()
    presenting: tuple[Step, ...] = ()
    questions: tuple[Written, ...] = ()
    sources: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def findings(self) -> dict[str, Value]:
        """What is known of the patient: option ids by finding id, for `casebook.assess`."""
        return self.known()

    @cached_property
    def patient(self) -> Patient:
        """Whom a question on the case is asked of: what is assumed counts as known, and as left open by the source."""
        told = ("reported", "derived")
        stated = {id: entry.value if entry.provenance in told else None for id, entry in self.recorded.items()}
        return Patient(self.findings, stated)

    @cached_property
    def stated(self) -> dict[str, Any]:
        """What is written of the patient, whether or not a vocabulary has such words."""
        return {id: entry.value for id, entry in self.recorded.items() if entry.value is not None}

    @cached_property
    def published(self) -> dict[str, dict[str, Any]]:
        """Every finding with value, provenance, note and sources, as plain JSON."""
        known = self.findings
        return {
            finding.id: {
                "value": known.get(finding.id),
                "provenance": self.recorded[finding.id].provenance,
                "note": self.recorded[finding.id].note,
                "source": [list(pair) for pair in self.recorded[finding.id].source.items()],
            }
            for finding in knowledge().vocabulary
        }

    @property
    def steps(self) -> tuple[Step, ...]:
        """How the case is shown to a room: as it says, or else all it has in the order of its page."""
        return self.presenting or plain_steps(self)

    def known(self, *provenances: Provenance) -> dict[str, Value]:
        """Return what is known from the given provenances; from all, if none is given."""
        offered = {
            id: entry.value for id, entry in self.recorded.items() if not provenances or entry.provenance in provenances
        }
        return _assessed(offered, knowledge())

    def what_if(self, id: str) -> dict[str, Value]:
        """Return the findings as a what-if changes them.

        Raises
        ------
        KeyError
            If the case has no such what-if; the message names the nearest.
        """
        changes = {entry.id: entry.set for entry in self.what_ifs}
        if id not in changes:
            raise KeyError(f"{self.id} has no what-if {id!r}; {did_you_mean(id, changes)}")
        return _assessed({**self.findings, **changes[id]}, knowledge())

    def assess(self) -> Assessment:
        """Assess the patient as the case gives it."""
        return assess(self.findings)


def load_case(name: str | Path) -> Case:
    """Read one case.

    Parameters
    ----------
    name : str or Path
        The name of a case, such as ``colon-s1``, or the path of its YAML file.

    Returns
    -------
    Case

    Raises
    ------
    FaultError
        With every fault of the file, each with its line; or if there is no such case.
    """
    return with_document(name)[0]


def with_document(name: str | Path) -> tuple[Case, Document]:
    """Return a case as `load_case` does, and what it was read from."""
    document = read(_path(name))
    return case_of(document, document.path.stem), document


def case_of(document: Document, name: str | None = None) -> Case:
    """Return the case that a document holds; its id must be `name`, if one is given.

    Raises
    ------
    FaultError
        With every fault of the document, each with its line.
    """
    faults = list(_faults(document, knowledge(), name))
    if faults:
        raise FaultError(faults)
    return Case.model_validate(document.data)


def _path(name: str | Path) -> Path:
    given = Path(name)
    if given.suffix in {".yml", ".yaml"} or given.is_file():
        return given
    for folder in FOLDERS:
        path = folder / f"{name}.yml"
        if path.is_file():
            return path
    names = {path.stem for folder in FOLDERS[1:] for path in folder.glob("*.yml")}
    raise FaultError([Fault(f"{name}", "there is no case of this name", did_you_mean(name, sorted(names)))])


def _assessed(offered: Mapping[str, Any], known: Knowledge) -> dict[str, Value]:
    return known.vocabulary.assessed(known.vocabulary.state(offered))


# What is checked beyond the shape of the file: ids, provenance, and sense.


def _faults(document: Document, known: Knowledge, name: str | None) -> Iterator[Fault]:
    if not isinstance(document.data, dict):
        yield Fault(document.where(), "a case is a mapping", "start with id: and title:")
        return
    yield from markup_faults(document)
    yield from _citation_faults(document, known)
    try:
        case = Case.model_validate(document.data)
    except ValidationError as error:
        yield from faults_of(error, document, model=Case, about=partial(_about, known))
        yield from _recorded_faults(_readable(document.data), document, known)
        return
    if name is not None and case.id != name:
        right = f"write id: {name}, or rename the file"
        yield Fault(document.where(("id",)), f"the id {case.id} is not the name of the file", right)
    yield from _standing_faults(case, document)
    wrong = [*_recorded_faults(case.recorded, document, known), *_what_if_faults(case, document, known)]
    yield from wrong
    yield from _reading_faults(case, document)
    yield from step_faults(case, document, known)
    if not wrong:  # a patient can be judged as a whole only once every value can be read
        yield from _contradictions(case, document, known)
        yield from _score_faults(case, document, known)


def _about(known: Knowledge, path: tuple[str | int, ...]) -> str:
    """Return which finding a place in a case is about, in words; "" where it is about none."""
    id = path[1] if path[:1] == ("findings",) and len(path) > 1 else ""
    return f"{known.vocabulary.by_id[id].label} ({id})" if id in known.vocabulary.by_id else ""


def shape_faults(document: Document) -> Iterator[Fault]:
    """Yield what is wrong with the form of a case, where there is no knowledge to judge its words by."""
    try:
        case = Case.model_validate(document.data)
    except ValidationError as error:
        yield from faults_of(error, document, model=Case)
    else:
        yield from _standing_faults(case, document)


def _standing_faults(case: Case, document: Document) -> Iterator[Fault]:
    if case.constructed:
        if case.outcome:
            what = "a constructed case has an outcome, which nobody lived to have"
            yield Fault(document.where(("outcome",)), what, "take outcome out")
        if case.published_scores:
            what = "a constructed case has published scores"
            yield Fault(document.where(("published_scores",)), what, "take published_scores out")
        return
    for name in OF_PUBLISHED:
        if not getattr(case, name):
            right = f"add {name}: …, or constructed: true if no such patient was published"
            yield Fault(document.where((name,)), f"“{name}” is missing", right)


def _readable(data: Mapping[str, Any]) -> dict[str, Recorded]:
    """Return the findings that have the form of one, of a case that has not the form of a case."""
    recorded = {}
    findings = data.get("findings")
    for id, entry in findings.items() if isinstance(findings, dict) else ():
        try:
            recorded[id] = Recorded.model_validate(entry)
        except ValidationError:
            recorded[id] = Recorded(provenance="not_reported")  # told of already
    return recorded


def _recorded_faults(recorded: Mapping[str, Recorded], document: Document, known: Knowledge) -> Iterator[Fault]:
    for finding in known.vocabulary if recorded else ():
        if finding.id not in recorded:
            right = f"add {finding.id}: {{provenance: not_reported}}, or what is known of it"
            what = f"{finding.label}: the finding {finding.id} is missing"
            yield Fault(document.where(("findings",)), what, right)
    by_id = known.vocabulary.by_id
    for id, entry in recorded.items():
        at = ("findings", id)
        about = _about(known, at) or id
        yield from _value_faults(id, entry.value, document.where((*at, "value") if id in by_id else at), known)
        if entry.provenance == "not_reported":
            if entry.value is not None:
                right = "take the value out, or say where it comes from"
                where = document.where((*at, "provenance"))
                yield Fault(where, f"{about} has a value and is called not_reported", right)
            continue
        if entry.value is None:
            right = "add value: …, or write provenance: not_reported"
            yield Fault(document.where(at), f"{about} is called {entry.provenance} and has no value", right)
        if entry.provenance == "assumed" and not entry.note:
            yield Fault(document.where(at), f"{about} is assumed without a reason", "add note: why it is assumed")
        if entry.provenance != "assumed" and not entry.source:
            right = "add source: {key: where in it}"
            yield Fault(document.where(at), f"{about} is called {entry.provenance} without a source", right)


def _value_faults(id: str, value: Any, where: str, known: Knowledge) -> Iterator[Fault]:
    try:
        known.vocabulary.state({id: value})
    except FindingError as error:
        what, _, right = str(error).partition("; ")
        finding = known.vocabulary.by_id.get(id)
        yield Fault(where, f"{finding.label}: {what}" if finding else what, right)


def _what_if_faults(case: Case, document: Document, known: Knowledge) -> Iterator[Fault]:
    yield from _repeated(document, "what_ifs", (entry.id for entry in case.what_ifs))
    for place, entry in enumerate(case.what_ifs):
        for id, value in entry.set.items():
            where = document.where(("what_ifs", place, "set", id))
            yield from _value_faults(id, value, where, known)


def _reading_faults(case: Case, document: Document) -> Iterator[Fault]:
    yield from _repeated(document, "reading", (entry.id for entry in case.reading))
    for place, question in enumerate(case.reading):
        options = [option.id for option in question.options]
        if question.published not in options:
            where = document.where(("reading", place, "published"))
            what = f"{question.published} is not an option of the question {question.id}"
            yield Fault(where, what, did_you_mean(question.published, options))
        if len(set(options)) < len(options):
            where = document.where(("reading", place, "options"))
            yield Fault(where, "two options have the same id", "give each its own")


def question_faults(case: Case, document: Document) -> Iterator[Fault]:
    """Yield what is wrong with the questions of a case.

    Apart from the faults of the case itself, so that a patient who was changed can be explored before the questions
    that were written for the former one are mended.
    """
    yield from _repeated(document, "questions", (question.id for question in case.questions))
    for place, question in enumerate(case.questions):
        if question.case:
            where = document.where(("questions", place, "case"))
            yield Fault(where, f"the question {question.id} names a case, and stands in one", "take case out")
        for flaw in flaws(question, case.patient, engine()):
            where = document.where(("questions", place, *flaw.path))
            yield Fault(where, f"question {question.id}: {flaw.what}", flaw.right)


def _repeated(document: Document, part: str, ids: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for place, id in enumerate(ids):
        if id in seen:
            where = document.where((part, place, "id"))
            yield Fault(where, f"the id {id} stands here a second time", "give each its own")
        seen.add(id)


def _citation_faults(document: Document, known: Knowledge) -> Iterator[Fault]:
    listed = document.data.get("sources")
    listed = [key for key in listed if isinstance(key, str)] if isinstance(listed, list) else []
    wanting: set[str] = set()
    for path, key, locator in _cited(document.data):
        where = document.where((*path, key))
        about = f"{words}: " if (words := _about(known, path)) else ""
        if isinstance(locator, str) and not locator.strip():
            yield Fault(where, f"{about}{key} has no locator", "say where in it, for example a figure and line")
        if key not in listed and key not in wanting:
            wanting.add(key)
            what = f"{about}{key} is cited here and is not among the sources of the case"
            right = did_you_mean(key, listed or known.sources) if key not in known.sources else f"add {key} to sources"
            yield Fault(where, what, right)
    for place, key in enumerate(listed):
        if key not in known.sources:
            what = f"{key} is not a source of this book"
            yield Fault(document.where(("sources", place)), what, did_you_mean(key, known.sources))


def _cited(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Yield where a case cites something, what, and which place in it."""
    if isinstance(data, list):
        for place, each in enumerate(data):
            yield from _cited(each, (*path, place))
    elif isinstance(data, dict):
        for name, each in data.items():
            if name == "source" and isinstance(each, dict):
                yield from (((*path, name), key, locator) for key, locator in each.items())
            else:
                yield from _cited(each, (*path, name))


def _contradictions(case: Case, document: Document, known: Knowledge) -> Iterator[Fault]:
    patients = [(("findings",), "", case.known())]
    for place, entry in enumerate(case.what_ifs):
        path = ("what_ifs", place, "set")
        patients.append((path, f"the what-if {entry.id}: ", case.what_if(entry.id)))
    found: set[str] = set()  # one in the published patient is in every what-if too
    for path, who, findings in patients:
        for refusal in refusals(known, findings):
            if refusal.id not in found:
                found.add(refusal.id)
                where = document.where((*path, refusal.findings[0]))
                yield Fault(where, f"{who}{refusal.what}", refusal.right)


def _score_faults(case: Case, document: Document, known: Knowledge) -> Iterator[Fault]:
    state = known.vocabulary.state(case.known())  # a plan would have to be thought through for nothing
    for id, published in case.published_scores.items():
        where = document.where(("published_scores", id))
        if id not in known.scores:
            yield Fault(where, f"there is no score {id}", did_you_mean(id, known.scores))
        elif published.total not in (score := known.scores[id].reading.derive(state)).totals:
            given = f"{score.low}" if score.low == score.high else f"{score.low} to {score.high}"
            what = f"the published {known.scores[id].label} is {published.total}; the findings give {given}"
            yield Fault(where, what, "correct the total, or the findings it is made of")
