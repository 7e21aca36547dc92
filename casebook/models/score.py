"""Scores: their definition, and their exact range over findings that may be unknown."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from casebook.diagnostics.suggestions import nearest
from casebook.messages import message
from casebook.messages.words import hinted
from casebook.models.expression import ConditionError, Language, Tree, evaluate, leaves
from casebook.models.finding import FindingError, Part, Source, Value, Vocabulary, read_option

Status = Literal["complete", "range", "not_applicable"]


class Cited(Part):
    """A statement with its source; `when` limits where it is shown, and `scale` puts it under the scale of a score."""

    text: str
    source: Source = Field(min_length=1)
    when: str = "True"
    scale: bool = False


class Audit(Part):
    """When the points were last checked, and against what."""

    date: datetime.date
    against: str


class Applies(Part):
    """Where a score may be used; `otherwise` says why not elsewhere."""

    when: str = "True"
    otherwise: str


class Agreement(Part):
    """How far observers agree on an item: a statistic as a source prints it."""

    statistic: str
    value: str = Field(pattern=r"^-?\d+\.\d+$")
    source: Source = Field(min_length=1)


class ItemOption(Part):
    """One answer to a score item, its points, and the findings that give it, if any do."""

    id: str
    label: str
    points: int
    when: str = "False"


class Item(Part):
    """One line of a score."""

    id: str
    label: str
    help: str = ""
    source: Source = Field(min_length=1)
    agreement: Agreement | None = None
    options: tuple[ItemOption, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _options_are_distinct(self) -> Item:
        if len(self.index) < len(self.options):
            raise ValueError("two options of the item have the same id")
        return self

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Position of each option by its id."""
        return {option.id: place for place, option in enumerate(self.options)}

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Option ids in their order."""
        return tuple(self.index)


class Band(Part):
    """A named stretch of totals, both ends included."""

    id: str
    label: str
    low: int
    high: int
    text: str
    source: Source = Field(min_length=1)


class Replacement(Part):
    """A finding that is read as another option where a condition holds."""

    finding: str
    to: Value
    when: str = "True"


class AsOneLesion(Part):
    """How a score is read if the foci that are counted are one continuous lesion.

    Attributes
    ----------
    when, unless : str
        The second total is given where `when` is decided true and `unless` is not.
    set : tuple of Replacement
    """

    when: str
    unless: str
    set: tuple[Replacement, ...] = Field(min_length=1)
    text: str
    source: Source = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What one item contributes.

    Attributes
    ----------
    id : str
    option : str or None
        None where it cannot be told from the findings.
    points : int or None
    low, high : int
        Least and greatest points over every completion.
    findings : mapping
        What was read, by finding id; None where not assessed. Empty if items were given directly.
    """

    id: str
    option: str | None
    points: int | None
    low: int
    high: int
    findings: Mapping[str, Value | None]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the item."""
        return {
            "id": self.id,
            "option": self.option,
            "points": self.points,
            "low": self.low,
            "high": self.high,
            "from": dict(self.findings),
        }


@dataclass(frozen=True, slots=True)
class OneLesion:
    """The range of a score if the foci that are counted are one continuous lesion."""

    low: int
    high: int
    bands: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the range."""
        return {"low": self.low, "high": self.high, "bands": list(self.bands)}


