"""Conditions, scores and actions compiled into decision diagrams over the findings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from casebook.inference.diagrams import Diagrams, Node
from casebook.inference.precedence import Precedence
from casebook.knowledge_base import Knowledge
from casebook.models.expression import Tree, leaves
from casebook.models.score import Score

AS_ONE_LESION = "as_one_lesion"
"""The variable of a score that says whether its foci are counted as one lesion; nobody knows it."""

State = tuple[int, ...]
"""For each finding of the vocabulary the position of its option, -1 where it is not assessed."""


class Compiler:
    """Turns conditions and actions into decision diagrams over the findings."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.order, self.latent = self._variables()
        findings = knowledge.vocabulary.findings
        self.variable = {place: variable for variable, (kind, place) in enumerate(self.order) if kind == "finding"}
        self.diagrams = Diagrams(
            [
                len(findings[place].options) if kind == "finding" else self._open_options(place)
                for kind, place in self.order
            ]
        )
        self._roots: dict[str, Node] = {}
        self._totals: dict[str, Node] = {}
        self._compared: dict[str, Node] = {}

    def _variables(self) -> tuple[list[tuple[str, Any]], dict[tuple[str, str], str]]:
        """Order the variables: each score's findings together, then all others.

        An item that some finding leaves open even when it is known (a lesion that CT does not
        show has no SINS option) gets a variable of its own behind that finding, never known. So does
        a score that may be counted as one lesion.
        """
        knowledge = self.knowledge
        order: list[tuple[str, Any]] = []
        latent: dict[tuple[str, str], str] = {}
        placed: set[str] = set()
        for score in knowledge.scores.values():
            if score.reading.applies is False:
                continue
            for item, ids in zip(score.items, score.reading.reads, strict=True):
                order += [("finding", knowledge.vocabulary.position[id]) for id in ids if id not in placed]
                placed.update(ids)
                if score.reading.leaves_open(item.id):
                    order.append(("item", (score.id, item.id)))
                    latent[score.id, item.id] = ids[-1] if ids else ""
            if one := score.reading.one_lesion:
                order.append(("item", (score.id, AS_ONE_LESION)))
                latent[score.id, AS_ONE_LESION] = next(leaf["finding"] for leaf in leaves(one.unless))
        order += [("finding", place) for id, place in knowledge.vocabulary.position.items() if id not in placed]
        return order, latent

    def _open_options(self, place: tuple[str, str]) -> int:
        """Return how many options an item has that findings may leave open."""
        score, item = place
        if item == AS_ONE_LESION:
            return 2
        return next(len(each.options) for each in self.knowledge.scores[score].items if each.id == item)

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
            total = self.compared(tree["score"])
            return diagrams.combine(lambda total: total is not None and low <= total <= high, total)
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
            self._totals[id] = self._sum(self.knowledge.scores[id])
        return self._totals[id]

    def compared(self, id: str) -> Node:
        """Return the diagram of the total that conditions compare, which may be that as one lesion."""
        score = self.knowledge.scores[id]
        one = score.reading.one_lesion
        if one is None:
            return self.total(id)
        if id not in self._compared:
            diagrams = self.diagrams
            may_be = self.condition({"all": [one.when, {"not": one.unless}]})
            counted = diagrams.choose(
                self.order.index(("item", (id, AS_ONE_LESION))), [diagrams.end(False), diagrams.end(True)]
            )
            self._compared[id] = diagrams.combine(
                lambda may_be, as_one, segments, lesion: lesion if may_be and as_one else segments,
                may_be,
                counted,
                self.total(id),
                self._sum(score, one.substituted),
            )
        return self._compared[id]

    def _sum(self, score: Score, read: Callable[[Tree], Tree] = lambda tree: tree) -> Node:
        """Return the diagram of a total whose items are read from findings in some way."""
        result = self.diagrams.combine(lambda applies: 0 if applies else None, self.condition(score.reading.applies))
        for index in range(len(score.items)):
            result = self.diagrams.combine(
                lambda a, b: None if a is None else a + b, result, self._points(score, index, read)
            )
        return result

    def _points(self, score: Score, index: int, read: Callable[[Tree], Tree]) -> Node:
        """Return the diagram of the points of one item."""
        item, trees, diagrams = score.items[index], score.reading.trees[index], self.diagrams
        open_end: Node = diagrams.end(None)
        if (score.id, item.id) in self.latent:
            variable = self.order.index(("item", (score.id, item.id)))
            open_end = diagrams.choose(variable, [diagrams.end(option.points) for option in item.options])
        result = open_end
        for option, tree in zip(item.options, trees, strict=True):
            result = diagrams.combine(
                lambda holds, rest, points=option.points: points if holds else rest, self.condition(read(tree)), result
            )
        return result

    def action(self, precedence: Precedence) -> Node:
        """Return the diagram of one action; its ends are outcomes, or None where no rule speaks."""
        # Clauses with the same condition and outcome rank alike, so they are walked once.
        roots = [self.condition(tree) for _, tree, _ in precedence.clauses]
        settle = lru_cache(maxsize=None)(
            lambda places: precedence.outcome(precedence.settle(places)[0]) if places else None
        )
        return self.diagrams.combine(
            lambda *truths: settle(tuple(place for place, truth in enumerate(truths) if truth)), *roots
        )
