"""Every patient of the knowledge, by the plain evaluator: what all completions of a state reach.

Changes after which findings contradict each other are left out: no patient has them.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
import plain
from conditions import Condition
from patient_tree import Batch, Node, Reading, classes, pointed, sign
from rulebook import KNOWLEDGE
from scoring import Score as Counted

Findings = Mapping[str, Any]

AT_ONCE = 1 << 15
"""Sets of changes of which the results are worked out together."""


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
    for code, (id, option) in enumerate((id, option) for id in plain.FINDINGS for option in plain.FINDINGS[id])
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

    def __init__(self, name: str, conditions: Iterable[Condition], scores: Iterable[Counted] = ()) -> None:
        self.name, self.conditions, self.scores = name, list(conditions), list(scores)
        read = {id for condition in self.conditions for id in condition.variables}
        # A score by its own counting, so without what says whether its segments are one lesion.
        read |= {id for score in self.scores for id in score.counted}
        read |= {id for score in self.scores for id in score.never_known if id != score.one_lesion}
        self.pairs = [pair for pair in KNOWLEDGE.contradictions if read & {*plain.read_by_pair(pair)}]
        self.variables = tuple(id for id in KNOWLEDGE.variables if id in read)
        self.axis = {id: axis for axis, id in enumerate(self.variables)}
        self.ids = tuple(id for id in self.variables if id in plain.FINDINGS)
        self.classes = {id: self._classes(id) for id in self.variables}
        self.class_of: dict[str, dict[Any, int | None]] = {
            id: {None: None} | {value: place for place, values in enumerate(self.classes[id]) for value in values}
            for id in self.ids
        }
        self.results: list[Any] = []
        self.at = cache(self._at)

    def _classes(self, id: str) -> list[list[Any]]:
        """Options of a finding, those together that no comparison, no table and no contradiction tells apart."""
        tables = [contradicted(pair) for pair in self.pairs]
        tables = [(ids.index(id), table) for ids, table in tables if id in ids]
        options = KNOWLEDGE.options(id)

        def signs(value: Any) -> Any:
            place = options.index(value)
            return (
                sign(self.conditions, id, value),
                tuple(pointed(score, id, value) for score in self.scores),
                tuple(table.take(place, axis).tobytes() for axis, table in tables),
            )

        return classes(options, signs)

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
        return Reading(self.classes)

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
                row = np.full(batch.number, -1 if value is None else plain.FINDINGS[id].index(value))
                for to, columns in batch.changed.get(self.axis.get(id, -1), {}).items():
                    row[columns] = plain.FINDINGS[id].index(self.classes[id][to][0])
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
            [CODES[id, option] for option in self.classes[id][to]]
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
    ids = plain.read_by_pair(pair)
    every = itertools.product(*([*plain.FINDINGS[id], None] for id in ids))
    table = [
        plain.contradicts(pair, {id: value for id, value in zip(ids, each, strict=True) if value is not None})
        for each in every
    ]
    return ids, np.array(table).reshape([len(plain.FINDINGS[id]) + 1 for id in ids])


class Action(Target):
    """What the plan says of an action; None where it says nothing."""

    def __init__(self, action: str) -> None:
        self.voices = plain.VOICES.get(action, [])
        self.clauses = [plain.CLAUSES[id][place][0] for id, place, _ in self.voices]
        self.scopes = [
            (when, None if action in actions else stances[action])
            for when, actions, stances in KNOWLEDGE.scopes.values()
            if self.voices and (action in actions or action in stances)
        ]
        super().__init__(action, [*self.clauses, *(when for when, _ in self.scopes)])
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

        return patients.joined(join, [reading.condition(when) for when in self.clauses])

    def withdrawn(self, reached: Any, of: Callable[[Node], Any]) -> Any:
        for when, stances in self.scopes:
            taken = sum(
                1 << place
                for place, outcome in enumerate(self.results)
                if outcome is not None and (stances is None or outcome.stance in stances)
            )
            without = np.where(reached & taken, reached & (255 ^ taken) | self.bit(None), reached)
            reached = np.where(of(self._certain(when)) == 1, without, reached)
        return reached if isinstance(reached, int) or reached.ndim else int(reached)

    def roots(self) -> list[Node]:
        return [self.root, *(self._certain(when) for when, _ in self.scopes)]

    @cache  # noqa: B019
    def _certain(self, when: Condition) -> Node:
        """A tree with 1 where a condition holds and 2 where not."""
        patients = self.reading.patients
        ends = {patients.true: patients.end(1), patients.false: patients.end(2)}
        return patients.joined(lambda nodes: ends.get(nodes[0], nodes), [self.reading.condition(when)])


class Score(Target):
    """The band of a score, by its own counting."""

    def __init__(self, score: str) -> None:
        super().__init__(score, [], [plain.SCORES[score]])

    def tree(self, reading: Reading) -> Node:
        (score,) = self.scores
        return reading.of_total(score, lambda total: self.bit(score.band(total)))


class Statement(Target):
    """Whether a condition holds."""

    def __init__(self, text: str) -> None:
        super().__init__(text, [KNOWLEDGE.condition(text)])

    def tree(self, reading: Reading) -> Node:
        patients = reading.patients
        ends = {patients.true: patients.end(self.bit(True)), patients.false: patients.end(self.bit(False))}
        return patients.joined(lambda nodes: ends.get(nodes[0], nodes), [reading.condition(*self.conditions)])


action = cache(Action)
score = cache(Score)
statement = cache(Statement)


def truth(text: str, findings: Findings) -> bool | None:
    """Whether a condition holds in every completion, in none, or in some."""
    ends = statement(text).now(findings)
    return next(iter(ends)) if len(ends) == 1 else None
