"""Semantic difference of two editions: the changed entries, and the exact number of patients whose plan changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from casebook.inference.assessment import Assessment
from casebook.inference.diagrams import Node
from casebook.knowledge_base import Knowledge
from casebook.messages import message
from casebook.models.case import WrittenCase
from casebook.models.finding import FindingError, Value
from casebook.models.rule import STANCES, Outcome
from casebook.review.revisions import Edition
from casebook.review.state_space import Outcomes, Space

How = Literal[
    "appears",
    "vanishes",
    "changes stance",
    "changes time or side",
    "becomes undecided",
    "becomes decided",
    "is open between others",
]


@dataclass(frozen=True)
class EntryChange:
    """An entry of the knowledge, or a case, that was changed.

    Attributes
    ----------
    kind : str
        “rule”, “finding”, “case” and so on.
    id, label : str
    how : {"added", "removed", "changed", "reordered"}
    where : str
        File, line and column: of the new edition, or of the old if it was removed.
    fields : mapping of field to its old and its new value
    """

    kind: str
    id: str
    label: str
    how: Literal["added", "removed", "changed", "reordered"]
    where: str
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON."""
        fields = {name: {"old": old, "new": new} for name, (old, new) in self.fields.items()}
        return {
            "kind": self.kind,
            "id": self.id,
            "label": self.label,
            "how": self.how,
            "where": self.where,
            "fields": fields,
        }


@dataclass(frozen=True)
class Shift:
    """One recommendation that the edit changes.

    Attributes
    ----------
    action, label : str
    how : str
    before, after : Outcomes
    states : int or None
        The number of patients concerned; None for the findings of a single case.
    example : mapping of finding id to option id
        A smallest set of findings for which the shift occurs, whatever the other findings are.
    """

    action: str
    label: str
    how: How
    before: Outcomes
    after: Outcomes
    states: int | None = None
    example: Mapping[str, Value] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON."""
        result = {"action": self.action, "label": self.label, "how": self.how}
        result |= {"before": _json(self.before), "after": _json(self.after)}
        if self.states is not None:
            result |= {"states": self.states, "example": dict(self.example or {})}
        return result


@dataclass(frozen=True)
class Around:
    """The completions of a case, or all patients, and the number of those whose plan changes.

    Attributes
    ----------
    states, changed : int
        Exact numbers, without patients whose findings contradict each other.
    shifts : tuple of Shift
        By action; the most frequent first.
    """

    states: int
    changed: int
    shifts: tuple[Shift, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON."""
        return {
            "states": self.states,
            "changed": self.changed,
            "recommendations": [shift.to_dict() for shift in self.shifts],
        }


@dataclass(frozen=True)
class CaseDifference:
    """The effect of an edit on one case.

    Attributes
    ----------
    id, title : str
    findings : mapping of finding id to its old and new value
        The findings that the edit changed; None is unknown.
    plan : tuple of Shift
        For the case as it stands.
    scores : mapping of score id to its range before and after
        Those that differ; None where the score does not apply.
    around : Around or None
        None where one side cannot read the case.
    beyond : tuple of Shift
        Shifts that occur only in patients in whom a known finding of the case differs; the
        example names the smallest set of such findings.
    unreadable : tuple of str
        The reasons why an edition cannot read the case.
    """

    id: str
    title: str
    findings: Mapping[str, tuple[Value | None, Value | None]]
    plan: tuple[Shift, ...]
    scores: Mapping[str, tuple[tuple[int, int] | None, tuple[int, int] | None]]
    around: Around | None
    beyond: tuple[Shift, ...] = ()
    unreadable: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "findings": {id: {"old": old, "new": new} for id, (old, new) in self.findings.items()},
            "plan": [shift.to_dict() for shift in self.plan],
            "scores": {id: {"old": old, "new": new} for id, (old, new) in self.scores.items()},
            "around": None if self.around is None else self.around.to_dict(),
            "beyond": [shift.to_dict() for shift in self.beyond],
            "unreadable": list(self.unreadable),
        }


