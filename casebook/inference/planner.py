"""The plan: which recommendations stand for a state, which are still open, and on what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import Any, Literal

from casebook.inference.compiler import Compiler, State
from casebook.inference.counterfactual import Reach
from casebook.inference.diagrams import Node
from casebook.inference.precedence import Precedence
from casebook.knowledge_base import Knowledge
from casebook.models.expression import Tree, Truth, leaves
from casebook.models.finding import Value
from casebook.models.rule import FOR, STANCES, Clause, Outcome, Rule, Stance
from casebook.models.scope import ALL, Withdrawn, left, resolved


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


class Projection:
    """The findings that something reads: what it makes of a state hangs on them alone."""

    def __init__(self, places: Sequence[int], width: int) -> None:
        self._places = places
        self._width = width
        self.of: Callable[[State], State] = (
            itemgetter(*places) if len(places) > 1 else lambda state: tuple(state[place] for place in places)
        )

    def state(self, projection: State) -> State:
        """Return the state in which all other findings are not assessed."""
        state = [-1] * self._width
        for place, value in zip(self._places, projection, strict=True):
            state[place] = value
        return tuple(state)


class Judge:
    """One condition, or several of which one is enough, and the truths found so far by the findings they read."""

    def __init__(self, planner: Planner, trees: Sequence[Tree]) -> None:
        self._planner = planner
        self._tree: Tree = trees[0] if len(trees) == 1 else {"any": list(trees)}
        places = planner.reads(trees)
        self._projection = Projection(places, len(planner.knowledge.vocabulary))
        self._variables = [planner.compiler.variable[place] for place in places]
        self._of_projection = lru_cache(maxsize=4096)(self._judge)

    def truth(self, state: State) -> Truth:
        """Return whether the condition holds over every completion, over none, or None."""
        return self._of_projection(self._projection.of(state))

    @cached_property
    def _root(self) -> Node:
        return self._planner.compiler.condition(self._tree)

    def _judge(self, projection: State) -> Truth:
        diagrams = self._planner.compiler.diagrams
        values = [-1] * len(diagrams.sizes)
        for variable, option in zip(self._variables, projection, strict=True):
            values[variable] = option
        return diagrams.truth(self._root, values)


class Planner:
    """Finds the plan of any state of the vocabulary.

    Results are kept for each action by the findings that it reads: one changed finding makes
    only the actions that read it be thought through again.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self._judges: dict[tuple[int, ...], Judge] = {}
        self.actions = [ActionPlan(self, action) for action in knowledge.actions]
        self.by_id = {action.id: action for action in self.actions}
        self.bands = lru_cache(maxsize=None)(self._bands)

    @cached_property
    def compiler(self) -> Compiler:
        """Decision diagrams, made when first needed."""
        return Compiler(self.knowledge)

    def _bands(self, id: str) -> Reach:
        """Return the reach of a score; its ends are bands, or None where it does not apply."""
        score, compiler = self.knowledge.scores[id], self.compiler
        band = compiler.diagrams.combine(
            lambda total: None if total is None else score.bands_of(frozenset([total]))[0], compiler.total(id)
        )
        return Reach(compiler, band)

    def plan(self, state: State) -> tuple[PlanEntry, ...]:
        """Return the entries for a state that no switch withdraws: by stance, strongest first; decided before undecided."""
        entries = [
            (place, entry) for place, action in enumerate(self.actions) if (entry := action.entry(state)) is not None
        ]
        entries.sort(key=lambda pair: (_RANK[pair[1].stance], pair[1].status == "undecided", pair[0]))
        return tuple([entry for _, entry in entries])

    def truth(self, tree: Tree, state: State) -> Truth:
        """Return whether a condition of the knowledge holds over every completion, over none, or None."""
        return self.judge((tree,)).truth(state)

    def truth_of_any(self, trees: Sequence[Tree], state: State) -> Truth:
        """Return the same of several conditions of the knowledge of which one is enough."""
        return self.judge(trees).truth(state)

    def judge(self, trees: Sequence[Tree]) -> Judge:
        """Return what judges a condition of the knowledge, or several of which one is enough."""
        # By identity: a judge holds its conditions, so that no others ever have theirs.
        key = tuple(map(id, trees))
        judge = self._judges.get(key)
        if judge is None:
            judge = self._judges[key] = Judge(self, trees)
        return judge

    def open_findings(self, tree: Tree, state: State) -> tuple[str, ...]:
        """Return the findings on which a condition still depends, in the order of the vocabulary."""
        return self.support(self.compiler.condition(tree), self.compiler.values(state))

    def support(self, root: Node, values: Sequence[int]) -> tuple[str, ...]:
        """Return the findings on which a diagram still depends, in the order of the vocabulary."""
        ids = {self.compiler.finding(variable) for variable in self.compiler.diagrams.support(root, values)}
        return tuple(sorted(ids, key=self.knowledge.vocabulary.position.__getitem__))

    def reads(self, trees: Iterable[Tree]) -> list[int]:
        """Return the positions of all findings that conditions read, also through scores."""
        knowledge, ids = self.knowledge, set()
        for tree in trees:
            for leaf in leaves(tree):
                ids.update(
                    [leaf["finding"]] if "finding" in leaf else knowledge.scores[leaf["score"]].reading.finding_ids
                )
        return sorted(knowledge.vocabulary.position[id] for id in ids)

    def alike(self, trees: Sequence[Tree]) -> dict[int, tuple[int, ...]]:
        """Return for each finding that conditions read which of its options they do not tell apart.

        Returns
        -------
        dict of int to tuple of int
            For every option the first that is like it to all the conditions; after the last -1,
            for what is not assessed is like no option.
        """
        findings = self.knowledge.vocabulary.findings
        asked: dict[int, list[Collection[Value]]] = {place: [] for place in self.reads(trees)}
        for leaf in self._of_findings(trees):
            asked[self.knowledge.vocabulary.position[leaf["finding"]]].append(leaf["in"])
        found = {}
        for place, wanted in asked.items():
            answers = [tuple([value in each for each in wanted]) for value in findings[place].values]
            found[place] = (*map(answers.index, answers), -1)
        return found

    def _of_findings(self, trees: Iterable[Tree]) -> Iterator[Mapping[str, Any]]:
        """Yield every comparison of a finding, also those that the total of a score hangs on."""
        for tree in trees:
            for leaf in leaves(tree):
                if "finding" in leaf:
                    yield leaf
                else:
                    yield from self._of_findings(self.knowledge.scores[leaf["score"]].reading.conditions)


