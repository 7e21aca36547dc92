"""Verification of answer keys: each key is compared with the answer that is derived from the knowledge."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from casebook.cases.patient import Patient
from casebook.diagnostics.data import KeyPath
from casebook.diagnostics.fault import wording
from casebook.diagnostics.suggestions import did_you_mean
from casebook.inference.assessment import Engine
from casebook.inference.planner import PlanEntry
from casebook.inference.refusals import refusals
from casebook.messages import message
from casebook.messages.words import all_of, any_of, entry_outcome, one_after_another
from casebook.models.expression import ConditionError
from casebook.models.finding import FindingError
from casebook.models.question import CANNOT_TELL, AnswerOption, WrittenQuestion
from casebook.models.rule import FOR, STANCES


@dataclass(frozen=True)
class QuestionFault:
    """A fault in a question.

    Attributes
    ----------
    path : tuple of str and int
        The path of the faulty field in the question.
    what : str
        The description of the fault.
    right : str
        The correction, or "" if none is known.
    """

    path: KeyPath
    what: str
    right: str = ""

    @classmethod
    def of(cls, path: KeyPath, id: str, /, **arguments: str | int) -> QuestionFault:
        """Return the fault that a message describes; the correction is its attribute `fix`, if it has one."""
        return cls(path, *wording(id, **arguments))


class _NoRankError(ValueError):
    """Raised for an option that cannot be ranked."""

    def __init__(self, what: str, right: str) -> None:
        super().__init__(what)
        self.what, self.right = what, right


NOBODY = Patient({}, {})
"""The patient of a question without a case: only the findings that the question sets are known."""


def flaws(question: WrittenQuestion, patient: Patient, engine: Engine) -> list[QuestionFault]:
    """Return the faults of a question; its key is verified only if there are no others."""
    examiner = _Examiner(question, patient, engine)
    return list(examiner.form()) or list(examiner.key())


class _Examiner:
    def __init__(self, question: WrittenQuestion, patient: Patient, engine: Engine) -> None:
        self.question = question
        self.patient = patient
        self.engine = engine
        self.known = engine.knowledge
        self.ids = [option.id for option in question.options]

    # Whether the question can be read. -------------------------------------------------------

    def form(self) -> Iterator[QuestionFault]:
        question = self.question
        for index, id in enumerate(self.ids):
            if id in self.ids[:index]:
                yield QuestionFault.of(("options", index, "id"), "key-option-repeated", id=id)
        yield from self.of_this_kind()
        yield from self.offered_key()
        yield from self.setting()
        if question.checked == "source" and not question.source:
            yield QuestionFault.of(("checked",), "key-no-source")

    def of_this_kind(self) -> Iterator[QuestionFault]:
        question, kind = self.question, self.question.kind
        if (kind == "finding") != bool(question.finding):
            if kind == "finding":
                yield QuestionFault.of(("finding",), "key-no-finding", example=self.known.vocabulary.findings[0].id)
            else:
                yield QuestionFault.of(("finding",), "key-finding-unread", kind=kind)
        elif kind == "finding":
            yield from self.readable()
        elif kind == "plan":
            for index, id in enumerate(self.ids):
                if id not in self.known.actions:
                    yield QuestionFault(
                        ("options", index, "id"),
                        message("key-not-an-action", id=id),
                        did_you_mean(id, self.known.actions),
                    )
        if question.checked == "source" and kind in ("plan", "finding"):
            yield QuestionFault.of(("checked",), "key-checked-by-engine", kind=kind)
        for index, option in enumerate(question.options):
            if kind in ("single", "rank") and not option.label:
                yield QuestionFault.of(("options", index), "key-no-label", option=option.id)
            yield from self.reasons(option, ("options", index))

    def reasons(self, option: AnswerOption, at: KeyPath) -> Iterator[QuestionFault]:
        """Yield the faults in the reasons of an option."""
        by_engine = {"single": ("holds", "open", "by"), "rank": ("by",)} if self.question.checked == "engine" else {}
        wanted = by_engine.get(self.question.kind, ())
        given = [name for name in ("holds", "open", "by") if getattr(option, name)]
        strange = [name for name in given if name not in wanted]
        for name in strange:
            if wanted:
                yield QuestionFault.of((*at, name), "key-reason-other", name=name, wanted=wanted[0])
            else:
                yield QuestionFault.of((*at, name), "key-reason-unused", name=name)
        if len(given) > 1 and not strange:
            yield QuestionFault.of((*at, given[1]), "key-two-reasons", names=all_of(given), option=option.id)
        if option.set and given != ["by"]:
            yield QuestionFault.of((*at, "set"), "key-set-unused", option=option.id)
        if wanted and not given:
            names = any_of(message("key-entry", name=name) for name in wanted)
            yield QuestionFault.of(at, "key-no-reason", option=option.id, names=names)

    def readable(self) -> Iterator[QuestionFault]:
        id = self.question.finding
        finding = self.known.vocabulary.by_id.get(id)
        if finding is None:
            near = did_you_mean(id, self.known.vocabulary.by_id)
            yield QuestionFault(("finding",), message("error-no-finding", id=id), near)
            return
        answers = [*finding.index, CANNOT_TELL]
        for index, option in enumerate(self.ids):
            if option not in answers:
                what = message("expression-no-option", finding=id, option=option)
                yield QuestionFault(("options", index, "id"), what, did_you_mean(option, answers))
        if CANNOT_TELL not in self.ids:
            yield QuestionFault.of(("options",), "key-cannot-tell-missing", option=CANNOT_TELL)
        if not self.patient.stated:
            yield QuestionFault.of(("finding",), "key-no-patient")
        if id in self.question.set:
            yield QuestionFault.of(("set", id), "key-given-away", finding=id)

    def offered_key(self) -> Iterator[QuestionFault]:
        question, key = self.question, self.question.key
        for id in key:
            if id not in self.ids:
                yield QuestionFault(("key",), message("key-not-an-option", key=id), did_you_mean(id, self.ids))
        if question.kind != "rank":
            if len(key) != 1:
                yield QuestionFault.of(("key",), "key-not-one", kind=question.kind)
            if question.first != "most" and not any(option.by for option in question.options):
                yield QuestionFault.of(("first",), "key-first-unused")
        elif sorted(key) != sorted(self.ids):
            yield QuestionFault.of(("key",), "key-not-every-option", ids=one_after_another(self.ids))
        elif list(key) == self.ids:
            yield QuestionFault.of(("options",), "key-order-given-away")

    def setting(self) -> Iterator[QuestionFault]:
        sets: list[tuple[KeyPath, Mapping[str, Any]]] = [(("set",), self.question.set)]
        sets += [(("options", index, "set"), option.set) for index, option in enumerate(self.question.options)]
        for at, given in sets:
            for id, value in given.items():
                try:
                    self.known.vocabulary.state({id: value})
                except FindingError as error:
                    what, _, right = str(error).partition("; ")
                    yield QuestionFault((*at, id), what, right)

    # Whether the key is right. ---------------------------------------------------------------

    def key(self) -> Iterator[QuestionFault]:
        self.given = {**self.patient.findings, **self.question.set}
        self.state = self.known.vocabulary.state(self.given)
        yield from self.contradictions(("set",), self.patient.findings, self.given)
        for index, option in enumerate(self.question.options):
            yield from self.contradictions(("options", index, "set"), self.given, {**self.given, **option.set})
        if self.question.checked == "engine":
            yield from getattr(self, self.question.kind)()

    def contradictions(
        self, at: KeyPath, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> Iterator[QuestionFault]:
        """Yield a fault for each contradiction that arises from the findings that are set."""
        vocabulary = self.known.vocabulary
        old, new = (
            refusals(self.known, vocabulary.assessed(vocabulary.state(findings))) for findings in (before, after)
        )
        for refusal in new:
            if refusal.id not in {each.id for each in old}:
                yield QuestionFault(at, refusal.what, refusal.right)

    def finding(self) -> Iterator[QuestionFault]:
        id, [key] = self.question.finding, self.question.key
        stated = self.patient.stated[id]
        right = CANNOT_TELL if stated is None else str(stated)
        if key != right:
            if stated is None:
                yield QuestionFault.of(("key",), "key-finding-open", key=key, finding=id, right=right)
            else:
                yield QuestionFault.of(("key",), "key-finding-other", key=key, finding=id, right=right)

    def plan(self) -> Iterator[QuestionFault]:
        [key] = self.question.key
        entries = {id: self.entry(id) for id in self.ids}
        best = entries[key]
        if best is None or best.status == "undecided" or best.stance not in FOR:
            what = message("key-not-advised", key=key, status=entry_outcome(best))
            if best and best.depends_on:
                findings = all_of(best.depends_on)
                what = message("key-not-advised-open", key=key, status=entry_outcome(best), findings=findings)
            yield QuestionFault(("key",), what, self.advised(entries))
            return
        for id, entry in entries.items():
            if id != key and entry and STANCES.index(entry.stance) <= STANCES.index(best.stance):
                decided = entry.status == "decided"
                names = {"key": key, "status": entry_outcome(best), "other": id}
                if decided:
                    yield QuestionFault.of(("key",), "key-other-as-strong", **names, found=entry_outcome(entry))
                else:
                    found = message("outcome-name", stance=entry.stance, limit="none")
                    yield QuestionFault.of(("key",), "key-other-perhaps", **names, found=found)

    def advised(self, entries: Mapping[str, PlanEntry | None]) -> str:
        decided = [entry for entry in entries.values() if entry and entry.status == "decided" and entry.stance in FOR]
        if not decided:
            return message("key-none-advised")
        best = min(decided, key=lambda entry: STANCES.index(entry.stance))
        return message("key-advised", action=best.action)

    def single(self) -> Iterator[QuestionFault]:
        [key] = self.question.key
        if any(option.by for option in self.question.options):
            yield from self.outermost(key)
            return
        right: list[str] = []
        for index, option in enumerate(self.question.options):
            name = "holds" if option.holds else "open"
            try:
                truth = self.engine.planner.truth(self.known.language.read(getattr(option, name)), self.state)
            except ConditionError as error:
                yield QuestionFault(("options", index, name), str(error))
                return
            if truth is (True if option.holds else None):
                right.append(option.id)
        if right != [key]:
            names = {"key": key, "right": all_of(right)} if right else {"key": key}
            what = message("key-knowledge-other", **names) if right else message("key-knowledge-none", **names)
            yield QuestionFault(("key",), what, self.instead(right))

    def instead(self, right: list[str]) -> str:
        if len(right) == 1:
            return message("key-is", key=right[0])
        return message("key-keep-one" if right else "key-correct-conditions")

    def outermost(self, key: str) -> Iterator[QuestionFault]:
        """Yield a fault unless the key is the only option with the highest or lowest value, as the question asks."""
        values = yield from self.values()
        if not values:
            return
        extreme = (max if self.question.first == "most" else min)(values.values())
        right = [id for id, value in values.items() if value == extreme]
        if right != [key]:
            what = message("key-outermost-other", key=key, there=all_of(right), end=self.question.first)
            yield QuestionFault(("key",), what, self.instead(right))

    def rank(self) -> Iterator[QuestionFault]:
        values = yield from self.values()
        if not values:
            return
        order = sorted(values, key=values.__getitem__, reverse=self.question.first == "most")
        for one, other in pairwise(order):
            if values[one] == values[other]:
                yield QuestionFault.of(("options",), "key-rank-equal", one=one, other=other)
                return
        if tuple(order) != self.question.key:
            yield QuestionFault.of(("key",), "key-order-other", order=one_after_another(order))

    def values(self) -> Generator[QuestionFault, None, dict[str, tuple[float, ...]]]:
        """Yield a fault for each option that cannot be ranked; return the value of each, or nothing if one has none."""
        values: dict[str, tuple[float, ...]] = {}
        scales: dict[str, str] = {}
        for index, option in enumerate(self.question.options):
            at = ("options", index, "by")
            if not option.by:
                yield QuestionFault.of(("options", index), "key-no-by", option=option.id)
                return {}
            try:
                scale, values[option.id] = self.value(option)
            except _NoRankError as error:
                yield QuestionFault(at, error.what, error.right)
                return {}
            scales.setdefault(scale, option.id)
        timed = {value[0] for value in values.values() if value[1:] and value[1]}
        for index, (id, value) in enumerate(values.items()):
            if value[0] in timed and not value[1]:
                yield QuestionFault.of(("options", index), "key-no-time-limit", option=id)
                return {}
        if len(scales) > 1:
            at = ("options", self.ids.index(list(scales.values())[1]), "by")
            yield QuestionFault.of(at, "key-no-common-scale", scales=all_of(list(scales)))
            return {}
        return values

    def value(self, option: AnswerOption) -> tuple[str, tuple[float, ...]]:
        """Return the scale on which an option is ranked, and its value on that scale."""
        name, *parts = option.by.split(".")
        state = self.known.vocabulary.state({**self.given, **option.set})
        if name in self.known.scores and len(parts) == 2:
            return name, (self.points(name, *parts),)
        if name in self.known.scores and not parts:
            total = self.engine.scoring.derive(name, state).total
            if total is None:
                raise _NoRankError(*wording("key-no-total", score=name, option=option.id))
            return name, (total,)
        if parts or name not in self.known.actions:
            example = did_you_mean(option.by, self.known.actions) or message("key-by-example")
            raise _NoRankError(message("key-by-unknown", by=option.by), example)
        entry = self.engine.planner.by_id[name].entry(state)
        if entry is None or entry.status == "undecided":
            raise _NoRankError(*wording("key-no-rank", action=name, status=entry_outcome(entry)))
        return message("key-scale-plan"), (-STANCES.index(entry.stance), -(entry.within_hours or 0))

    def points(self, name: str, item: str, option: str) -> int:
        """Return the points of an option of a score."""
        items = {each.id: each for each in self.known.scores[name].items}
        if item not in items:
            raise _NoRankError(message("error-no-item", score=name, id=item), did_you_mean(item, items))
        if option not in items[item].index:
            what = message("key-item-option", score=name, item=item, option=option)
            raise _NoRankError(what, did_you_mean(option, items[item].index))
        return items[item].options[items[item].index[option]].points

    def entry(self, action: str) -> PlanEntry | None:
        return self.engine.planner.by_id[action].entry(self.state)
