"""Conditions, scores and actions compiled into decision diagrams over the findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from operator import not_
from typing import Literal, NamedTuple

from casebook.inference.diagrams import Diagrams, Node
from casebook.inference.precedence import Precedence
from casebook.knowledge_base import Knowledge
from casebook.models.expression import Tree, leaves
from casebook.models.rule import Outcome, Stance
from casebook.models.scope import left
from casebook.models.score import Item, Score

State = tuple[int, ...]
"""The index of the option of each finding of the vocabulary, -1 if the finding is not assessed."""

AS_ONE_LESION = -1
"""The item of a score that says whether its foci are counted as one lesion."""


class OpenItem(NamedTuple):
    """The variable of a score item that can be undetermined even if its findings are known.

    Attributes
    ----------
    score : int
    item : int
        `AS_ONE_LESION` for whether the foci of the score are counted as one lesion.
    finding : int
        The index of the finding that leaves the item undetermined.
    """

    score: int
    item: int
    finding: int


Variable = int | OpenItem
"""A finding, by its index in the vocabulary, or an open item."""


class Verdict(NamedTuple):
    """The outcome of the rules on an action in a complete patient, and the principle that resolved differences."""

    stance: Stance
    within_hours: int | None
    side: Literal["left", "right"] | None
    decided_by: str | None


@cache
def outcome_of(verdict: Verdict | None) -> Outcome | None:
    """Return the outcome of a verdict."""
    return verdict and interned(Outcome(stance=verdict.stance, within_hours=verdict.within_hours, side=verdict.side))


@cache
def interned(outcome: Outcome) -> Outcome:
    """Return one shared object for all equal outcomes."""
    return outcome


class Compiler:
    """Compiles conditions, scores and actions into decision diagrams over the findings.

    Parameters
    ----------
    knowledge : Knowledge
    variables : sequence of Variable
        In the order of the levels.
    diagrams : Diagrams, optional
        The table to add to; by default a new one.
    conditions, actions : mapping, optional
        Roots that the table already contains, by the text of a condition and by the id of an action.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        variables: Sequence[Variable],
        diagrams: Diagrams | None = None,
        conditions: Mapping[str, Node] | None = None,
        actions: Mapping[str, Node] | None = None,
    ) -> None:
        self.knowledge = knowledge
        self.variables = tuple(variables)
        self.variable = {variable: level for level, variable in enumerate(self.variables)}
        self._open = {each[:2]: level for each, level in self.variable.items() if isinstance(each, OpenItem)}
        self.diagrams = diagrams or Diagrams([options(each, knowledge) for each in self.variables])
        self._conditions = dict(conditions or {})
        self._actions = dict(actions or {})
        self.final = lru_cache(maxsize=None)(self._final)
        self.total = lru_cache(maxsize=None)(self._total)
        self.compared = lru_cache(maxsize=None)(self._compared)

    def condition(self, tree: Tree) -> Node:
        """Return the diagram of a condition; its terminals are True and False."""
        key = repr(tree)
        if key not in self._conditions:
            self._conditions[key] = self._condition(tree)
        return self._conditions[key]

    def _condition(self, tree: Tree) -> Node:
        diagrams = self.diagrams
        if isinstance(tree, bool):
            return diagrams.end(tree)
        if "finding" in tree:
            index = self.knowledge.vocabulary.position[tree["finding"]]
            values = self.knowledge.vocabulary.findings[index].values
            return diagrams.choose(self.variable[index], [diagrams.end(value in tree["in"]) for value in values])
        if "score" in tree:
            low, high = tree["low"], tree["high"]

            def lies_between(total: int | None) -> bool:
                return total is not None and low <= total <= high

            return diagrams.combine(lies_between, self.compared(tree["score"]))
        if "term" in tree:
            return self.condition(tree["is"])
        if "not" in tree:
            return diagrams.combine(not_, self.condition(tree["not"]))
        if "all" in tree:
            return self._fold(bool.__and__, tree["all"], True)
        return self._fold(bool.__or__, tree["any"], False)

    def _fold(self, function: Callable[[bool, bool], bool], trees: Sequence[Tree], start: bool) -> Node:
        result = self.diagrams.end(start)
        for tree in trees:
            result = self.diagrams.combine(function, result, self.condition(tree))
        return result

    def guarded(self, when: Tree, unless: Tree) -> Node:
        """Return the diagram of an item that applies if `when` is true and `unless` is not.

        Its terminals are True, False if `when` is false, and None if `when` and `unless` are both true. The item
        applies if some completion reaches True and none reaches False, so an unknown `unless` does not suppress it.
        """

        def applies(holds: bool, excused: bool) -> bool | None:
            return None if holds and excused else holds

        return self.diagrams.combine(applies, self.condition(when), self.condition(unless))

    # scores ----------------------------------------------------------------------------------

    def item(self, score: Score, index: int, read: Callable[[Tree], Tree] = lambda tree: tree) -> Node:
        """Return the diagram of an item; its terminals are the indices of its options."""
        diagrams, level = self.diagrams, self._open.get((self._index(score), index))
        result: Node = diagrams.end(None)
        if level is not None:
            result = diagrams.choose(level, map(diagrams.end, range(len(score.items[index].options))))
        for option, tree in enumerate(self.knowledge.readings[score.id].trees[index]):

            def chosen(holds: bool, rest: int | None, option: int = option) -> int | None:
                return option if holds else rest

            result = diagrams.combine(chosen, self.condition(read(tree)), result)
        return result

    def band(self, id: str) -> Node:
        """Return the diagram of a score's band; its terminals are indices of bands, or None if the score does not apply."""
        bands = self.knowledge.scores[id].bands

        def band(total: int | None) -> int | None:
            if total is None:
                return None
            return next(index for index, each in enumerate(bands) if each.low <= total <= each.high)

        return self.diagrams.combine(band, self.total(id))

    def _total(self, id: str) -> Node:
        """Return the diagram of a score's total; its terminals are numbers, or None if the score does not apply."""
        return self._sum(self.knowledge.scores[id])

    def total_as_one(self, id: str) -> Node:
        """Return the diagram of a score's total if all foci are counted as one lesion."""
        one = self.knowledge.readings[id].one_lesion
        assert one is not None, id
        return self._sum(self.knowledge.scores[id], one.substituted)

    def _compared(self, id: str) -> Node:
        """Return the diagram of the total that conditions compare, which may be that as one lesion."""
        score, diagrams = self.knowledge.scores[id], self.diagrams
        one = self.knowledge.readings[score.id].one_lesion
        if one is None:
            return self.total(id)
        level = self._open[self._index(score), AS_ONE_LESION]

        def compared(may_be: bool, counted: bool, segments: int | None, lesion: int | None) -> int | None:
            return lesion if may_be and counted else segments

        return diagrams.combine(
            compared,
            self.condition({"all": [one.when, {"not": one.unless}]}),
            diagrams.choose(level, [diagrams.end(False), diagrams.end(True)]),
            self.total(id),
            self.total_as_one(id),
        )

    def _index(self, score: Score) -> int:
        return list(self.knowledge.scores).index(score.id)

    def _sum(self, score: Score, read: Callable[[Tree], Tree] = lambda tree: tree) -> Node:
        """Return the diagram of a total whose items are read from findings in some way."""

        def start(applies: bool) -> int | None:
            return 0 if applies else None

        result = self.diagrams.combine(start, self.condition(self.knowledge.readings[score.id].applies))
        for index, item in enumerate(score.items):

            def plus(total: int | None, option: int, item: Item = item) -> int | None:
                return None if total is None else total + item.options[option].points

            result = self.diagrams.combine(plus, result, self.item(score, index, read))
        return result

    # actions ---------------------------------------------------------------------------------

    def action(self, id: str) -> Node:
        """Return the diagram of one action; its terminals are verdicts, or None if no rule applies."""
        if id not in self._actions:
            self._actions[id] = self._action(Precedence(self.knowledge, id))
        return self._actions[id]

    def _final(self, id: str) -> Node:
        """Return the diagram of an action's outcome in complete patients, after the withdrawals by switches."""
        action = self.knowledge.actions[id]
        gone = [
            (self.condition(switch.tree), stances) for switch in self.knowledge.scopes if (stances := switch.of(action))
        ]

        def final(verdict: Verdict | None, *truths: bool) -> Outcome | None:
            withdrawn = frozenset[Stance]().union(
                *(stances for (_, stances), truth in zip(gone, truths, strict=True) if truth)
            )
            return left(outcome_of(verdict), withdrawn)

        return self.diagrams.combine(final, self.action(id), *(root for root, _ in gone))

    def _action(self, precedence: Precedence) -> Node:
        if not precedence.clauses:
            return self.diagrams.end(None)

        @cache
        def resolved(positions: tuple[int, ...]) -> Verdict | None:
            if not positions:
                return None
            winner, decided_by = precedence.resolve(positions)
            outcome = precedence.outcome(winner)
            return Verdict(outcome.stance, outcome.within_hours, outcome.side, decided_by)

        def verdict(*truths: bool) -> Verdict | None:
            return resolved(tuple(index for index, truth in enumerate(truths) if truth))

        return self.diagrams.combine(verdict, *(self.condition(tree) for _, tree, _ in precedence.clauses))


