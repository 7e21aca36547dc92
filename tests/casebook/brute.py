"""Every complete patient gone through, with the second evaluator, many at once.

Conditions are read from the YAML and walked here again, on arrays; scores come from the tables in
`published`, and rules that differ are settled by `plain.in_force`. Options that no condition and no
table tells apart are gone through once for all of them, and of a patient only what the target reads:
both lose nothing. That leaves at most some seventy million patients for a target. What is so of all
of them is a table, and every state, however little of it is known, is a part of that table.
"""

from __future__ import annotations

import ast
import itertools
import math
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, reduce
from typing import Any, NamedTuple

import numpy as np
import plain
import published

Findings = Mapping[str, Any]
OPEN = "sins.bone_lesion"
"""The SINS item that CT may leave open, as a variable of its own that nobody ever knows."""

AT_ONCE = 1 << 20
"""Patients whose results are worked out together."""

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


@cache
def values(id: str) -> list[Any]:
    """Options of a finding, or of the item that stays open."""
    return list(published.POINTS["sins"]["bone_lesion"]) if id == OPEN else published.FINDINGS[id]


@cache
def parsed(text: str) -> ast.expr:
    return ast.parse(text.strip(), mode="eval").body


def _word(node: ast.expr) -> Any:
    match node:
        case ast.Name(id=word):
            return word
        case ast.Constant(value=value):
            return value
        case ast.Set(elts=elements):
            return {_word(each) for each in elements}
    raise AssertionError(ast.dump(node))


@cache
def reads(text: str) -> tuple[str, ...]:
    """Findings behind a condition, through terms and scores too."""
    found: dict[str, None] = {}
    for word in re.findall(r"[a-z_]+", text):
        if word in plain.TERMS:
            found |= dict.fromkeys(reads(plain.TERMS[word].text))
        elif word in published.READINGS:
            found |= dict.fromkeys(score_reads(word))
        elif word in published.FINDINGS:
            found[word] = None
    return tuple(found)


def score_reads(score: str) -> tuple[str, ...]:
    ids = [id for ids, _ in published.READINGS[score].values() for id in ids]
    return tuple(dict.fromkeys([*ids, *([OPEN] if score == "sins" else [])]))


def joined(join: Callable[[np.ndarray, np.ndarray], np.ndarray], parts: Iterable[np.ndarray]) -> np.ndarray:
    """All parts joined, small ones first: arrays that spread over one another grow as late as they can."""
    return reduce(join, sorted(parts, key=np.size))


class Patients:
    """Many complete patients: for each finding the place of an option, in arrays that spread over one another."""

    def __init__(self, columns: Mapping[str, np.ndarray]) -> None:
        self.columns = columns
        self.known: dict[str, np.ndarray] = {}

    def of(self, id: str, mapping: list[Any]) -> np.ndarray:
        return np.asarray(mapping)[self.columns[id]]

    def total(self, score: str) -> np.ndarray:
        if score not in self.known:
            self.known[score] = sum(self._points(score, item) for item in published.READINGS[score])
        return self.known[score]

    def _points(self, score: str, item: str) -> np.ndarray:
        ids, reading = published.READINGS[score][item]
        points = published.POINTS[score][item]
        shape = [len(values(id)) for id in ids]
        options = [reading(*each) for each in itertools.product(*(values(id) for id in ids))]
        table = np.array([-1 if option is None else points[option] for option in options]).reshape(shape)
        found = table[tuple(self.columns[id] for id in ids)]
        return np.where(found < 0, self.of(OPEN, list(points.values())), found) if (found < 0).any() else found

    def holds(self, text: str) -> np.ndarray:
        if text not in self.known:
            self.known[text] = self._walk(parsed(text))
        return self.known[text]

    def _walk(self, node: ast.expr) -> np.ndarray:
        match node:
            case ast.Constant(value=bool(truth)):
                return np.array(truth)
            case ast.Name(id=term):
                return self.holds(plain.TERMS[term].text)
            case ast.UnaryOp(operand=part):
                return ~self._walk(part)
            case ast.BoolOp(op=op, values=parts):
                join = np.logical_and if isinstance(op, ast.And) else np.logical_or
                return joined(join, [self._walk(part) for part in parts])
            case ast.Compare(left=left, ops=ops, comparators=rights):
                pairs = zip([left, *rights], ops, rights, strict=False)
                return reduce(np.logical_and, [self._compare(a, op, b) for a, op, b in pairs])
        raise AssertionError(ast.dump(node))

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> np.ndarray:
        test = _COMPARE[type(op)]
        if isinstance(left, ast.Constant):  # 7 <= sins
            mirrored = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq}
            return self._compare(right, mirrored[type(op)](), left)
        if isinstance(left, ast.Attribute):
            score, wanted = left.value.id, _word(right)
            bands = [test(published.band(score, total), wanted) for total in range(_least(score), _most(score) + 1)]
            return np.array(bands)[self.total(score) - _least(score)]
        if left.id in published.READINGS:
            return test(self.total(left.id), _word(right))
        return self.of(left.id, [test(value, _word(right)) for value in values(left.id)])


