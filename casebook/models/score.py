"""Scores: their definition, and their exact range over findings that may be unknown."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial, reduce
from operator import and_, or_
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, PrivateAttr, model_validator

from casebook.diagnostics.suggestions import nearest
from casebook.messages import message
from casebook.messages.words import all_of, hinted
from casebook.models.expression import ConditionError, Language, Tree, leaves
from casebook.models.finding import Finding, FindingError, Part, Source, Value, Vocabulary, read_option

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
            raise ValueError(message("score-options-repeated"))
        return self

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Position of each option by its id."""
        return {option.id: place for place, option in enumerate(self.options)}

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Option ids in their order."""
        return tuple(self.index)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Option ids by what they are called."""
        return {option.label: option.id for option in self.options}


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
                what = message("score-band-start", band=band.id, low=band.low, high=band.high, expected=expected)
                raise ConditionError(what, ("bands", place))
            expected = band.high + 1
        if expected != self.maximum + 1:
            what = message("score-band-end", high=expected - 1, maximum=self.maximum)
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
                near = nearest(id, by_id, {item.label: item.id for item in self.items})
                what = hinted(message("error-no-item", score=self.id, id=repr(id)), near)
                raise FindingError(what, str(id), None, near)
        possible = []
        for item in self.items:
            wrong = partial(_wrong_option, self.id, item.id)
            place = read_option(wrong, item.id, items.get(item.id), item.index, item.values, item.labels)
            possible.append(frozenset(range(len(item.options))) if place is None else frozenset([place]))
        totals = {0}
        for item, places in zip(self.items, possible, strict=True):
            totals = {total + item.options[place].points for total in totals for place in places}
        return self.result(possible, totals, (note.text for note in self.notes if note.when == "True"))

    def result(
        self,
        options: Sequence[Collection[int]],
        totals: Collection[int | None],
        notes: Iterable[str] = (),
        reads: Iterable[Mapping[str, Value | None]] = (),
    ) -> ScoreResult:
        """Return what follows from the options that each item may have, and the totals that the score may.

        Parameters
        ----------
        options : sequence of collections of int
        totals : collection of int and None
            None where it may turn out not to apply.
        notes : iterable of str
        reads : iterable of mapping
            What each item reads; nothing, if items were given directly.
        """
        items = []
        for item, chosen, findings in zip(self.items, options, reads or [{}] * len(self.items), strict=True):
            points = {item.options[index].points for index in chosen}
            low, high = min(points), max(points)
            option = item.options[next(iter(chosen))].id if len(chosen) == 1 else None
            items.append(
                ItemResult(item.id, option, low if low == high else None, low, high, MappingProxyType(dict(findings)))
            )
        numbers = frozenset(total for total in totals if total is not None)
        low, high = min(numbers), max(numbers)
        return ScoreResult(
            self.id,
            "complete" if low == high else "range",
            low if low == high else None,
            low,
            high,
            self.bands_of(numbers),
            tuple(notes),
            tuple(items),
            totals=frozenset(totals),
        )

    def inapplicable(self) -> ScoreResult:
        """Return the result where the score does not apply."""
        why = self.applies.otherwise
        return ScoreResult(self.id, "not_applicable", None, None, None, (), (why,), (), why)

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
    """How the findings of a vocabulary give the items of one score.

    Attributes
    ----------
    trees : list of list of Tree
        Of each item the conditions of its options.
    reads : list of tuple of str
        Of each item the findings that it reads.
    applies : Tree
    notes : list of Tree
    one_lesion : _OneLesionReading or None
    finding_ids : tuple of str
        Every finding that the score reads.
    """

    def __init__(self, score: Score, vocabulary: Vocabulary, language: Language) -> None:
        score.check_bands()
        self.trees: list[list[Tree]] = []
        self.reads: list[tuple[str, ...]] = []
        self._left_open: list[bool] = []
        taken: dict[str, str] = {}
        for place, item in enumerate(score.items):
            if item.id in (other.id for other in score.items[:place]):
                raise ConditionError(message("score-item-repeated", item=item.id), ("items", place))
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
                what = message("score-item-shared", first=taken[id], second=item.id, finding=id)
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
        for place, item in enumerate(score.items):
            self._left_open.append(self._is_left_open(place, item, vocabulary))

    def leaves_open(self, item: int) -> bool:
        """Return whether some known findings match no option of an item, so that it stays unknown."""
        return self._left_open[item]

    def _is_left_open(self, place: int, item: Item, vocabulary: Vocabulary) -> bool:
        """Match every completion of the findings of an item; raise ConditionError where two options match."""
        table = _Completions([vocabulary.by_id[id] for id in self.reads[place]])
        matching = [table.of(tree) for tree in self.trees[place]]
        once = twice = 0
        for bits in matching:
            once, twice = once | bits, twice | once & bits
        if twice:
            first = twice & -twice
            options = all_of([option.id for option, bits in zip(item.options, matching, strict=True) if bits & first])
            findings = str(dict(zip(self.reads[place], table.every[first.bit_length() - 1], strict=True)))
            what = message("score-item-both", item=item.id, options=options, findings=findings)
            raise ConditionError(what, ("items", place))
        return once != table.all


class _Completions:
    """Every completion of a few findings, and in which of them conditions hold: a bit each."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.place = {finding.id: place for place, finding in enumerate(findings)}
        self.every = list(itertools.product(*(finding.values for finding in findings)))
        self.all = (1 << len(self.every)) - 1

    def of(self, tree: Tree) -> int:
        """Return the completions in which a condition holds, as bits."""
        if isinstance(tree, bool):
            return self.all if tree else 0
        if "finding" in tree:
            place = self.place[tree["finding"]]
            return sum(1 << bit for bit, values in enumerate(self.every) if values[place] in tree["in"])
        if "not" in tree:
            return self.all & ~self.of(tree["not"])
        if "term" in tree:
            return self.of(tree["is"])
        if "all" in tree:
            return reduce(and_, map(self.of, tree["all"]))
        return reduce(or_, map(self.of, tree["any"]))


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


def _wrong_option(score: str, item: str, offered: str) -> str:
    return message("error-item-option", score=score, id=item, offered=offered)
