"""Every complete patient, with the second evaluator: what all completions of a state reach.

Conditions are read from the YAML and walked here again, scores come from the tables in `published`,
and rules that differ are settled by `plain.settled`. There are far too many patients for a table of them all, so
findings are taken one after another, and patients for whom all that is still asked is the same go on
as one. Nothing is lost by that: `Patients` holds a tree of every patient that a target can tell apart, in which
equal branches are shared. What nobody can know has a variable of its own that no state ever fixes. Changes after
which findings contradict each other, by the second entry of the contradictions, are left out: no patient has them.
"""

from __future__ import annotations

import ast
import itertools
import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

import contradictions_again
import numpy as np
import plain
import published

Findings = Mapping[str, Any]
OPEN = "sins.bone_lesion"
"""The SINS item that CT may leave open, as a variable of its own that nobody ever knows."""

AS_ONE = {score: f"{score}.as_one_lesion" for score in plain.AS_ONE_LESION}
"""Whether a score counts several segments as one lesion: nobody knows that either."""

AT_ONCE = 1 << 15
"""Sets of changes of which the results are worked out together."""

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


ORDER = [
    each
    for id in published.FINDINGS
    for each in (
        id,
        *([OPEN] if id == "bone_lesion" else []),
        *(AS_ONE.values() if id == "one_continuous_lesion" else []),
    )
]
"""Findings, and what nobody knows behind the finding that leaves it open."""


@cache
def values(id: str) -> list[Any]:
    """Options of a finding, or of what nobody knows."""
    if id in AS_ONE.values():
        return [False, True]
    return list(published.POINTS["sins"]["bone_lesion"]) if id == OPEN else published.FINDINGS[id]


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
    """What a condition may depend on, through terms and scores too."""
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
    """What a total may depend on."""
    return (*plain.score_reads(score), *([AS_ONE[score]] if score in AS_ONE else [OPEN] if score == "sins" else []))


def band_reads(score: str) -> tuple[str, ...]:
    """What a total by the score's own counting may depend on."""
    ids = [id for ids, _ in published.READINGS[score].values() for id in ids]
    return (*ids, *([OPEN] if score == "sins" else []))


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
    """Conditions and scores as trees over the classes of a target's options."""

    def __init__(self, variables: Sequence[str], classes: Mapping[str, list[list[int]]]) -> None:
        self.variables = variables
        self.axis = {id: axis for axis, id in enumerate(variables)}
        self.firsts = {id: [values(id)[options[0]] for options in classes[id]] for id in variables}
        self.patients = Patients([len(classes[id]) for id in variables])
        self.condition = cache(self._condition)
        self.total = cache(self._total)

    def _condition(self, text: str) -> Node:
        return self._walk(plain.parsed(text))

    def _walk(self, node: ast.expr) -> Node:
        patients = self.patients
        match node:
            case ast.Constant(value=bool(truth)):
                return patients.true if truth else patients.false
            case ast.Name(id=term):
                return self.condition(plain.TERMS[term].text)
            case ast.UnaryOp(operand=part):
                return patients.no(self._walk(part))
            case ast.BoolOp(op=op, values=parts):
                join = patients.every if isinstance(op, ast.And) else patients.some
                return join([self._walk(part) for part in parts])
            case ast.Compare(left=left, ops=ops, comparators=rights):
                pairs = zip([left, *rights], ops, rights, strict=False)
                return patients.every([self._compare(a, op, b) for a, op, b in pairs])
        raise AssertionError(ast.dump(node))

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Node:
        test = _COMPARE[type(op)]
        if isinstance(left, ast.Constant):  # 7 <= sins
            mirrored = {ast.Lt: ast.Gt, ast.LtE: ast.GtE, ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Eq: ast.Eq}
            return self._compare(right, mirrored[type(op)](), left)
        wanted = _word(right)
        if isinstance(left, ast.Attribute):
            score = left.value.id
            return self.of_total(score, lambda total: test(published.band(score, total), wanted))
        if left.id in published.READINGS:
            return self.of_total(left.id, lambda total: test(total, wanted))
        ends = (self.patients.false, self.patients.true)
        return self.patients.split(
            self.axis[left.id], tuple([ends[bool(test(value, wanted))] for value in self.firsts[left.id]])
        )

    def of_total(self, score: str, asked: Callable[[int], Any]) -> Node:
        """A tree of what is asked of the total of a score."""
        axes, totals = self.total(score)
        each, places = np.unique(totals, return_inverse=True)
        return self.patients.by_table(
            axes, np.array([asked(int(total)) for total in each])[places.reshape(totals.shape)]
        )

    def _total(self, score: str) -> tuple[list[int], np.ndarray]:
        """The variables of a score, and its total for each class of them."""
        axes = sorted(self.axis[id] for id in score_reads(score) if id in self.axis)
        return axes, _totals(
            score, tuple((self.variables[axis], tuple(self.firsts[self.variables[axis]])) for axis in axes)
        )


