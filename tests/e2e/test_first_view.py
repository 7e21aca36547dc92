"""The findings that a reader meets first, and what is folded behind them."""

from __future__ import annotations

from playwright.sync_api import expect
from reader import CASES, Reader

from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge

COLON = "colon-s1"
FIRST = [
    *("level", "pain", "fracture", "primary", "spine_mri", "epidural", "compression_by", "cauda_equina_syndrome"),
    *("bladder_bowel", "saddle_sensation", "motor_deficit", "deficit_course", "radicular_pain"),
    *("suspected_cord_compression", "prior_radiotherapy", "fit_for_surgery", "expected_survival"),
]
UNSEEN = ["fracture_pattern", "sacral_ala", "iliac_or_si_involvement"]


def first_view(reader: Reader) -> list[str]:
    """The findings that lie in no fold, in their order."""
    return reader.explorer.locator(".cb-groups > [data-finding]").evaluate_all(
        "(rows) => rows.map(({ dataset }) => dataset.finding)"
    )


def test_seventeen_findings_come_first_in_their_order(published):
    reader = published("sacral-ala-cement")
    reader.press("Clear all")
    reader.sees_what_follows_from({})
    assert len(FIRST) == 17
    view = first_view(reader)
    assert view[:17] == FIRST
    assert set(view[17:]) == set(reported("sacral-ala-cement")) - {*FIRST, *UNSEEN}
    headings = reader.explorer.locator(".cb-groups").locator("h4, .cb-group-name").all_inner_texts()
    assert headings[:2] == ["What SINS cannot see", "More findings"]
    assert headings[-1] == "For the survival scores"


def test_what_only_survival_scores_ask_for_is_folded_with_them(published):
    reader = published(COLON)
    rows = reader.explorer.locator('[data-group="scores"] [data-finding]')
    shown = rows.evaluate_all("(rows) => rows.map(({ dataset }) => dataset.finding)")
    assert set(shown) == set(knowledge().of_scores) - set(first_view(reader))


def test_what_sins_cannot_see_lies_under_the_fracture_and_opens_with_it(published):
    reader = published("melanoma-cauda-equina")
    fold = reader.explorer.locator('[data-group="fracture-more"]')
    assert fold.evaluate("(fold) => fold.previousElementSibling.dataset.finding") == "fracture"
    rows = fold.locator("[data-finding]").evaluate_all("(rows) => rows.map(({ dataset }) => dataset.finding)")
    assert rows == UNSEEN
    expect(reader.control("sacral_ala")).to_be_hidden()
    fold.locator("summary").first.click()
    expect(reader.control("sacral_ala")).to_be_visible()
    reader.choose("fracture_pattern", None)
    reader.choose("fracture", "present")
    expect(reader.control("sacral_ala")).to_be_visible()


def test_tissue_and_radiotherapy_are_asked_as_soon_as_compression_is_recorded(published):
    reader = published("sacral-ala-cement")
    asked = ["tissue_diagnosis", "tolerates_radiotherapy"]
    assert not {*asked} & {*first_view(reader)} - {*reported("sacral-ala-cement")}
    reader.choose("epidural", "indents")
    expect(reader.control("tolerates_radiotherapy")).to_be_visible()
    assert [id for id in first_view(reader) if id in asked] == asked
    reader.choose("epidural", "none")
    expect(reader.control("tolerates_radiotherapy")).to_be_hidden()


def reported(case: str) -> list[str]:
    """The findings that a case reports."""
    return [id for id, entry in load_case(case).published.items() if entry["provenance"] == "reported"]


def test_nothing_that_a_case_reports_is_hidden(published):
    for name in CASES:
        reader = published(name)
        for finding in reported(name):
            expect(reader.control(finding)).to_be_visible()


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
    first = reader.focused().evaluate("(one) => one.closest('[data-finding]').dataset.finding")
    assert first in knowledge().vocabulary.by_id
    group = reader.explorer.locator('[data-group="treatment"]')
    summary = group.locator("summary").first
    summary.focus()
    reader.page.keyboard.press("Enter")
    expect(group).to_have_attribute("open", "")
    expect(summary).to_be_focused()
