"""Several segments of the sacrum that may be one tumour: two totals, and what depends on which of them counts."""

from __future__ import annotations

import json

import plain
import pytest
import strategies
from hypothesis import given

import casebook
from casebook.cli.assess import score_lines
from casebook.explain import disagreements
from casebook.export.browser import bundle
from casebook.knowledge_base import knowledge

SEGMENTS = {
    "level": "S1",
    "vertebral_metastases": "two",
    "karnofsky": 60,
    "extraspinal_bone_metastases": "none",
    "visceral_metastases": "none",
    "primary": "colon",
    "frankel": "E",
}
"""Two segments, nothing else: Tokuhashi is 10 by segments and 11 as one lesion, Tomita 6 and 5."""


def both(id: str, **change: object) -> tuple[int | None, int | None]:
    """Return the total by segments, and that as one lesion, or None where a second one is not shown."""
    score = casebook.assess({**SEGMENTS, **change}).scores[id]
    one = score.as_one_lesion
    assert one is None or one.low == one.high
    return score.total, one and one.low


# two totals


def test_two_segments_are_one_point_more_in_tokuhashi_and_one_less_in_tomita_as_one_lesion():
    assert both("tokuhashi") == (10, 11)
    assert both("tomita") == (6, 5)


def test_three_segments_are_two_points_more_in_tokuhashi():
    assert both("tokuhashi", vertebral_metastases="three_or_more") == (9, 11)


def test_an_ilium_that_the_tumour_has_grown_into_is_no_focus_of_its_own_as_one_lesion():
    ilium = {"extraspinal_bone_metastases": "one_or_two", "iliac_or_si_involvement": "right"}
    assert both("tokuhashi", **ilium) == (9, 11)
    assert both("tomita", **ilium) == (6, 5)
    elsewhere = {**ilium, "iliac_or_si_involvement": "none"}
    assert both("tokuhashi", **elsewhere) == (9, 10)
    assert both("tomita", **elsewhere) == (6, 6)


def test_more_than_two_foci_outside_the_spine_stay_foci():
    many = {"extraspinal_bone_metastases": "three_or_more", "iliac_or_si_involvement": "right"}
    assert both("tokuhashi", **many) == (8, 9)
    assert both("tomita", **many) == (6, 6)


@given(findings=strategies.complete_findings)
def test_the_difference_is_at_most_three_points_in_tokuhashi_and_one_in_tomita(findings):
    scores = casebook.assess(findings).scores
    for id, most in (("tokuhashi", 3), ("tomita", 1)):
        one = scores[id].as_one_lesion
        assert (one is not None) is (id in plain.two_totals(findings))
        if one:
            score = plain.SCORES[id]
            patient = plain.Patient(findings, next(plain.left_open(findings)) | {score.one_lesion: True})
            assert one.low == one.high == score.total(patient)
            assert 0 <= abs(one.low - scores[id].total) <= most


# when they are shown


@pytest.mark.parametrize(
    "change",
    [
        {"one_continuous_lesion": "no"},
        {"vertebral_metastases": "one"},
        {"vertebral_metastases": None},
        {"level": "L4"},
        {"level": "T8"},
        {"level": None},
    ],
)
def test_a_second_total_is_not_shown_where_segments_do_not_count_or_were_several_tumours(change):
    scores = casebook.assess({**SEGMENTS, **change}).scores
    for id in ("tokuhashi", "tomita"):
        assert scores[id].as_one_lesion is None
        assert "as_one_lesion" not in scores[id].to_dict()


@pytest.mark.parametrize("change", [{}, {"one_continuous_lesion": "yes"}, {"level": "L5"}, {"level": "S5"}])
def test_a_second_total_is_shown_where_one_tumour_may_span_the_segments(change):
    for id in ("tokuhashi", "tomita"):
        assert both(id, **change)[1] is not None


def test_the_total_stays_that_by_segments_and_the_other_is_a_field_of_its_own():
    told = casebook.assess(SEGMENTS).to_dict()["scores"]["tokuhashi"]
    assert (told["total"], told["low"], told["high"], told["bands"]) == (10, 10, 10, ["at_least_6_months"])
    assert told["as_one_lesion"] == {"low": 11, "high": 11, "bands": ["at_least_6_months"]}
    assert json.loads(json.dumps(told)) == told


def test_what_is_unknown_makes_a_range_of_both_totals():
    one = casebook.assess({**SEGMENTS, "karnofsky": None}).scores["tokuhashi"].as_one_lesion
    assert (one.low, one.high, one.bands) == (10, 12, ("at_least_6_months", "at_least_1_year"))


def test_a_score_says_both_totals_and_names_both_bands_where_they_differ():
    result = casebook.assess(
        {**SEGMENTS, "vertebral_metastases": "three_or_more", "primary": "melanoma", "karnofsky": 40}
    )
    first = score_lines(result.scores["tokuhashi"], knowledge())[0]
    assert first == "Tokuhashi 8 of 15: under 6 months by segments; as one lesion 10, at least 6 months"


def test_sins_and_mirels_never_have_a_second_total():
    assert {score["id"] for score in bundle()["scores"] if "as_one_lesion" in score} == {"tokuhashi", "tomita"}


# what depends on which of them counts


SHORT = {**SEGMENTS, "karnofsky": 60, "visceral_metastases": "unremovable"}
"""Tokuhashi is 8 by segments and 9 as one lesion, on either side of the limit of the rule on short survival."""


def test_a_rule_on_a_total_stays_open_where_the_two_totals_lie_on_either_side_of_its_limit():
    assert both("tokuhashi", **SHORT) == (8, 9)
    assert casebook.assess(SHORT).trace.rules["R052"] is None
    assert casebook.assess({**SHORT, "one_continuous_lesion": "yes"}).trace.rules["R052"] is None
    assert casebook.assess({**SHORT, "one_continuous_lesion": "no"}).trace.rules["R052"] is True


def test_it_is_decided_where_both_totals_lie_on_one_side():
    assert both("tokuhashi", **{**SHORT, "primary": "lung"}) == (6, 7)
    assert casebook.assess({**SHORT, "primary": "lung"}).trace.rules["R052"] is True
    assert both("tokuhashi") == (10, 11)
    assert casebook.assess(SEGMENTS).trace.rules["R052"] is False


def test_a_rule_that_is_open_between_two_totals_is_no_reason_yet():
    assert "R052" not in casebook.assess(SHORT).entry("en_bloc_resection").because
    assert "R052" in casebook.assess({**SHORT, "one_continuous_lesion": "no"}).entry("en_bloc_resection").because


def test_two_scores_disagree_only_if_they_do_with_either_total():
    apart = {**SEGMENTS, "primary": "rectum", "karnofsky": 100, "visceral_metastases": "removable"}
    assert both("tokuhashi", **apart) == (12, 13)
    assert both("tomita", **apart) == (6, 5)

    def told(**change):
        return {each.id for each in disagreements({**apart, **change}) if each.kind == "scores"}

    assert told() == told(one_continuous_lesion="yes") == set()
    assert len(told(one_continuous_lesion="no")) == 1
