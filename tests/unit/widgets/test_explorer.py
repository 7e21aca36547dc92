"""The tables of the explorer: why things stand as they do, and what would move if findings were others."""

from __future__ import annotations

import pytest

import casebook
from casebook import explain
from casebook.knowledge_base import knowledge
from widgets.explorer import CaseExplorer

CASES = ["colon-s1", "endometrial-ilium", "melanoma-cauda-equina"]


@pytest.mark.parametrize("name", CASES)
def test_explain_has_a_line_for_each_recommendation_in_the_order_of_the_plan(name):
    explorer = CaseExplorer(name)
    frame = explorer.explain()
    plan = explorer.assessment.plan
    assert list(frame.columns) == ["standing", "because", "in_the_way", "closest_change"]
    assert list(frame.index) == [knowledge().actions[entry.action].label for entry in plan]
    for (_, row), entry in zip(frame.iterrows(), plan, strict=True):
        told = explain.argument(explorer.findings, entry.action)
        assert row["standing"] == told.standing
        assert row["in_the_way"] == " ".join(told.in_the_way)
        assert all(knowledge().rules[rule].title in row["because"] for rule in entry.because)
        assert row["closest_change"].endswith(".")


def test_the_closest_change_calls_a_finding_reported_while_it_stands_as_the_source_has_it():
    explorer = CaseExplorer("melanoma-cauda-equina")
    assert "cauda_equina_syndrome" in explorer.reported
    table = explorer.explain()["closest_change"]
    assert "would be undecided if cauda equina syndrome (reported) were absent" in table["Dexamethasone"]
    explorer.findings = {**explorer.findings, "cauda_equina_syndrome": "suspected"}
    assert "cauda_equina_syndrome" not in explorer.reported
    assert not explorer.explain()["closest_change"].str.contains("syndrome (reported)", regex=False).any()


def test_what_if_has_a_line_for_each_move_and_leaves_the_explorer_as_it_is():
    explorer = CaseExplorer("melanoma-cauda-equina")
    before = dict(explorer.findings)
    frame = explorer.what_if(pain="mechanical", fit_for_surgery="no")
    moves = explain.changed(before, {**before, "pain": "mechanical", "fit_for_surgery": "no"}).moves
    assert list(frame.columns) == ["kind", "from", "to", "text"]
    assert list(frame["text"]) == [move.text for move in moves]
    assert frame.index[0] == "Decompression of the sacral canal"
    assert frame.iloc[0].to_list()[:3] == ["action", "emergency", "not indicated"]
    assert frame.loc["SINS"].to_list()[:3] == ["score", "1 to 6", "3 to 8"]
    assert explorer.findings == before


def test_what_if_names_a_change_of_the_state_of_the_patient_first():
    frame = CaseExplorer("melanoma-cauda-equina").what_if(cauda_equina_syndrome="absent")
    assert frame.index[0] == "State of the patient"
    assert frame.iloc[0].to_list()[:3] == [
        "state", "emergency, compression with signs", "an emergency is not ruled out",
    ]  # fmt: skip


def test_what_if_can_take_a_finding_away_and_say_that_nothing_moves():
    explorer = CaseExplorer("colon-s1")
    assert not explorer.what_if(pain=None).empty
    same = explorer.what_if()
    assert same.empty
    assert list(same.columns) == ["kind", "from", "to", "text"]


def test_what_if_refuses_an_unknown_finding_with_the_nearest():
    with pytest.raises(casebook.FindingError, match="did you mean pain"):
        CaseExplorer("colon-s1").what_if(pian="mechanical")