def _least(score: str) -> int:
    return published.BANDS[score][0][1]


def _most(score: str) -> int:
    return published.BANDS[score][-1][2]


# Targets: an action, a score, or one condition ---------------------------------------------------


Spelled = frozenset[tuple[str, Any]]
"""A set of changes: findings, and the options that they get."""


class Change(NamedTuple):
    """A finding, and the class of options that it gets."""

    finding: str
    to: int


class Target:
    """What is asked of patients, and what it reads.

    Results are bits, and a set of them is a number: which bit is whose, `results` says.
    """

    def __init__(self, name: str, texts: Iterable[str], scores: Iterable[str] = ()) -> None:
        self.name, self.texts, self.scores = name, list(texts), list(scores)
        ids = dict.fromkeys(id for text in self.texts for id in reads(text))
        ids |= dict.fromkeys(id for score in self.scores for id in score_reads(score))
        self.ids = tuple(sorted(ids.keys() - {OPEN}, key=list(published.FINDINGS).index))
        self.classes = {id: self._classes(id) for id in self.ids}
        self.class_of: dict[str, dict[Any, int | None]] = {
            id: {None: None} | {values(id)[option]: place for place, options in enumerate(each) for option in options}
            for id, each in self.classes.items()
        }
        self.results: list[Any] = []
        self.at = cache(self._at)

    def _classes(self, id: str) -> list[list[int]]:
        """Options of a finding, those together that no comparison and no table tells apart."""
        signs: dict[Any, list[int]] = {}
        for place, value in enumerate(values(id)):
            sign = (
                tuple(_told(text, id, value) for text in self.texts),
                tuple(_pointed(score, id, value) for score in [*self.scores, *_scores_of(tuple(self.texts))]),
            )
            signs.setdefault(sign, []).append(place)
        return list(signs.values())

    def reached(self, patients: Patients) -> np.ndarray:
        """The result of each patient."""
        raise NotImplementedError

    def bit(self, result: Any) -> int:
        if result not in self.results:
            self.results.append(result)
        return 1 << self.results.index(result)

    @cache  # noqa: B019 (targets live as long as the tests)
    def named(self, bits: int) -> frozenset[Any]:
        return frozenset(result for place, result in enumerate(self.results) if bits >> place & 1)

    @cached_property
    def table(self) -> np.ndarray:
        """The results of every patient, more than one where the item that stays open makes a difference."""
        classes = [[options[0] for options in self.classes[id]] for id in self.ids]
        table = np.zeros([len(each) for each in classes], dtype=np.uint8)
        one_by_one = next(axis for axis in range(table.ndim + 1) if math.prod(table.shape[axis:]) <= AT_ONCE)
        for head in np.ndindex(table.shape[:one_by_one]):
            fixed = [[each[place]] for each, place in zip(classes, head, strict=False)]
            grid = np.ix_(range(len(values(OPEN))), *fixed, *classes[one_by_one:])
            reached = self.reached(Patients(dict(zip([OPEN, *self.ids], grid, strict=True))))
            table[head] = np.bitwise_or.reduce(np.atleast_1d(reached), axis=0)
        return table

    def project(self, findings: Findings) -> tuple[int | None, ...]:
        """The class of what is known of each finding that is read."""
        return tuple([of[findings.get(id)] for id, of in self.class_of.items()])

    def _at(self, projection: tuple[int | None, ...]) -> int:
        return int(np.bitwise_or.reduce(self._part(projection), axis=None))

    def _part(self, projection: tuple[int | None, ...], *left_open: int) -> np.ndarray:
        """The table where findings are as a projection has them, but for some."""
        chosen = [slice(None) if at is None or axis in left_open else at for axis, at in enumerate(projection)]
        return self.table[tuple(chosen)]

    def now(self, findings: Findings) -> frozenset[Any]:
        """Every result that some completion reaches."""
        return self.named(self.at(self.project(findings)))

    def read_as(self, findings: Findings, id: str, value: Any) -> frozenset[Any]:
        """What is reached if one finding has another value."""
        return self.now({**findings, id: value})

    def reach(self, findings: Findings, changes: int) -> dict[frozenset[Change], int]:
        """What some completion reaches after each set of so many changes that makes a difference."""
        projection = self.project(findings)
        now, found = self.at(projection), {}
        for size in range(1, changes + 1):
            for axes in itertools.combinations(range(len(self.ids)), size):
                # Axes of what neither is known nor changes are gone through.
                left = [axis for axis, at in enumerate(projection) if at is None or axis in axes]
                gone = tuple(place for place, axis in enumerate(left) if axis not in axes)
                part = self._part(projection, *axes)
                reached = np.bitwise_or.reduce(part, axis=gone) if gone else part
                differ = reached != now
                for place, axis in enumerate(axes):
                    if projection[axis] is not None:  # what is as it was is no change
                        differ[(slice(None),) * place + (projection[axis],)] = False
                if (places := differ.nonzero())[0].size:
                    chosen = [
                        [Change(self.ids[axis], to) for to in each.tolist()]
                        for axis, each in zip(axes, places, strict=True)
                    ]
                    found |= zip(map(frozenset, zip(*chosen, strict=True)), reached[differ].tolist(), strict=True)
        return found

    def flips(self, findings: Findings, changes: int) -> tuple[dict[Any, set[Spelled]], set[Spelled]]:
        """The smallest sets of (finding, option), by the letter, that leave each result alone, and that leave several.

        None leaves several where there are several now.
        """
        table = self.reach(findings, changes)
        alone: dict[Any, set[Spelled]] = {}
        for each in _smallest({each for each, reached in table.items() if _single(reached)}):
            (result,) = self.named(table[each])
            alone.setdefault(result, set()).update(self._spelled(each))
        if len(self.now(findings)) > 1:
            return alone, set()
        several = _smallest({each for each, reached in table.items() if not _single(reached)})
        return alone, {spelled for each in several for spelled in self._spelled(each)}

    def _spelled(self, changes: frozenset[Change]) -> Iterator[Spelled]:
        choices = [[(id, values(id)[option]) for option in self.classes[id][to]] for id, to in changes]
        return map(frozenset, itertools.product(*choices))


