"""Assessment of many patients at once: a pandas frame with one row for each patient.

This is the only module of the engine that imports pandas and numpy. A set of rows is stored as a
bit string with one bit for each row. The decision diagram of each score and action is traversed
once, from the root down, for all rows of a chunk at the same time. At each node a row follows
every child that its finding allows, and all children if the finding is unknown. Each terminal
therefore collects exactly the rows that have a completion ending there, and a row with unknown
findings costs no more than a complete one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial, reduce
from itertools import groupby
from typing import Any, NamedTuple

from casebook.frames import pandas_for
from casebook.inference.assessment import Engine, engine
from casebook.inference.compiler import OpenItem, outcome_of
from casebook.inference.diagrams import Node
from casebook.inference.rulebook import Root, Rulebook
from casebook.messages import message
from casebook.models.contradiction import ContradictionError
from casebook.models.rule import STANCES, Outcome
from casebook.models.scope import resolved
from casebook.models.score import Score

pandas_for(message("table-cohort"), message("table-cohort-instead"))
# Only after the line above, which names the remedy if pandas, and numpy with it, are not installed.
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

CHUNK = 1 << 18
"""The number of rows in a chunk: a set of them takes 32 KiB and stays in the processor's cache."""

Rows = NDArray[np.uint8]
"""A set of rows, as a bit string."""

Codes = NDArray[np.int8]
"""The index of the option of each finding in each row, -1 where it is not assessed; one line for each finding."""

Numbers = NDArray[np.int8 | np.int16]
"""A small number for each row."""

NONE: Rows = np.zeros(1, dtype=np.uint8)
"""The empty set, of any number of rows."""

Choices = dict[tuple[int, tuple[int, ...]] | None, int]
"""The index of each choice: a finding with those of its options that lead to one child, or None if all options do."""


class Column(NamedTuple):
    """A column of the result.

    Attributes
    ----------
    name : str
    make : callable
        Returns the column from a number for each row.
    digits : sequence of Rows
        The binary digits of the numbers: for each digit, from the lowest, the rows that have it.
    """

    name: str
    make: Callable[[Numbers], Any]
    digits: Sequence[Rows]


def assess_frame(frame: pd.DataFrame, engine_: Engine | None = None, refuse: bool = True) -> pd.DataFrame:
    """Assess every row of a data frame of findings.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns are finding ids, values option ids. An absent column and a missing value (None,
        NaN, NA) are not assessed. Categorical columns are read fastest.
    engine_ : Engine, optional
        The engine to use; by default that of this casebook.
    refuse : bool
        Whether contradictory findings in a row raise an error. Enumerations of the whole state space contain such
        rows; their results have no clinical meaning.

    Returns
    -------
    pandas.DataFrame
        The same index. For each score ``NAME.low`` and ``NAME.high`` (points; missing where the
        score does not apply) and ``NAME.bands`` (every band still possible, joined by “|”). For
        each action ``ACTION`` (stance, or “none” where no rule applies), ``ACTION.decided``,
        ``ACTION.within_hours`` (missing where none) and ``ACTION.side`` (empty where none); the
        last two only for actions that have them. Stance, status, time and side are those of
        `casebook.assess` of the row.

    Raises
    ------
    FindingError
        If a column is not a finding, or a value is not one of its options.
    ContradictionError
        If findings of a row contradict each other; the message names the first such row.

    Examples
    --------
    >>> result = assess_frame(pd.DataFrame({"cauda_equina_syndrome": ["present", None]}))
    >>> list(result["decompression"])
    ['emergency', 'emergency']
    >>> list(result["decompression.decided"])
    [False, False]
    """
    chosen = engine_ or engine()
    codes, walks = _codes(chosen, frame), _walks(chosen)
    if refuse:
        _refuse(chosen, frame, codes, walks)
    columns = list(walks.columns(codes[:, :CHUNK]))
    # One block, because the system provides a large block far faster than many small ones.
    wide = any(len(column.digits) > 7 for column in columns)
    numbers: Numbers = np.empty((len(columns), len(frame)), dtype=np.int16 if wide else np.int8)
    for start in range(0, max(len(frame), 1), CHUNK):
        if start:
            columns = list(walks.columns(codes[:, start : start + CHUNK]))
        for column, out in zip(columns, numbers[:, start : start + CHUNK], strict=True):
            _write(column.digits, out)
    made = {column.name: column.make(each) for column, each in zip(columns, numbers, strict=True)}
    return pd.DataFrame(made, index=frame.index, copy=False)


def _codes(chosen: Engine, frame: pd.DataFrame) -> Codes:
    """Return the findings of a data frame as indices of options."""
    vocabulary = chosen.knowledge.vocabulary
    codes: Codes = np.full((len(vocabulary), len(frame)), -1, dtype=np.int8)
    for name, column in frame.items():
        id = vocabulary.finding(name).id
        index = vocabulary.position[id]
        indices, values = _factorized(column)
        options = np.array([*(vocabulary.state({id: value})[index] for value in values), -1], dtype=np.int8)
        options.take(indices, mode="wrap", out=codes[index])
    return codes