@cache
def _totals(score: str, firsts: tuple[tuple[str, tuple[Any, ...]], ...]) -> np.ndarray:
    """The total of a score for each choice among some options of what it reads."""
    ids = [id for id, _ in firsts]
    totals = [
        _add(score, dict(zip(ids, each, strict=True))) for each in itertools.product(*(each for _, each in firsts))
    ]
    return np.array(totals).reshape([len(each) for _, each in firsts])


def _add(score: str, known: dict[str, Any]) -> int:
    if known.get(AS_ONE.get(score)) and score in plain.two_totals(known):
        known = plain.counted_as_one(score, known)
    total = 0
    for item, (ids, reading) in published.READINGS[score].items():
        option = reading(*(known[id] for id in ids))
        total += published.POINTS[score][item][known[OPEN] if option is None else option]
    return total


# Targets: an action, a score, or one condition ---------------------------------------------------


class Sets(NamedTuple):
    """Sets of so many changes, each set a row of places among the single changes of a state."""

    singles: Sequence[tuple[int, int]]
    """A variable, and the class of options that it gets."""
    chosen: np.ndarray


class Flips(NamedTuple):
    """The smallest sets of changes that leave each result alone, and those that leave several."""

    alone: dict[Any, dict[int, np.ndarray]]
    """By the result, and how many findings change: sorted `codes`."""
    several: dict[int, np.ndarray]


CODES = {
    (id, option): code
    for code, (id, option) in enumerate((id, option) for id in published.FINDINGS for option in published.FINDINGS[id])
}
"""Each option of each finding as a number."""


def codes(options: Sequence[Sequence[int]]) -> np.ndarray:
    """Sets of which each takes one option of several findings, each set as one number."""
    *most, last = options
    return np.add.outer(codes(most) * len(CODES), np.array(last)).ravel() if most else np.array(last)


