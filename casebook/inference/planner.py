"""The plan: the decided and undecided recommendations of a state, and the findings on which they depend."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, NamedTuple

from casebook.inference.compiler import State, Verdict, interned, outcome_of
from casebook.inference.counterfactual import Counterfactuals
from casebook.inference.diagrams import Node
from casebook.inference.roots import sides
from casebook.inference.rulebook import Root, Rulebook, StateCache
from casebook.models.expression import Tree, Truth
from casebook.models.rule import FOR, STANCES, Clause, Outcome, Rule, Stance
from casebook.models.scope import ALL, Withdrawn, left


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """The entry of one action in a plan.

    Attributes
    ----------
    action : str
    stance : str
        The stance in force; while undecided, the strongest that is still possible.
    status : {"decided", "undecided"}
        Decided if and only if every completion has the same stance, time and side.
    within_hours : int or None
    side : {"left", "right"} or None
    possible : tuple of str
        The stances of all completions, strongest first; "none" is included if no rule applies in
        some completion.
    because, against : tuple of str
        Rules that support the stance, and rules that oppose it: those that are true, and in an
        undecided entry also those that are undetermined.
    conflicts : tuple of str
        Conflicts between sources on this action that apply.
    decided_by : str or None
        The principle, conflict or rule that decided between differing rules.
    depends_on : tuple of str
        Findings on which an undecided entry depends.
    urgent_on : tuple of str
        Those among them that decide whether it is an emergency.
    """

    action: str
    stance: Stance
    status: Literal["decided", "undecided"]
    within_hours: int | None
    side: str | None
    possible: tuple[str, ...]
    because: tuple[str, ...]
    against: tuple[str, ...]
    conflicts: tuple[str, ...]
    decided_by: str | None
    depends_on: tuple[str, ...]
    urgent_on: tuple[str, ...] = ()

    @property
    def at_least(self) -> Stance | None:
        """The weakest stance still possible, where the entry is undecided and every outcome is in favour."""
        weakest = self.possible[-1]
        return weakest if self.status == "undecided" and weakest in FOR else None

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the entry."""
        result: dict[str, Any] = {"action": self.action, "stance": self.stance, "status": self.status}
        if self.within_hours is not None:
            result["within_hours"] = self.within_hours
        if self.side is not None:
            result["side"] = self.side
        result["possible"] = list(self.possible)
        if self.at_least:
            result["at_least"] = self.at_least
        result["because"] = list(self.because)
        result["against"] = list(self.against)
        result["conflicts"] = list(self.conflicts)
        result["decided_by"] = self.decided_by
        result["depends_on"] = list(self.depends_on)
        return result


_RANK: Mapping[Stance, int] = {stance: rank for rank, stance in enumerate(STANCES)}


class Verdicts(NamedTuple):
    """The verdicts of all completions on an action, combined.

    Attributes
    ----------
    only : Outcome or None
        Their outcome, if it is the same in all.
    """

    only: Outcome | None
    stance: Stance
    within_hours: int | None
    side: str | None
    possible: tuple[str, ...]
    decided_by: str | None
    urgent: bool


class Planner:
    """Finds the plan of any state of the vocabulary.

    The entry of each action is cached by the findings that the action reads, so a changed finding
    causes only the actions that read it to be derived again.

    Parameters
    ----------
    rulebook : Rulebook
    """

    def __init__(self, rulebook: Rulebook) -> None:
        known = self.knowledge = rulebook.knowledge
        self.rulebook = rulebook
        clauses = [
            (rule, clause, root)
            for rule, roots in zip(
                (rule for rule in known.rules.values() if rule.clauses), rulebook.of("clause"), strict=True
            )
            for clause, root in zip(rule.clauses, roots, strict=True)
        ]
        self.conflicts: dict[str, Root[bool]] = dict(zip(known.conflicts, rulebook.of("conflict"), strict=True))
        self.switches: list[Root[bool]] = rulebook.of("switch")
        self.actions = [
            ActionPlan(
                self,
                id,
                root,
                [(rule.id, interned(clause.then[id]), truth) for rule, clause, truth in clauses if id in clause.then],
            )
            for id, root in zip(known.actions, rulebook.of("action"), strict=True)
        ]
        self.by_id = {action.id: action for action in self.actions}
        self.bands = lru_cache(maxsize=None)(self._band_counterfactuals)

    def _band_counterfactuals(self, id: str) -> Counterfactuals:
        """Return the reach of a score; its ends are bands, or None where it does not apply."""
        roots: dict[str, Root[int | None]] = dict(zip(self.knowledge.scores, self.rulebook.of("band"), strict=True))
        bands = self.knowledge.scores[id].band_ids

        def named(band: int | None) -> str | None:
            return None if band is None else bands[band]

        return Counterfactuals(self.rulebook, roots[id], named)

    def plan(self, state: State) -> tuple[PlanEntry, ...]:
        """Return the entries for a state that no switch withdraws: by stance, strongest first; decided before undecided."""
        entries = [
            (position, entry)
            for position, action in enumerate(self.actions)
            if (entry := action.entry(state)) is not None
        ]
        entries.sort(key=lambda pair: (_RANK[pair[1].stance], pair[1].status == "undecided", pair[0]))
        return tuple([entry for _, entry in entries])

    def truth(self, tree: Tree, state: State) -> Truth:
        """Return the truth value of a condition in a state, or None if completions differ."""
        return self.rulebook.condition(tree).truth(state)