@dataclass(frozen=True, slots=True)
class ScoreResult:
    """The value of a score: a total, an exact range, or the reason why it has no number.

    Attributes
    ----------
    id : str
    status : {"complete", "range", "not_applicable"}
    total : int or None
        Given only when complete.
    low, high : int or None
        Least and greatest totals over every completion of what is not assessed.
    bands : tuple of str
        Every band that some completion reaches.
    notes : tuple of str
    items : tuple of ItemResult
    reason : str
        Why the score does not apply; empty where it does.
    totals : frozenset of int and None
        Every total that some completion reaches; None where in some the score does not apply.
        Empty where it applies in none.
    as_one_lesion : OneLesion or None
        The second range where one continuous lesion is counted by segments.
    compared : frozenset of int and None
        The totals that a condition compares: of those, and those as one lesion where it may be one.
    """

    id: str
    status: Status
    total: int | None
    low: int | None
    high: int | None
    bands: tuple[str, ...]
    notes: tuple[str, ...]
    items: tuple[ItemResult, ...]
    reason: str = ""
    totals: frozenset[int | None] = field(default=frozenset(), repr=False)
    as_one_lesion: OneLesion | None = None
    compared: frozenset[int | None] = field(default=frozenset(), repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the score."""
        result = {
            "status": self.status,
            "total": self.total,
            "low": self.low,
            "high": self.high,
            "bands": list(self.bands),
            "notes": list(self.notes),
            "items": [item.to_dict() for item in self.items],
        }
        if self.reason:
            result["reason"] = self.reason
        if self.as_one_lesion:
            result["as_one_lesion"] = self.as_one_lesion.to_dict()
        return result


class Score(Part):
    """A published score: items, points, bands, and what is known of its use and misuse.

    The score must be bound to a vocabulary (`bind`) before it can be derived from findings.
    """

    id: str
    label: str
    name: str
    question: str
    worse: Literal["high", "low"]
    source: Source = Field(min_length=1)
    audit: Audit
    applies: Applies
    use: tuple[Cited, ...] = ()
    misuse: tuple[Cited, ...] = ()
    reliability: tuple[Cited, ...] = ()
    ambiguities: tuple[Cited, ...] = ()
    conventions: tuple[Cited, ...] = ()
    items: tuple[Item, ...] = Field(min_length=1)
    bands: tuple[Band, ...] = Field(min_length=1)
    notes: tuple[Cited, ...] = ()
    as_one_lesion: AsOneLesion | None = None

    _reading: _Reading | None = PrivateAttr(None)

    def check_bands(self) -> None:
        """Raise ConditionError unless the bands cover the scale once, without a gap."""
        expected = self.minimum
        for place, band in enumerate(self.bands):
            if band.low != expected or band.high < band.low:
                what = f"band {band.id} runs from {band.low} to {band.high}; it should start at {expected}"
                raise ConditionError(what, ("bands", place))
            expected = band.high + 1
        if expected != self.maximum + 1:
            what = f"the bands end at {expected - 1}; the items add up to at most {self.maximum}"
            raise ConditionError(what, ("bands",))

    @cached_property
    def minimum(self) -> int:
        """The least total that the items allow."""
        return sum(min(option.points for option in item.options) for item in self.items)

    @cached_property
    def maximum(self) -> int:
        """The greatest total that the items allow."""
        return sum(max(option.points for option in item.options) for item in self.items)

    @cached_property
    def band_ids(self) -> tuple[str, ...]:
        """Ids of the bands, from the lowest totals up."""
        return tuple(band.id for band in self.bands)

    def limits(self, band: str) -> tuple[int, int] | None:
        """Return the least and greatest total of a band, or None if there is no such band."""
        return next(((each.low, each.high) for each in self.bands if each.id == band), None)

    def bands_of(self, totals: frozenset[int]) -> tuple[str, ...]:
        """Return the bands that hold at least one of `totals`, from the lowest up."""
        return tuple(band.id for band in self.bands if any(band.low <= total <= band.high for total in totals))

    def bind(self, vocabulary: Vocabulary, language: Language) -> None:
        """Compile the conditions of the score.

        Raises
        ------
        ConditionError
            If a condition cannot be read, if options of an item overlap, if the bands leave a gap,
            or if two items read the same finding: the range of their sum would not be exact.
        """
        object.__setattr__(self, "_reading", _Reading(self, vocabulary, language))

    @property
    def reading(self) -> _Reading:
        """How findings give items; only after `bind`."""
        if self._reading is None:
            raise RuntimeError(f"{self.id} is not bound to a vocabulary")
        return self._reading

    def of_items(self, items: Mapping[str, Any]) -> ScoreResult:
        """Score item options that are given directly; a missing item is unknown.

        Raises
        ------
        FindingError
            If there is no such item or option.
        """
        by_id = {item.id: item for item in self.items}
        for id in items:
            if id not in by_id:
                near = nearest(id, by_id)
                what = hinted(message("error-no-item", score=self.id, id=repr(id)), near)
                raise FindingError(what, str(id), None, near)
        possible = []
        for item in self.items:
            wrong = partial(_wrong_option, self.id, item.id)
            place = read_option(wrong, item.id, items.get(item.id), item.index, item.values)
            possible.append(frozenset(range(len(item.options))) if place is None else frozenset([place]))
        notes = tuple(note.text for note in self.notes if note.when == "True")
        return self._result(tuple(possible), notes, tuple({} for _ in self.items))

    def of_findings(self, findings: Mapping[str, Any]) -> ScoreResult:
        """Derive the score from findings, also where these contradict each other in what the score does not read.

        Raises
        ------
        FindingError
            If an id or an option is not in the vocabulary.
        """
        return self.reading.derive(self.reading.vocabulary.state(findings))

    def _result(
        self,
        possible: tuple[frozenset[int], ...],
        notes: tuple[str, ...],
        reads: tuple[Mapping[str, Value | None], ...],
    ) -> ScoreResult:
        items, totals = [], {0}
        for item, places, findings in zip(self.items, possible, reads, strict=True):
            points = {item.options[place].points for place in places}
            low, high = min(points), max(points)
            option = item.options[next(iter(places))].id if len(places) == 1 else None
            items.append(
                ItemResult(item.id, option, low if low == high else None, low, high, MappingProxyType(dict(findings)))
            )
            totals = {total + point for total in totals for point in points}
        low, high = min(totals), max(totals)
        complete = low == high
        return ScoreResult(
            self.id,
            "complete" if complete else "range",
            low if complete else None,
            low,
            high,
            self.bands_of(frozenset(totals)),
            notes,
            tuple(items),
            totals=frozenset(totals),
            compared=frozenset(totals),
        )

    def item_sets(self, total: int, **fixed: str) -> Iterator[dict[str, str]]:
        """Yield every choice of item options that gives `total`, in the order of the options.

        Parameters
        ----------
        total : int
        **fixed : str
            Options that are already known, by item id.

        Raises
        ------
        FindingError
            If an item or option in `fixed` does not exist.
        """
        self.of_items(fixed)
        choices = [
            [option for option in item.options if fixed.get(item.id, option.id) == option.id] for item in self.items
        ]
        for options in itertools.product(*choices):
            if sum(option.points for option in options) == total:
                yield {item.id: option.id for item, option in zip(self.items, options, strict=True)}


class _Reading:
    """How the findings of a vocabulary give the items of one score."""

    def __init__(self, score: Score, vocabulary: Vocabulary, language: Language) -> None:
        self.score = score
        self.vocabulary = vocabulary
        score.check_bands()
        self.trees: list[list[Tree]] = []
        self.reads: list[tuple[str, ...]] = []
        taken: dict[str, str] = {}
        for place, item in enumerate(score.items):
            if item.id in (other.id for other in score.items[:place]):
                raise ConditionError(f"the item {item.id} stands here a second time", ("items", place))
            trees = [
                language.read(option.when, "items", place, "options", each, "when")
                for each, option in enumerate(item.options)
            ]
            ids = {
                leaf["finding"]
                for each, tree in enumerate(trees)
                for leaf in _of_findings(tree, "items", place, "options", each, "when")
            }
            for id in ids & taken.keys():
                what = f"items {taken[id]} and {item.id} both read {id}; the range of their sum would not be exact"
                raise ConditionError(what, ("items", place))
            taken |= dict.fromkeys(ids, item.id)
            self.trees.append(trees)
            self.reads.append(tuple(sorted(ids, key=vocabulary.position.__getitem__)))
        self.applies: Tree = language.read(score.applies.when, "applies", "when")
        self.notes: list[Tree] = [
            language.read(note.when, "notes", place, "when") for place, note in enumerate(score.notes)
        ]
        self.one_lesion = _OneLesionReading(score.as_one_lesion, language) if score.as_one_lesion else None
        others = {leaf["finding"] for tree in (self.applies, *self.notes) for leaf in _of_findings(tree)}
        if self.one_lesion:
            others |= {leaf["finding"] for tree in self.one_lesion.trees for leaf in _of_findings(tree)}
        self.finding_ids: tuple[str, ...] = tuple(id for id in vocabulary.position if id in taken or id in others)
        self._places = tuple(vocabulary.position[id] for id in self.finding_ids)
        self._cached = lru_cache(maxsize=4096)(self._derive)
        self.possible = lru_cache(maxsize=4096)(self._options)
        self._possible_as_one = lru_cache(maxsize=4096)(self._options_as_one)
        for place, ids in enumerate(self.reads):
            self.possible(place, (None,) * len(ids))

    def derive(self, state: tuple[int, ...]) -> ScoreResult:
        """Return the score of a state of the vocabulary."""
        return self._cached(tuple([state[place] for place in self._places]))

    def _derive(self, projection: tuple[int, ...]) -> ScoreResult:
        values = {
            id: None if place < 0 else self.vocabulary.by_id[id].values[place]
            for id, place in zip(self.finding_ids, projection, strict=True)
        }
        situation = _Values(values)
        score = self.score
        applies = evaluate(self.applies, situation)
        if applies is False:
            return ScoreResult(
                score.id,
                "not_applicable",
                None,
                None,
                None,
                (),
                (score.applies.otherwise,),
                (),
                score.applies.otherwise,
            )
        reads = tuple({id: values[id] for id in ids} for ids in self.reads)
        possible = tuple(self.possible(place, tuple(read.values())) for place, read in enumerate(reads))
        notes = tuple(
            note.text for note, tree in zip(score.notes, self.notes, strict=True) if evaluate(tree, situation) is True
        )
        result = score._result(possible, notes, reads)
        if self.one_lesion:
            result = self._with_one_lesion(result, values, situation)
        # A condition must not count on a total while the score may turn out not to apply.
        if applies:
            return result
        return replace(result, totals=result.totals | {None}, compared=result.compared | {None})

    @property
    def conditions(self) -> tuple[Tree, ...]:
        """Every condition on which a total may depend."""
        one = self.one_lesion.trees if self.one_lesion else ()
        return (self.applies, *itertools.chain(*self.trees), *one)

    def _with_one_lesion(
        self, result: ScoreResult, values: Mapping[str, Value | None], situation: _Values
    ) -> ScoreResult:
        """Return a result with the range as one continuous lesion, where it may be one."""
        when, unless = (evaluate(tree, situation) for tree in (self.one_lesion.when, self.one_lesion.unless))
        if when is False or unless is True:
            return result
        possible = tuple(
            self._possible_as_one(place, tuple(values[id] for id in self._reads_as_one(place)))
            for place in range(len(self.score.items))
        )
        one = self.score._result(possible, (), tuple({} for _ in possible))
        result = replace(result, compared=result.compared | one.totals)
        return replace(result, as_one_lesion=OneLesion(one.low, one.high, one.bands)) if when else result

    def _reads_as_one(self, item: int) -> tuple[str, ...]:
        """Return the findings that an item reads, and those that say how they are read as one lesion."""
        ids = dict.fromkeys(self.reads[item])
        for finding, tree, _ in self.one_lesion.replaced:
            if finding in self.reads[item]:
                ids |= dict.fromkeys(leaf["finding"] for leaf in leaves(tree))
        return tuple(ids)

    def _options_as_one(self, item: int, known: tuple[Value | None, ...]) -> frozenset[int]:
        """Return the options of an item that some completion reaches if all foci are one lesion."""
        ids = self._reads_as_one(item)
        ranges = [
            self.vocabulary.by_id[id].values if value is None else (value,)
            for id, value in zip(ids, known, strict=True)
        ]
        reached: set[int] = set()
        for completion in itertools.product(*ranges):
            read = self.one_lesion.read(dict(zip(ids, completion, strict=True)))
            reached |= self.possible(item, tuple(read[id] for id in self.reads[item]))
        return frozenset(reached)

    def leaves_open(self, item: str) -> bool:
        """Return whether some known findings match no option of an item, so that it stays unknown."""
        place = [each.id for each in self.score.items].index(item)
        ids = self.reads[place]
        every = itertools.product(*(self.vocabulary.by_id[id].values for id in ids))
        return any(
            not any(evaluate(tree, _Values(dict(zip(ids, completion, strict=True)))) for tree in self.trees[place])
            for completion in every
        )

    def _options(self, item: int, known: tuple[Value | None, ...]) -> frozenset[int]:
        """Return the options of one item that some completion of its findings reaches.

        A completion that matches no option leaves the item unknown: then every option is possible.
        """
        ids = self.reads[item]
        ranges = [
            self.vocabulary.by_id[id].values if value is None else (value,)
            for id, value in zip(ids, known, strict=True)
        ]
        reached: set[int] = set()
        for completion in itertools.product(*ranges):
            situation = _Values(dict(zip(ids, completion, strict=True)))
            matching = [place for place, tree in enumerate(self.trees[item]) if evaluate(tree, situation)]
            if len(matching) > 1:
                names = " and ".join(self.score.items[item].options[place].id for place in matching)
                raise ConditionError(
                    f"{self.score.items[item].id}: {names} both hold for {dict(zip(ids, completion, strict=True))}",
                    ("items", item),
                )
            reached.update(matching or range(len(self.trees[item])))
        return frozenset(reached)


class _OneLesionReading:
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
            (each.finding, language.read(each.when, at, "set", place, "when"), each.to)
            for place, each in enumerate(given.set)
        ]

    @property
    def trees(self) -> tuple[Tree, ...]:
        """Every condition of the reading."""
        return (self.when, self.unless, *(tree for _, tree, _ in self.replaced))

    def read(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """Return complete values as they are read."""
        situation = _Values(values)
        return {**values, **{id: to for id, tree, to in self.replaced if id in values and evaluate(tree, situation)}}

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


class _Values:
    """A situation of findings alone."""

    def __init__(self, values: Mapping[str, Value | None]) -> None:
        self.values = values

    def option(self, finding: str) -> Value | None:
        return self.values[finding]

    def totals(self, score: str) -> frozenset[int]:
        raise LookupError(f"a score cannot be defined by another score ({score})")


def _of_findings(tree: Tree, *path: str | int) -> Iterator[dict[str, Any]]:
    for leaf in leaves(tree):
        if "score" in leaf:
            raise ConditionError(f"a score cannot be defined by another score ({leaf['score']})", path)
        yield leaf


def _wrong_option(score: str, item: str, offered: str) -> str:
    return message("error-item-option", score=score, id=item, offered=offered)
