"""Every completion and every small change gone through, with the second evaluator, many patients at once.

Conditions are read from the YAML and walked here again, on arrays; scores come from the tables in
`published`, and rules that differ are settled by `plain.in_force`. Options that no condition and no
table tells apart are gone through once for all of them, and a state is projected on what the target
reads: both lose nothing.
"""

from __future__ import annotations

import ast
import itertools
import math
import operator
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import plain
import published

Findings = Mapping[str, Any]
OPEN = "sins.bone_lesion"
"""The SINS item that CT may leave open, as a variable of its own that nobody ever knows."""

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


class Patients:
    """Many complete patients: for each finding the option of each."""

    def __init__(self, columns: Mapping[str, np.ndarray]) -> None:
        self.columns = columns
        self.number = len(next(iter(columns.values()), [0]))
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
                return np.full(self.number, truth)
            case ast.Name(id=term):
                return self.holds(plain.TERMS[term].text)
            case ast.UnaryOp(operand=part):
                return ~self._walk(part)
            case ast.BoolOp(op=op, values=parts):
                join = np.logical_and if isinstance(op, ast.And) else np.logical_or
                return join.reduce([self._walk(part) for part in parts])
            case ast.Compare(left=left, ops=ops, comparators=rights):
                pairs = zip([left, *rights], ops, rights, strict=False)
                return np.logical_and.reduce([self._compare(a, op, b) for a, op, b in pairs])
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


class Target:
    """What is asked of patients, and what it reads."""

    def __init__(self, name: str, texts: Iterable[str], scores: Iterable[str] = ()) -> None:
        self.name, self.texts, self.scores = name, list(texts), list(scores)
        ids = dict.fromkeys(id for text in self.texts for id in reads(text))
        ids |= dict.fromkeys(id for score in self.scores for id in score_reads(score))
        self.ids = tuple(sorted(ids, key=[*published.FINDINGS, OPEN].index))
        self.classes = {id: self._classes(id) for id in self.ids}
        self.results: list[Any] = []
        self.tables = lru_cache(maxsize=None)(self._table)

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

    def outcomes(self, patients: Patients) -> np.ndarray:
        """For each patient the place of the result in `results`."""
        raise NotImplementedError

    def place(self, result: Any) -> int:
        if result not in self.results:
            self.results.append(result)
        return self.results.index(result)

    def project(self, findings: Findings) -> tuple[int | None, ...]:
        """The class of what is known of each finding that is read."""
        return tuple(
            None
            if findings.get(id) is None
            else next(place for place, each in enumerate(self.classes[id]) if values(id).index(findings[id]) in each)
            for id in self.ids
        )

    def _table(self, projection: tuple[int | None, ...], changes: int) -> dict[frozenset[Change], frozenset[Any]]:
        known = [(id, now) for id, now in zip(self.ids, projection, strict=True) if now is not None]
        unknown = [id for id, now in zip(self.ids, projection, strict=True) if now is None]
        shape = [len(self.classes[id]) for id in unknown]
        sets = [
            frozenset(each)
            for size in range(changes + 1)
            for ids in itertools.combinations(known, size)
            for each in itertools.product(
                *([Change(id, c) for c in range(len(self.classes[id])) if c != now] for id, now in ids)
            )
        ]
        rest = int(np.prod(shape, dtype=int))
        columns = {}
        for id, now in known:
            here = np.full(len(sets), now)
            for row, each in enumerate(sets):
                for change in each:
                    if change.finding == id:
                        here[row] = change.to
            columns[id] = np.repeat(self._options(id, here), rest)
        for id, grid in zip(unknown, np.indices(shape).reshape(len(shape), rest), strict=True):
            columns[id] = np.tile(self._options(id, grid), len(sets))
        if not columns:
            columns = {"": np.zeros(1, dtype=int)}
        bits = (1 << self.outcomes(Patients(columns)).astype(np.int64)).reshape(len(sets), *shape)
        table: dict[frozenset[Change], frozenset[Any]] = {}
        answerable = [(axis, id) for axis, id in enumerate(unknown) if id != OPEN]
        for size in range(changes + 1):
            rows = [row for row, each in enumerate(sets) if len(each) + size <= changes]
            for given in itertools.combinations(answerable, size):
                left = tuple(axis + 1 for axis in range(len(shape)) if axis not in [axis for axis, _ in given])
                reached = np.bitwise_or.reduce(bits[rows], axis=left) if left else bits[rows]
                for answer in itertools.product(*(range(len(self.classes[id])) for _, id in given)):
                    added = frozenset(Change(id, to) for (_, id), to in zip(given, answer, strict=True))
                    for row, mask in zip(rows, reached[(slice(None), *answer)], strict=True):
                        table[sets[row] | added] = self._named(int(mask))
        return table

    def _options(self, id: str, classes: np.ndarray) -> np.ndarray:
        return np.array([each[0] for each in self.classes[id]])[classes]

    @cache  # noqa: B019 (targets live as long as the tests)
    def _named(self, mask: int) -> frozenset[Any]:
        return frozenset(result for place, result in enumerate(self.results) if mask >> place & 1)

    def patients(self, findings: Findings, changes: int = 0) -> float:
        """About how many patients are gone through for so many changes of a state."""
        completions, others = 1.0, 0
        for id, now in zip(self.ids, self.project(findings), strict=True):
            if now is None:
                completions *= len(self.classes[id])
            else:
                others += len(self.classes[id]) - 1
        return completions * sum(math.comb(others, size) for size in range(changes + 1))

    def reach(self, findings: Findings, changes: int = 0) -> dict[frozenset[Change], frozenset[Any]]:
        """For every set of so many changes what some completion then reaches."""
        return self.tables(self.project(findings), changes)

    def now(self, findings: Findings) -> frozenset[Any]:
        return self.reach(findings)[frozenset()]

    def read_as(self, findings: Findings, id: str, value: Any) -> frozenset[Any]:
        """What is reached if one finding has another value."""
        return self.now({**findings, id: value})

    def flips(self, findings: Findings, changes: int) -> dict[Any, set[frozenset[tuple[str, Any]]]]:
        """For each result the smallest sets of (finding, option) that leave it alone, by the letter."""
        table = self.reach(findings, changes)
        now = table[frozenset()]
        found: dict[Any, set[frozenset[tuple[str, Any]]]] = {}
        for each in _smallest({each for each, reached in table.items() if len(reached) == 1 and reached != now}):
            (result,) = table[each]
            found.setdefault(result, set()).update(self._spelled(each))
        return found

    def openings(self, findings: Findings, changes: int) -> set[frozenset[tuple[str, Any]]]:
        """The smallest sets of (finding, option) after which two results are reached, where it is one now."""
        table = self.reach(findings, changes)
        if len(table[frozenset()]) > 1:
            return set()
        smallest = _smallest({each for each, reached in table.items() if len(reached) > 1})
        return {chosen for each in smallest for chosen in self._spelled(each)}

    def _spelled(self, changes: frozenset[Change]) -> Iterator[frozenset[tuple[str, Any]]]:
        choices = [[(id, values(id)[option]) for option in self.classes[id][to]] for id, to in changes]
        return map(frozenset, itertools.product(*choices))


