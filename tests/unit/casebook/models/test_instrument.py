"""Instruments of the sources: their definitions, and the disability index that is worked out from its sections."""

from __future__ import annotations

import math

import pytest
from folders import Folder, place
from hypothesis import given
from hypothesis import strategies as st

import casebook
from casebook import FindingError
from casebook.knowledge_base import FOLDER, knowledge
from casebook.models.rule import STANCES

ENTRY = """
- id: gait
  label: Gait
  name: Gait scale
  kind: scale
  measures: How somebody walks.
  range: 0 to 3.
  direction: Higher is better.
  use: [{text: To follow a patient., source: {mika2018: "l. 1"}}]
  misuse: [{text: Not for a diagnosis., source: {mika2018: "l. 2"}}]
  licence: {text: None was looked up., source: {mika2018: "l. 3"}}
  in_book: Explained.
  source: {mika2018: "l. 4"}
"""
SECTIONS = st.lists(st.none() | st.integers(0, 5), min_size=10, max_size=10)


def odi(*sections):
    return casebook.score("odi", {"sections": list(sections)})


# definitions


def test_every_instrument_of_the_sources_is_there():
    assert set(knowledge().instruments) >= {
        "mirels",
        "escc",
        "frankel",
        "ais",
        "karnofsky",
        "ecog",
        "odi",
        "pain_bands",
        "noms",
        "mri_urgency",
        "radiotherapy_schemes",
        "sosgoq",
        "eq5d",
        "promis",
    }


def test_the_classes_of_radiosensitivity_name_primaries_of_the_vocabulary():
    table = next(table for table in knowledge().instruments["noms"].tables if table.id == "radiosensitivity")
    named = {primary for row in table.rows for primary in row.cells["primaries"]}
    assert named == set(knowledge().vocabulary.by_id["primary"].values)


def test_no_scheme_of_radiotherapy_is_worded_as_a_stance():
    words = str(knowledge().instruments["radiotherapy_schemes"].tables)
    assert not any(stance in words for stance in STANCES)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: scale", "kind: scales", "scale"),
        ('source: {mika2018: "l. 2"}', 'source: {mika2017: "l. 2"}', "mika2018"),
        ('source: {mika2018: "l. 3"}', 'source: {mika2018: ""}', "no locator"),
        ("  in_book: Explained.\n", "", "in_book"),
    ],
)
def test_a_fault_in_an_instrument_names_its_line(tmp_path, old, new, said):
    folder = Folder.copied(FOLDER, tmp_path / "knowledge")
    assert ENTRY.count(old) == 1
    start = folder.append("instruments.yml", ENTRY.replace(old, new))
    fault = folder.fault()
    assert said in str(fault)
    name, line = place(fault)
    assert name == "instruments.yml"
    if new:
        assert line == start + ENTRY[: ENTRY.index(old)].count("\n")


# the disability index


def test_ten_answers_give_the_sum_out_of_fifty_as_a_percentage():
    assert odi(3, 3, 3, 3, 3, 2, 2, 2, 2, 2).total == 50


def test_a_section_without_an_answer_is_left_out_of_sum_and_maximum():
    result = odi(3, 3, 3, 3, 3, 3, 3, 3, 3, None)
    assert (result.status, result.total, result.bands) == ("complete", 60, ("severe",))
    assert result.items[9].points is None
    assert "9 of 10 sections" in result.notes[0]


def test_without_any_answer_nothing_is_known():
    for result in (odi(*[None] * 10), casebook.score("odi", {})):
        assert (result.status, result.total, result.low, result.high) == ("range", None, 0, 100)
        assert result.bands == ("minimal", "moderate", "severe", "crippled", "bed_bound")


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "minimal"),
        (20, "minimal"),
        (22, "moderate"),
        (40, "moderate"),
        (42, "severe"),
        (60, "severe"),
        (62, "crippled"),
        (80, "crippled"),
        (82, "bed_bound"),
        (100, "bed_bound"),
    ],
)
def test_both_sides_of_every_edge_of_a_band(total, band):
    points = total // 2
    result = odi(*(min(5, max(0, points - 5 * place)) for place in range(10)))
    assert (result.total, result.bands) == (total, (band,))


@given(SECTIONS)
def test_every_percentage_lies_in_one_band(sections):
    result = odi(*sections)
    answered = [value for value in sections if value is not None]
    if answered:
        assert math.isclose(result.total, 20 * sum(answered) / len(answered))
        assert len(result.bands) == 1


@pytest.mark.parametrize(
    "sections",
    [[1] * 9, [1] * 11, [6, *[1] * 9], [-1, *[1] * 9], [1.0, *[1] * 9], [True] * 10, ["3"] * 10, "1111111111", 5, {}],
)
def test_sections_are_ten_whole_numbers_from_0_to_5(sections):
    with pytest.raises(FindingError, match="section"):
        casebook.score("odi", {"sections": sections})


def test_the_index_has_no_item_but_its_sections():
    with pytest.raises(FindingError, match="sections"):
        casebook.score("odi", {"section": [1] * 10})
