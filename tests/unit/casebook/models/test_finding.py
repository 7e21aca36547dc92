"""Findings, their options, and what is said of a value that is none of them."""

import math

import plain
import pytest

import casebook
from casebook import FindingError
from casebook.knowledge_base import knowledge

VOCABULARY = knowledge().vocabulary


def test_the_vocabulary_has_every_published_finding_and_no_other():
    assert {finding.id for finding in VOCABULARY} == set(plain.FINDINGS)


def test_a_finding_has_exactly_its_published_options():
    for id, options in plain.FINDINGS.items():
        assert sorted(VOCABULARY.by_id[id].values, key=str) == sorted(options, key=str), id


def test_a_group_has_exactly_its_findings():
    for group, findings in plain.GROUPS.items():
        assert {finding.id for finding in VOCABULARY if finding.group == group} == set(findings), group


def test_a_finding_is_explained_to_the_reader():
    for finding in VOCABULARY:
        assert all((finding.label, finding.help, finding.definition)), finding.id
        assert all(option.label for option in finding.options), finding.id


def test_only_karnofsky_and_pain_intensity_are_numbers():
    assert {finding.id for finding in VOCABULARY if finding.type == "number"} == {"karnofsky", "pain_intensity"}


def test_every_published_option_can_be_assessed():
    for id, options in plain.FINDINGS.items():
        for option in options:
            assert casebook.assess({id: option}).findings == {id: option}


def test_an_unknown_finding_is_named_with_the_nearest_right_one():
    with pytest.raises(FindingError, match=r"'pane'.*did you mean pain") as caught:
        casebook.assess({"pane": "mechanical"})
    assert (caught.value.id, caught.value.offered, caught.value.nearest) == ("pane", None, "pain")


@pytest.mark.parametrize(
    ("id", "offered", "nearest"),
    [
        ("pain", "mechanic", "mechanical"),
        ("pain", "Mechanical", "mechanical"),
        ("cauda_equina_syndrome", "suspect", "suspected"),
        ("primary", "endometrial", "endometrium"),
        ("primary", "esophagus", "oesophagus"),
        ("escc", "1d", "1c"),
        ("iliac_or_si_involvement", "rigth", "right"),
        ("fit_for_surgery", "yess", "yes"),
    ],
)
def test_an_unknown_option_is_named_with_its_finding_and_the_nearest_right_one(id, offered, nearest):
    with pytest.raises(FindingError) as caught:
        casebook.assess({id: offered})
    assert (caught.value.id, caught.value.offered, caught.value.nearest) == (id, offered, nearest)
    assert id in str(caught.value)
    assert repr(offered) in str(caught.value)
    assert str(nearest) in str(caught.value).replace(repr(offered), "")


@pytest.mark.parametrize("id", [id for id, options in plain.FINDINGS.items() if set(options) == {"yes", "no"}])
@pytest.mark.parametrize(("offered", "meant"), [(True, "yes"), (False, "no")])
def test_a_truth_value_is_refused_where_yes_or_no_is_meant(id, offered, meant):
    with pytest.raises(FindingError, match=f"did you mean {meant}") as caught:
        casebook.assess({id: offered})
    assert (caught.value.id, caught.value.offered, caught.value.nearest) == (id, offered, meant)


@pytest.mark.parametrize("offered", [True, False])
def test_no_finding_takes_a_truth_value(offered):
    for id in plain.FINDINGS:
        with pytest.raises(FindingError, match=f"{id}: {offered} is not an option; ."):
            casebook.assess({id: offered})


def test_a_number_below_the_least_is_nearest_to_zero_where_zero_is_the_least():
    with pytest.raises(FindingError, match=r"-1 is not an option; did you mean 0\?"):
        casebook.assess({"pain_intensity": -1})


@pytest.mark.parametrize("offered", [70, "70", 70.0])
def test_karnofsky_70_is_the_same_as_number_and_as_text(offered):
    assert casebook.assess({"karnofsky": offered}) == casebook.assess({"karnofsky": 70})
    assert casebook.assess({"karnofsky": offered}).findings["karnofsky"] == 70


@pytest.mark.parametrize("offered", [2, "2"])
def test_a_grade_that_is_a_digit_may_be_given_as_number_or_text(offered):
    assert casebook.assess({"escc": offered}).findings["escc"] == "2"


@pytest.mark.parametrize(
    ("id", "offered", "near"),
    [
        ("karnofsky", 75, {"70", "80"}),
        ("karnofsky", 15, {"10", "20"}),
        ("karnofsky", 0, {"10"}),
        ("karnofsky", 110, {"100"}),
        ("karnofsky", 71.5, {"70"}),
        ("pain_intensity", 11, {"10"}),
        ("pain_intensity", 7.4, {"7"}),
        ("pain_intensity", -1, {"0"}),
    ],
)
def test_a_number_off_the_scale_is_refused_with_the_nearest_on_it(id, offered, near):
    with pytest.raises(FindingError) as caught:
        casebook.assess({id: offered})
    assert caught.value.offered == offered
    assert str(caught.value.nearest) in near


@pytest.mark.parametrize(
    "offered", [math.nan, math.inf, "", " ", [], ["mechanical"], {"pain": 1}, b"mechanical", object()]
)
def test_what_is_no_option_is_refused_whatever_its_type(offered):
    for id in ("pain", "karnofsky", "level", "escc"):
        with pytest.raises(FindingError) as caught:
            casebook.assess({id: offered})
        assert caught.value.id == id
        assert caught.value.offered is offered


@pytest.mark.parametrize("id", [None, 7, True, ("pain",)])
def test_an_id_that_is_no_word_is_refused(id):
    with pytest.raises(FindingError, match="there is no finding"):
        casebook.assess({id: "mechanical"})


def test_none_means_not_assessed():
    for id in plain.FINDINGS:
        assert casebook.assess({id: None}) == casebook.assess({}), id


def test_a_finding_error_is_a_value_error():
    assert issubclass(FindingError, ValueError)


def test_findings_that_are_given_are_not_changed():
    given = {"karnofsky": "70", "pain": None}
    casebook.assess(given)
    assert given == {"karnofsky": "70", "pain": None}