class Target:
    """What is asked of patients, and what it reads.

    Results are bits, and a set of them is a number: which bit is whose, `results` says.
    """

    def __init__(self, name: str, texts: Iterable[str], scores: Iterable[str] = ()) -> None:
        self.name, self.texts, self.scores = name, list(texts), list(scores)
        read = {id for text in self.texts for id in reads(text)}
        read |= {id for score in self.scores for id in band_reads(score)}
        self.pairs = [pair for pair in contradictions_again.PAIRS if read & {*contradictions_again.reads(pair)}]
        self.variables = tuple(id for id in ORDER if id in read)
        self.axis = {id: axis for axis, id in enumerate(self.variables)}
        self.ids = tuple(id for id in self.variables if id in published.FINDINGS)
        self.classes = {id: self._classes(id) for id in self.variables}
        self.class_of: dict[str, dict[Any, int | None]] = {
            id: {None: None}
            | {values(id)[option]: place for place, options in enumerate(self.classes[id]) for option in options}
            for id in self.ids
        }
        self.results: list[Any] = []
        self.at = cache(self._at)

    def _classes(self, id: str) -> list[list[int]]:
        """Options of a finding, those together that no comparison, no table and no contradiction tells apart."""
        tables = [contradicted(pair) for pair in self.pairs]
        tables = [(ids.index(id), table) for ids, table in tables if id in ids]
        signs: dict[Any, list[int]] = {}
        for place, value in enumerate(values(id)):
            sign = (
                tuple(_told(text, id, value) for text in self.texts),
                tuple(_pointed(score, id, value) for score in [*self.scores, *_scores_of(tuple(self.texts))]),
                tuple(table.take(place, axis).tobytes() for axis, table in tables),
            )
            signs.setdefault(sign, []).append(place)
        return list(signs.values())

    def tree(self, reading: Reading) -> Node:
        """The results of every patient; at each end the bit of one."""
        raise NotImplementedError

    def withdrawn(self, reached: Any, of: Callable[[Node], Any]) -> Any:
        """What is left of results after the scopes; `of` says what the same states reach from another root."""
        return reached

    def roots(self) -> list[Node]:
        """The trees on which a result hangs."""
        return [self.root]

    @cached_property
    def asked(self) -> set[int]:
        """The variables on which a result really hangs: changes of others are none of the target."""
        return {axis for root in self.roots() for axis in self.reading.patients.asked(root)}

    @cached_property
    def reading(self) -> Reading:
        return Reading(self.variables, self.classes)

    @cached_property
    def root(self) -> Node:
        return self.tree(self.reading)

    def bit(self, result: Any) -> int:
        if result not in self.results:
            self.results.append(result)
            assert len(self.results) <= 8, "a byte has no more bits"
        return 1 << self.results.index(result)

    @cache  # noqa: B019 (targets live as long as the tests)
    def named(self, bits: int) -> frozenset[Any]:
        return frozenset(result for place, result in enumerate(self.results) if bits >> place & 1)

    def project(self, findings: Findings) -> tuple[int | None, ...]:
        """The class of what is known of each finding that is read."""
        return tuple([of[findings.get(id)] for id, of in self.class_of.items()])

    def _state(self, projection: tuple[int | None, ...]) -> list[int]:
        known = dict(zip(self.ids, projection, strict=True))
        return [-1 if known.get(id) is None else known[id] for id in self.variables]

    def _at(self, projection: tuple[int | None, ...]) -> int:
        state, patients = self._state(projection), self.reading.patients
        return self.withdrawn(patients.reached_by(self.root, state), lambda root: patients.reached_by(root, state))

    def now(self, findings: Findings) -> frozenset[Any]:
        """Every result that some completion reaches."""
        return self.named(self.at(self.project(findings)))

    def read_as(self, findings: Findings, id: str, value: Any) -> frozenset[Any]:
        """What is reached if one finding has another value."""
        return self.now({**findings, id: value})

    def sets(self, findings: Findings, size: int) -> Sets:
        """Every set of so many changes of what is really asked; what is as it was is no change."""
        projection = self.project(findings)
        singles = [
            (self.axis[id], to)
            for id, at in zip(self.ids, projection, strict=True)
            if self.axis[id] in self.asked
            for to in range(len(self.classes[id]))
            if to != at
        ]
        axes = np.array([axis for axis, _ in singles], dtype=np.int16)
        every = itertools.chain.from_iterable(itertools.combinations(range(len(singles)), size))
        chosen = np.fromiter(every, dtype=np.int16).reshape(-1, size)
        return Sets(singles, chosen[(np.diff(axes[chosen], axis=1) > 0).all(axis=1)])

    def after(self, findings: Findings, sets: Sets) -> np.ndarray:
        """What some completion reaches after each set of changes, as bits; 0 where no patient can have the findings."""
        state, patients = self._state(self.project(findings)), self.reading.patients
        found = np.zeros(len(sets.chosen), dtype=np.uint8)
        for first in range(0, len(found), AT_ONCE):
            batch = _batch(state, sets.singles, sets.chosen[first : first + AT_ONCE])
            reached = self.withdrawn(
                patients.reached(self.root, batch), lambda root, batch=batch: patients.reached(root, batch)
            )
            found[first : first + AT_ONCE] = np.where(self._refused(findings, batch), 0, reached)
        return found

    def _refused(self, findings: Findings, batch: Batch) -> np.ndarray:
        """Whether findings contradict each other, in each of many states; what the target does not read stays as it is."""
        found = np.zeros(batch.number, dtype=bool)
        for pair in self.pairs:
            ids, table = contradicted(pair)
            rows = []
            for id in ids:
                value = findings.get(id)
                row = np.full(batch.number, -1 if value is None else published.FINDINGS[id].index(value))
                for to, columns in batch.changed.get(self.axis.get(id, -1), {}).items():
                    row[columns] = self.classes[id][to][0]
                rows.append(row)
            found |= table[tuple(rows)]
        return found

    def flips(self, findings: Findings, changes: int) -> Flips:
        """The smallest sets of (finding, option), by the letter.

        None leaves several results where there are several now.
        """
        now, found = self.at(self.project(findings)), Flips({}, {})
        decided, opened = Smallest(), Smallest()
        for size in range(1, changes + 1):
            sets = self.sets(findings, size)
            reached = self.after(findings, sets)
            possible = (reached != now) & (reached != 0)
            rows = decided.among(sets.chosen, possible & ONE[reached])
            for bits in np.unique(reached[rows]):
                (result,) = self.named(int(bits))
                spelled = self._spelled(sets.singles, sets.chosen[rows[reached[rows] == bits]])
                found.alone.setdefault(result, {})[size] = spelled
            rows = opened.among(sets.chosen, possible & ~ONE[reached])
            if ONE[now] and len(rows):
                found.several[size] = self._spelled(sets.singles, sets.chosen[rows])
        return found

    def _spelled(self, singles: Sequence[tuple[int, int]], chosen: np.ndarray) -> np.ndarray:
        """The codes of each choice of options of each of some sets."""
        options = [
            [CODES[id, values(id)[option]] for option in self.classes[id][to]]
            for id, to in ((self.variables[axis], to) for axis, to in singles)
        ]
        flat, sizes = np.concatenate(options), np.array([len(each) for each in options])
        starts = sizes.cumsum() - sizes
        found = np.zeros(len(chosen), dtype=np.int64)
        for place in range(chosen.shape[1]):
            each, size = chosen[:, place], sizes[chosen[:, place]]
            within = np.arange(size.sum()) - np.repeat(size.cumsum() - size, size)
            found = np.repeat(found, size) * len(CODES) + flat[np.repeat(starts[each], size) + within]
            chosen = np.repeat(chosen, size, axis=0)
        return np.sort(found)


