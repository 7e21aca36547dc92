"""Semantic difference of two editions: the changed entries, and the exact number of patients whose plan changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from casebook.inference.assessment import Assessment
from casebook.inference.compiler import State
from casebook.inference.diagrams import Node
from casebook.messages import message
from casebook.models.case import WrittenCase
from casebook.models.finding import FindingError, Value
from casebook.models.rule import STANCES, Outcome
from casebook.review.entry_changes import EntryChange, differing_values, entry_changes
from casebook.review.logic import disjunction
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

Pair = tuple[Outcomes, Outcomes]
"""The possible outcomes of an action in the old and in the new edition."""


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
        result: dict[str, Any] = {
            "action": self.action,
            "label": self.label,
            "how": self.how,
            "before": _json(self.before),
            "after": _json(self.after),
        }
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
        For the recorded findings of the case.
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
    scores: Mapping[str, tuple[tuple[float, float] | None, tuple[float, float] | None]]
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


class _Reading(NamedTuple):
    """A case as one edition reads it.

    Attributes
    ----------
    scores : mapping of score id to its range
        None where the score does not apply.
    values : list of int
        The index of each finding's option in the common space, -1 if the finding is unknown.
    state : State
        The state in the vocabulary of the edition.
    """

    scores: Mapping[str, tuple[float, float] | None]
    values: list[int]
    state: State


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
        plans = {action: (self.space.plan(0, action), self.space.plan(1, action)) for action in self.labels}
        return Difference(
            self.old.name,
            self.new.name,
            (*entry_changes(self.old.engine.knowledge, self.new.engine.knowledge), *self._case_changes()),
            self.space.left_out,
            self._around(plans, self.space.refused, [-1] * len(self.space.axes)),
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
            elif fields := differing_values(before.model_dump(by_alias=True), after.model_dump(by_alias=True)):
                yield EntryChange("case", case.id, case.title, "changed", case.id, fields)

    def _case(self, case: WrittenCase) -> CaseDifference:
        space = self.space
        old_findings, new_findings = (edition.cases.get(case.id, case).stated for edition in (self.old, self.new))
        findings = differing_values(old_findings, new_findings)
        old, new = self._read(0, self.old, old_findings), self._read(1, self.new, new_findings)
        if isinstance(old, str) or isinstance(new, str):
            reasons = tuple(reading for reading in (old, new) if isinstance(reading, str))
            return CaseDifference(case.id, case.title, findings, (), {}, None, (), reasons)
        # A finding that only the old edition has keeps its value.
        after = [(old if axis.sides == (0,) else new).values[index] for index, axis in enumerate(space.axes)]
        changed = [(index, value) for index, value in enumerate(old.values) if value >= 0 and value != after[index]]

        def as_before(root: Node) -> Node:
            for index, value in changed:
                root = space.diagrams.fixed(root, index, value)
            return root

        plans: dict[str, tuple[Node, Node]] = {}
        shifts: list[Shift] = []
        for action in self.labels:
            before = space.outcomes_of(0, action, old.state)
            now = space.outcomes_of(1, action, new.state)
            if before != now:
                shifts.append(self._shift(action, before, now))
            plans[action] = as_before(space.plan(0, action)), space.plan(1, action)
        refused = disjunction(space.diagrams, [space.refused, as_before(space.refused)])
        scores = differing_values(old.scores, new.scores)
        around, beyond = self._around(plans, refused, after), self._beyond(plans, refused, after)
        return CaseDifference(case.id, case.title, findings, tuple(shifts), scores, around, beyond)

    def _read(self, side: int, edition: Edition, findings: Mapping[str, Value]) -> _Reading | str:
        """Return the case as an edition reads it, or the reason why the edition cannot read it."""
        # An edition ignores findings that it does not have.
        known = {id: value for id, value in findings.items() if id in self.space.positions[side]}
        try:
            scores = _ranges(edition.engine.assess(known))
            return _Reading(scores, self.space.state(side, known), edition.engine.state(known))
        except FindingError as error:
            return f"{edition.name}: {error}"
        except KeyError as error:
            id, value = error.args
            return message("diff-option-of-one", finding=str(id), option=str(value))

    def _around(self, plans: Mapping[str, tuple[Node, Node]], refused: Node, state: list[int]) -> Around:
        """Count the completions of `state` that are not refused, and those in which the plan differs."""
        diagrams = self.space.diagrams
        shifts: list[Shift] = []
        differing, changed = self._differing(tuple(plans.items()), refused)
        for action, root in differing.items():
            counts = diagrams.count(root, state)
            pairs: list[Pair] = sorted(filter(None, counts), key=lambda pair: (-counts[pair], _order(pair)))
            for pair in pairs:
                shifts.append(self._shift(action, *pair, counts[pair], self._example(root, state, pair)))
        numbers = diagrams.count(changed, state)
        same, other = numbers.get(False, 0), numbers.get(True, 0)
        return Around(same + other, other, tuple(shifts))

    def _beyond(self, plans: Mapping[str, tuple[Node, Node]], refused: Node, state: list[int]) -> tuple[Shift, ...]:
        """Return the shifts that occur only in patients in whom a known finding of the case differs."""
        diagrams = self.space.diagrams
        shifts: list[Shift] = []
        anyone = [-1] * len(state)
        differing, _ = self._differing(tuple(plans.items()), refused)
        for action, root in differing.items():
            elsewhere = diagrams.reachable(root, anyone) - diagrams.reachable(root, state) - {None, False}
            pairs: list[Pair] = sorted(elsewhere, key=_order)
            for pair in pairs:
                shifts.append(self._shift(action, *pair, 0, self._example(root, state, pair)))
        return tuple(shifts)

    def _find_differing(
        self, plans: tuple[tuple[str, tuple[Node, Node]], ...], refused: Node
    ) -> tuple[dict[str, Node], Node]:
        """Return the diagram of each action whose plans differ, and the diagram of whether any plan differs.

        The terminals of the former are those of `_pair`. The terminals of the latter are True or False, and None
        for patients whose findings contradict each other.
        """
        combine = self.space.diagrams.combine
        differing = {action: combine(_pair, old, new, refused) for action, (old, new) in plans if old != new}
        changed = combine(_unchanged, refused)
        for root in differing.values():
            changed = combine(_changed, changed, root)
        return differing, changed

    def _example(self, root: Node, state: list[int], wanted: Pair) -> dict[str, Value]:
        def is_wanted(pair: Pair | bool | None) -> bool:
            return pair == wanted

        def is_refused(pair: Pair | bool | None) -> bool:
            return pair is False

        return self.space.named(self.space.diagrams.closest(root, state, is_wanted, is_refused) or {})

    def _shift(
        self,
        action: str,
        before: Outcomes,
        after: Outcomes,
        states: int | None = None,
        example: Mapping[str, Value] | None = None,
    ) -> Shift:
        return Shift(action, self.labels[action], _how(before, after), before, after, states, example)


def _pair(old: Outcomes, new: Outcomes, refused: bool) -> Pair | bool | None:
    """Return both outcomes where they differ, None where they do not, and False where the findings contradict."""
    if refused:
        return False
    return None if old == new else (old, new)


def _unchanged(refused: bool) -> bool | None:
    """Return False where no plan is known to differ yet, and None where the findings contradict."""
    return None if refused else False


def _changed(before: bool | None, pair: Pair | bool | None) -> bool | None:
    """Return True where this action differs, else what the actions before it gave."""
    return True if pair else before


def _how(before: Outcomes, after: Outcomes) -> How:
    if len(before) > 1:
        return "becomes decided" if len(after) == 1 else "is open between others"
    if len(after) > 1:
        return "becomes undecided"
    (old,), (new,) = before, after
    if old is None or new is None:
        return "appears" if old is None else "vanishes"
    return "changes stance" if old.stance != new.stance else "changes time or side"


def _ranges(result: Assessment) -> dict[str, tuple[float, float] | None]:
    return {
        id: None if score.low is None or score.high is None else (score.low, score.high)
        for id, score in result.scores.items()
    }


def _rank(outcome: Outcome | None) -> tuple[int, int, str]:
    if outcome is None:
        return len(STANCES), 0, ""
    return STANCES.index(outcome.stance), outcome.within_hours or 0, outcome.side or ""


def _order(pair: Pair) -> list[list[tuple[int, int, str]]]:
    return [sorted(map(_rank, outcomes)) for outcomes in pair]


def ranked(outcomes: Outcomes) -> list[Outcome | None]:
    """Return outcomes with the strongest first; None, for no applicable rule, is last."""
    return sorted(outcomes, key=_rank)


def _json(outcomes: Outcomes) -> list[dict[str, Any]]:
    return [{"stance": "none"} if outcome is None else outcome.to_dict() for outcome in ranked(outcomes)]