def _single(bits: int) -> bool:
    return bits.bit_count() == 1


def _smallest(sets: set[frozenset[Change]]) -> list[frozenset[Change]]:
    """Those of which no part is there too."""
    return [
        each
        for each in sets
        if not any(frozenset(part) in sets for size in range(len(each)) for part in itertools.combinations(each, size))
    ]


class Action(Target):
    """What is in force for an action; None where no rule speaks."""

    def __init__(self, action: str) -> None:
        self.voices = plain.VOICES.get(action, [])
        self.conditions = [plain.CLAUSES[id][place][0].text for id, place, _ in self.voices]
        super().__init__(action, self.conditions)
        self.settled = np.zeros(1 << len(self.voices), dtype=np.uint8)

    def reached(self, patients: Patients) -> np.ndarray:
        holding = [patients.holds(text).astype(np.int32) << place for place, text in enumerate(self.conditions)]
        pattern = joined(np.bitwise_or, [np.array(0, np.int32), *holding])
        reached = self.settled[pattern]
        if not reached.all():
            for new in np.unique(pattern[reached == 0]).tolist():
                self.settled[new] = self._settle(new)
            reached = self.settled[pattern]
        return reached

    def _settle(self, pattern: int) -> int:
        voices = tuple([voice for place, (_, _, voice) in enumerate(self.voices) if pattern >> place & 1])
        return self.bit(plain.in_force(self.name, voices)[0] if voices else None)


class Score(Target):
    """The band of a score."""

    def __init__(self, score: str) -> None:
        super().__init__(score, [], [score])

    def reached(self, patients: Patients) -> np.ndarray:
        totals = range(_least(self.name), _most(self.name) + 1)
        bits = np.array([self.bit(published.band(self.name, total)) for total in totals], dtype=np.uint8)
        return bits[patients.total(self.name) - _least(self.name)]


class Statement(Target):
    """Whether a condition holds."""

    def __init__(self, text: str) -> None:
        super().__init__(text, [text])

    def reached(self, patients: Patients) -> np.ndarray:
        return np.where(patients.holds(self.name), np.uint8(self.bit(True)), np.uint8(self.bit(False)))


action = cache(Action)
score = cache(Score)
statement = cache(Statement)


def truth(text: str, findings: Findings) -> bool | None:
    """Whether a condition holds in every completion, in none, or in some."""
    ends = statement(text).now(findings)
    return next(iter(ends)) if len(ends) == 1 else None


@cache
def _scores_of(texts: Any) -> tuple[str, ...]:
    found: set[str] = set()
    queue = list(texts)
    while queue:
        for word in re.findall(r"[a-z_]+", queue.pop()):
            if word in plain.TERMS:
                queue.append(plain.TERMS[word].text)
            elif word in published.READINGS:
                found.add(word)
    return tuple(sorted(found))


@cache
def _told(text: str, id: str, value: Any) -> tuple[bool, ...]:
    """How the comparisons of a condition with a finding come out, terms included."""
    found: list[bool] = []
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.Name) and node.id in plain.TERMS:
            found += _told(plain.TERMS[node.id].text, id, value)
        if isinstance(node, ast.Compare):
            for left, op, right in zip([node.left, *node.comparators], node.ops, node.comparators, strict=False):
                for one, other in ((left, right), (right, left)):
                    if isinstance(one, ast.Name) and one.id == id:
                        test = _COMPARE[type(op)]
                        found.append(test(value, _word(other)) if one is left else test(_word(other), value))
    return tuple(found)


@cache
def _pointed(score: str, id: str, value: Any) -> tuple[Any, ...]:
    """What a score makes of an option, whatever else an item reads."""
    if id == OPEN:
        return (value,) if score == "sins" else ()
    found = []
    for item, (ids, reading) in published.READINGS[score].items():
        if id in ids:
            others = itertools.product(*([value] if each == id else values(each) for each in ids))
            found.append(tuple(published.POINTS[score][item].get(reading(*each)) for each in others))
    return tuple(found)