def _factorized(column: pd.Series) -> tuple[NDArray[np.integer[Any]], list[object]]:
    """Return for each row the index of its value among the distinct ones, -1 where it is missing, and the values."""
    indices: NDArray[np.integer[Any]]
    distinct: Iterable[object]
    if isinstance(column.array, pd.Categorical):
        indices, distinct = column.array.codes, column.array.categories
    else:
        indices, distinct = pd.factorize(column)
    return indices, [value.item() if isinstance(value, np.generic) else value for value in distinct]


def _refuse(chosen: Engine, frame: pd.DataFrame, codes: Codes, walks: _Walks) -> None:
    """Raise ContradictionError if no patient can have the findings of some row."""
    refused = np.concatenate(
        [walks.refused(codes[:, start : start + CHUNK]) for start in range(0, max(len(frame), 1), CHUNK)]
    )
    rows = refused[: len(frame)].nonzero()[0]
    if not len(rows):
        return
    try:
        chosen.state(chosen.knowledge.vocabulary.assessed(tuple(codes[:, rows[0]].tolist())))
    except ContradictionError as error:
        first, *others = error.refusals
        what = message("cohort-row", row=str(frame.index[rows[0]]), count=len(rows) - 1, what=first.what)
        raise ContradictionError([replace(first, what=what), *others]) from None


@lru_cache(maxsize=8)
def _walks(chosen: Engine) -> _Walks:
    return _Walks(chosen)


class _Walks:
    """The traversals of the diagrams of all scores and actions of an engine."""

    def __init__(self, chosen: Engine) -> None:
        self.choices: Choices = {None: 0}
        self._rulebook = chosen.rulebook
        self._of_root = lru_cache(maxsize=None)(self._walk)
        of = chosen.rulebook.of
        self.scores = [
            (score, self._of_root(root))
            for score, root in zip(chosen.knowledge.scores.values(), of("total"), strict=True)
        ]
        self.actions = [
            (plan.id, self._of_root(plan.root), [(self._of_root(root), gone) for root, gone in plan.switches])
            for plan in chosen.planner.actions
            if plan.clauses
        ]
        self.contradictions = [self._of_root(root) for root in of("contradiction")]

    def _walk(self, root: Root[Any]) -> _Walk:
        return _Walk(self._rulebook, root.node, self.choices)

    def columns(self, codes: Codes) -> Iterator[Column]:
        """Yield every column of the result for some rows."""
        may = self._may(codes)
        for score, walk in self.scores:
            yield from _of_score(score, walk.ends(may))
        for action, walk, switches in self.actions:
            outcomes: dict[Outcome | None, Rows] = {}
            for verdict, rows in walk.ends(may).items():
                outcome = outcome_of(verdict)
                outcomes[outcome] = outcomes[outcome] | rows if outcome in outcomes else rows
            gone = [(_surely(switch.ends(may)), stances) for switch, stances in switches]
            yield from _of_action(action, resolved(outcomes, gone))

    def refused(self, codes: Codes) -> NDArray[np.uint8]:
        """Return whether each row holds a contradiction."""
        may, found = self._may(codes), NONE
        for walk in self.contradictions:
            found = found | _surely(walk.ends(may))
        return np.unpackbits(np.broadcast_to(found, may[0].shape), count=codes.shape[1])

    def _may(self, codes: Codes) -> list[Rows]:
        """Return, for each choice, the rows that it may be: the finding has one of its options or is not known."""

        @cache
        def having(index: int, option: int) -> Rows:
            return np.packbits(codes[index] == option)

        all_ = np.packbits(np.ones(codes.shape[1], dtype=bool))
        return [
            all_ if choice is None else _any(having(choice[0], option) for option in (-1, *choice[1]))
            for choice in self.choices
        ]


class _Walk:
    """The traversal of one diagram for all rows.

    Attributes
    ----------
    steps : list of (node, ways)
        From the root down; the ways of a node are its children, each with the choice that leads there.
    """

    def __init__(self, rulebook: Rulebook, root: Node, choices: Choices) -> None:
        diagrams = rulebook.diagrams
        self.root = root
        self.value = diagrams.value
        self.steps: list[tuple[Node, list[tuple[Node, int]]]] = []
        for node in reversed(diagrams.nodes(root)):
            index = rulebook.variables[diagrams.variables[node]]
            options: dict[Node, list[int]] = {}
            for option, child in enumerate(diagrams.children[node]):
                options.setdefault(child, []).append(option)
            ways: list[tuple[Node, int]] = []
            for child, same in options.items():
                # An item that its findings leave open is never known, so that all rows go every way.
                choice = None if isinstance(index, OpenItem) else (index, tuple(same))
                ways.append((child, choices.setdefault(choice, len(choices))))
            self.steps.append((node, ways))

    def ends(self, may: list[Rows]) -> dict[Any, Rows]:
        """Return, for each end value, the rows of which some completion reaches it."""
        reached = {self.root: may[0]}
        for node, ways in self.steps:
            here = reached.pop(node)
            for child, choice in ways:
                there = here & may[choice]
                if child in reached:
                    there |= reached[child]
                reached[child] = there
        return {self.value(end): rows for end, rows in reached.items()}


