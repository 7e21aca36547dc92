"""How the findings of a vocabulary give the items of a score."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

from casebook.messages import message
from casebook.messages.words import all_of
from casebook.models.expression import ConditionError, Language, Tree, leaves
from casebook.models.finding import Finding, Vocabulary
from casebook.models.score import AsOneLesion, Item, Score


class ScoreReading:
    """How the findings of a vocabulary give the items of one score.

    Parameters
    ----------
    score : Score
    vocabulary : Vocabulary
    language : Language
        In which the conditions of the score are read.

    Raises
    ------
    ConditionError
        If a condition cannot be read, if options of an item overlap, if the bands leave a gap,
        or if two items read the same finding: the range of their sum would not be exact.

    Attributes
    ----------
    trees : list of list of Tree
        Of each item the conditions of its options.
    reads : list of tuple of str
        Of each item the findings that it reads.
    applies : Tree
    notes : list of Tree
    one_lesion : OneLesionReading or None
    finding_ids : tuple of str
        Every finding that the score reads.
    """

    def __init__(self, score: Score, vocabulary: Vocabulary, language: Language) -> None:
        score.check_bands()
        self.trees: list[list[Tree]] = []
        self.reads: list[tuple[str, ...]] = []
        self._left_open: list[bool] = []
        taken: dict[str, str] = {}
        for index, item in enumerate(score.items):
            if item.id in (other.id for other in score.items[:index]):
                raise ConditionError(message("score-item-repeated", item=item.id), ("items", index))
            trees = [
                language.read(option.when, "items", index, "options", each, "when")
                for each, option in enumerate(item.options)
            ]
            ids = {
                leaf["finding"]
                for each, tree in enumerate(trees)
                for leaf in _of_findings(tree, "items", index, "options", each, "when")
            }
            for id in ids & taken.keys():
                what = message("score-item-shared", first=taken[id], second=item.id, finding=id)
                raise ConditionError(what, ("items", index))
            taken |= dict.fromkeys(ids, item.id)
            self.trees.append(trees)
            self.reads.append(tuple(sorted(ids, key=vocabulary.position.__getitem__)))
        self.applies: Tree = language.read(score.applies.when, "applies", "when")
        self.notes: list[Tree] = [
            language.read(note.when, "notes", index, "when") for index, note in enumerate(score.notes)
        ]
        self.one_lesion = OneLesionReading(score.as_one_lesion, language) if score.as_one_lesion else None
        others = {leaf["finding"] for tree in (self.applies, *self.notes) for leaf in _of_findings(tree)}
        if self.one_lesion:
            others |= {leaf["finding"] for tree in self.one_lesion.trees for leaf in _of_findings(tree)}
        self.finding_ids: tuple[str, ...] = tuple(id for id in vocabulary.position if id in taken or id in others)
        for index, item in enumerate(score.items):
            self._left_open.append(self._is_left_open(index, item, vocabulary))

    def leaves_open(self, item: int) -> bool:
        """Return whether some known findings match no option of an item, so that it stays unknown."""
        return self._left_open[item]

    def _is_left_open(self, index: int, item: Item, vocabulary: Vocabulary) -> bool:
        """Match every completion of the findings of an item; raise ConditionError where two options match."""
        table = _Completions([vocabulary.by_id[id] for id in self.reads[index]])
        matching = [table.of(tree) for tree in self.trees[index]]
        once = twice = 0
        for bits in matching:
            once, twice = once | bits, twice | once & bits
        if twice:
            first = twice & -twice
            options = all_of([option.id for option, bits in zip(item.options, matching, strict=True) if bits & first])
            findings = str(dict(zip(self.reads[index], table.every[first.bit_length() - 1], strict=True)))
            what = message("score-item-both", item=item.id, options=options, findings=findings)
            raise ConditionError(what, ("items", index))
        return once != table.all


class _Completions:
    """Every completion of a few findings, and in which of them conditions hold: a bit each."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.index = {finding.id: index for index, finding in enumerate(findings)}
        self.every = list(itertools.product(*(finding.values for finding in findings)))
        self.all = (1 << len(self.every)) - 1

    def of(self, tree: Tree) -> int:
        """Return the completions in which a condition holds, as bits."""
        if isinstance(tree, bool):
            return self.all if tree else 0
        if "finding" in tree:
            index = self.index[tree["finding"]]
            return sum(1 << bit for bit, values in enumerate(self.every) if values[index] in tree["in"])
        if "not" in tree:
            return self.all & ~self.of(tree["not"])
        if "term" in tree:
            return self.of(tree["is"])
        if "all" in tree:
            return reduce(and_, map(self.of, tree["all"]))
        return reduce(or_, map(self.of, tree["any"]))


class OneLesionReading:
    """How findings are read if all foci are one continuous lesion.

    Attributes
    ----------
    when, unless : tree
    replaced : list of (finding, tree, option)
        Each finding that is read as another option, and where.
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
        """Return a condition in which findings are read so."""
        if isinstance(tree, bool):
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


def _of_findings(tree: Tree, *path: str | int) -> Iterator[dict[str, Any]]:
    for leaf in leaves(tree):
        if "score" in leaf:
            raise ConditionError(message("score-of-score", score=leaf["score"]), path)
        yield leaf