def options(variable: Variable, knowledge: Knowledge) -> int:
    """Return the number of values of a variable."""
    if not isinstance(variable, OpenItem):
        return len(knowledge.vocabulary.findings[variable].options)
    if variable.item == AS_ONE_LESION:
        return 2
    return len(list(knowledge.scores.values())[variable.score].items[variable.item].options)


def name(variable: Variable, knowledge: Knowledge) -> str:
    """Return the id of a finding, or that of a score and of its item."""
    if not isinstance(variable, OpenItem):
        return knowledge.vocabulary.findings[variable].id
    score = list(knowledge.scores.values())[variable.score]
    return f"{score.id}.{'as_one_lesion' if variable.item == AS_ONE_LESION else score.items[variable.item].id}"


def variables(knowledge: Knowledge, order: Sequence[str] = ()) -> list[Variable]:
    """Return the variables of the diagrams: the findings of each score together, then all others.

    An item that can be undetermined although its finding is known (a lesion that CT does not show
    has no SINS option) has a variable of its own after that finding; its value is never known. The
    same applies to a score whose foci may be counted as one lesion.

    Parameters
    ----------
    knowledge : Knowledge
    order : sequence of str
        Names of variables that are placed first, in this order.
    """
    position = knowledge.vocabulary.position
    found: list[Variable] = []
    for index, score in enumerate(knowledge.scores.values()):
        if knowledge.readings[score.id].applies is False:
            continue
        for item, ids in enumerate(knowledge.readings[score.id].reads):
            found += [position[id] for id in ids]
            if knowledge.readings[score.id].leaves_open(item):
                found.append(OpenItem(index, item, position[ids[-1]] if ids else -1))
        if one := knowledge.readings[score.id].one_lesion:
            found.append(OpenItem(index, AS_ONE_LESION, next(position[leaf["finding"]] for leaf in leaves(one.unless))))
    found += position.values()
    rank: Mapping[str, int] = {name: level for level, name in enumerate(order)}
    return sorted(dict.fromkeys(found), key=lambda each: rank.get(name(each, knowledge), len(rank)))
