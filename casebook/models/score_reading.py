"""The derivation of score items from the findings of a vocabulary."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce

from casebook.messages import message
from casebook.messages.words import all_of
from casebook.models.expression import ConditionError, Language, Tree, leaves
from casebook.models.finding import Value, Vocabulary
from casebook.models.score import AsOneLesion, Item, Score


class ScoreReading:
    """The derivation of the items of one score from the findings of a vocabulary.

    Parameters
    ----------
    score : Score
    vocabulary : Vocabulary
    language : Language
        The language in which the conditions of the score are read.
    other : callable
        Returns the reading of another score on which an item depends.

    Raises
    ------
    ConditionError
        If a condition cannot be read, if options of an item overlap, if the bands leave a gap,
        or if scores read each other in a circle.

    Attributes
    ----------
    trees : list of list of Tree
        For each item, the conditions of its options.
    reads : list of tuple of str
        For each item, the findings that it reads, directly or through other scores.
    applies : Tree
    notes : list of Tree
    one_lesion : OneLesionReading or None
    counted : frozenset of str
        The findings on which the total depends.
    finding_ids : tuple of str
        Every finding that the score reads.
    totals : tuple of int or None
        Every total within the scale, and None unless the score always applies.
    """

    def __init__(
        self, score: Score, vocabulary: Vocabulary, language: Language, other: Callable[[str], ScoreReading]
    ) -> None:
        score.check_bands()
        self.trees: list[list[Tree]] = []
        self.reads: list[tuple[str, ...]] = []
        self._left_open: list[bool] = []
        for index, item in enumerate(score.items):
            if item.id in (earlier.id for earlier in score.items[:index]):
                raise ConditionError(message("score-item-repeated", item=item.id), ("items", index))
            trees = [
                language.read(option.when, "items", index, "options", each, "when")
                for each, option in enumerate(item.options)
            ]
            findings, scores = _compared(trees)
            readings = {id: _joined(id, other, index) for id in scores}
            read = {*findings}.union(*(reading.counted for reading in readings.values()))
            values = {id: vocabulary.by_id[id].values for id in findings}
            self.trees.append(trees)
            self.reads.append(tuple(id for id in vocabulary.position if id in read))
            self._left_open.append(
                _is_left_open(index, item, trees, values | {id: each.totals for id, each in readings.items()})
            )
        self.applies: Tree = language.read(score.applies.when, "applies", "when")
        self.notes: list[Tree] = [
            language.read(note.when, "notes", index, "when") for index, note in enumerate(score.notes)
        ]
        self.one_lesion = OneLesionReading(score.as_one_lesion, language) if score.as_one_lesion else None
        others = (self.applies, *(self.one_lesion.trees if self.one_lesion else ()))
        self.counted = frozenset(id for tree in others for id in _of_findings(tree)).union(*self.reads)
        every = self.counted.union(id for tree in self.notes for id in _of_findings(tree))
        self.finding_ids: tuple[str, ...] = tuple(id for id in vocabulary.position if id in every)
        numbers = range(score.minimum, score.maximum + 1)
        self.totals: tuple[int | None, ...] = (*numbers, *(() if self.applies is True else (None,)))

    def leaves_open(self, item: int) -> bool:
        """Return whether some known findings match no option of an item, so that it stays unknown."""
        return self._left_open[item]


class ScoreReadings:
    """The readings of all scores; a score is read after those on which its items depend."""

    def __init__(self, scores: Mapping[str, Score], vocabulary: Vocabulary, language: Language) -> None:
        self._scores, self._vocabulary, self._language = scores, vocabulary, language
        self._made: dict[str, ScoreReading] = {}
        self._begun: list[str] = []

    def of(self, score: str) -> ScoreReading:
        """Return the reading of a score; raise ConditionError if it cannot be read."""
        if score in self._begun:
            raise ConditionError(message("score-circle", scores=" → ".join([*self._begun, score])))
        if score not in self._made:
            self._begun.append(score)
            try:
                self._made[score] = ScoreReading(self._scores[score], self._vocabulary, self._language, self.of)
            finally:
                self._begun.pop()
        return self._made[score]


def _joined(score: str, other: Callable[[str], ScoreReading], item: int) -> ScoreReading:
    """Return the reading of another score; report its faults at the item that depends on it."""
    try:
        return other(score)
    except ConditionError as error:
        raise ConditionError(str(error), ("items", item)) from None


def _compared(trees: Iterable[Tree]) -> tuple[dict[str, None], dict[str, None]]:
    """Return the findings and the scores that conditions compare."""
    compared = list(itertools.chain.from_iterable(map(leaves, trees)))
    findings = dict.fromkeys(leaf["finding"] for leaf in compared if "finding" in leaf)
    return findings, dict.fromkeys(leaf["score"] for leaf in compared if "score" in leaf)


def _is_left_open(index: int, item: Item, trees: Sequence[Tree], values: Mapping[str, Sequence[Value | None]]) -> bool:
    """Return whether no option matches some completion; raise ConditionError if two options match the same one."""
    table = _Completions(values)
    matching = [table.of(tree) for tree in trees]
    once = twice = 0
    for bits in matching:
        once, twice = once | bits, twice | once & bits
    if twice:
        first = twice & -twice
        options = all_of([option.id for option, bits in zip(item.options, matching, strict=True) if bits & first])
        findings = str(dict(zip(values, table.every[first.bit_length() - 1], strict=True)))
        what = message("score-item-both", item=item.id, options=options, findings=findings)
        raise ConditionError(what, ("items", index))
    return once != table.all


class _Completions:
    """All completions of a few findings and totals, and as bits, the completions in which a condition is true."""

    def __init__(self, values: Mapping[str, Sequence[Value | None]]) -> None:
        self.index = {id: index for index, id in enumerate(values)}
        self.every = list(itertools.product(*values.values()))
        self.all = (1 << len(self.every)) - 1

    def of(self, tree: Tree) -> int:
        """Return the completions in which a condition is true, as bits."""
        if isinstance(tree, bool):
            return self.all if tree else 0
        if "finding" in tree:
            index = self.index[tree["finding"]]
            return sum(1 << bit for bit, values in enumerate(self.every) if values[index] in tree["in"])
        if "score" in tree:
            index, totals = self.index[tree["score"]], range(tree["low"], tree["high"] + 1)
            return sum(1 << bit for bit, values in enumerate(self.every) if values[index] in totals)
        if "not" in tree:
            return self.all & ~self.of(tree["not"])
        if "term" in tree:
            return self.of(tree["is"])
        if "all" in tree:
            return reduce(int.__and__, map(self.of, tree["all"]))
        return reduce(int.__or__, map(self.of, tree["any"]))


class OneLesionReading:
    """The reading of findings if all foci are one continuous lesion.

    Attributes
    ----------
    when, unless : tree
    replaced : list of (finding, tree, option)
        Each finding that is read as another option, and the condition for it.
    """

    def __init__(self, given: AsOneLesion, language: Language) -> None:
        at = "as_one_lesion"
        self.when: Tree = language.read(given.when, at, "when")
        self.unless: Tree = language.read(given.unless, at, "unless")
        self.replaced = [
            (each.finding, language.read(each.when, at, "set", index, "when"), each.to)
            for index, each in enumerate(given.set)
        ]

    @property
    def trees(self) -> tuple[Tree, ...]:
        """Every condition of the reading."""
        return (self.when, self.unless, *(tree for _, tree, _ in self.replaced))

    def substituted(self, tree: Tree) -> Tree:
        """Return a condition with the replaced findings substituted."""
        if isinstance(tree, bool) or "score" in tree:
            return tree
        if "finding" in tree:
            for id, when, to in self.replaced:
                if id == tree["finding"]:
                    return {"any": [{"all": [when, to in tree["in"]]}, {"all": [{"not": when}, tree]}]}
            return tree
        for name in ("not", "is"):
            if name in tree:
                return self.substituted(tree[name]) if name == "is" else {"not": self.substituted(tree[name])}
        name = "all" if "all" in tree else "any"
        return {name: [self.substituted(part) for part in tree[name]]}


def _of_findings(tree: Tree) -> Iterator[str]:
    """Yield the findings that a condition reads; raise ConditionError if it reads a score."""
    for leaf in leaves(tree):
        if "score" in leaf:
            raise ConditionError(message("score-of-score", score=leaf["score"]))
        yield leaf["finding"]