class ActionPlan:
    """One action: its rules, conflicts and switches, and the cached entries.

    Attributes
    ----------
    root : Root
        The outcome of the rules, before withdrawals.
    clauses : list of (rule id, outcome, Root)
        Every clause that names the action.
    switches : list of (Root, stances)
        Conditions that, once they are recorded, withdraw stances of the action.
    positions : tuple of int
        The findings that the action depends on, by position in the vocabulary.
    entry : callable
        Returns the entry of the action in a state, or None if the action is not listed.
    """

    def __init__(
        self, planner: Planner, id: str, root: Root[Verdict | None], clauses: list[tuple[str, Outcome, Root[bool]]]
    ) -> None:
        known = planner.knowledge
        self.planner, self.id, self.root, self.clauses = planner, id, root, clauses
        self._in_play = [conflict for conflict, each in known.conflicts.items() if id in each.actions]
        self.switches: list[tuple[Root[bool], Withdrawn]] = [
            (root, gone)
            for switch, root in zip(known.scopes, planner.switches, strict=True)
            if (gone := switch.of(known.actions[id]))
        ]
        self._nodes = [each.node for *_, each in clauses]
        self._conflicts = [planner.conflicts[conflict].node for conflict in self._in_play]
        read = [root.node, *self._nodes, *self._conflicts, *(each.node for each, _ in self.switches)]
        self.entry: StateCache[PlanEntry | None] = StateCache(sorted(planner.rulebook.reads(read)), self._derive)
        self.positions = self.entry.positions
        self._diagrams = planner.rulebook.diagrams
        self._views = lru_cache(maxsize=None)(self._view)
        self._unread = lru_cache(maxsize=None)(self._of_nothing)
        self._verdicts = lru_cache(maxsize=1024)(self._sum_up)
        self._sorted = lru_cache(maxsize=1024)(self._sort_out)

    @cached_property
    def sides(self) -> Mapping[bool, list[tuple[Rule, list[Clause], Root[bool]]]]:
        """Under True the rules in favour of the action, under False those against it, each with its clauses there."""
        index = [action.id for action in self.planner.actions].index(self.id)
        roots = self.planner.rulebook.of("side")[index]
        return {
            in_favour: [(*pair, root) for pair, root in zip(side, each, strict=True)]
            for in_favour, side, each in zip((True, False), sides(self.planner.knowledge, self.id), roots, strict=True)
        }

    @cached_property
    def counterfactuals(self) -> Counterfactuals:
        """The outcomes of the action after small changes of the findings."""
        return Counterfactuals(self.planner.rulebook, self.root, outcome_of, self.switches)

    def outcomes(self, state: State) -> frozenset[Outcome | None]:
        """Return every outcome that some completion of a state reaches; None where no rule applies."""
        withdrawn = self._withdrawn(state)
        return frozenset({left(outcome_of(verdict), withdrawn) for verdict in self.root.ends(state)})

    def _withdrawn(self, state: State) -> Withdrawn:
        """Return the stances that the recorded findings withdraw."""
        gone: Withdrawn = frozenset()
        for root, stances in self.switches:
            if root.truth(state):
                gone |= stances
        return gone

    def _view(self, withdrawn: Withdrawn, urgent: bool) -> dict[Node, Node]:
        """Return a representative for each terminal: one for each outcome, or for emergencies and for all others."""
        first: dict[Outcome | bool | None, Node] = {}
        view: dict[Node, Node] = {}
        for end in self._diagrams.below(self.root.node):
            outcome = left(outcome_of(self._diagrams.value(end)), withdrawn)
            view[end] = first.setdefault(_is_emergency(outcome) if urgent else outcome, end)
        return view

    def _sum_up(self, ends: frozenset[Node], withdrawn: Withdrawn) -> Verdicts | None:
        """Return the combined verdicts, or None if all of them are withdrawn."""
        view, value = self._views(withdrawn, False), self._diagrams.value
        outcomes = [left(outcome_of(value(end)), withdrawn) for end in {view[end] for end in ends}]
        given = [outcome for outcome in outcomes if outcome is not None]
        if not given:
            return None
        possible: list[Stance] = sorted({outcome.stance for outcome in given}, key=STANCES.index)
        same = [outcome for outcome in given if outcome.stance == possible[0]]
        hours = [outcome.within_hours for outcome in same if outcome.within_hours is not None]
        sides = {outcome.side for outcome in same}
        deciders = {value(end).decided_by for end in ends} if len(outcomes) == 1 else ()
        return Verdicts(
            given[0] if len(outcomes) == 1 else None,
            possible[0],
            min(hours, default=None),
            sides.pop() if len(sides) == 1 else None,
            (*possible, "none") if None in outcomes else tuple(possible),
            next(iter(deciders)) if len(deciders) == 1 else None,
            any(map(_is_emergency, given)),
        )

    def _sort_out(self, listed: tuple[int, ...], in_favour: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the rules of clauses that are on a side, and the others."""
        by_side: dict[bool, dict[str, None]] = {True: {}, False: {}}
        for index in listed:
            rule, outcome, _ = self.clauses[index]
            by_side[(outcome.stance in FOR) == in_favour][rule] = None
        return tuple(by_side[True]), tuple(by_side[False])

    def _open(self, state: State, withdrawn: Withdrawn, urgent: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the findings on which the outcome depends, and those that decide whether it is an emergency."""
        support, root = self.planner.rulebook.support, self.root.node
        depends = support(root, state, self._views(withdrawn, False))
        return depends, support(root, state, self._views(withdrawn, True)) if urgent else ()

    def _of_nothing(self, withdrawn: Withdrawn, urgent: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the result of `_open` if none of the findings that the rules read is known; cached, as the slowest case."""
        return self._open((-1,) * len(self.planner.knowledge.vocabulary), withdrawn, urgent)

    def _derive(self, state: State) -> PlanEntry | None:
        rulebook, withdrawn = self.planner.rulebook, self._withdrawn(state)
        if withdrawn == ALL or not self.clauses:
            return None
        verdicts = self._verdicts(rulebook.reached(self.root.node, state), withdrawn)
        if verdicts is None:
            return None
        truths = rulebook.truths(self._nodes, state)
        listed = tuple([index for index, truth in enumerate(truths) if truth is not False])
        if withdrawn:
            listed = tuple([index for index in listed if self.clauses[index][1].stance not in withdrawn])
        depends = on = ()
        if verdicts.only is None:
            if rulebook.knows(self.root.node, state):
                depends, on = self._open(state, withdrawn, verdicts.urgent)
            else:
                depends, on = self._unread(withdrawn, verdicts.urgent)
        elif any(truths[index] and self.clauses[index][1] is verdicts.only for index in listed):
            # The entry is decided although some rule is undetermined, so only rules that are true are reasons.
            listed = tuple([index for index in listed if truths[index]])
        return PlanEntry(
            self.id,
            verdicts.stance,
            "undecided" if verdicts.only is None else "decided",
            verdicts.within_hours,
            verdicts.side,
            verdicts.possible,
            *self._sorted(listed, verdicts.stance in FOR),
            tuple(itertools.compress(self._in_play, rulebook.truths(self._conflicts, state))),
            verdicts.decided_by,
            depends,
            on,
        )


def _is_emergency(outcome: Outcome | None) -> bool:
    return outcome is not None and outcome.stance == "emergency"
