"""Many patients at once: the engine over a pandas frame, a row a state.

The only module of the engine that imports pandas and numpy. Rows are worked through in chunks
that fit the processor's cache: each comparison of a condition once for all rows, each action by a
table from the set of clauses that hold to what is in force. Where an action reads something that
is not known, its rows take the exact way of `assess`, once for each different combination.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from casebook.assessment import Engine, engine
from casebook.conditions import Tree, leaves
from casebook.plan import ActionPlan, PlanEntry
from casebook.rules import STANCES, Outcome
from casebook.scores import Score

CHUNK = 1 << 15
"""Rows worked through at a time."""

Column = np.ndarray


def assess_frame(frame: pd.DataFrame, engine_: Engine | None = None) -> pd.DataFrame:
    """Assess every row of a frame of findings.

    Parameters
    ----------
    frame : pandas.DataFrame
        Columns are finding ids, values option ids. An absent column and a missing value (None,
        NaN, NA) are not assessed. Categorical columns are read fastest.
    engine_ : Engine, optional
        Another engine than that of this casebook.

    Returns
    -------
    pandas.DataFrame
        The same index. For each score ``NAME.low`` and ``NAME.high`` (points; missing where the
        score does not apply) and ``NAME.bands`` (every band still possible, joined by “|”). For
        each action ``ACTION`` (stance, or “none” where no rule speaks), ``ACTION.decided``,
        ``ACTION.within_hours`` (missing where none) and ``ACTION.side`` (empty where none); the
        last two only for actions that have them. Stance, status, time and side are those of
        `casebook.assess` of the row.

    Raises
    ------
    FindingError
        If a column is no finding, or a value no option.
    """
    chosen = engine_ or engine()
    codes = _codes(chosen, frame)
    tables = _tables(chosen)
    chunks = [tables.work(codes[:, start : start + CHUNK]) for start in range(0, max(len(frame), 1), CHUNK)]
    columns = {name: tables.column(name, np.concatenate([chunk[name] for chunk in chunks])) for name in chunks[0]}
    return pd.DataFrame(columns, index=frame.index, copy=False)


def _codes(chosen: Engine, frame: pd.DataFrame) -> Column:
    """Return the position of each finding's option, -1 where not assessed; a row a finding."""
    vocabulary = chosen.knowledge.vocabulary
    codes = np.full((len(vocabulary), len(frame)), -1, dtype=np.int8)
    for id in frame.columns:
        finding, column = vocabulary.finding(id), frame[id]
        if isinstance(column.dtype, pd.CategoricalDtype):
            places, values = column.cat.codes.to_numpy(), column.cat.categories
        else:
            places, values = pd.factorize(column)
        read = [vocabulary.state({id: value.item() if isinstance(value, np.generic) else value}) for value in values]
        position = vocabulary.position[finding.id]
        options = np.array([*(state[position] for state in read), -1], dtype=np.int8)
        codes[position] = options[places]
    return codes


@lru_cache(maxsize=8)
def _tables(chosen: Engine) -> _Tables:
    return _Tables(chosen)


