"""The table of evidence: every figure with its source, and faults that name their line."""

from __future__ import annotations

import pytest
from folders import Folder, place

from casebook.knowledge_base import FOLDER, knowledge
from casebook.models.evidence import COLUMNS

ROW = {
    "id": "X99",
    "study": "A series",
    "bibkey": "mika2018",
    "year": "2018",
    "n": "10",
    "n_unit": "patients",
    "measure": "pain score",
    "value": "3",
    "low": "2",
    "high": "4",
    "source": "mika2018; du2016",
    "locator": "l. 1; abstract",
    "mark": "verified",
}


def line(**changes):
    row = ROW | changes
    return ",".join(row.get(name, "") for name in COLUMNS) + "\n"


@pytest.fixture
def folder(tmp_path):
    return Folder.copied(FOLDER, tmp_path / "knowledge")


def test_each_source_keeps_its_own_locator(folder):
    folder.append("evidence.csv", line())
    assert folder.engine().knowledge.evidence[-1].source == {"mika2018": "l. 1", "du2016": "abstract"}


def test_an_empty_cell_is_unknown_and_no_zero(folder):
    folder.append("evidence.csv", line(n="", value="", low="", high=""))
    figure = folder.engine().knowledge.evidence[-1]
    assert (figure.n, figure.value, figure.low, figure.time_months) == (None, None, None, None)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "E1"}, "id"),
        ({"n": "many"}, "n:"),
        ({"n": "0"}, "n:"),
        ({"mark": "certain"}, "certain"),
        ({"locator": "l. 1"}, "2 sources and 1 locators"),
        ({"source": "mika2017; du2016"}, "mika2018"),
        ({"bibkey": "mika2017"}, "mika2018"),
        ({"low": "5"}, "above high"),
        ({"study": "a, b"}, "cells"),
    ],
)
def test_a_fault_names_its_line(folder, changes, said):
    at = folder.append("evidence.csv", line(**changes))
    fault = folder.fault()
    assert place(fault) == ("evidence.csv", at)
    assert said in str(fault)


def test_other_columns_are_a_fault(folder):
    folder.edit("evidence.csv", "id,study,", "id,paper,")
    assert place(folder.fault()) == ("evidence.csv", 1)


def test_a_value_lies_in_its_own_interval():
    outside = [
        figure
        for figure in knowledge().evidence
        if None not in (figure.value, figure.low, figure.high) and not figure.low <= figure.value <= figure.high
    ]
    assert outside == []


def test_a_verified_row_rests_on_no_source_that_is_known_second_hand_only():
    known = knowledge()
    weaker = [
        (figure.id, figure.measure)
        for figure in known.evidence
        if figure.mark == "verified" and all(known.sources[key].seen != "verified" for key in figure.source)
    ]
    assert weaker == []


def test_what_is_printed_as_it_does_not_add_up_says_why():
    odd = [figure for figure in knowledge().evidence if "(sic)" in figure.as_printed + figure.as_in_primary]
    assert odd
    assert all(figure.note for figure in odd)
