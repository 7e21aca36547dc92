"""A tree of every patient that a question can tell apart: one variable after another, equal branches shared.

There are far too many patients for a table of them all, so variables are taken one after another, and patients for whom
all that is still asked is the same go on as one. What nobody can know has a variable of its own that no state fixes.
"""

from __future__ import annotations

import ast
import itertools
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from conditions import Condition, Names, word
from patients import Patient
from scoring import Score

_COMPARE = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda value, words: value in words,
    ast.NotIn: lambda value, words: value not in words,
}
_MIRRORED = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq}

Node = int
"""A place in a tree: what is left to ask."""


class Batch(NamedTuple):
    """Many states, each as one state but for a few variables; -1 in that state is what is not known."""

    state: Sequence[int]
    number: int
    changed: Mapping[int, Mapping[int, np.ndarray]]
    """For a variable, and what it becomes: the places of the states in which it does."""


class Patients:
    """A tree of patients: one variable after another, and a result at each end. Equal branches are one.

    Parameters
    ----------
    sizes : sequence of int
        How many classes of options each variable has.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.axis: list[int] = []
        self.branches: list[tuple[Any, ...]] = []
        self._known: dict[tuple[Any, ...], Node] = {}
        self.false, self.true = self.end(False), self.end(True)

    def end(self, result: Any) -> Node:
        return self._node(len(self.sizes), (result,))

    def split(self, axis: int, branches: tuple[Node, ...]) -> Node:
        """The node that asks for a variable; none where the answer makes no difference."""
        return branches[0] if len(set(branches)) == 1 else self._node(axis, branches)

    def _node(self, axis: int, branches: tuple[Any, ...]) -> Node:
        key = (axis, *branches)
        if key not in self._known:
            self._known[key] = len(self.axis)
            self.axis.append(axis)
            self.branches.append(branches)
        return self._known[key]

    def result(self, node: Node) -> Any:
        return self.branches[node][0]

    def by_table(self, axes: Sequence[int], table: np.ndarray) -> Node:
        """A tree of what an array says for each class of some variables, in their order."""
        if not axes:
            return self.end(table.item())
        return self.split(axes[0], tuple([self.by_table(axes[1:], part) for part in table]))

    def joined(self, join: Callable[[tuple[Node, ...]], tuple[Node, ...] | Node], nodes: Sequence[Node]) -> Node:
        """A tree of several together.

        `join` gets a node of each; it gives an end as soon as they suffice for one, and otherwise the nodes that
        still matter.
        """
        known: dict[tuple[Node, ...], Node] = {}

        def walk(nodes: tuple[Node, ...]) -> Node:
            left = join(nodes)
            if isinstance(left, int):
                return left
            if left not in known:
                axis = min(self.axis[node] for node in left)
                known[left] = self.split(
                    axis,
                    tuple(
                        walk(tuple([self.branches[node][to] if self.axis[node] == axis else node for node in left]))
                        for to in range(self.sizes[axis])
                    ),
                )
            return known[left]

        return walk(tuple(nodes))

    def every(self, nodes: Sequence[Node]) -> Node:
        """Whether all of several hold."""
        return self._until(self.false, self.true, nodes)

    def some(self, nodes: Sequence[Node]) -> Node:
        """Whether at least one of several holds."""
        return self._until(self.true, self.false, nodes)

    def _until(self, decisive: Node, other: Node, nodes: Sequence[Node]) -> Node:
        def join(nodes: tuple[Node, ...]) -> tuple[Node, ...] | Node:
            if decisive in nodes:
                return decisive
            left = tuple(sorted({node for node in nodes if node != other}))
            return left if len(left) > 1 else left[0] if left else other

        return self.joined(join, nodes)

    def no(self, node: Node) -> Node:
        """Whether one does not hold."""
        return self.joined(lambda nodes: {self.false: self.true, self.true: self.false}.get(nodes[0], nodes), [node])

    def reached(self, root: Node, batch: Batch) -> np.ndarray:
        """The ends that completions of many states reach, as bits."""
        found: dict[Node, np.ndarray] = {}
        for node in self._below(root, batch):
            axis, branches = self.axis[node], self.branches[node]
            if axis == len(self.sizes):
                found[node] = np.full(batch.number, branches[0], dtype=np.uint8)
                continue
            at, changed = batch.state[axis], batch.changed.get(axis, {})
            if at >= 0:
                row = found[branches[at]].copy() if changed else found[branches[at]]
            else:
                row = np.bitwise_or.reduce([found[branch] for branch in dict.fromkeys(branches)])
            for to, columns in changed.items():
                row[columns] = found[branches[to]][columns]
            found[node] = row
        return found[root]

    def reached_by(self, root: Node, state: Sequence[int]) -> int:
        """The same for one state, of which no more is looked at than it leaves open."""
        found, met, queue = 0, {root}, [root]
        while queue:
            node = queue.pop()
            axis, branches = self.axis[node], self.branches[node]
            if axis == len(self.sizes):
                found |= branches[0]
            else:
                new = set(branches if state[axis] < 0 else [branches[state[axis]]]) - met
                met |= new
                queue += new
        return found

    def _below(self, root: Node, batch: Batch) -> list[Node]:
        """Nodes below a root that some state may come to, and itself; what a node asks for comes before it."""
        met, queue = {root}, [root]
        while queue:
            node = queue.pop()
            axis, branches = self.axis[node], self.branches[node]
            if axis < len(self.sizes):
                at = batch.state[axis]
                new = set(branches if at < 0 else [branches[to] for to in (at, *batch.changed.get(axis, ()))]) - met
                met |= new
                queue += new
        return sorted(met)

    def asked(self, root: Node) -> set[int]:
        """The variables on which a result really depends."""
        met, queue = {root}, [root]
        while queue:
            node = queue.pop()
            if self.axis[node] < len(self.sizes):
                new = set(self.branches[node]) - met
                met |= new
                queue += new
        return {self.axis[node] for node in met} - {len(self.sizes)}


class Reading:
    """Conditions and scores as trees over classes of options.

    Parameters
    ----------
    classes : mapping
        For each variable, in the order in which the tree asks: its options, those together that nothing tells apart.
    """

    def __init__(self, classes: Mapping[str, list[list[Any]]]) -> None:
        self.variables = list(classes)
        self.axis = {id: axis for axis, id in enumerate(classes)}
        self.firsts = {id: [each[0] for each in options] for id, options in classes.items()}
        self.patients = Patients([len(options) for options in classes.values()])
        self.condition = cache(self._condition)
        self.total = cache(self._total)

    def _condition(self, condition: Condition) -> Node:
        return self._walk(condition.tree, condition.names)

    def _walk(self, node: ast.expr, names: Names) -> Node:
        patients = self.patients
        match node:
            case ast.Constant(value=bool(truth)):
                return patients.true if truth else patients.false
            case ast.Name(id=term):
                return self.condition(names.terms[term])
            case ast.UnaryOp(operand=part):
                return patients.no(self._walk(part, names))
            case ast.BoolOp(op=op, values=parts):
                join = patients.every if isinstance(op, ast.And) else patients.some
                return join([self._walk(part, names) for part in parts])
            case ast.Compare(left=left, ops=ops, comparators=rights):
                pairs = zip([left, *rights], ops, rights, strict=False)
                return patients.every([self._compare(a, op, b, names) for a, op, b in pairs])
        raise AssertionError(ast.dump(node))

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr, names: Names) -> Node:
        if isinstance(left, ast.Constant):  # 7 <= sins
            return self._compare(right, _MIRRORED[type(op)](), left, names)
        test, wanted = _COMPARE[type(op)], word(right)
        if isinstance(left, ast.Attribute):
            score = names.scores[left.value.id]
            return self.of_total(score, lambda total: test(score.band(total), wanted))
        if left.id in names.scores:
            return self.of_total(names.scores[left.id], lambda total: test(total, wanted))
        ends = (self.patients.false, self.patients.true)
        branches = tuple([ends[bool(test(value, wanted))] for value in self.firsts[left.id]])
        return self.patients.split(self.axis[left.id], branches)

    def of_total(self, score: Score, asked: Callable[[int], Any]) -> Node:
        """A tree of what is asked of the total of a score."""
        axes, totals = self.total(score)
        each, places = np.unique(totals, return_inverse=True)
        return self.patients.by_table(
            axes, np.array([asked(int(total)) for total in each])[places.reshape(totals.shape)]
        )

    def _total(self, score: Score) -> tuple[list[int], np.ndarray]:
        """The variables of a score, and its total for each class of them."""
        axes = sorted(self.axis[id] for id in score.variables if id in self.axis)
        ids = [self.variables[axis] for axis in axes]
        return axes, _totals(score, tuple((id, tuple(self.firsts[id])) for id in ids))


@cache
def _totals(score: Score, firsts: tuple[tuple[str, tuple[Any, ...]], ...]) -> np.ndarray:
    """The total of a score for each choice among some options of what it depends on."""
    ids = [id for id, _ in firsts]
    every = itertools.product(*(each for _, each in firsts))
    by_segments = {score.one_lesion: False}
    patients = (Patient(score.names, by_segments | dict(zip(ids, each, strict=True))) for each in every)
    totals = [int(score.total(patient)) for patient in patients]
    return np.array(totals).reshape([len(each) for _, each in firsts])


# What tells options apart ------------------------------------------------------------------------


def classes(options: Sequence[Any], signs: Callable[[Any], Any]) -> list[list[Any]]:
    """The options of a variable, those together that have the same sign."""
    found: dict[Any, list[Any]] = {}
    for value in options:
        found.setdefault(signs(value), []).append(value)
    return list(found.values())


def sign(conditions: Iterable[Condition], id: str, value: Any) -> tuple[Any, ...]:
    """How the comparisons of conditions, and the scores that they read, see an option."""
    conditions = tuple(conditions)
    scores = dict.fromkeys(each.names.scores[score] for each in conditions for score in sorted(each.scores))
    return (*(_told(each, id, value) for each in conditions), *(pointed(score, id, value) for score in scores))


@cache
def _told(condition: Condition, id: str, value: Any) -> tuple[bool, ...]:
    """How the comparisons of a condition with a finding come out, terms included."""
    return tuple(
        _COMPARE[type(op)](value, word(right))
        for left, op, right in condition.comparisons()
        if isinstance(left, ast.Name) and left.id == id
    )


@cache
def pointed(score: Score, id: str, value: Any) -> tuple[Any, ...]:
    """What a score makes of an option, whatever else an item reads."""
    if id in score.never_known:
        return (value,)
    found: list[Any] = []
    for item, points in score.points.items():
        read = score.reads(item)
        if id in read:
            others = itertools.product(*([value] if each == id else score.names.options(each) for each in read))
            options = (score.option(item, dict(zip(read, each, strict=True))) for each in others)
            found.append(tuple(points.get(option) for option in options))
    if score.as_one:
        when, unless, counted = score.as_one
        found += [_told(each, id, value) for each in (when, unless, *(one for _, _, one in counted))]
    return tuple(found)
