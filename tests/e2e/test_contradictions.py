"""Findings that no patient has together: what was typed stays, and so does the last good result."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect
from reader import Reader

from casebook import FindingError, assess
from casebook.cases.case import load_case

COLON = "colon-s1"
TWO = ("bladder_bowel", "deficit_course")
WHY = "a disturbed bladder, bowel or saddle is a deficit and has a course; set course of the deficit to stable, over 7 days or within 7 days, or leave it out."


@pytest.fixture
def contradicting(published) -> Reader:
    """A page on which retention is recorded beside a deficit without a course."""
    reader = published(COLON)
    reader.choose("bladder_bowel", "retention")
    sees_refused(reader)
    return reader


def sees_refused(reader: Reader) -> None:
    """Wait until both controls are marked as contradicting each other, and none besides them."""
    marked = reader.explorer.locator(".cb-finding[data-finding][data-refused]")
    expect(marked).to_have_count(2)
    assert {row.get_attribute("data-finding") for row in marked.all()} == set(TWO)


def sees_none_refused(reader: Reader) -> None:
    """Wait until no control is marked any more."""
    expect(reader.explorer.locator("[data-refused], [aria-invalid], .cb-refused")).to_have_count(0)


def described(reader: Reader, finding: str) -> Locator:
    """What describes the control of a finding."""
    control = reader.control(finding).locator("xpath=(self::fieldset|.//select)[1]")
    return reader.page.locator(f"[id='{control.get_attribute('aria-describedby')}']")


def test_python_refuses_the_same():
    with pytest.raises(FindingError, match="has a course"):
        assess({**load_case(COLON).findings, "bladder_bowel": "retention"})


def test_what_was_typed_and_the_last_good_result_stay_and_both_controls_say_why(contradicting):
    reader = contradicting
    assert reader.value("bladder_bowel") == "retention"
    assert reader.value("deficit_course") == "none"
    reader.sees_what_follows_from(load_case(COLON).findings)
    for finding in TWO:
        expect(reader.control(finding).locator("[aria-invalid='true']")).to_have_count(1)
        sentence = described(reader, finding)
        expect(sentence).to_be_visible()
        expect(sentence).to_contain_text(WHY)
        assert "_" not in sentence.inner_text()
    expect(reader.told).to_contain_text("Not applied:")
    expect(reader.told).to_contain_text(WHY)
    told, first = reader.told.bounding_box(), reader.first_line.first.bounding_box()
    assert told["y"] < first["y"], "above the result"


def test_it_is_read_out_on_a_desk_and_on_a_phone_where_the_result_is_folded(contradicting):
    reader = contradicting
    spoken = reader.explorer.locator("[aria-live]")
    expect(spoken).to_have_count(1)
    expect(spoken).to_contain_text("Not applied:")
    expect(spoken).to_contain_text(WHY)
    reader.resize(375, 720)
    expect(reader.explorer.locator(".cb-sheet")).to_be_hidden()
    assert spoken.evaluate("(one) => one.checkVisibility()"), "what is not drawn is not read out"


def test_a_red_flag_among_them_is_said_before_all_else_and_the_bar_says_nothing_calmer(contradicting):
    reader = contradicting
    alarm = "A red flag is recorded: treat this as an emergency until the findings are corrected."
    expect(reader.told).to_contain_text(alarm)
    expect(reader.explorer.locator("[aria-live]")).to_contain_text(alarm)
    reader.resize(375, 720)
    bar = reader.explorer.locator(".cb-bar")
    expect(bar).to_contain_text("Red flag recorded: treat as an emergency until the findings are corrected.")
    expect(bar.locator("[data-patient-state]")).to_have_count(0)


def test_without_a_red_flag_the_bar_says_that_the_result_is_that_of_before(published):
    reader = published(COLON)
    reader.go_on_to(f"#{COLON}?pain=none&pain_intensity=8")
    expect(reader.explorer.locator("[data-refused]")).to_have_count(2)
    assert "red flag" not in reader.told.inner_text()
    reader.resize(375, 720)
    bar = reader.explorer.locator(".cb-bar")
    expect(bar).to_contain_text("Not applied. Previous result:")
    expect(bar.locator("[data-patient-state]")).to_have_attribute("data-patient-state", "open")


def test_a_button_beside_each_leaves_the_other_unassessed_and_the_focus_stays_there(contradicting):
    reader = contradicting
    mend = reader.control("bladder_bowel").get_by_role("button", name="Leave “Course of the deficit” not assessed")
    mend.focus()
    reader.page.keyboard.press("Enter")
    sees_none_refused(reader)
    expect(reader.focused()).to_have_value("retention")
    reader.sees_what_follows_from({**load_case(COLON).findings, "bladder_bowel": "retention", "deficit_course": None})


def test_mending_it_applies_all_that_was_typed(contradicting):
    reader = contradicting
    reader.choose("deficit_course", "over_7_days")
    sees_none_refused(reader)
    reader.sees_what_follows_from(
        {**load_case(COLON).findings, "bladder_bowel": "retention", "deficit_course": "over_7_days"}
    )
    expect(reader.told).not_to_contain_text("Not applied")


def test_taking_it_back_leaves_all_as_it_was(contradicting):
    reader = contradicting
    reader.choose("bladder_bowel", "normal")
    sees_none_refused(reader)
    reader.sees_what_follows_from(load_case(COLON).findings)
    expect(reader.told).not_to_contain_text("Not applied")


def test_more_may_be_typed_before_it_is_mended_and_nothing_of_it_is_lost(contradicting):
    reader = contradicting
    reader.choose("pain", "mechanical")
    sees_refused(reader)
    reader.sees_score("sins", 9)
    reader.choose("deficit_course", None)
    sees_none_refused(reader)
    reader.sees_what_follows_from(
        {**load_case(COLON).findings, "bladder_bowel": "retention", "deficit_course": None, "pain": "mechanical"}
    )


def test_the_keyboard_makes_it_and_mends_it_and_keeps_its_place(published):
    reader = published(COLON)
    keys = reader.page.keyboard
    reader.control("bladder_bowel").locator("input:checked").focus()
    keys.press("ArrowRight")
    sees_refused(reader)
    expect(reader.focused()).to_have_value(reader.value("bladder_bowel"))
    bladder = reader.value("bladder_bowel")
    reader.tab_to(reader.control("deficit_course"), most=80)
    keys.press("ArrowRight")
    sees_none_refused(reader)
    course = reader.value("deficit_course")
    expect(reader.focused()).to_have_value(course)
    reader.sees_what_follows_from({**load_case(COLON).findings, "bladder_bowel": bladder, "deficit_course": course})


def test_a_finding_in_a_fold_keeps_the_focus_where_it_is_refused_and_the_other_in_a_fold_is_opened(published):
    reader = published("endometrial-ilium")
    folded = reader.control("pain_intensity").locator("xpath=ancestor::details[1]")
    expect(folded).not_to_have_attribute("open", "")
    reader.unfolds("pain_intensity")
    intensity = reader.control("pain_intensity").locator("select")
    intensity.focus()
    intensity.select_option("0")
    expect(reader.explorer.locator("[data-refused]")).to_have_count(2)
    expect(intensity).to_be_focused()
    expect(folded).to_have_attribute("open", "")
    folded.locator("summary").first.click()
    expect(folded).not_to_have_attribute("open", "")
    reader.choose("pain", "occasional")
    expect(reader.explorer.locator("[data-refused]")).to_have_count(2)
    expect(intensity).to_be_visible()
    reader.choose("pain", "none")
    sees_none_refused(reader)


def test_a_link_that_opens_contradictory_findings_shows_them_so(online):
    online.open_case(COLON, f"#{COLON}?bladder_bowel=retention&pain=mechanical")
    sees_refused(online)
    assert online.value("bladder_bowel") == "retention"
    assert online.value("pain") == "mechanical"
    online.sees_what_follows_from(load_case(COLON).findings)
    expect(online.told).to_contain_text(WHY)
    online.choose("bladder_bowel", "normal")
    sees_none_refused(online)
    online.sees_what_follows_from({**load_case(COLON).findings, "pain": "mechanical"})


def test_a_doubt_is_said_beside_what_it_is_of_and_nothing_is_refused(published):
    reader = published(COLON)
    doubt = reader.control("cauda_equina_syndrome").locator(".cb-doubt")
    expect(doubt).to_have_count(0)
    reader.choose("deficit_course", None)
    reader.choose("bladder_bowel", "retention")
    expect(doubt).to_have_text("Recorded as absent; the recorded signs suggest otherwise.")
    sees_none_refused(reader)
