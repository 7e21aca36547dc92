"""The Mirels score: points entered a second time, and nowhere for a sacrum."""

import itertools

import pytest
import strategies
from hypothesis import given

import casebook

POINTS = {
    "site": {"upper_limb": 1, "lower_limb": 2, "peritrochanteric": 3},
    "pain": {"mild": 1, "moderate": 2, "functional": 3},
    "lesion": {"blastic": 1, "mixed": 2, "lytic": 3},
    "size": {"under_third": 1, "third_to_two_thirds": 2, "over_two_thirds": 3},
}


def test_every_one_of_the_81_inputs_adds_up():
    for options in itertools.product(*POINTS.values()):
        items = dict(zip(POINTS, options, strict=True))
        assert casebook.score("mirels", items).total == sum(POINTS[item][option] for item, option in items.items())


@pytest.mark.parametrize(("total", "band"), [(4, "low"), (7, "low"), (8, "borderline"), (9, "high"), (12, "high")])
def test_both_sides_of_every_band_edge(total, band):
    items = next(
        dict(zip(POINTS, options, strict=True))
        for options in itertools.product(*POINTS.values())
        if sum(POINTS[item][option] for item, option in zip(POINTS, options, strict=True)) == total
    )
    assert casebook.score("mirels", items).bands == (band,)


def test_a_missing_item_makes_it_a_range():
    result = casebook.score("mirels", {"site": "lower_limb", "pain": "mild", "lesion": "lytic"})
    assert (result.status, result.total, result.low, result.high) == ("range", None, 7, 9)


@given(findings=strategies.partial_findings)
def test_it_never_applies_to_a_patient_of_this_book(findings):
    result = casebook.assess(findings).scores["mirels"]
    assert (result.status, result.total, result.low, result.high, result.bands) == (
        "not_applicable",
        None,
        None,
        None,
        (),
    )
    assert "long bones" in result.reason