ONE = np.array([bits.bit_count() == 1 for bits in range(256)])
"""Whether bits name one result alone."""


class Smallest:
    """Sets of changes of which no part was met before."""

    def __init__(self) -> None:
        self._met: dict[int, np.ndarray] = {}

    def among(self, chosen: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """The rows of wanted sets that are the smallest; all sets of fewer changes have been asked for before."""
        rows, size = wanted.nonzero()[0], chosen.shape[1]
        for less in range(1, size):
            for part in itertools.combinations(range(size), less):
                rows = rows[~np.isin(_number(chosen[rows][:, part]), self._met[less])]
        self._met[size] = _number(chosen[rows])
        return rows


def _number(chosen: np.ndarray) -> np.ndarray:
    return chosen @ (1 << 10 * np.arange(chosen.shape[1], dtype=np.int64))


def _batch(state: Sequence[int], singles: Sequence[tuple[int, int]], chosen: np.ndarray) -> Batch:
    each, size = chosen.ravel(), chosen.shape[1]
    order = np.argsort(each, kind="stable")
    bounds = np.searchsorted(each[order], np.arange(len(singles) + 1))
    changed: dict[int, dict[int, np.ndarray]] = {}
    for place, (axis, to) in enumerate(singles):
        columns = order[bounds[place] : bounds[place + 1]] // size
        if len(columns):
            changed.setdefault(axis, {})[to] = columns
    return Batch(state, len(chosen), changed)


@cache
def contradicted(pair: str) -> tuple[tuple[str, ...], np.ndarray]:
    """The findings of a contradiction, and whether it is refused for each of their options; the last: not known."""
    ids = contradictions_again.reads(pair)
    every = itertools.product(*([*published.FINDINGS[id], None] for id in ids))
    table = [
        contradictions_again.contradicts(
            pair, {id: value for id, value in zip(ids, each, strict=True) if value is not None}
        )
        for each in every
    ]
    return ids, np.array(table).reshape([len(published.FINDINGS[id]) + 1 for id in ids])


class Action(Target):
    """What the plan says of an action; None where it says nothing."""

    def __init__(self, action: str) -> None:
        self.voices = plain.VOICES.get(action, [])
        self.conditions = [plain.CLAUSES[id][place][0].text for id, place, _ in self.voices]
        self.scopes = [
            (when.text, None if action in actions else stances[action])
            for when, actions, stances in plain.SCOPES
            if self.voices and (action in actions or action in stances)
        ]
        super().__init__(action, [*self.conditions, *(text for text, _ in self.scopes)])
        self.bit(None)

    def tree(self, reading: Reading) -> Node:
        patients = reading.patients
        voices = [voice for _, _, voice in self.voices]
        emergencies = [voice.outcome.stance == "emergency" for voice in voices]
        one_kind = len({voice.outcome for voice in voices if voice.outcome.stance == "emergency"}) == 1
        always = (patients.true,) * len(voices)

        def join(nodes: tuple[Node, ...]) -> tuple[Node, ...] | Node:
            # An emergency is not outranked, so nothing but other emergencies matters then.
            if any(node == patients.true and urgent for node, urgent in zip(nodes, emergencies, strict=True)):
                if one_kind:
                    nodes = always
                nodes = tuple(
                    [node if urgent else patients.false for node, urgent in zip(nodes, emergencies, strict=True)]
                )
            if any(node not in (patients.true, patients.false) for node in nodes):
                return nodes
            speaking = tuple([voice for node, voice in zip(nodes, voices, strict=True) if node == patients.true])
            return patients.end(self.bit(plain.in_force(self.name, speaking)[0] if speaking else None))

        return patients.joined(join, [reading.condition(text) for text in self.conditions])

    def withdrawn(self, reached: Any, of: Callable[[Node], Any]) -> Any:
        for text, stances in self.scopes:
            taken = sum(
                1 << place
                for place, outcome in enumerate(self.results)
                if outcome is not None and (stances is None or outcome.stance in stances)
            )
            without = np.where(reached & taken, reached & (255 ^ taken) | self.bit(None), reached)
            reached = np.where(of(self._certain(text)) == 1, without, reached)
        return reached if isinstance(reached, int) or reached.ndim else int(reached)

    def roots(self) -> list[Node]:
        return [self.root, *(self._certain(text) for text, _ in self.scopes)]

    @cache  # noqa: B019
    def _certain(self, text: str) -> Node:
        """A tree with 1 where a condition holds and 2 where not."""
        patients = self.reading.patients
        ends = {patients.true: patients.end(1), patients.false: patients.end(2)}
        return patients.joined(lambda nodes: ends.get(nodes[0], nodes), [self.reading.condition(text)])


class Score(Target):
    """The band of a score, by its own counting."""

    def __init__(self, score: str) -> None:
        super().__init__(score, [], [score])

    def tree(self, reading: Reading) -> Node:
        return reading.of_total(self.name, lambda total: self.bit(published.band(self.name, total)))


class Statement(Target):
    """Whether a condition holds."""

    def __init__(self, text: str) -> None:
        super().__init__(text, [text])

    def tree(self, reading: Reading) -> Node:
        patients = reading.patients
        ends = {patients.true: patients.end(self.bit(True)), patients.false: patients.end(self.bit(False))}
        return patients.joined(lambda nodes: ends.get(nodes[0], nodes), [reading.condition(self.name)])


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
    for node in ast.walk(plain.parsed(text)):
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
    if id in (OPEN, AS_ONE.get(score)):
        return (value,)
    found: list[Any] = []
    for item, (ids, reading) in published.READINGS[score].items():
        if id in ids:
            others = itertools.product(*([value] if each == id else values(each) for each in ids))
            found.append(tuple(published.POINTS[score][item].get(reading(*each)) for each in others))
    if score in AS_ONE:
        when, unless, counted = plain.AS_ONE_LESION[score]
        found += [_told(each.text, id, value) for each in (when, unless, *(one for _, _, one in counted))]
    return tuple(found)