def _smallest(sets: set[frozenset[Change]]) -> list[frozenset[Change]]:
    """Those of which no part is there too."""
    return [
        each
        for each in sets
        if not any(frozenset(part) in sets for size in range(len(each)) for part in itertools.combinations(each, size))
    ]


class Change(NamedTuple):
    """A finding, and the class of options that it gets."""

    finding: str
    to: int


class Action(Target):
    """What is in force for an action; None where no rule speaks."""

    def __init__(self, action: str) -> None:
        self.voices = plain.VOICES.get(action, [])
        self.conditions = [plain.CLAUSES[id][place][0].text for id, place, _ in self.voices]
        super().__init__(action, self.conditions)
        self.settled: dict[int, int] = {}

    def outcomes(self, patients: Patients) -> np.ndarray:
        pattern = np.zeros(patients.number, dtype=np.int64)
        for place, text in enumerate(self.conditions):
            pattern |= patients.holds(text).astype(np.int64) << place
        patterns, inverse = np.unique(pattern, return_inverse=True)
        return np.array([self._settle(int(each)) for each in patterns])[inverse]

    def _settle(self, pattern: int) -> int:
        if pattern not in self.settled:
            voices = [voice for place, (_, _, voice) in enumerate(self.voices) if pattern >> place & 1]
            self.settled[pattern] = self.place(plain.in_force(self.name, voices)[0] if voices else None)
        return self.settled[pattern]


class Score(Target):
    """The band of a score."""

    def __init__(self, score: str) -> None:
        super().__init__(score, [], [score])

    def outcomes(self, patients: Patients) -> np.ndarray:
        totals = range(_least(self.name), _most(self.name) + 1)
        places = [self.place(published.band(self.name, total)) for total in totals]
        return np.array(places)[patients.total(self.name) - _least(self.name)]


class Statement(Target):
    """Whether a condition holds."""

    def __init__(self, text: str) -> None:
        super().__init__(text, [text])
        self.results = [False, True]

    def outcomes(self, patients: Patients) -> np.ndarray:
        return patients.holds(self.name).astype(int)


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
