"""Scores of a rulebook: which option an item has, what they add up to, and what nobody knows of that."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from conditions import Condition, Names
from patients import Patient, certain

Band = tuple[str, int, int]
"""The name of a band, its least and its greatest total."""

Values = Mapping[str, Any]


class Total(int):
    """A total that knows its band."""

    band: str


class OneLesion(NamedTuple):
    """When a score has a second total, when it has not, and which findings that one reads as another option."""

    when: Condition
    unless: Condition
    counted: list[tuple[str, Any, Condition]]


@dataclass(eq=False)
class Score:
    """A score.

    Attributes
    ----------
    points : dict
        The points of each option, by item.
    gives : dict
        The condition that gives each option, by item; a patient for whom none holds leaves the item open.
    """

    id: str
    points: dict[str, dict[str, int]]
    gives: dict[str, dict[str, Condition]]
    bands: list[Band]
    as_one: OneLesion | None
    names: Names

    @cache  # noqa: B019 (scores live as long as the tests)
    def reads(self, item: str) -> tuple[str, ...]:
        """Return what an item reads: findings, and what nobody knows of other scores that it reads."""
        return tuple(dict.fromkeys(id for when in self.gives[item].values() for id in when.variables))

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """What the items read."""
        return tuple(dict.fromkeys(id for item in self.gives for id in self.reads(item)))

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """What the total depends on, that of one lesion included: findings, and what nobody knows."""
        found = dict.fromkeys(self.counted)
        if self.as_one:
            for when in (self.as_one.when, self.as_one.unless, *(when for _, _, when in self.as_one.counted)):
                found |= dict.fromkeys(when.variables)
        return tuple(found | dict.fromkeys(self.never_known))

    @property
    def one_lesion(self) -> str:
        """The variable that says whether the score counts several segments as one lesion."""
        return f"{self.id}.as_one_lesion"

    def open_item(self, item: str) -> str:
        """Return the variable that says what an item counts where findings leave it open."""
        return f"{self.id}.{item}"

    @cached_property
    def never_known(self) -> dict[str, tuple[tuple[str, ...], list[Any]]]:
        """What nobody knows: the findings that leave it open, and what it may be."""
        found: dict[str, tuple[tuple[str, ...], list[Any]]] = {}
        for item, options in self.points.items():
            every = itertools.product(*(self.names.options(id) for id in self.reads(item)))
            if self.reads(item) and any(
                self.option(item, dict(zip(self.reads(item), each, strict=True))) is None for each in every
            ):
                found[self.open_item(item)] = self.reads(item), list(options)
        if self.as_one:
            found[self.one_lesion] = self.as_one.unless.findings, [False, True]
        return found

    def option(self, item: str, patient: Values) -> str | None:
        """Return the option of an item; None where findings leave it open."""
        return self._option(item, tuple([patient[id] for id in self.reads(item)]))

    @cache  # noqa: B019
    def _option(self, item: str, values: tuple[Any, ...]) -> str | None:
        patient = Patient(self.names, dict(zip(self.reads(item), values, strict=True)))
        return next((option for option, when in self.gives[item].items() if when.holds(patient)), None)

    def options(self, patient: Values) -> dict[str, str]:
        """Return the options of a complete patient; what nobody knows is part of the patient."""
        if patient.get(self.one_lesion) is not False and self.may_be_one(patient) and patient[self.one_lesion]:
            patient = self.as_one_lesion(patient)
        options = {item: self.option(item, patient) for item in self.points}
        return {item: patient[self.open_item(item)] if option is None else option for item, option in options.items()}

    def left_open(self, patient: Values) -> dict[str, list[Any]]:
        """Return what a complete patient leaves open, and what it may be."""
        items = [self.open_item(item) for item in self.points if self.option(item, patient) is None]
        names = [*items, *([self.one_lesion] if self.may_be_one(patient) else [])]
        return {name: self.never_known[name][1] for name in names}

    def total(self, patient: Values) -> Total:
        """Return the total of a complete patient."""
        total = Total(self.sum(self.options(patient)))
        total.band = self.band(total)
        return total

    def sum(self, options: Mapping[str, str]) -> int:
        """Return the sum of the points of some item options."""
        return sum(self.points[item][option] for item, option in options.items())

    def band(self, total: int) -> str:
        """Return the name of the band of a total."""
        return next(name for name, low, high in self.bands if low <= total <= high)

    def may_be_one(self, patient: Values) -> bool:
        """Return whether a patient has two totals."""
        return bool(self.as_one and self.as_one.when.holds(patient) and not self.as_one.unless.holds(patient))

    def as_one_lesion(self, patient: Values) -> Patient:
        """Return a patient as the score reads one where several segments are one lesion."""
        known = {id: value for id, value in patient.items() if id not in self.names.terms | self.names.scores}
        return Patient(self.names, known | {id: to for id, to, when in self.as_one.counted if when.holds(patient)})

    def every_input(self) -> Iterator[dict[str, str]]:
        """Yield choices of item options: every one, or, of an item with many options, one for each class of points."""
        choices = [
            list(options)
            if len(options) < 10
            else list({points: option for option, points in options.items()}.values())
            for options in self.points.values()
        ]
        for options in itertools.product(*choices):
            yield dict(zip(self.points, options, strict=True))

    def sums(self, options: Mapping[str, Iterable[str]]) -> set[int]:
        """Return every sum of points over the options that the items may have, each by itself."""
        choices = [{self.points[item][option] for option in options[item]} for item in self.points]
        return {sum(points) for points in itertools.product(*choices)}

    def input_with(self, total: int) -> dict[str, str]:
        """Return the first choice of item options with a total."""
        return next(items for items in self.every_input() if self.sum(items) == total)

    def findings_for(self, items: Mapping[str, str]) -> dict[str, Any] | None:
        """Return findings that give a choice of item options; None where no findings give them together."""
        return next(self._findings_for(list(items.items()), {}), None)

    def _findings_for(self, items: list[tuple[str, str]], known: dict[str, Any]) -> Iterator[dict[str, Any]]:
        if not items:
            yield known
            return
        (item, option), *rest = items
        for completion in self._completions(self.reads(item), known):
            if self.option(item, completion) == option:
                yield from self._findings_for(rest, known | completion)

    def reachable(self, item: str, findings: Values) -> set[str]:
        """Return the options of an item over every completion of findings; all of them where a completion has none."""
        reached = {self.option(item, each) for each in self._completions(self.reads(item), findings)}
        return set(self.points[item]) if None in reached else {option for option in reached if option}

    def totals(self, findings: Values) -> set[int]:
        """Return every total over the completions of findings, by the score's own counting."""
        totals = {0}
        for items in self._dependent:
            sums: set[int] = set()
            for each in self._completions(dict.fromkeys(id for item in items for id in self.reads(item)), findings):
                choices = [self._possible_points(item, self.option(item, each)) for item in items]
                sums |= {sum(points) for points in itertools.product(*choices)}
            totals = {total + points for total in totals for points in sums}
        return totals

    def _possible_points(self, item: str, option: str | None) -> list[int]:
        return [*self.points[item].values()] if option is None else [self.points[item][option]]

    @cached_property
    def _dependent(self) -> list[list[str]]:
        """The items, those together that read the same finding, directly or through others."""
        groups: list[list[str]] = []
        for item in self.points:
            shared = [group for group in groups if any({*self.reads(item)} & {*self.reads(each)} for each in group)]
            groups = [group for group in groups if group not in shared] + [[*itertools.chain(*shared), item]]
        return groups

    def _completions(self, variables: Iterable[str], findings: Values) -> Iterator[dict[str, Any]]:
        ids = list(variables)
        known = [self.names.options(id) if findings.get(id) is None else [findings[id]] for id in ids]
        return (dict(zip(ids, values, strict=True)) for values in itertools.product(*known))

    def totals_as_one(self, findings: Values) -> set[int] | None:
        """Return the totals if several segments are one lesion; None where no second total is given."""
        if not self.as_one or not certain(self.as_one.when, findings) or certain(self.as_one.unless, findings):
            return None
        read = dict.fromkeys(id for _, _, when in self.as_one.counted for id in when.findings)
        known = ({**findings, **each} for each in self._completions(read, findings))
        return set().union(*(self.totals(self.as_one_lesion(Patient(self.names, each))) for each in known))
