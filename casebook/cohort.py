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
from casebook.conditions import Tree
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
        self.scores = [_ScoreTable(score, self.position) for score in chosen.knowledge.scores.values()]
        self.actions = [_ActionTable(plan, self) for plan in chosen.planner.actions if plan.precedence.clauses]
        self._lookups: dict[str, Column] = {}

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

    def lookup(self, tree: Mapping[str, Any]) -> Column:
        """Return for each option of a finding, and last for “not assessed”, whether a comparison holds."""
        key = repr(tree)
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
            self._variants[id] = [replace_total(self, id, points.low + shift) for shift in points.shifts]
        return self._variants[id]

    def truth(self, tree: Tree) -> Column:
        """Return whether a condition holds in each row."""
        if isinstance(tree, bool):
            return np.full(self.size, tree)
        if id(tree) not in self._truths:
            self._truths[id(tree)] = self._truth(tree)
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


def replace_total(chunk: _Chunk, score: str, total: Column) -> _Chunk:
    """Return the same rows with another total of one score."""
    variant = _Chunk(chunk.tables, chunk.codes, chunk.scored)
    variant.totals = {**chunk.totals, score: total}
    return variant


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
        self.items: list[tuple[list[int], list[int], Column, Column]] = []
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
            # Points in the order of the options, if some known findings have no option.
            points = sorted({option.points for option in item.options}) if score.reading.leaves_open(item.id) else []
            self.items.append(([position[id] for id in ids], points, low, high))
        self.always = score.reading.applies is True

    def work(self, codes: Column) -> _Points:
        """Return the score of each row; its totals are -1 where it does not apply."""
        size = codes.shape[1]
        low, high = np.zeros(size, dtype=np.int16), np.zeros(size, dtype=np.int16)
        wordless, shifts = np.zeros(size, dtype=bool), (np.zeros(size, dtype=np.int16),)
        for places, points, least, most in self.items:
            index = tuple(codes[place] for place in places)
            low += least[index]
            high += most[index]
            if not points:
                continue
            without = (least[index] != most[index]) & (codes[places] >= 0).all(axis=0)
            wordless |= without
            if without.any():
                shifts = tuple(
                    shift + np.where(without, point - min(points), 0) for shift in shifts for point in points
                )
        bands = self.band_of[low]
        for shift in shifts:
            bands |= self.band_of[np.minimum(low + shift, self.score.maximum)]
        unknown = (codes[self.places] < 0).any(axis=0)
        rest = np.flatnonzero(unknown) if self.always else np.arange(size)
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
        self.trees = [tree for _, tree, _ in plan.precedence.clauses]
        self.scores = sorted(tables.knowledge.scores.keys() & plan.scores)
        outcomes = [outcome for _, _, outcome in plan.precedence.clauses]
        self.timed = any(outcome.within_hours for outcome in outcomes)
        self.sided = any(outcome.side for outcome in outcomes)
        self.force: Column = np.full((3, 1 << len(self.trees)), -2, dtype=np.int16)

    def work(self, chunk: _Chunk) -> dict[str, Column]:
        """Return stance, status, time and side of the action in each row."""
        variants = [self._force(variant) for variant in chunk.variants(self.scores)]
        stance, hours, side, decided = _strongest(variants)
        for rows, state in _combinations(chunk.codes, self.plan.places, self._open(chunk)):
            entry = self.plan.entry(state)
            decided[rows] = entry is None or entry.status == "decided"
            stance[rows], hours[rows], side[rows] = _numbers(entry)
        result = {self.plan.id: stance, f"{self.plan.id}.decided": decided}
        if self.timed:
            result[f"{self.plan.id}.within_hours"] = hours
        if self.sided:
            result[f"{self.plan.id}.side"] = side
        return result

    def _force(self, chunk: _Chunk) -> tuple[Column, Column, Column]:
        """Return what is in force in each row, by the set of clauses that hold."""
        bits = np.zeros(chunk.size, dtype=np.int32)
        for place, tree in enumerate(self.trees):
            bits |= chunk.truth(tree).astype(np.int32) << place
        for new in np.unique(bits[self.force[0][bits] == -2]):
            holding = [place for place in range(len(self.trees)) if new >> place & 1]
            outcome = self.plan.precedence.outcome(self.plan.precedence.settle(holding)[0]) if holding else None
            self.force[:, new] = _numbers(outcome)
        stance, hours, side = (each[bits] for each in self.force)
        return stance, hours, side

    def _open(self, chunk: _Chunk) -> Column:
        """Return the rows in which a finding that the action reads is not known."""
        places = [place for place in self.plan.places if chunk.has_unknown[place]]
        return np.flatnonzero(chunk.unknown[places].any(axis=0)) if places else np.empty(0, dtype=int)


def _strongest(variants: Sequence[tuple[Column, Column, Column]]) -> tuple[Column, Column, Column, Column]:
    """Return the strongest stance still possible, its time and side, and whether all variants agree."""
    stance, hours, side = variants[0]
    decided = np.ones(len(stance), dtype=bool)
    if len(variants) == 1:
        return stance, hours, side, decided
    stances, times, sides = (np.stack(columns) for columns in zip(*variants, strict=True))
    for rows in (stances, times, sides):
        decided &= (rows == rows[0]).all(axis=0)
    last = len(STANCES) + 1
    ranks = np.where(stances == 0, last, stances)
    best = ranks.min(axis=0)
    same = ranks == best
    latest = np.iinfo(times.dtype).max
    soonest = np.where(same & (times >= 0), times, latest).min(axis=0)
    least = np.where(same, sides, latest).min(axis=0)
    most = np.where(same, sides, -1).max(axis=0)
    stance = np.where(best == last, 0, best).astype(stances.dtype)
    return stance, np.where(soonest == latest, -1, soonest), np.where(least == most, least, 0), decided


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
    kept = np.ascontiguousarray(codes[list(places)][:, rows].T)
    _, inverse = np.unique(kept.view(np.dtype((np.void, kept.shape[1]))).ravel(), return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    for group in np.split(order, np.flatnonzero(np.diff(inverse[order])) + 1):
        yield rows[group], tuple(codes[:, rows[group[0]]].tolist())
