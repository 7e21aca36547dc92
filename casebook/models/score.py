"""Scores: their definition, and their exact range over findings that may be unknown."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field, model_validator

from casebook.diagnostics.suggestions import nearest
from casebook.messages import message
from casebook.messages.words import hinted
from casebook.models.expression import ConditionError
from casebook.models.finding import FindingError, Part, Source, Value, read_option
from casebook.models.score_result import ItemResult, ScoreResult

Status = Literal["complete", "range", "not_applicable"]


class Cited(Part):
    """A statement with its source; `when` limits where it is shown, and `scale` puts it under the scale of a score."""

    text: str
    source: Source = Field(min_length=1)
    when: str = "True"
    scale: bool = False


class Audit(Part):
    """The date on which the points were last checked, and the source they were checked against."""

    date: datetime.date
    against: str


class Applies(Part):
    """The condition under which a score applies; `otherwise` gives the reason if it does not."""

    when: str = "True"
    otherwise: str


class Agreement(Part):
    """Agreement between observers on an item: a statistic as printed in its source."""

    statistic: str
    value: str = Field(pattern=r"^-?\d+\.\d+$")
    source: Source = Field(min_length=1)


class ItemOption(Part):
    """One option of a score item, its points, and the condition on findings that gives it, if there is one."""

    id: str
    label: str
    points: int
    when: str = "False"


class Item(Part):
    """One item of a score."""

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
        """The index of each option, by its id."""
        return {option.id: index for index, option in enumerate(self.options)}

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Option ids in their order."""
        return tuple(self.index)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Option ids by their labels."""
        return {option.label: option.id for option in self.options}


class Band(Part):
    """A named range of totals, both limits included."""

    id: str
    label: str
    low: int
    high: int
    text: str
    source: Source = Field(min_length=1)


class Replacement(Part):
    """A finding that is read as another option if a condition is true."""

    finding: str
    to: Value
    when: str = "True"


class AsOneLesion(Part):
    """How a score is read if the foci that are counted are one continuous lesion.

    Attributes
    ----------
    when, unless : str
        The second total is given if `when` is true in every completion and `unless` is not.
    set : tuple of Replacement
    """

    when: str
    unless: str
    set: tuple[Replacement, ...] = Field(min_length=1)
    text: str
    source: Source = Field(min_length=1)


class Score(Part):
    """A published score: items, points, bands, and its use and misuse."""

    id: str
    label: str
    name: str
    question: str
    worse: Literal["high", "low"]
    order: int = 0  # scores are shown by increasing number, those with equal numbers by file name
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

    def check_bands(self) -> None:
        """Raise ConditionError unless the bands cover every total exactly once."""
        expected = self.minimum
        for index, band in enumerate(self.bands):
            if band.low != expected or band.high < band.low:
                what = message("score-band-start", band=band.id, low=band.low, high=band.high, expected=expected)
                raise ConditionError(what, ("bands", index))
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
        """Return the ids of the bands that contain at least one of `totals`, from the lowest up."""
        return tuple(band.id for band in self.bands if any(band.low <= total <= band.high for total in totals))

    def of_items(self, items: Mapping[str, Any]) -> ScoreResult:
        """Return the result for item options that are given directly; a missing item is unknown.

        Parameters
        ----------
        items : mapping of item id to option id

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
        possible: list[frozenset[int]] = []
        for item in self.items:
            wrong = partial(_wrong_option, self.id, item.id)
            index = read_option(wrong, item.id, items.get(item.id), item.index, item.values, item.labels)
            possible.append(frozenset(range(len(item.options))) if index is None else frozenset([index]))
        totals = {0}
        for item, indices in zip(self.items, possible, strict=True):
            totals = {total + item.options[index].points for total in totals for index in indices}
        return self.result(possible, totals, (note.text for note in self.notes if note.when == "True"))

    def result(
        self,
        options: Sequence[Collection[int]],
        totals: Collection[int | None],
        notes: Iterable[str] = (),
        reads: Iterable[Mapping[str, Value | None]] = (),
    ) -> ScoreResult:
        """Return the result for the possible options of each item and the possible totals.

        Parameters
        ----------
        options : sequence of collections of int
            For each item, the indices of the options that are possible.
        totals : collection of int and None
            None if the score may turn out not to apply.
        notes : iterable of str
        reads : iterable of mapping
            The findings that each item reads; empty if items were given directly.
        """
        items: list[ItemResult] = []
        nothing: Mapping[str, Value | None] = {}
        for item, chosen, findings in zip(self.items, options, reads or [nothing] * len(self.items), strict=True):
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
        """Return the result for patients to whom the score does not apply."""
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


def _wrong_option(score: str, item: str, offered: str) -> str:
    return message("error-item-option", score=score, id=item, offered=offered)