def _surely(truths: Mapping[bool | None, Rows]) -> Rows:
    """Return the rows in which a condition is true in every completion, or in which a guarded item applies."""
    return truths.get(True, NONE) & ~truths.get(False, NONE)


def _of_score(score: Score, totals: Mapping[int | None, Rows]) -> Iterator[Column]:
    """Yield the columns of a score from the rows that may have each total."""
    points = sorted(total for total in totals if total is not None)
    positions = [(totals[total], index) for index, total in enumerate(points, 1)]
    yield Column(f"{score.id}.low", _whole(points), _first(positions))
    yield Column(f"{score.id}.high", _whole(points), _first(reversed(positions)))
    bands = [_any(totals[total] for total in points if band.low <= total <= band.high) for band in score.bands]
    words = [
        "|".join(band for index, band in enumerate(score.band_ids) if bits >> index & 1)
        for bits in range(1 << len(bands))
    ]
    yield Column(f"{score.id}.bands", _word(words), bands)


def _of_action(action: str, outcomes: Mapping[Outcome | None, Rows]) -> Iterator[Column]:
    """Yield the columns of an action from the rows that may have each outcome."""
    given = [(outcome, rows) for outcome, rows in outcomes.items() if outcome is not None]
    given.sort(key=lambda pair: (STANCES.index(pair[0].stance), pair[0].within_hours or np.inf))
    stances = _first((rows, STANCES.index(outcome.stance) + 1) for outcome, rows in given)
    yield Column(action, _word(["none", *STANCES]), stances)
    once = twice = NONE
    for rows in outcomes.values():
        once, twice = once | rows, twice | once & rows
    yield Column(f"{action}.decided", partial(np.asarray, dtype=bool), [~twice])
    hours = sorted({outcome.within_hours for outcome, _ in given if outcome.within_hours})
    if hours:
        positions = {time: index for index, time in enumerate([None, *hours])}
        soonest = _first((rows, positions[outcome.within_hours]) for outcome, rows in given)
        yield Column(f"{action}.within_hours", _whole(hours), soonest)
    if any(outcome.side for outcome, _ in given):
        yield Column(f"{action}.side", _word(["", "left", "right"]), _first(_sides(given)))


def _sides(given: Iterable[tuple[Outcome, Rows]]) -> Iterator[tuple[Rows, int]]:
    """Yield, from the strongest stance down, the rows whose outcomes of it agree on a side, then those that do not."""
    for _, same in groupby(given, key=lambda pair: pair[0].stance):
        sides: dict[str | None, Rows] = {}
        for outcome, rows in same:
            sides[outcome.side] = sides.get(outcome.side, NONE) | rows
        for number, side in enumerate(("left", "right"), 1):
            if side in sides:
                yield sides[side] & ~_any(rows for other, rows in sides.items() if other != side), number
        yield _any(sides.values()), 0


def _any(sets: Iterable[Rows]) -> Rows:
    """Return the rows that are in any of the sets."""
    return reduce(np.bitwise_or, sets, NONE)


def _first(sets: Iterable[tuple[Rows, int]]) -> list[Rows]:
    """Return the digits of the number of the first set that a row is in, of 0 where it is in none."""
    digits: list[Rows] = []
    seen = NONE
    for rows, number in sets:
        new, seen = rows & ~seen, seen | rows
        digits += [NONE] * (number.bit_length() - len(digits))
        digits = [digit | new if number >> index & 1 else digit for index, digit in enumerate(digits)]
    return digits


def _write(digits: Sequence[Rows], numbers: Numbers) -> None:
    """Write the number of each row from its digits."""
    numbers.fill(0)
    for rows in reversed(digits):
        numbers += numbers
        if rows is not NONE:
            numbers += np.unpackbits(rows, count=len(numbers)).view(np.int8)


def _whole(values: Sequence[int]) -> Callable[[Numbers], Any]:
    """Return what makes a column of whole numbers by their places from 1 on; 0 is missing."""
    table = np.array([0, *values], dtype=np.int16)
    return lambda positions: pd.arrays.IntegerArray(table.take(positions), positions == 0)


def _word(words: Sequence[str]) -> Callable[[Numbers], Any]:
    """Return what makes a column of words by their places."""
    return partial(pd.Categorical.from_codes, categories=words)
