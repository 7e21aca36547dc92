"""The disability index as a widget: its sections, its result and what it leaves in a notebook."""

from __future__ import annotations

import pytest
from ipywidgets import VBox, link

from casebook import FindingError
from widgets import DisabilityIndex
from widgets.oswestry import markup

HALF = [3, 2, None, 4, 1, None, 0, 5, 2, 3]


def test_an_index_without_answers_is_the_whole_range_and_never_zero():
    index = DisabilityIndex()
    assert (index.result.status, index.result.total, index.result.low, index.result.high) == ("range", None, 0, 100)
    assert repr(index).startswith("DisabilityIndex(0–100 %, minimal or moderate")


def test_a_section_without_an_answer_counts_neither_in_the_sum_nor_in_its_maximum():
    index = DisabilityIndex(HALF)
    assert index.result.total == 50
    assert repr(index) == "DisabilityIndex(50 %, severe)"


@pytest.mark.parametrize("sections", [[1, 2], [6] + [None] * 9, ["3"] * 10, [True] * 10, [2.5] * 10])
def test_wrong_sections_are_refused_and_the_present_ones_stay(sections):
    index = DisabilityIndex(HALF)
    with pytest.raises(FindingError, match="odi section"):
        index.sections = sections
    assert index.sections == HALF


def test_two_linked_indices_show_the_same_patient_and_observe_hears_it():
    one, other = DisabilityIndex(), DisabilityIndex()
    heard = []
    other.observe(lambda change: heard.append(change["new"]), "sections")
    link((one, "sections"), (other, "sections"))
    VBox([one, other])
    one.sections = tuple(HALF)
    assert other.sections == HALF
    assert heard == [HALF]


def test_the_notebook_holds_the_view_and_the_result_as_text():
    data, _ = DisabilityIndex(HALF)._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert data["text/plain"] == "DisabilityIndex(50 %, severe)"
    for said in ('data-score="odi"', 'data-low="50"', "50 %", "3, 2, –, 4, 1, –, 0, 5, 2, 3"):
        assert said in data["text/html"]


def test_a_page_starts_from_the_same_state_as_the_widget():
    assert markup() == DisabilityIndex().page_element()