class _Tables:
    """Everything of one engine that does not depend on the rows."""

    def __init__(self, chosen: Engine) -> None:
        self.knowledge = chosen.knowledge
        self.position = chosen.knowledge.vocabulary.position
        self.reads: dict[int, frozenset[str]] = {}
        self._trees: dict[str, Tree] = {}
        self.scores = [_ScoreTable(score, self.position) for score in chosen.knowledge.scores.values()]
        self._lookups: dict[int, Column] = {}
        self.actions = [_ActionTable(plan, self) for plan in chosen.planner.actions if plan.precedence.clauses]

    def work(self, codes: Column) -> dict[str, Column]:
        """Return every column of the result for a chunk of rows, as numbers."""
        scored = {table.score.id: table.work(codes) for table in self.scores}
        result: dict[str, Column] = {}
        for id, points in scored.items():
            result |= {f"{id}.low": points.low, f"{id}.high": points.high, f"{id}.bands": points.bands}
        wordless = np.zeros(codes.shape[1], dtype=bool)
        for points in scored.values():
            wordless |= points.wordless
        if wordless.all() or not wordless.any():
            return result | self._plan(codes, scored)
        # Rows with a finding that a score has no word for cost several walks, so they go apart.
        halves = []
        for rows in (np.flatnonzero(~wordless), np.flatnonzero(wordless)):
            part = {id: points.of(rows) for id, points in scored.items()}
            halves.append((rows, self._plan(np.ascontiguousarray(codes[:, rows]), part)))
        for name, numbers in halves[0][1].items():
            column = np.empty(codes.shape[1], dtype=numbers.dtype)
            for rows, plan in halves:
                column[rows] = plan[name]
            result[name] = column
        return result

    def _plan(self, codes: Column, scored: dict[str, _Points]) -> dict[str, Column]:
        chunk = _Chunk(self, codes, scored)
        result: dict[str, Column] = {}
        for action in self.actions:
            result |= action.work(chunk)
        return result

    def column(self, name: str, numbers: Column) -> Any:
        """Return a column of the result in its final type."""
        id, _, part = name.partition(".")
        if part in ("low", "high", "within_hours"):
            return (
                pd.array(numbers, dtype="Int16")
                if (numbers >= 0).all()
                else pd.arrays.IntegerArray(numbers.astype(np.int16), numbers < 0)
            )
        if part == "bands":
            return pd.Categorical.from_codes(
                numbers, next(table.words for table in self.scores if table.score.id == id)
            )
        if part == "decided":
            return numbers
        return pd.Categorical.from_codes(numbers, ["", "left", "right"] if part == "side" else ["none", *STANCES])

    def shared(self, tree: Tree) -> Tree:
        """Return the one object that stands for all conditions like `tree`, so that each is evaluated once."""
        if isinstance(tree, bool):
            return tree
        key = repr(tree)
        if key not in self._trees:
            for part in ("all", "any"):
                if part in tree:
                    tree = {part: [self.shared(each) for each in tree[part]]}
            for part in ("not", "is"):
                if part in tree:
                    tree = {**tree, part: self.shared(tree[part])}
            self._trees[key] = tree
            self.reads[id(tree)] = frozenset(leaf["score"] for leaf in leaves(tree) if "score" in leaf)
        return self._trees[key]

    def lookup(self, tree: Mapping[str, Any]) -> Column:
        """Return for each option of a finding, and last for “not assessed”, whether a comparison holds."""
        key = id(tree)
        if key not in self._lookups:
            values = self.knowledge.vocabulary.by_id[tree["finding"]].values
            self._lookups[key] = np.array([*(value in tree["in"] for value in values), False])
        return self._lookups[key]


@dataclass(frozen=True)
class _Points:
    """One score in some rows.

    `wordless` rows have an item whose findings are known but match no option (a lesion that CT
    does not show); `shifts` are the points that such items can add to the least total.
    """

    low: Column
    high: Column
    bands: Column
    wordless: Column
    shifts: tuple[Column, ...]

    def of(self, rows: Column) -> _Points:
        shifts = tuple(shift[rows] for shift in self.shifts)
        return _Points(self.low[rows], self.high[rows], self.bands[rows], self.wordless[rows], shifts)


class _Chunk:
    """Some rows, and the conditions evaluated on them so far; right where nothing is unknown."""

    def __init__(self, tables: _Tables, codes: Column, scored: dict[str, _Points]) -> None:
        self.tables = tables
        self.codes = codes
        self.size = codes.shape[1]
        self.unknown = codes < 0
        self.has_unknown = self.unknown.any(axis=1)
        self.scored = scored
        self.totals = {id: points.low for id, points in scored.items()}
        self._truths: dict[int, Column] = {}
        self._variants: dict[str, list[_Chunk]] = {}
        self._like: tuple[_Chunk, str] | None = None

    def variants(self, scores: Sequence[str]) -> list[_Chunk]:
        """Return the rows once for every total that wordless items allow the scores."""
        open_ = [id for id in scores if self.scored[id].wordless.any()]
        if not open_:
            return [self]
        if len(open_) > 1:
            raise NotImplementedError(f"{' and '.join(open_)} both have findings without an option")
        id = open_[0]
        if id not in self._variants:
            points = self.scored[id]
            self._variants[id] = [self._with(id, points.low + shift) for shift in points.shifts]
        return self._variants[id]

    def _with(self, score: str, total: Column) -> _Chunk:
        """Return the same rows with another total of one score."""
        variant = _Chunk(self.tables, self.codes, self.scored)
        variant.totals = {**self.totals, score: total}
        variant._like = self, score
        return variant

    def truth(self, tree: Tree) -> Column:
        """Return whether a condition holds in each row."""
        if isinstance(tree, bool):
            return np.full(self.size, tree)
        if id(tree) not in self._truths:
            other, score = self._like or (None, "")
            alike = other is not None and score not in self.tables.reads[id(tree)]
            self._truths[id(tree)] = other.truth(tree) if other is not None and alike else self._truth(tree)
        return self._truths[id(tree)]

    def _truth(self, tree: Mapping[str, Any]) -> Column:
        if "finding" in tree:
            return self.tables.lookup(tree)[self.codes[self.tables.position[tree["finding"]]]]
        if "score" in tree:
            total = self.totals[tree["score"]]
            return (total >= tree["low"]) & (total <= tree["high"])
        if "not" in tree:
            return ~self.truth(tree["not"])
        if "term" in tree:
            return self.truth(tree["is"])
        join = np.logical_and if "all" in tree else np.logical_or
        parts = tree.get("all", tree.get("any"))
        result = self.truth(parts[0]).copy()
        for part in parts[1:]:
            join(result, self.truth(part), out=result)
        return result


