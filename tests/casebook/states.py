"""States for what explains: two changes around each published case, and random ones partly known."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import brute
import published

from casebook.cases import load_case

Findings = dict[str, Any]

CASES = ("colon-s1", "endometrial-ilium", "melanoma-cauda-equina")
RANDOM = 1000


@cache
def case(name: str) -> Findings:
    """The findings of a published case."""
    return dict(load_case(name).findings)


def singles(findings: Findings) -> list[tuple[str, Any]]:
    """Every single change: another option of a finding, or an option of one that is not assessed."""
    return [(id, value) for id, each in published.FINDINGS.items() for value in each if value != findings.get(id)]


def near(findings: Findings, ids: Iterable[str] | None = None) -> Iterator[Findings]:
    """The state itself, and every state that one or two changes (of findings in `ids`) reach."""
    changes = [change for change in singles(findings) if ids is None or change[0] in ids]
    yield findings
    for change in changes:
        yield findings | dict([change])
    for one, other in itertools.combinations(changes, 2):
        if one[0] != other[0]:
            yield findings | dict([one, other])


@cache
def random_states() -> tuple[Findings, ...]:
    """Random patients of whom as much is known as chance wants; half of them are no emergency."""
    chance = random.Random("partly known")
    states = []
    for place in range(RANDOM):
        unknown = chance.uniform(0, 0.5)
        calm = {"cauda_equina_syndrome": "absent", "bladder_bowel": "normal"} if place % 2 else {}
        full = {id: chance.choice(options) for id, options in published.FINDINGS.items()} | calm
        states.append({id: value for id, value in full.items() if chance.random() >= unknown})
    return tuple(states)


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

    # A change of what the target does not read leaves its projection as it is.
    around = first(state for name in CASES for state in near(case(name), target.ids))
    return around, first(random_states())
