"""The page and Python derive the same from every input of a score, and from patients of whom anything may be known."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

import pytest
from parity import Changes, assert_equal, fitted, opened, random_patient, values
from reader import CASES, Reader

import casebook
from casebook.cases.case import load_case
from casebook.export.browser import bundle


@pytest.fixture
def page(online: Reader) -> Reader:
    return opened(online)


@pytest.mark.parametrize(("score", "inputs"), [("sins", 1296), ("tokuhashi", 1458), ("tomita", 18)])
def test_every_input_of_a_score(page, score, inputs):
    patient = load_case(CASES[0]).findings
    states = [fitted(patient, changes) for changes in inputs_of(score)]
    assert {casebook.assess(patient | dict(changes)).scores[score].status for changes in states} == {"complete"}
    assert assert_equal(page, patient, states) == inputs


def inputs_of(score: str) -> Iterator[Changes]:
    """Findings that give the points of every item, in every combination; other findings depend on the patient."""
    definition = next(entry for entry in bundle()["scores"] if entry["id"] == score)
    for chosen in product(*(ways(score, place, item) for place, item in enumerate(definition["items"]))):
        yield [change for changes in chosen for change in changes]


def ways(score: str, place: int, item: Mapping[str, Any]) -> list[Changes]:
    """For each number of points that an item can give, the first findings that lead to it."""
    findings = {finding["id"]: finding for finding in bundle()["findings"]}
    found: dict[int, Changes] = {}
    for chosen in product(*(values(findings[id])[:-1] for id in item["reads"])):
        changes = list(zip(item["reads"], chosen, strict=True))
        result = casebook.assess(dict(changes)).scores[score].items[place]
        if result.option is not None:
            found.setdefault(result.points, changes)
    return list(found.values())


def test_a_thousand_random_partial_findings(page):
    choose = random.Random(20261122)
    states = [list(random_patient(choose).items()) for _ in range(1_000)]
    assert assert_equal(page, {}, states) == 1_000