class _ScoreTable:
    """One score: the least and greatest points of each item by what it reads."""

    def __init__(self, score: Score, position: Mapping[str, int]) -> None:
        self.score = score
        self.position = position
        self.places = [position[id] for id in score.reading.finding_ids]
        bands = [band.id for band in score.bands]
        self.words = [
            "|".join(band for place, band in enumerate(bands) if bits >> place & 1) for bits in range(1 << len(bands))
        ]
        self.band_of = np.zeros(score.maximum + 1, dtype=np.int16)
        for place, band in enumerate(score.bands):
            self.band_of[band.low : band.high + 1] = 1 << place
        findings = score.reading.vocabulary.by_id
        self.items: list[tuple[list[int], list[int], Column, Column, Column]] = []
        for place, (item, ids) in enumerate(zip(score.items, score.reading.reads, strict=True)):
            shape = tuple(len(findings[id].options) + 1 for id in ids)
            low, high = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int8)
            for index in np.ndindex(shape):
                # The last place of each finding stands for “not assessed”, as -1 does in the codes.
                known = tuple(
                    None if option == size - 1 else findings[id].values[option]
                    for id, option, size in zip(ids, index, shape, strict=True)
                )
                points = [item.options[each].points for each in score.reading.possible(place, known)]
                low[index], high[index] = min(points), max(points)
            # Points in the order of the options, if some known findings have no option, and which have none.
            points = sorted({option.points for option in item.options}) if score.reading.leaves_open(item.id) else []
            without = low != high
            for axis in range(len(shape)):
                without[(slice(None),) * axis + (-1,)] = False
            self.items.append(([position[id] for id in ids], points, low, high, without))
        self.always = score.reading.applies is True

    def work(self, codes: Column) -> _Points:
        """Return the score of each row; its totals are -1 where it does not apply."""
        size = codes.shape[1]
        if self.score.reading.applies is False:
            nothing = np.full(size, -1, dtype=np.int16)
            return _Points(nothing, nothing, np.zeros(size, dtype=np.int16), np.zeros(size, dtype=bool), ())
        low, high = np.zeros(size, dtype=np.int16), np.zeros(size, dtype=np.int16)
        wordless, shifts = np.zeros(size, dtype=bool), (np.zeros(size, dtype=np.int16),)
        for places, points, least, most, open_ in self.items:
            index = tuple(codes[place] for place in places)
            low += least[index]
            high += most[index]
            if not points:
                continue
            without = open_[index]
            wordless |= without
            if without.any():
                shifts = tuple(
                    shift + np.where(without, point - min(points), 0) for shift in shifts for point in points
                )
        bands = self.band_of[low]
        for shift in shifts:
            bands |= self.band_of[np.minimum(low + shift, self.score.maximum)]
        if self.always:
            unknown = np.zeros(size, dtype=bool)
            for place in self.places:
                unknown |= codes[place] < 0
            rest = np.flatnonzero(unknown)
        else:
            rest = np.arange(size)
        for rows, state in _combinations(codes, self.places, rest):
            result = self.score.reading.derive(state)
            if result.status == "not_applicable":
                low[rows] = high[rows] = -1
            bands[rows] = sum(1 << self.score.band_ids.index(band) for band in result.bands)
        return _Points(low, high, bands, wordless, shifts)


