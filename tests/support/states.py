"""States for what explains: around each case, and random ones partly known; a sample of them, or all.

All, where the environment sets EVERY_STATE; as there are too many to hold, they come in parts.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import brute
import plain
import pytest
from plain import consistent, refused

from casebook.cases.case import load_case
from casebook.inference.assessment import Assessment, engine

Findings = dict[str, Any]
Changes = tuple[tuple[str, Any], ...]

EVERY = "EVERY_STATE" in os.environ
CASES = ("colon-s1", "endometrial-ilium", "melanoma-cauda-equina", "sacral-ala-cement")
RANDOM = 1000
PARTS = 48
"""Parts of the states around a case, when all are gone through: each some three hundred states."""


@cache
def case(name: str) -> Findings:
    """The findings of a case."""
    return dict(load_case(name).findings)


def singles(findings: Findings) -> list[tuple[str, Any]]:
    """Every single change: another option of a finding, or None, as if it were not assessed."""
    return [
        (id, value) for id, options in plain.FINDINGS.items() for value in (*options, None) if value != findings.get(id)
    ]


def changed(findings: Findings, changes: Iterable[tuple[str, Any]]) -> Findings:
    """The findings after some changes."""
    return {id: value for id, value in (findings | dict(changes)).items() if value is not None}


@cache
def changes(name: str) -> Sequence[Changes]:
    """No change of a case, every single one, and every two of different findings: some fourteen thousand."""
    return list(up_to_two(singles(case(name))))


def up_to_two(each: Sequence[tuple[str, Any]]) -> Iterator[Changes]:
    """No change, each single one, and every two of different findings."""
    pairs = (pair for pair in itertools.combinations(each, 2) if pair[0][0] != pair[1][0])
    return itertools.chain([()], ((change,) for change in each), pairs)


def near(name: str) -> Iterator[Findings]:
    """A case, and every state of a patient who can exist that one or two changes reach."""
    return (state for each in changes(name) if exists(state := changed(case(name), each)))


def told_apart(name: str, target: brute.Target) -> Iterator[Findings]:
    """The first of those states for each projection on what the target reads, and some more."""
    findings, first = case(name), {}
    for id, value in singles(findings):
        # A change of what the target does not read, or to what it takes for the same, leaves its projection as it is.
        if id in target.ids and (to := target.class_of[id][value]) != target.class_of[id][findings.get(id)]:
            first.setdefault((id, to), (id, value))
    return (state for each in up_to_two(list(first.values())) if exists(state := changed(findings, each)))


def exists(findings: Findings) -> bool:
    """Whether nothing in the findings contradicts itself."""
    return not refused(findings)


def assessed(findings: Findings) -> Assessment:
    """The assessment of findings, also of a patient who cannot exist."""
    return engine().assess_state(engine().knowledge.vocabulary.state(findings))


@cache
def random_states() -> tuple[Findings, ...]:
    """Random patients who can exist, of whom as much is known as chance wants; half of them are no emergency."""
    chance = random.Random("partly known")
    states = []
    for place in range(RANDOM):
        unknown = chance.uniform(0, 0.5)
        calm = {"cauda_equina_syndrome": "absent", "bladder_bowel": "normal"} if place % 2 else {}
        full = {id: chance.choice(options) for id, options in plain.FINDINGS.items()} | calm
        states.append(consistent({id: value for id, value in full.items() if chance.random() >= unknown}))
    return tuple(states)


@dataclass(frozen=True)
class Sample:
    """Nothing known, the cases, and as many states as given: half of them around the cases, half random."""

    seed: str
    number: int

    def __str__(self) -> str:
        return "sample"

    def __iter__(self) -> Iterator[Findings]:
        chance = random.Random(self.seed)
        yield {}
        for name in CASES:
            yield case(name)
            around = (changed(case(name), each) for each in chance.sample(changes(name), len(changes(name))))
            yield from itertools.islice(filter(exists, around), self.number // 2 // len(CASES))
        yield from random_states()[: self.number // 2]


@dataclass(frozen=True)
class Part:
    """One of the parts into which the states around a case fall, or the random ones."""

    name: str
    place: int

    def __str__(self) -> str:
        return f"{self.name} {self.place + 1} of {PARTS}"

    def __iter__(self) -> Iterator[Findings]:
        every = near(self.name) if self.name in CASES else random_states()
        return itertools.islice(every, self.place, None, PARTS)


def parts(seed: str, number: int) -> list[Any]:
    """Parameters of a fixture: one sample, or every state, in parts that several processes may share out."""
    if not EVERY:
        return [pytest.param(Sample(seed, number), id="sample")]
    return shared(seed, (Part(name, place) for name in (*CASES, "random") for place in range(PARTS)))


def shared(kind: str, each: Iterable[Any]) -> list[Any]:
    """Parameters of a fixture; what asks for the same one stays in one process."""
    return [pytest.param(one, id=str(one), marks=pytest.mark.xdist_group(f"{kind} {one}")) for one in each]


@cache
def distinct(target: brute.Target) -> tuple[tuple[Findings, ...], tuple[Findings, ...]]:
    """States near the cases, and random ones; one for each projection on what the target reads."""
    seen: set[tuple[int | None, ...]] = set()

    def first(states: Iterable[Findings]) -> tuple[Findings, ...]:
        kept = []
        for state in states:
            projection = target.project(state)
            if projection not in seen:
                seen.add(projection)
                kept.append(state)
        return tuple(kept)

    return first(state for name in CASES for state in told_apart(name, target)), first(random_states())


def chosen(target: brute.Target, most: int | None) -> Iterator[Findings]:
    """The cases; and of the states around them and at random those that differ for a target: so many of each, or all."""
    yield from map(case, CASES)
    for each in distinct(target):
        yield from random.Random(target.name).sample(each, len(each))[:most]