@dataclass(frozen=True)
class Difference:
    """The complete effect of an edit.

    Attributes
    ----------
    old, new : str
        Names of the editions.
    changes : tuple of EntryChange
    left_out : mapping of finding id to option ids
        Options that only one edition has: no patient who has one is counted.
    everyone : Around
    cases : tuple of CaseDifference
    """

    old: str
    new: str
    changes: tuple[EntryChange, ...]
    left_out: Mapping[str, tuple[Value, ...]]
    everyone: Around
    cases: tuple[CaseDifference, ...]

    def __bool__(self) -> bool:
        """Whether there is any difference."""
        return bool(self.changes)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON. Counts are whole numbers of any size."""
        return {
            "old": self.old,
            "new": self.new,
            "changes": [change.to_dict() for change in self.changes],
            "left_out": {id: list(options) for id, options in self.left_out.items()},
            "all_patients": self.everyone.to_dict(),
            "cases": [case.to_dict() for case in self.cases],
        }


def difference(old: Edition, new: Edition) -> Difference:
    """Return the differences between two editions.

    Two kinds of patients are counted. *All patients* are all complete states of the findings
    (`Space`). *Around a case* are the completions of what its new edition leaves unknown; where
    the old edition of the case gives a finding another value, its old plan is that of the old
    value. Patients with findings that contradict each other in either edition are not counted. The
    plan of a patient changes if the stance, time or side of some action differs, or becomes decided
    or undecided because a known finding leaves a score item undetermined.
    """
    return _Comparison(old, new).difference()


class _Comparison:
    """Two editions in one space."""

    def __init__(self, old: Edition, new: Edition) -> None:
        self.old, self.new = old, new
        self.space = Space(old.engine, new.engine)
        actions = {**old.engine.knowledge.actions, **new.engine.knowledge.actions}
        self.labels = {id: action.label for id, action in actions.items()}
        # The result is the same for all cases that were not edited, so it is cached.
        self._differing = lru_cache(maxsize=None)(self._find_differing)

    def difference(self) -> Difference:
        pairs = {action: (self.space.plan(0, action), self.space.plan(1, action)) for action in self.labels}
        return Difference(
            self.old.name,
            self.new.name,
            (*_changes(self.old.engine.knowledge, self.new.engine.knowledge), *self._case_changes()),
            self.space.left_out,
            self._around(pairs, self.space.refused, [-1] * len(self.space.axes)),
            tuple(self._case(case) for case in self._cases()),
        )

    def _cases(self) -> list[WrittenCase]:
        """Return the cases to report, in the version of the new edition if it has them."""
        cases = {**self.old.cases, **self.new.cases}
        alone = self.new.alone or self.old.alone
        return [case for id, case in cases.items() if not alone or id in (self.new.alone, self.old.alone)]

    def _case_changes(self) -> Iterator[EntryChange]:
        for case in self._cases():
            before, after = self.old.cases.get(case.id), self.new.cases.get(case.id)
            if before is None or after is None:
                yield EntryChange("case", case.id, case.title, "removed" if after is None else "added", case.id)
            elif fields := _fields(before.model_dump(by_alias=True), after.model_dump(by_alias=True)):
                yield EntryChange("case", case.id, case.title, "changed", case.id, fields)

    def _case(self, case: WrittenCase) -> CaseDifference:
        space, editions = self.space, (self.old, self.new)
        recorded = [edition.cases.get(case.id, case).stated for edition in editions]
        findings = {
            id: (recorded[0].get(id), recorded[1].get(id))
            for id in dict.fromkeys([*recorded[0], *recorded[1]])
            if recorded[0].get(id) != recorded[1].get(id)
        }
        unreadable, states, scores, recorded_states = [], [], [], []
        for side, edition in enumerate(editions):
            # An edition ignores findings that it does not have.
            known = {id: value for id, value in recorded[side].items() if id in space.positions[side]}
            try:
                scores.append(_ranges(edition.engine.assess(known)))
                states.append(space.state(side, known))
                recorded_states.append(edition.engine.state(known))
            except FindingError as error:
                unreadable.append(f"{edition.name}: {error}")
            except KeyError as error:
                id, value = error.args
                unreadable.append(message("diff-option-of-one", finding=str(id), option=str(value)))
        if unreadable:
            return CaseDifference(case.id, case.title, findings, (), {}, None, (), tuple(unreadable))
        before, after = states
        after = [before[index] if axis.sides == (0,) else after[index] for index, axis in enumerate(space.axes)]
        changed = [(index, value) for index, value in enumerate(before) if value >= 0 and value != after[index]]

        def as_before(root: Node) -> Node:
            for index, value in changed:
                root = space.diagrams.fixed(root, index, value)
            return root

        pairs, plan = {}, []
        for action in self.labels:
            outcomes = tuple(space.outcomes_of(side, action, given) for side, given in enumerate(recorded_states))
            if outcomes[0] != outcomes[1]:
                plan.append(self._shift(action, *outcomes))
            pairs[action] = as_before(space.plan(0, action)), space.plan(1, action)
        refused = space.diagrams.combine(lambda a, b: a or b, space.refused, as_before(space.refused))
        moved = {
            id: (scores[0].get(id), scores[1].get(id))
            for id in {**scores[0], **scores[1]}
            if scores[0].get(id) != scores[1].get(id)
        }
        around, beyond = self._around(pairs, refused, after), self._beyond(pairs, refused, after)
        return CaseDifference(case.id, case.title, findings, tuple(plan), moved, around, beyond)

    def _around(self, pairs: Mapping[str, tuple[Node, Node]], refused: Node, state: list[int]) -> Around:
        """Count the completions of `state` that are not refused, and those in which the diagrams of some action differ."""
        diagrams, shifts = self.space.diagrams, []
        differing, any_ = self._differing(tuple(pairs.items()), refused)
        for action, both in differing.items():
            counts = diagrams.count(both, state)
            for ends in sorted(filter(None, counts), key=lambda ends: (-counts[ends], _order(ends))):
                shifts.append(self._shift(action, *ends, counts[ends], self._example(both, state, ends)))
        total = diagrams.count(any_, state)
        same, changed = total.get(False, 0), total.get(True, 0)
        return Around(same + changed, changed, tuple(shifts))

    def _beyond(self, pairs: Mapping[str, tuple[Node, Node]], refused: Node, state: list[int]) -> tuple[Shift, ...]:
        """Return the shifts that only patients have in whom a known finding of the case is another."""
        diagrams, shifts = self.space.diagrams, []
        anyone = [-1] * len(state)
        differing, _ = self._differing(tuple(pairs.items()), refused)
        for action, both in differing.items():
            ends = diagrams.reachable(both, anyone) - diagrams.reachable(both, state) - {None, False}
            for each in sorted(ends, key=_order):
                shifts.append(self._shift(action, *each, 0, self._example(both, state, each)))
        return tuple(shifts)

    def _find_differing(
        self, pairs: tuple[tuple[str, tuple[Node, Node]], ...], refused: Node
    ) -> tuple[dict[str, Node], Node]:
        """Return the diagram of each action that differs, and that of whether any does.

        The ends of the first are both outcomes, None where they are the same, or False where no patient can be. Those
        of the other are whether a patient gets another plan, or None where none can be.
        """
        combine = self.space.diagrams.combine
        differing = {action: combine(_both, old, new, refused) for action, (old, new) in pairs if old != new}
        any_ = combine(lambda out: None if out else False, refused)
        for both in differing.values():
            any_ = combine(lambda before, now: True if now else before, any_, both)
        return differing, any_

    def _example(self, both: Node, state: list[int], ends: tuple[Outcomes, Outcomes]) -> dict[str, Value]:
        steps = self.space.diagrams.closest(both, state, lambda end: end == ends, lambda end: end is False)
        return self.space.named(steps or {})

    def _shift(
        self,
        action: str,
        before: Outcomes,
        after: Outcomes,
        states: int | None = None,
        example: Mapping[str, Value] | None = None,
    ) -> Shift:
        return Shift(action, self.labels[action], _how(before, after), before, after, states, example)


def _both(old: Outcomes, new: Outcomes, refused: bool) -> tuple[Outcomes, Outcomes] | bool | None:
    """Return both outcomes where they differ, None where they do not, and False where no patient can be."""
    if refused:
        return False
    return None if old == new else (old, new)


def _how(before: Outcomes, after: Outcomes) -> How:
    if len(before) > 1:
        return "becomes decided" if len(after) == 1 else "is open between others"
    if len(after) > 1:
        return "becomes undecided"
    (old,), (new,) = before, after
    if old is None or new is None:
        return "appears" if old is None else "vanishes"
    return "changes stance" if old.stance != new.stance else "changes time or side"


def _ranges(result: Assessment) -> dict[str, tuple[int, int] | None]:
    return {id: None if score.low is None else (score.low, score.high) for id, score in result.scores.items()}


def _rank(outcome: Outcome | None) -> tuple[int, int, str]:
    if outcome is None:
        return len(STANCES), 0, ""
    return STANCES.index(outcome.stance), outcome.within_hours or 0, outcome.side or ""


def _order(ends: tuple[Outcomes, Outcomes]) -> list[list[tuple[int, int, str]]]:
    return [sorted(map(_rank, outcomes)) for outcomes in ends]


def ranked(outcomes: Outcomes) -> list[Outcome | None]:
    """Return outcomes with the strongest first; None, for no applicable rule, is last."""
    return sorted(outcomes, key=_rank)


def _json(outcomes: Outcomes) -> list[dict[str, Any]]:
    return [{"stance": "none"} if outcome is None else outcome.to_dict() for outcome in ranked(outcomes)]


# What is written ------------------------------------------------------------------------------


def _parts(known: Knowledge) -> dict[str, dict[str, Any]]:
    """Return all entries of the knowledge as plain values, by kind and id."""
    figures: dict[str, Any] = {}
    for figure in known.evidence:
        figures.setdefault(figure.id, {"label": figure.study, "rows": []})["rows"].append(figure.model_dump())
    lists: dict[str, Iterable[Any]] = {
        "group": known.groups,
        "finding": known.vocabulary,
        "term": known.terms,
        "score": known.scores.values(),
        "action": known.actions.values(),
        "rule": known.rules.values(),
        "conflict": known.conflicts.values(),
        "principle": known.principles,
        "instrument": known.instruments.values(),
        "contradiction": known.contradictions,
        "switch": known.scopes,
        "state": known.emergencies.states,
    }
    return {
        **{kind: {part.id: part.model_dump(mode="json") for part in parts} for kind, parts in lists.items()},
        "source": {key: citation.model_dump(mode="json") for key, citation in known.sources.items()},
        "evidence": figures,
    }


def _changes(old: Knowledge, new: Knowledge) -> Iterator[EntryChange]:
    for (kind, before), after in zip(_parts(old).items(), _parts(new).values(), strict=True):
        for id in {**before, **after}:
            where = (new if id in after else old).positions.get((kind, id), "")
            label = next((text for name in _NAMES if (text := (after.get(id) or before[id]).get(name))), "")
            if id not in before or id not in after:
                yield EntryChange(kind, id, label, "removed" if id in before else "added", where)
            elif fields := _fields(before[id], after[id]):
                yield EntryChange(kind, id, label, "changed", where, fields)
        common = [[id for id in ids if id in others] for ids, others in ((before, after), (after, before))]
        if common[0] != common[1]:
            yield EntryChange(kind, "", "", "reordered", "", {"order": tuple(common)})


_NAMES = ("label", "title", "short", "text")


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys([*before, *after])
    return {name: (before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)}