class _ActionTable:
    """One action: what is in force for each set of clauses that hold."""

    def __init__(self, plan: ActionPlan, tables: _Tables) -> None:
        self.plan = plan
        self.trees = [tables.shared(tree) for _, tree, _ in plan.precedence.clauses]
        self.scores = sorted(tables.knowledge.scores.keys() & plan.scores)
        self.outcomes = [None, *dict.fromkeys(outcome for _, _, outcome in plan.precedence.clauses)]
        self.stances, self.hours, self.sides = (
            np.array(numbers, dtype=np.int16) for numbers in zip(*map(_numbers, self.outcomes), strict=True)
        )
        # The place of the outcome in force for each set of clauses as bits; -1 where not yet asked.
        self.force: Column = np.full(1 << len(self.trees), -1, dtype=np.int8)

    def work(self, chunk: _Chunk) -> dict[str, Column]:
        """Return stance, status, time and side of the action in each row."""
        variants = [self._force(variant) for variant in chunk.variants(self.scores)]
        first = variants[0]
        stance, hours, side = self.stances[first], self.hours[first], self.sides[first]
        decided = np.ones(chunk.size, dtype=bool)
        for other in variants[1:]:
            decided &= first == other
        if len(variants) > 1 and not decided.all():
            rows = np.flatnonzero(~decided)
            stance[rows], hours[rows], side[rows] = self._strongest(np.stack([each[rows] for each in variants]))
        for rows, state in _combinations(chunk.codes, self.plan.places, self._open(chunk)):
            entry = self.plan.entry(state)
            decided[rows] = entry is None or entry.status == "decided"
            stance[rows], hours[rows], side[rows] = _numbers(entry)
        result = {self.plan.id: stance, f"{self.plan.id}.decided": decided}
        if (self.hours >= 0).any():
            result[f"{self.plan.id}.within_hours"] = hours
        if self.sides.any():
            result[f"{self.plan.id}.side"] = side
        return result

    def _force(self, chunk: _Chunk) -> Column:
        """Return the place of the outcome in force in each row, by the set of clauses that hold."""
        bits = np.zeros(chunk.size, dtype=np.int32)
        for place, tree in enumerate(self.trees):
            bits |= np.left_shift(chunk.truth(tree), place, dtype=np.int32)
        force = self.force[bits]
        if (force < 0).any():
            for new in np.unique(bits[force < 0]):
                holding = [place for place in range(len(self.trees)) if new >> place & 1]
                settled = self.plan.precedence.settle(holding)[0] if holding else None
                outcome = None if settled is None else self.plan.precedence.outcome(settled)
                self.force[new] = self.outcomes.index(outcome)
            force = self.force[bits]
        return force

    def _strongest(self, places: Column) -> tuple[Column, Column, Column]:
        """Return the strongest stance among several outcomes a row, its soonest time, and its side if there is one."""
        last = len(STANCES) + 1
        ranks = np.where(self.stances[places] == 0, last, self.stances[places])
        best = ranks.min(axis=0)
        same = ranks == best
        times, sides = self.hours[places], self.sides[places]
        latest = np.iinfo(times.dtype).max
        soonest = np.where(same & (times >= 0), times, latest).min(axis=0)
        least, most = np.where(same, sides, latest).min(axis=0), np.where(same, sides, -1).max(axis=0)
        return (
            np.where(best == last, 0, best),
            np.where(soonest == latest, -1, soonest),
            np.where(least == most, least, 0),
        )

    def _open(self, chunk: _Chunk) -> Column:
        """Return the rows in which a finding that the action reads is not known."""
        places = [place for place in self.plan.places if chunk.has_unknown[place]]
        return np.flatnonzero(chunk.unknown[places].any(axis=0)) if places else np.empty(0, dtype=int)


def _numbers(outcome: Outcome | PlanEntry | None) -> tuple[int, int, int]:
    """Return stance, time and side of an outcome or plan entry as numbers."""
    if outcome is None:
        return 0, -1, 0
    side = ("left", "right").index(outcome.side) + 1 if outcome.side else 0
    return STANCES.index(outcome.stance) + 1, -1 if outcome.within_hours is None else outcome.within_hours, side


def _combinations(codes: Column, places: Sequence[int], rows: Column) -> Iterator[tuple[Column, tuple[int, ...]]]:
    """Yield, for each different combination of findings among some rows, those rows and a state."""
    if not len(rows):
        return
    if not places:
        yield rows, tuple(codes[:, rows[0]].tolist())
        return
    kept = np.ascontiguousarray(codes[list(places)][:, rows].T)
    _, inverse = np.unique(kept.view(np.dtype((np.void, kept.shape[1]))).ravel(), return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(inverse[order])) + 1):
        yield rows[group], tuple(codes[:, rows[group[0]]].tolist())
