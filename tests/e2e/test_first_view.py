"""The findings that a reader meets first, and what is folded behind them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from reader import CASES, Reader

from casebook.cases.case import load_case
from casebook.explain import relevant
from casebook.knowledge_base import knowledge

COLON = "colon-s1"
FIRST_VIEW = dict.fromkeys([shown.finding for shown in knowledge().first_view] + list(knowledge().vocabulary.by_id))
SIGNS = {"bladder_bowel", "saddle_sensation", "motor_deficit"}


def first_view(reader: Reader) -> list[str]:
    """The findings that lie in no fold, in their order."""
    return reader.explorer.locator(".cb-groups > .cb-finding[data-finding]").evaluate_all(
        "(rows) => rows.map(({ dataset }) => dataset.finding)"
    )


@pytest.mark.parametrize("case", CASES)
def test_what_matters_for_a_patient_comes_first_and_all_else_is_folded(published, case):
    reader = published(case)
    given = load_case(case)
    view = first_view(reader)
    first = list(relevant(given.findings, assumed_in(case)))
    assert 8 <= len(first) <= 10
    assert first == [id for id in FIRST_VIEW if id in first]
    assert view[: len(first)] == first
    assert set(view[len(first) :]) <= {shown.finding for shown in knowledge().first_view if shown.when}


@pytest.mark.parametrize("case", CASES)
def test_bladder_saddle_and_legs_are_asked_first_unless_they_were_reported(published, case):
    reader = published(case)
    known = {id for id, entry in load_case(case).published.items() if entry["provenance"] in {"reported", "derived"}}
    assert SIGNS - known <= set(first_view(reader))


def test_one_box_finds_a_finding_by_its_name_another_name_or_an_option(published):
    reader = published(COLON)
    box, said = reader.explorer.get_by_role("searchbox"), reader.explorer.locator(".cb-filter [role=status]")
    for words, finding in (
        ("saddle anesthesia", "saddle_sensation"),
        ("KPS", "karnofsky"),
        ("spinopelvic", "fracture_pattern"),
    ):
        box.fill(words)
        expect(reader.control(finding)).to_be_visible()
        expect(said).to_have_text("1 finding matches.")
    box.fill("no such words")
    expect(said).to_have_text("No finding matches.")
    box.fill("")
    expect(said).to_have_text("")


def test_what_only_survival_scores_ask_for_is_folded_with_them(published):
    reader = published(COLON)
    rows = reader.explorer.locator('[data-group="scores"] .cb-finding[data-finding]')
    shown = rows.evaluate_all("(rows) => rows.map(({ dataset }) => dataset.finding)")
    assert set(shown) == set(knowledge().of_scores) - set(first_view(reader))


def test_tissue_and_radiotherapy_are_asked_as_soon_as_compression_is_recorded(published):
    reader = published("sacral-ala-cement")
    asked = ["tissue_diagnosis", "tolerates_radiotherapy"]
    assert "tolerates_radiotherapy" not in first_view(reader)
    reader.choose("epidural", "indents")
    expect(reader.control("tolerates_radiotherapy")).to_be_visible()
    assert [id for id in first_view(reader) if id in asked] == asked
    assert first_view(reader)[-1] == "tolerates_radiotherapy", "at the end, so that no control moves"
    reader.choose("epidural", "none")
    expect(reader.control("tolerates_radiotherapy")).to_be_hidden()


def assumed_in(case: str) -> set[str]:
    return {id for id, entry in load_case(case).published.items() if entry["provenance"] == "assumed"}


def test_the_grade_of_a_cord_is_asked_only_where_there_is_one(published):
    reader = published(COLON)
    expect(reader.control("escc")).to_have_count(0)
    for level, shown in (("L2", 1), ("L3", 0), ("C1", 1), ("S1", 0)):
        reader.choose("level", level)
        expect(reader.control("escc")).to_have_count(shown)
    reader.choose("level", None)
    expect(reader.control("escc")).to_have_count(0)


def test_a_group_that_is_opened_stays_open_and_one_that_is_asked_for_takes_the_focus_once(published):
    reader = published(COLON)
    reader.explorer.locator(".cb-ask button.cb-link").first.click()
    first = reader.focused().evaluate("(one) => one.closest('.cb-finding[data-finding]').dataset.finding")
    assert first in knowledge().vocabulary.by_id
    group = reader.explorer.locator('[data-group="treatment"]')
    summary = group.locator("summary").first
    summary.focus()
    reader.page.keyboard.press("Enter")
    expect(group).to_have_attribute("open", "")
    expect(summary).to_be_focused()
