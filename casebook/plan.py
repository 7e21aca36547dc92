"""The plan: which recommendations stand for a state, which are still open, and on what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, Literal

from casebook.conditions import Tree, Truth, evaluate, leaves
from casebook.diagrams import Diagrams, Node
from casebook.library import Knowledge
from casebook.rules import FOR, REFUSALS, STANCES, TIERS, Outcome, Stance
from casebook.scores import Score
from casebook.vocabulary import Value

State = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """What is said of one action.

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
        Every stance that some completion reaches, strongest first; "none" where some
        completion says nothing of the action.
    because, against : tuple of str
        Rules on the side of the stance, and on the other side: those that hold, and while
        undecided also those that still may.
    conflicts : tuple of str
        Conflicts in play on this action.
    decided_by : str or None
        The principle, conflict or rule that settled rules which differ.
    depends_on : tuple of str
        Findings on which an undecided entry really depends.
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

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the entry."""
        result: dict[str, Any] = {"action": self.action, "stance": self.stance, "status": self.status}
        if self.within_hours is not None:
            result["within_hours"] = self.within_hours
        if self.side is not None:
            result["side"] = self.side
        result["possible"] = list(self.possible)
        result["because"] = list(self.because)
        result["against"] = list(self.against)
        result["conflicts"] = list(self.conflicts)
        result["decided_by"] = self.decided_by
        result["depends_on"] = list(self.depends_on)
        return result


class Precedence:
    """The order in which rules that differ on one action are settled."""

    def __init__(self, knowledge: Knowledge, action: str) -> None:
        self.clauses = list(knowledge.outcomes(action))
        self.edges = knowledge.overrides[action]
        self.principles = [(principle.id, principle.by) for principle in knowledge.principles]

    def settle(self, speaking: Iterable[int]) -> tuple[int, str | None]:
        """Return the clause in force among those that hold, and what settled it.

        Parameters
        ----------
        speaking : iterable of int
            Positions of the clauses that hold; at least one.
        """
        left, settled_by = list(speaking), None
        for id, by in self.principles:
            if len({self.outcome(place) for place in left}) == 1:
                break
            kept = self._declared(left) if by == "declared" else self._best(left, by)
            outcomes_gone = {self.outcome(place) for place in left} - {self.outcome(place) for place in kept}
            if outcomes_gone:
                settled_by = self._edge(left, kept) if by == "declared" else id
            left = kept
        return left[0], settled_by

    def outcome(self, place: int) -> Outcome:
        return self.clauses[place][2]

    def _best(self, places: list[int], by: str) -> list[int]:
        rank = {place: self._rank(place, by) for place in places}
        best = min(rank.values())
        return [place for place in places if rank[place] == best]

    def _rank(self, place: int, by: str) -> float:
        rule, _, outcome = self.clauses[place]
        match by:
            case "emergency":
                return outcome.stance != "emergency"
            case "tier":
                return TIERS.index(rule.tier)
            case "caution":
                return outcome.stance not in REFUSALS
            case "stance":
                return STANCES.index(outcome.stance)
            case "soonest":
                return outcome.within_hours or float("inf")
        raise ValueError(f"there is no principle “{by}”")

    def _declared(self, places: list[int]) -> list[int]:
        rules = {self.clauses[place][0].id for place in places}
        beaten = {loser for winner, loser in self.edges if winner in rules and loser in rules}
        return [place for place in places if self.clauses[place][0].id not in beaten]

    def _edge(self, before: list[int], after: list[int]) -> str:
        winners = {self.clauses[place][0].id for place in after}
        losers = {self.clauses[place][0].id for place in before} - winners
        direct = [why for (winner, loser), why in self.edges.items() if winner in winners and loser in losers]
        return direct[0] if direct else next(why for (_, loser), why in self.edges.items() if loser in losers)


class Situation:
    """One state with its scores: what conditions are evaluated in."""

    def __init__(self, knowledge: Knowledge, state: State) -> None:
        self.knowledge = knowledge
        self.state = state

    def option(self, finding: str) -> Value | None:
        place = self.knowledge.vocabulary.position[finding]
        return None if self.state[place] < 0 else self.knowledge.vocabulary.findings[place].values[self.state[place]]

    def totals(self, score: str) -> frozenset[int]:
        return self.knowledge.scores[score].reading.derive(self.state).totals


class Compiler:
    """Turns conditions and actions into decision diagrams over the findings."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.order, self.latent = self._variables()
        findings = knowledge.vocabulary.findings
        self.variable = {place: variable for variable, (kind, place) in enumerate(self.order) if kind == "finding"}
        self.diagrams = Diagrams([
            len(findings[place].options) if kind == "finding" else len(self._item(place).options) for kind, place in self.order
        ])
        self._roots: dict[str, Node] = {}
        self._totals: dict[str, Node] = {}

    def _variables(self) -> tuple[list[tuple[str, Any]], dict[tuple[str, str], str]]:
        """Order the variables: each score's findings together, then all others.

        An item that some finding leaves open even when it is known (a lesion that CT does not
        show has no SINS option) gets a variable of its own behind that finding, never known.
        """
        knowledge = self.knowledge
        order: list[tuple[str, Any]] = []
        latent: dict[tuple[str, str], str] = {}
        placed: set[str] = set()
        for score in knowledge.scores.values():
            for item, ids in zip(score.items, score.reading.reads, strict=True):
                order += [("finding", knowledge.vocabulary.position[id]) for id in ids if id not in placed]
                placed.update(ids)
                if score.reading.leaves_open(item.id):
                    order.append(("item", (score.id, item.id)))
                    latent[score.id, item.id] = ids[-1] if ids else ""
        order += [("finding", place) for id, place in knowledge.vocabulary.position.items() if id not in placed]
        return order, latent

    def _item(self, place: tuple[str, str]) -> Any:
        score, item = place
        return next(each for each in self.knowledge.scores[score].items if each.id == item)

    def values(self, state: State) -> list[int]:
        """Return `state` in the order of the diagrams' variables."""
        return [state[place] if kind == "finding" else -1 for kind, place in self.order]

    def finding(self, variable: int) -> str:
        """Return the finding behind a variable."""
        kind, place = self.order[variable]
        return self.knowledge.vocabulary.findings[place].id if kind == "finding" else self.latent[place]

    def condition(self, tree: Tree) -> Node:
        """Return the diagram of a condition; its ends are True and False."""
        key = repr(tree)
        if key not in self._roots:
            self._roots[key] = self._condition(tree)
        return self._roots[key]

    def _condition(self, tree: Tree) -> Node:
        diagrams = self.diagrams
        if isinstance(tree, bool):
            return diagrams.end(tree)
        if "finding" in tree:
            place = self.knowledge.vocabulary.position[tree["finding"]]
            values = self.knowledge.vocabulary.findings[place].values
            return diagrams.choose(self.variable[place], [diagrams.end(value in tree["in"]) for value in values])
        if "score" in tree:
            low, high = tree["low"], tree["high"]
            return diagrams.combine(lambda total: total is not None and low <= total <= high, self.total(tree["score"]))
        if "term" in tree:
            return self.condition(tree["is"])
        if "not" in tree:
            return diagrams.combine(lambda truth: not truth, self.condition(tree["not"]))
        if "all" in tree:
            return self._fold(lambda a, b: a and b, tree["all"], True)
        return self._fold(lambda a, b: a or b, tree["any"], False)

    def _fold(self, function: Any, trees: Sequence[Tree], start: bool) -> Node:
        result = self.diagrams.end(start)
        for tree in trees:
            result = self.diagrams.combine(function, result, self.condition(tree))
        return result

    def total(self, id: str) -> Node:
        """Return the diagram of a score's total; its ends are numbers, or None where it does not apply."""
        if id not in self._totals:
            score = self.knowledge.scores[id]
            result = self.diagrams.combine(lambda applies: 0 if applies else None, self.condition(score.reading.applies))
            for index in range(len(score.items)):
                result = self.diagrams.combine(
                    lambda a, b: None if a is None else a + b, result, self._points(score, index)
                )
            self._totals[id] = result
        return self._totals[id]

    def _points(self, score: Score, index: int) -> Node:
        """Return the diagram of the points of one item."""
        item, trees, diagrams = score.items[index], score.reading.trees[index], self.diagrams
        open_end: Node = diagrams.end(None)
        if (score.id, item.id) in self.latent:
            variable = self.order.index(("item", (score.id, item.id)))
            open_end = diagrams.choose(variable, [diagrams.end(option.points) for option in item.options])
        result = open_end
        for option, tree in zip(item.options, trees, strict=True):
            result = diagrams.combine(
                lambda holds, rest, points=option.points: points if holds else rest, self.condition(tree), result
            )
        return result

    def action(self, precedence: Precedence) -> Node:
        """Return the diagram of one action; its ends are outcomes, or None where no rule speaks."""
        # Clauses with the same condition and outcome rank alike, so they are walked once.
        roots = [self.condition(tree) for _, tree, _ in precedence.clauses]
        settle = lru_cache(maxsize=None)(lambda places: precedence.outcome(precedence.settle(places)[0]) if places else None)
        return self.diagrams.combine(
            lambda *truths: settle(tuple(place for place, truth in enumerate(truths) if truth)), *roots
        )


