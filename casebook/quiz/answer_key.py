"""Whether the key of a question is what the knowledge says: worked out, never taken on trust."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from casebook.cases.patient import Patient
from casebook.diagnostics.suggestions import did_you_mean
from casebook.inference.assessment import Engine
from casebook.inference.planner import PlanEntry
from casebook.inference.refusals import refusals
from casebook.messages.words import all_of, any_of, standing
from casebook.models.expression import ConditionError
from casebook.models.finding import FindingError
from casebook.models.question import CANNOT_TELL, Option, Written
from casebook.models.rule import FOR, STANCES

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a question, at a place inside it, and what would be right."""

    path: Path
    what: str
    right: str = ""


NOBODY = Patient({}, {})
"""A chapter that names no case: what the question itself gives is all that is known."""


def flaws(question: Written, patient: Patient, engine: Engine) -> list[Flaw]:
    """Return what is wrong with a question; its key is judged once all else is right."""
    examiner = _Examiner(question, patient, engine)
    return list(examiner.form()) or list(examiner.key())


class _Examiner:
    def __init__(self, question: Written, patient: Patient, engine: Engine) -> None:
        self.question = question
        self.patient = patient
        self.engine = engine
        self.known = engine.knowledge
        self.ids = [option.id for option in question.options]

    # Whether the question can be read. -------------------------------------------------------

    def form(self) -> Iterator[Flaw]:
        question = self.question
        for place, id in enumerate(self.ids):
            if id in self.ids[:place]:
                yield Flaw(("options", place, "id"), f"the option {id} stands here a second time", "give each its own")
        yield from self.of_this_kind()
        yield from self.offered_key()
        yield from self.setting()
        if question.checked == "source" and not question.source:
            yield Flaw(("checked",), "the key rests on a source and none is named", "add source: {key: where in it}")

    def of_this_kind(self) -> Iterator[Flaw]:
        question, kind = self.question, self.question.kind
        if (kind == "finding") != bool(question.finding):
            what = (
                "no finding is named that is to be read" if kind == "finding" else f"a {kind} question reads no finding"
            )
            right = (
                f"add finding: {self.known.vocabulary.findings[0].id}, or another"
                if kind == "finding"
                else "take it out"
            )
            yield Flaw(("finding",), what, right)
        elif kind == "finding":
            yield from self.readable()
        elif kind == "plan":
            for place, id in enumerate(self.ids):
                if id not in self.known.actions:
                    yield Flaw(("options", place, "id"), f"{id} is not an action", did_you_mean(id, self.known.actions))
        if question.checked == "source" and kind in ("plan", "finding"):
            yield Flaw(("checked",), f"the engine checks every {kind} question", "take checked out")
        for place, option in enumerate(question.options):
            if kind in ("single", "rank") and not option.label:
                yield Flaw(("options", place), f"the option {option.id} has no label", "add label: …")
            yield from self.reasons(option, ("options", place))

    def reasons(self, option: Option, at: Path) -> Iterator[Flaw]:
        """Yield what is wrong with what says why an option is right."""
        by_engine = {"single": ("holds", "open", "by"), "rank": ("by",)} if self.question.checked == "engine" else {}
        wanted = by_engine.get(self.question.kind, ())
        given = [name for name in ("holds", "open", "by") if getattr(option, name)]
        strange = [name for name in given if name not in wanted]
        for name in strange:
            yield Flaw((*at, name), f"{name} decides nothing here", f"write {wanted[0]}" if wanted else "take it out")
        if len(given) > 1 and not strange:
            yield Flaw((*at, given[1]), f"{all_of(given)} both say when {option.id} is right", "keep one")
        if option.set and given != ["by"]:
            yield Flaw((*at, "set"), f"what is set for {option.id} alone changes nothing", "rank it by something")
        if wanted and not given:
            right = f"add {any_of(f'{name}: …' for name in wanted)}, or checked: source to the question"
            yield Flaw(at, f"nothing says when the option {option.id} is right", right)

    def readable(self) -> Iterator[Flaw]:
        id = self.question.finding
        finding = self.known.vocabulary.by_id.get(id)
        if finding is None:
            yield Flaw(("finding",), f"there is no finding {id}", did_you_mean(id, self.known.vocabulary.by_id))
            return
        answers = [*finding.index, CANNOT_TELL]
        for place, option in enumerate(self.ids):
            if option not in answers:
                yield Flaw(("options", place, "id"), f"{id} has no option {option}", did_you_mean(option, answers))
        if CANNOT_TELL not in self.ids:
            yield Flaw(
                ("options",), "nobody can answer that the facts do not decide it", f"add the option {CANNOT_TELL}"
            )
        if not self.patient.stated:
            yield Flaw(("finding",), "there is no patient here whose finding could be read", "add case: …")
        if id in self.question.set:
            yield Flaw(("set", id), f"the question gives away {id}, which it asks for", "take it out of set")

    def offered_key(self) -> Iterator[Flaw]:
        question, key = self.question, self.question.key
        for id in key:
            if id not in self.ids:
                yield Flaw(("key",), f"the key {id} is not an option", did_you_mean(id, self.ids))
        if question.kind != "rank":
            if len(key) != 1:
                yield Flaw(("key",), f"the key of a {question.kind} question is one option", "name one")
            if question.first != "most" and not any(option.by for option in question.options):
                yield Flaw(("first",), "there is no order here that could begin at an end", "take first out")
        elif sorted(key) != sorted(self.ids):
            yield Flaw(("key",), "the key does not name every option once", f"order these: {', '.join(self.ids)}")
        elif list(key) == self.ids:
            yield Flaw(("options",), "the options stand in the order of the key, which gives it away", "mix them")

    def setting(self) -> Iterator[Flaw]:
        sets: list[tuple[Path, Mapping[str, Any]]] = [(("set",), self.question.set)]
        sets += [(("options", place, "set"), option.set) for place, option in enumerate(self.question.options)]
        for at, given in sets:
            for id, value in given.items():
                try:
                    self.known.vocabulary.state({id: value})
                except FindingError as error:
                    what, _, right = str(error).partition("; ")
                    yield Flaw((*at, id), what, right)

    # Whether the key is right. ---------------------------------------------------------------

    def key(self) -> Iterator[Flaw]:
        self.given = {**self.patient.findings, **self.question.set}
        self.state = self.known.vocabulary.state(self.given)
        yield from self.contradictions(("set",), self.patient.findings, self.given)
        for place, option in enumerate(self.question.options):
            yield from self.contradictions(("options", place, "set"), self.given, {**self.given, **option.set})
        if self.question.checked == "engine":
            yield from getattr(self, self.question.kind)()

    def contradictions(self, at: Path, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Flaw]:
        """Yield what is impossible together after findings are set and was not before."""
        vocabulary = self.known.vocabulary
        old, new = (
            refusals(self.known, vocabulary.assessed(vocabulary.state(findings))) for findings in (before, after)
        )
        for refusal in new:
            if refusal.id not in {each.id for each in old}:
                yield Flaw(at, refusal.what, refusal.right)

    def finding(self) -> Iterator[Flaw]:
        id, [key] = self.question.finding, self.question.key
        stated = self.patient.stated[id]
        right = CANNOT_TELL if stated is None else str(stated)
        if key != right:
            said = "the case leaves it open or only assumes it" if stated is None else f"the case has {stated}"
            yield Flaw(("key",), f"the key is {key}; of {id} {said}", f"the key is {right}")

    def plan(self) -> Iterator[Flaw]:
        [key] = self.question.key
        entries = {id: self.entry(id) for id in self.ids}
        best = entries[key]
        if best is None or best.status == "undecided" or best.stance not in FOR:
            open_on = f" (it depends on {all_of(best.depends_on)})" if best and best.depends_on else ""
            yield Flaw(
                ("key",),
                f"the key {key} is not what the plan advises: {standing(best)}{open_on}",
                self.advised(entries),
            )
            return
        for id, entry in entries.items():
            if id != key and entry and STANCES.index(entry.stance) <= STANCES.index(best.stance):
                said = standing(entry) if entry.status == "decided" else f"perhaps {entry.stance}"
                what = f"the key {key} is {standing(best)}, and {id} is {said}"
                yield Flaw(("key",), what, "offer another option, or decide between the two in set")

    def advised(self, entries: Mapping[str, PlanEntry | None]) -> str:
        decided = [entry for entry in entries.values() if entry and entry.status == "decided" and entry.stance in FOR]
        if not decided:
            return "none of the options is advised here"
        return f"the plan says {min(decided, key=lambda entry: STANCES.index(entry.stance)).action}"

    def single(self) -> Iterator[Flaw]:
        [key] = self.question.key
        if any(option.by for option in self.question.options):
            yield from self.outermost(key)
            return
        right = []
        for place, option in enumerate(self.question.options):
            name = "holds" if option.holds else "open"
            try:
                truth = self.engine.planner.truth(self.known.language.read(getattr(option, name)), self.state)
            except ConditionError as error:
                yield Flaw(("options", place, name), str(error))
                return
            if truth is (True if option.holds else None):
                right.append(option.id)
        if right != [key]:
            found = f"the knowledge makes {all_of(right)} right" if right else "the knowledge makes no option right"
            yield Flaw(("key",), f"the key is {key}; {found}", self.instead(right))

    def instead(self, right: list[str]) -> str:
        if len(right) == 1:
            return f"the key is {right[0]}"
        return "leave one of them" if right else "correct the conditions, or what is set"

    def outermost(self, key: str) -> Iterator[Flaw]:
        """Yield what keeps the key from being the one option at the end of a scale."""
        values = yield from self.values()
        if not values:
            return
        end = (max if self.question.first == "most" else min)(values.values())
        there = [id for id, value in values.items() if value == end]
        if there != [key]:
            what = f"the key is {key}; the knowledge puts {all_of(there)} {self.question.first}"
            yield Flaw(("key",), what, self.instead(there))

    def rank(self) -> Iterator[Flaw]:
        values = yield from self.values()
        if not values:
            return
        order = sorted(values, key=values.__getitem__, reverse=self.question.first == "most")
        for one, other in pairwise(order):
            if values[one] == values[other]:
                yield Flaw(("options",), f"{one} and {other} rank the same", "leave one of them")
                return
        if tuple(order) != self.question.key:
            yield Flaw(("key",), "the key is not the order of the knowledge", f"it is [{', '.join(order)}]")

    def values(self) -> Iterator[Flaw]:
        """Yield what cannot be ranked; return the rank of each option, or nothing if one has none."""
        values: dict[str, tuple[int, ...]] = {}
        scales: dict[str, str] = {}
        for place, option in enumerate(self.question.options):
            at = ("options", place, "by")
            if not option.by:
                yield Flaw(("options", place), f"the option {option.id} has no by, and others have", "add by: …")
                return {}
            try:
                scale, values[option.id] = self.value(option)
            except ValueError as error:
                what, _, right = str(error).partition("; ")
                yield Flaw(at, what, right)
                return {}
            scales.setdefault(scale, option.id)
        timed = {value[0] for value in values.values() if value[1:] and value[1]}
        for place, (id, value) in enumerate(values.items()):
            if value[0] in timed and not value[1]:
                what = f"{id} has no time limit, and an option of the same stance has one"
                yield Flaw(("options", place), what, "offer another option")
                return {}
        if len(scales) > 1:
            at = ("options", self.ids.index(list(scales.values())[1]), "by")
            yield Flaw(at, f"{' and '.join(scales)} have no common scale", "rank by one of them")
            return {}
        return values

    def value(self, option: Option) -> tuple[str, tuple[int, ...]]:
        """Return the scale on which an option is ranked, and its place on it."""
        name, *parts = option.by.split(".")
        state = self.known.vocabulary.state({**self.given, **option.set})
        if name in self.known.scores and len(parts) == 2:
            return name, (self.points(name, *parts),)
        if name in self.known.scores and not parts:
            total = self.engine.scoring.derive(name, state).total
            if total is None:
                raise ValueError(f"{name} has no total for {option.id}; set every finding that it reads")
            return name, (total,)
        if parts or name not in self.known.actions:
            example = did_you_mean(option.by, self.known.actions) or "write for example sins.pain.mechanical"
            raise ValueError(f"{option.by} is neither an option of a score, nor a score, nor an action; {example}")
        entry = self.engine.planner.by_id[name].entry(state)
        if entry is None or entry.status == "undecided":
            raise ValueError(f"{name} has no place in an order: {standing(entry)}; offer another, or decide it in set")
        return "the plan", (-STANCES.index(entry.stance), -(entry.within_hours or 0))

    def points(self, name: str, item: str, option: str) -> int:
        """Return the points of an option of a score."""
        items = {each.id: each for each in self.known.scores[name].items}
        if item not in items:
            raise ValueError(f"{name} has no item {item}; {did_you_mean(item, items)}")
        if option not in items[item].index:
            raise ValueError(f"{name}.{item} has no option {option}; {did_you_mean(option, items[item].index)}")
        return items[item].options[items[item].index[option]].points

    def entry(self, action: str) -> PlanEntry | None:
        return self.engine.planner.by_id[action].entry(self.state)
