"""The cases as a reader meets them, over http and opened from disk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from reader import CASES, one_line

from casebook import assess, score
from casebook.cases.case import load_case
from casebook.explain import changed
from casebook.knowledge_base import knowledge
from casebook.messages import message

MELANOMA = "melanoma-cauda-equina"
COLON = "colon-s1"
ENDOMETRIAL = "endometrial-ilium"
OPEN_ITEMS = ("pain", "collapse", "posterolateral")


# What each case teaches


def test_melanoma_is_an_emergency_near_the_bottom_of_sins(published):
    reader = published(MELANOMA)
    reader.sees_score("sins", 1, 6)
    expect(reader.score("sins").get_by_text("stable", exact=True)).to_have_count(1)
    reader.sees_action("decompression", "emergency")


def test_melanoma_shows_both_sides_on_radiotherapy_with_their_sources(published):
    reader = published(MELANOMA)
    dispute = reader.explorer.locator('.cb-conflicts [data-conflict="C1"]')
    dispute.locator("summary").click()
    for source in ("Mika & Mesfin 2018", "ASTRO"):
        expect(dispute.get_by_text(source).first).to_be_visible()


def test_the_state_and_what_saves_the_nerves_in_its_order_come_first_and_the_scores_after_the_plan(published):
    reader = published(MELANOMA)
    order = reader.explorer.evaluate(
        "(root) => [...root.querySelectorAll('.cb-sheet :is([data-patient-state], [data-action], [data-score])')]"
        ".map(({ dataset }) => dataset.patientState ?? dataset.action ?? dataset.score)"
    )
    assert order[0] == "compressed"
    assert order[1:6] == ["urgent_consult", "mri_full_spine", "dexamethasone", "decompression", "bladder_care"]
    assert order[-len(knowledge().scores) :] == list(knowledge().scores)


@pytest.mark.parametrize("case", CASES)
def test_on_a_laptop_the_state_the_change_and_the_first_three_of_the_plan_are_in_view(published, case):
    reader = published(case)
    reader.resize(1366, 768)
    reader.explorer.evaluate("(one) => { one.querySelector('.cb-sheet').scrollTop = 0; one.scrollIntoView(); }")
    for part in (reader.first_line.first, reader.told, *reader.explorer.locator("[data-action]").all()[:3]):
        expect(part).to_be_in_viewport()
    reader.resize(**reader.screen)


def test_colon_is_nine_points_and_eleven_with_mechanical_pain(published):
    reader = published(COLON)
    reader.sees_score("sins", 9)
    reader.choose("pain", "mechanical")
    reader.sees_score("sins", 11)
    expect(reader.score("sins")).to_have_attribute("data-status", "complete")


def test_colon_lists_the_five_item_sets_that_reach_nine(published):
    reader = published(COLON)
    reader.page.locator("details.casebook-folded > summary").last.click()
    heading = reader.page.locator("thead th", has_text="posterolateral")
    rows = reader.page.locator("table.dataframe").filter(has=heading).locator("tbody tr").all()
    sets = {tuple(row.locator("td").all_inner_texts()) for row in rows}
    known = {"location": "junctional", "bone_lesion": "lytic", "alignment": "normal"}
    totals = [score("sins", known | dict(zip(OPEN_ITEMS, each, strict=True))).total for each in sets]
    assert totals == [9] * 5


def test_endometrial_is_fixed_on_the_left_the_unaffected_side(published):
    reader = published(ENDOMETRIAL)
    fixation = reader.action("unilateral_lumbopelvic_fixation")
    reader.explorer.get_by_text("Not yet decided").click()
    fixation.locator("summary").click()
    expect(fixation).to_contain_text("on the left")
    reader.choose("iliac_or_si_involvement", "left")
    expect(fixation).to_contain_text("on the right")


def test_endometrial_turns_on_a_lesion_type_that_nobody_stated(published):
    reader = published(ENDOMETRIAL)
    reader.sees_score("sins", 8)
    reader.choose("bone_lesion", "blastic")
    reader.sees_score("sins", 6)
    reader.choose("bone_lesion", None)
    reader.sees_score("sins", 6, 8)
    expect(reader.score("sins")).to_have_attribute("data-status", "range")


# Changing findings


@pytest.mark.parametrize("address", ["file"], indirect=True)
def test_from_disk_a_page_starts_from_the_published_case_and_answers_a_change(case, reader):
    reader.sees_what_follows_from(case.findings)
    pain = "occasional" if case.findings.get("pain") != "occasional" else "mechanical"
    reader.choose("pain", pain)
    reader.sees_what_follows_from({**case.findings, "pain": pain})


def test_a_page_starts_from_the_published_case_findings_change_by_mouse_and_everything_follows(published_case):
    case, reader = published_case
    reader.sees_what_follows_from(case.findings)
    pain = "occasional" if case.findings.get("pain") != "occasional" else "mechanical"
    changed = {"pain": pain, "level": "S4", "deficit_course": "over_7_days", "bladder_bowel": "incontinence"}
    changed |= {"karnofsky": 40, "primary": None}
    for finding, option in changed.items():
        reader.choose(finding, option, mouse=True)
    reader.sees_what_follows_from({**case.findings, **changed})


def test_findings_change_by_keyboard_alone(online):
    online.open_case(COLON)
    case, keys = load_case(COLON), online.page.keyboard
    online.tab_to(online.explorer.locator('[data-group="stability"] > summary'))
    keys.press("Enter")
    online.tab_to(online.control("posterolateral"))
    keys.press("ArrowRight")
    posterolateral = online.value("posterolateral")
    online.tab_to(online.explorer.locator('[data-group="scores"] > summary'))
    keys.press("Enter")
    online.tab_to(online.control("karnofsky"))
    keys.type("3")
    expect(online.control("karnofsky").locator("select")).to_have_value("30")
    assert posterolateral != (case.findings.get("posterolateral") or "")
    online.sees_what_follows_from({**case.findings, "posterolateral": posterolateral or None, "karnofsky": 30})


def test_a_cleared_finding_is_unknown_and_never_zero_and_the_published_case_comes_back(published_case):
    case, reader = published_case
    reader.press("Clear all")
    reader.sees_score("sins", 0, 18)
    reader.sees_what_follows_from({})
    assert reader.value("pain") == ""
    reader.press("Reported only")
    reader.sees_what_follows_from(case.known("reported"))
    reader.choose("cauda_equina_syndrome", "absent")
    reader.choose("primary", "breast")
    reader.press("Reset to")
    reader.sees_what_follows_from(case.findings)


def test_every_finding_that_is_shown_says_where_it_comes_from(published_case):
    case, reader = published_case
    words = {"reported": "reported", "derived": "derived", "assumed": "assumed", "not_reported": "not reported"}
    shown = reader.explorer.locator(".cb-finding[data-finding]").evaluate_all(
        "(rows) => Object.fromEntries(rows.map((row) =>"
        " [row.dataset.finding, row.querySelector('[data-provenance]').textContent]))"
    )
    hidden = {"escc"}  # there is no cord at the level of any case
    assert shown == {id: words[entry["provenance"]] for id, entry in case.published.items() if id not in hidden}


# Words


def test_the_changed_line_says_in_words_what_the_last_change_did(published):
    reader = published(COLON)
    reader.choose("pain", "mechanical")
    expect(reader.told).to_contain_text("SINS: 9 → 11.")
    reader.choose("level", "S2")
    expect(reader.told).to_contain_text("SINS: 11 → 8")
    assert "9 → 11" not in reader.told.inner_text()


def test_what_changed_opens_to_every_move_with_its_rule_and_source(published):
    reader = published(MELANOMA)
    before = dict(load_case(MELANOMA).findings)
    reader.choose("cauda_equina_syndrome", "absent")
    change = changed(before, before | {"cauda_equina_syndrome": "absent"})
    expect(reader.told.locator("p").first).to_have_text(change.text)
    reader.told.locator("summary").click()
    steps = reader.told.locator("li")
    expect(steps).to_have_count(len(change.moves))
    for step, move in zip(steps.all(), change.moves, strict=True):
        expect(step).to_contain_text(move.text)


def test_what_changed_is_spoken_once_the_reader_pauses(online):
    online.open_case(COLON)
    spoken = online.explorer.locator("[aria-live]")
    expect(spoken).to_have_text("")
    online.choose("pain", "none")
    online.choose("pain", "mechanical")
    expect(spoken).to_have_text(online.told.locator("p").first.inner_text())


def test_a_recommendation_opens_to_its_rule_source_strength_and_ground(published):
    reader = published(MELANOMA)
    decompression = reader.action("decompression")
    decompression.locator("summary").click()
    for words in (
        "Cauda equina syndrome: present (here: present)",
        "Mika & Mesfin 2018",
        "l. 55",
        "absolute",
        "Source",
    ):
        expect(decompression.get_by_text(words).first).to_be_visible()


def test_the_help_of_a_finding_opens_beside_it(published):
    reader = published(COLON)
    reader.unfolds("pain")
    pain = reader.control("pain")
    pain.get_by_role("button", name="details of").click()
    expect(pain.get_by_text("In this case:")).to_be_visible()


# Last, because it opens everything


UNFOLD = """(root) => [...root.querySelectorAll('.cb-result details:not([open]) > summary')]
  .filter((one) => one.checkVisibility()).map((one) => one.click()).length"""
"""Opens all that is folded, and says how much that was; inside, more may be folded."""


def test_no_id_is_shown_where_words_should_stand(published_case):
    _, reader = published_case
    for finding, option in (("bladder_bowel", "incontinence"), ("prior_radiotherapy", None), ("epidural", "effaces")):
        reader.choose(finding, option)
        expect(reader.told).not_to_contain_text("Change a finding")
        assert not re.search(r"[a-z]_[a-z]|\b[RCP]\d", reader.told.inner_text())
    while reader.explorer.evaluate(UNFOLD):
        pass
    assert not re.search(r"\w_\w|\bR\d{3}\b|\bundefined\b|\[object", reader.explorer.inner_text())


# Long texts


def test_the_words_of_a_rule_are_fetched_when_a_reader_opens_it_and_not_before(reader):
    with reader.listening() as asked:
        reader.open_case(MELANOMA)
        assert not [address for address in asked if "prose.js" in address]
        entry = reader.action("decompression")
        entry.locator("summary").first.click()
        rule = knowledge().rules[assess(load_case(MELANOMA).findings).entry("decompression").because[0]]
        expect(entry.get_by_text(one_line(rule.text)[:60]).first).to_be_visible()
    assert [address for address in asked if "prose.js" in address]


def test_what_could_not_be_fetched_is_missed_in_words_and_fetched_when_it_is_opened_again(online):
    online.page.route("**/details.js*", lambda route: route.abort())
    try:
        online.open_case(MELANOMA)
        entry = online.action("decompression")
        entry.locator("summary").first.click()
        expect(entry.get_by_text(message("explorer-texts-missing"))).to_be_visible()
        online.page.unroute("**/details.js*")
        entry.locator("summary").first.click()
        entry.locator("summary").first.click()
        expect(entry.get_by_text("Mika & Mesfin 2018").first).to_be_visible()
        expect(entry.get_by_text(message("explorer-texts-missing"))).to_have_count(0)
    finally:
        online.page.unroute("**/details.js*")
        online.errors.clear()


def test_without_the_long_texts_a_rule_still_shows_its_name_its_ground_and_its_source(online):
    online.page.route("**/prose.js*", lambda route: route.abort())
    try:
        online.open_case(MELANOMA)
        entry = online.action("decompression")
        entry.locator("summary").first.click()
        expect(entry.get_by_text("Cauda equina syndrome: present (here: present)").first).to_be_visible()
        expect(entry.get_by_text("Mika & Mesfin 2018").first).to_be_visible()
    finally:
        online.page.unroute("**/prose.js*")
        online.errors.clear()


def test_a_change_whose_words_could_not_be_fetched_says_so_and_tries_again(online):
    online.page.route("**/titles.js*", lambda route: route.abort())
    try:
        online.open_case(COLON)
        before = dict(load_case(COLON).findings)
        online.choose("pain", "mechanical")
        expect(online.told).to_contain_text(message("explorer-change-missing"))
        online.sees_score("sins", 11)
        online.page.unroute("**/titles.js*")
        online.told.get_by_role("button", name=message("explorer-change-retry")).click()
        change = changed(before, before | {"pain": "mechanical"})
        expect(online.told.locator("p").first).to_have_text(change.text)
    finally:
        online.page.unroute("**/titles.js*")
        online.errors.clear()


def test_a_change_before_its_words_have_come_is_reported_when_they_have(online):
    held = []
    online.page.route("**/titles.js*", lambda route: held.append(route))
    try:
        online.open_case(COLON)
        before = dict(load_case(COLON).findings)
        online.choose("pain", "mechanical")
        online.sees_score("sins", 11)
        for route in held:
            route.continue_()
        change = changed(before, before | {"pain": "mechanical"})
        expect(online.told.locator("p").first).to_have_text(change.text)
    finally:
        online.page.unroute("**/titles.js*")