_RANK: Mapping[str, int] = {stance: rank for rank, stance in enumerate(STANCES)}


class ActionPlan:
    """One action: its rules, its conflicts, what withdraws it, and the entries found so far.

    Attributes
    ----------
    switches : list of (tree, stances)
        Conditions that, once they are recorded, withdraw stances of the action.
    """

    def __init__(self, planner: Planner, action: str) -> None:
        knowledge = planner.knowledge
        self.planner = planner
        self.id = action
        self.precedence = Precedence(knowledge, action)
        self.conflicts = [conflict for conflict in knowledge.conflicts.values() if action in conflict.actions]
        self.switches: list[tuple[Tree, Withdrawn]] = [
            (switch.tree, gone) for switch in knowledge.scopes if (gone := switch.of(knowledge.actions[action]))
        ]
        trees = [
            *(tree for _, tree, _ in self.precedence.clauses),
            *(conflict.tree for conflict in self.conflicts),
            *(tree for tree, _ in self.switches),
        ]
        alike = planner.alike(trees)
        self.scores = {leaf["score"] for tree in trees for leaf in leaves(tree) if "score" in leaf}
        self.places = tuple(alike)
        self._alike = tuple(alike.values())
        self._judges = [planner.judge((tree,)) for _, tree, _ in self.precedence.clauses]
        self._in_play = [(conflict.id, planner.judge((conflict.tree,))) for conflict in self.conflicts]
        self._withdrawing = [(planner.judge((tree,)), gone) for tree, gone in self.switches]
        self._projection = Projection(self.places, len(knowledge.vocabulary))
        self._of_options = lru_cache(maxsize=8192)(self._with_those_alike)
        self._of_projection = lru_cache(maxsize=8192)(self._think)
        # Of many projections the same is said: it is put together once.
        self._settle = lru_cache(maxsize=1024)(self.precedence.settle)
        self._entry = lru_cache(maxsize=8192)(self._put_together)
        self._roots = lru_cache(maxsize=None)(self._under)
        self._emergencies = lru_cache(maxsize=None)(self._emergency)

    @cached_property
    def sides(self) -> Mapping[bool, Sequence[tuple[Rule, Sequence[Clause]]]]:
        """Under True the rules that speak for the action, under False those against it, each with its clauses there."""
        sides: dict[bool, dict[str, tuple[Rule, list[Clause]]]] = {True: {}, False: {}}
        for rule in self.planner.knowledge.rules.values():
            for clause in rule.clauses:
                if self.id in clause.then:
                    side = sides[clause.then[self.id].stance in FOR]
                    side.setdefault(rule.id, (rule, []))[1].append(clause)
        return {in_favour: list(rules.values()) for in_favour, rules in sides.items()}

    @cached_property
    def root(self) -> Node:
        """The diagram of what the rules say; its ends are outcomes, or None where no rule applies."""
        return self.planner.compiler.action(self.precedence)

    @cached_property
    def final(self) -> Node:
        """The diagram of the plan of complete patients: what the rules say, less what switches withdraw."""
        return self.planner.compiler.diagrams.combine(lambda end: left(*end), self._switched)

    @cached_property
    def _switched(self) -> Node:
        """The diagram of outcomes, each with the stances that switches withdraw."""
        compiler = self.planner.compiler
        stances = [gone for _, gone in self.switches]
        withdrawn = lru_cache(maxsize=None)(
            lambda truths: frozenset().union(*(gone for gone, truth in zip(stances, truths, strict=True) if truth))
        )
        return compiler.diagrams.combine(
            lambda outcome, *truths: (outcome, withdrawn(truths)),
            self.root,
            *(compiler.condition(tree) for tree, _ in self.switches),
        )

    @cached_property
    def reach(self) -> Reach:
        """What is said of the action as findings are, and after few changes of them."""
        if not self.switches:
            return Reach(self.planner.compiler, self.root)
        return Reach(self.planner.compiler, self._switched, resolved)

    def _under(self, withdrawn: Withdrawn) -> Node:
        """Return the diagram of what the rules say where some stances are withdrawn."""
        if not withdrawn:
            return self.root
        return self.planner.compiler.diagrams.combine(lambda outcome: left(outcome, withdrawn), self.root)

    def _emergency(self, withdrawn: Withdrawn) -> Node:
        """Return the diagram of whether the action is an emergency."""
        return self.planner.compiler.diagrams.combine(
            lambda outcome: outcome is not None and outcome.stance == "emergency", self._roots(withdrawn)
        )

    def outcomes(self, state: State) -> frozenset[Outcome | None]:
        """Return every outcome that some completion of a state reaches; None where no rule applies."""
        withdrawn = self._withdrawn(state)
        if withdrawn == ALL or not self.precedence.clauses:
            return frozenset({None})
        compiler = self.planner.compiler
        return compiler.diagrams.reachable(self._roots(withdrawn), compiler.values(state))

    def _withdrawn(self, state: State) -> Withdrawn:
        """Return the stances that the recorded findings withdraw."""
        gone: Withdrawn = frozenset()
        for judge, stances in self._withdrawing:
            if judge.truth(state):
                gone |= stances
        return gone

    def entry(self, state: State) -> PlanEntry | None:
        """Return what is said of the action in a state, or None where nothing is."""
        return self._of_options(self._projection.of(state))

    def _with_those_alike(self, options: State) -> PlanEntry | None:
        """Think once through options that no condition tells apart: the first of them stands for all."""
        return self._of_projection(tuple([alike[option] for alike, option in zip(self._alike, options, strict=True)]))

    def _think(self, projection: State) -> PlanEntry | None:
        full = self._projection.state(projection)
        withdrawn = self._withdrawn(full)
        if withdrawn == ALL or not self.precedence.clauses:
            return None
        truths = [judge.truth(full) for judge in self._judges]
        holding = tuple([place for place, truth in enumerate(truths) if truth])
        in_play = tuple([id for id, judge in self._in_play if judge.truth(full)])
        if None not in truths:
            if not holding:
                return None
            winner, decided_by = self._settle(holding)
            outcome = left(self.precedence.outcome(winner), withdrawn)
            kept = self._kept(holding, withdrawn)
            return None if outcome is None else self._entry(frozenset([outcome]), kept, in_play, decided_by)
        compiler = self.planner.compiler
        values, root = compiler.values(full), self._roots(withdrawn)
        outcomes = compiler.diagrams.reachable(root, values)
        if outcomes == {None}:
            return None
        open_ = self._kept([place for place, truth in enumerate(truths) if truth is not False], withdrawn)
        if len(outcomes) == 1:
            # Decided although some rule is open: by those that hold if they suffice, else by all.
            winner, decided_by = self._settle(holding) if holding else (None, None)
            enough = winner is not None and self.precedence.outcome(winner) in outcomes
            places = self._kept(holding, withdrawn) if enough else open_
            return self._entry(outcomes, places, in_play, decided_by if enough else None)
        depends = self.planner.support(root, values)
        urgent = any(outcome is not None and outcome.stance == "emergency" for outcome in outcomes)
        on = self.planner.support(self._emergencies(withdrawn), values) if urgent else ()
        return self._entry(outcomes, open_, in_play, None, depends, on)

    def _kept(self, places: Sequence[int], withdrawn: Withdrawn) -> tuple[int, ...]:
        """Return the clauses that say something which is not withdrawn."""
        return tuple([place for place in places if self.precedence.outcome(place).stance not in withdrawn])

    def _put_together(
        self,
        outcomes: frozenset[Outcome | None],
        places: tuple[int, ...],
        in_play: tuple[str, ...],
        decided_by: str | None,
        depends: tuple[str, ...] = (),
        urgent: tuple[str, ...] = (),
    ) -> PlanEntry:
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
            in_play,
            decided_by,
            depends,
            urgent,
        )