class Planner:
    """Finds the plan of any state of the vocabulary.

    Results are kept for each action by the findings that it reads: one changed finding makes
    only the actions that read it be thought through again.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.actions = [_ActionPlan(self, action) for action in knowledge.actions]

    @cached_property
    def compiler(self) -> Compiler:
        """Decision diagrams, made when first needed."""
        return Compiler(self.knowledge)

    def plan(self, state: State) -> tuple[PlanEntry, ...]:
        """Return the entries for a state: by stance, strongest first; decided before undecided."""
        entries = [(place, entry) for place, action in enumerate(self.actions) if (entry := action.entry(state)) is not None]
        entries.sort(key=lambda pair: (_RANK[pair[1].stance], pair[1].status == "undecided", pair[0]))
        return tuple([entry for _, entry in entries])

    def truth(self, tree: Tree, state: State) -> Truth:
        """Return whether a condition holds over every completion, over none, or None."""
        truth = evaluate(tree, Situation(self.knowledge, state))
        if truth is None:
            # Three-valued logic can miss that two parts exclude or complete each other.
            ends = self.compiler.diagrams.reachable(self.compiler.condition(tree), self.compiler.values(state))
            truth = next(iter(ends)) if len(ends) == 1 else None
        return truth

    def reads(self, trees: Iterable[Tree]) -> list[int]:
        """Return the positions of all findings that conditions read, also through scores."""
        knowledge, ids = self.knowledge, set()
        for tree in trees:
            for leaf in leaves(tree):
                ids.update([leaf["finding"]] if "finding" in leaf else knowledge.scores[leaf["score"]].reading.finding_ids)
        return sorted(knowledge.vocabulary.position[id] for id in ids)


_RANK: Mapping[str, int] = {stance: rank for rank, stance in enumerate(STANCES)}


class _ActionPlan:
    """One action: its rules, its conflicts, and the entries found so far."""

    def __init__(self, planner: Planner, action: str) -> None:
        knowledge = planner.knowledge
        self.planner = planner
        self.id = action
        self.precedence = Precedence(knowledge, action)
        self.conflicts = [conflict for conflict in knowledge.conflicts.values() if action in conflict.actions]
        trees = [tree for _, tree, _ in self.precedence.clauses] + [conflict.tree for conflict in self.conflicts]
        places = planner.reads(trees)
        self.width = len(knowledge.vocabulary)
        self.places = places
        self._project = itemgetter(*places) if len(places) > 1 else lambda state: tuple(state[place] for place in places)
        self._kept = lru_cache(maxsize=8192)(self._think)

    @cached_property
    def root(self) -> Node:
        return self.planner.compiler.action(self.precedence)

    def entry(self, state: State) -> PlanEntry | None:
        return self._kept(self._project(state))

    def _think(self, projection: State) -> PlanEntry | None:
        if not self.precedence.clauses:
            return None
        state = [-1] * self.width
        for place, value in zip(self.places, projection, strict=True):
            state[place] = value
        full = tuple(state)
        truths = [self.planner.truth(tree, full) for _, tree, _ in self.precedence.clauses]
        holding = [place for place, truth in enumerate(truths) if truth]
        if None not in truths:
            if not holding:
                return None
            winner, decided_by = self.precedence.settle(holding)
            return self._entry(full, {self.precedence.outcome(winner)}, holding, decided_by, ())
        compiler = self.planner.compiler
        values = compiler.values(full)
        outcomes = compiler.diagrams.reachable(self.root, values)
        if outcomes == {None}:
            return None
        open_ = [place for place, truth in enumerate(truths) if truth is not False]
        if len(outcomes) == 1:
            # Decided although some rule is open: by those that hold if they suffice, else by all.
            winner, decided_by = self.precedence.settle(holding) if holding else (None, None)
            enough = winner is not None and self.precedence.outcome(winner) in outcomes
            return self._entry(full, outcomes, holding if enough else open_, decided_by if enough else None, ())
        variables = compiler.diagrams.support(self.root, values)
        ids = {compiler.finding(variable) for variable in variables}
        depends = tuple(id for id in self.planner.knowledge.vocabulary.position if id in ids)
        return self._entry(full, outcomes, open_, None, depends)

    def _entry(self, state: State, outcomes: Iterable[Outcome | None], places: list[int], decided_by: str | None, depends: tuple[str, ...]) -> PlanEntry:
        given = [outcome for outcome in outcomes if outcome is not None]
        stance = min((outcome.stance for outcome in given), key=_RANK.__getitem__)
        same = [outcome for outcome in given if outcome.stance == stance]
        hours = [outcome.within_hours for outcome in same if outcome.within_hours is not None]
        sides = {outcome.side for outcome in same}
        possible = sorted({outcome.stance for outcome in given}, key=_RANK.__getitem__)
        spoken: dict[bool, dict[str, None]] = {True: {}, False: {}}
        for place in places:
            rule, _, outcome = self.precedence.clauses[place]
            spoken[(outcome.stance in FOR) == (stance in FOR)][rule.id] = None
        return PlanEntry(
            self.id,
            stance,
            "undecided" if depends else "decided",
            min(hours, default=None),
            sides.pop() if len(sides) == 1 else None,
            (*possible, "none") if None in outcomes else tuple(possible),
            tuple(spoken[True]),
            tuple(spoken[False]),
            tuple(conflict.id for conflict in self.conflicts if self.planner.truth(conflict.tree, state)),
            decided_by,
            depends,
        )
