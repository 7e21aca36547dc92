"""A case before a room: what it sees and when, the keys, the hands, the link, and how one leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from axe import SIDEWAYS, violations
from playwright.sync_api import expect
from reader import one_line
from staging import COLON, Beat, Stage, beats, findings_step

import casebook
import casebook.explain
from casebook.cases.case import Case, load_case
from casebook.inference.refusals import refusals
from casebook.knowledge_base import knowledge
from casebook.messages import message

# The page


def test_without_a_script_no_button_promises_what_it_cannot_do(readers, http):
    reader = readers(http, java_script_enabled=False)
    reader.go(f"{http}/cases/{COLON}.html")
    expect(Stage(reader).present).to_have_count(0)


def test_presenting_is_fetched_only_when_it_is_asked_for(readers, http):
    reader = readers(http)
    with reader.listening() as asked:
        reader.open_case(COLON)
        assert not [url for url in asked if "present" in url]
        Stage(reader).begin()
    assert {"present.js", "present.css", f"{COLON}.js"} <= {re.split(r"[/?]", url)[-2] for url in asked if "?" in url}


# The steps


def heading_of(case: Case, beat: Beat) -> str | None:
    named = {entry.id: entry.question for entry in (*case.reading, *case.what_ifs)}
    return named.get(beat.step.id)


def unseen(case: Case, beat: Beat) -> Iterator[str]:
    """What the room must not see or hear at a beat."""
    asked = [entry.question for entry in (*case.reading, *case.what_ifs)]
    notes = (text for step in case.steps for text in (step.ask, step.error, step.say))
    # What the speaker asks may be the end of the question on the stage.
    yield from (text for text in notes if text and not any(one_line(text) in one_line(each) for each in asked))
    for told in ("treatment", "outcome"):
        if getattr(case, told) and beat.step.show != told:
            yield getattr(case, told).text
    for kind, entries in (("reading", case.reading), ("what_if", case.what_ifs)):
        for entry in entries:
            if not (beat.step.show == kind and beat.step.id == entry.id and beat.answered):
                yield entry.feedback if kind == "reading" else entry.answer
    if beat.step.show != "provenance":
        yield from (entry.note for entry in case.recorded.values() if entry.note)
    if beat.step.show != "teaching":
        yield from (point.text for point in case.teaching_points)


def test_each_key_is_a_step_on_which_the_room_sees_nothing_before_its_time_and_what_is_constructed_is_called_so(each):
    stage, case = each
    stage.begin().press("Home")
    for place, beat in enumerate(beats(case)):
        expect(stage.root.locator(".cb-stage-place")).to_have_text(
            f"{case.steps.index(beat.step) + 1} of {len(case.steps)}"
        )
        heard = stage.heard()
        assert [text for text in unseen(case, beat) if one_line(text) in heard] == [], beat
        shown = stage.shows()
        assert one_line(shown.heading) == one_line(heading_of(case, beat) or shown.heading), beat
        assert shown.totals == (beat.answered and beat.step.show in ("scores", "what_if")), beat
        assert shown.provenance == (beat.step.show == "provenance"), beat
        assert shown.constructed or not case.constructed, beat
        assert shown.covers, beat
        stage.press(("ArrowRight", "PageDown", "Space")[place % 3])
    expect(stage.root.locator("[data-command=Next]")).to_have_count(0)  # the last step stays


def test_the_left_key_goes_back_the_same_way(colon, stage):
    seen = []
    for _ in beats(colon):
        seen.append(stage.root.locator(".cb-stage-main").inner_text())
        stage.press("ArrowRight")
    for before in reversed(seen):
        assert stage.root.locator(".cb-stage-main").inner_text() == before
        stage.press("ArrowLeft")


def test_what_the_page_says_of_the_answer_is_not_in_the_tree_behind_the_stage(colon, stage):
    assert "Finding" not in stage.heard()
    stage.press("Escape")
    assert one_line(colon.reading[0].question) in stage.heard()


def test_the_keys_are_listed_and_each_button_does_what_its_key_does(colon, stage):
    stage.root.get_by_role("button", name="Next").click()
    expect(stage.heading).to_have_text("The patient")
    for name in ("Back", "Link", "Notes", "Stop clock", "Start over", "Leave"):
        expect(stage.root.get_by_role("button", name=name)).to_be_visible()
    stage.root.get_by_role("button", name="Back").click()
    expect(stage.heading).to_have_text(colon.title)


# The explorer on the stage


def test_a_finding_changed_before_the_room_is_told_large_and_its_results_when_asked_for(each):
    stage, case = each
    stage.begin().press("Home")
    place = stage.go_to(case, findings_step)
    step = beats(case)[place].step
    finding = knowledge().vocabulary.by_id[next(id for id in step.findings if id != "level")]
    other = next(
        value
        for value in finding.values
        if value != case.findings.get(finding.id) and not refusals(knowledge(), {**case.findings, finding.id: value})
    )
    stage.finding(finding.id).locator(f'input[value="{other}"]').check()
    told = stage.root.get_by_role("status").filter(has_text=finding.label)
    expect(told).to_be_visible()
    assert float(told.locator("p").first.evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)")) >= 24
    expect(stage.root.locator("[data-score]")).to_have_count(0)
    stage.press("s")
    changed = {**case.findings, finding.id: other}
    for id, score in casebook.assess(changed).scores.items():
        if score.status != "not_applicable":
            expect(stage.root.locator(f'[data-score="{id}"]')).to_have_attribute("data-low", str(score.low))
            expect(stage.root.locator(f'[data-score="{id}"]')).to_have_attribute("data-high", str(score.high))
    expect(told).to_contain_text(casebook.explain.changed(case.findings, changed).text)
    stage.press("r")
    expect(stage.finding(finding.id).locator("input:checked")).to_have_value(str(case.findings.get(finding.id, "")))


def test_a_contradiction_is_told_to_the_room_and_the_patient_on_the_stage_stays(colon, stage):
    step = beats(colon)[stage.go_to(colon, findings_step)].step
    id, option = next(
        (id, option)
        for id in step.findings
        if id != "level"
        for option in knowledge().vocabulary.by_id[id].values
        if refusals(knowledge(), {**colon.findings, id: option})
    )
    stage.press("s")
    before = stage.root.locator(".cb-following").inner_text()
    stage.finding(id).locator(f'input[value="{option}"]').check()
    expect(stage.finding(id).locator("[aria-invalid=true]")).to_have_count(1)
    described = stage.root.locator(f"[aria-describedby='stage-{id}-refused']")
    expect(described).to_have_count(1)
    expect(stage.root.locator(f"[id='stage-{id}-refused']")).to_be_visible()
    expect(stage.root.get_by_role("status").filter(has_text="Not applied")).to_be_visible()
    assert stage.root.locator(".cb-following").inner_text() == before
    stage.press("r")
    expect(stage.root.locator("[aria-invalid]")).to_have_count(0)


def test_the_plan_on_the_stage_begins_with_the_first_line(each):
    stage, case = each
    stage.begin().press("Home")
    stage.go_to(case, lambda beat: beat.step.show == "plan")
    lines = casebook.assess(case.findings).first_line
    shown = stage.root.locator(".cb-stage-main [data-patient-state]")
    assert [one_line(text) for text in shown.all_inner_texts()] == [str(line) for line in lines]
    plan = stage.root.locator(".cb-large-plan").bounding_box()
    assert shown.last.bounding_box()["y"] < plan["y"]


def test_provenance_is_shown_when_it_is_asked_for_and_hidden_again_on_the_next_step(colon, stage):
    stage.go_to(colon, findings_step)
    expect(stage.root.get_by_text("assumed")).to_have_count(0)
    stage.press("p")
    expect(stage.finding("collapse")).to_contain_text("assumed")
    stage.press("ArrowRight", "ArrowLeft")
    expect(stage.root.get_by_text("assumed")).to_have_count(0)


def test_keys_that_a_control_needs_are_left_to_it(colon, stage):
    stage.go_to(colon, findings_step)
    radio = stage.finding("pain").locator("input:checked")
    radio.focus()
    stage.press("ArrowRight")
    expect(stage.heading).to_have_text(message("stage-heading-findings"))
    expect(stage.finding("pain").locator("input:checked")).to_have_value("mechanical")
    stage.press("PageDown")
    expect(stage.heading).not_to_have_text(message("stage-heading-findings"))


def test_after_a_choice_by_mouse_the_keys_are_the_stages(colon, stage):
    stage.go_to(colon, findings_step)
    stage.finding("pain").locator('input[value="mechanical"]').click()
    stage.press("ArrowRight")
    expect(stage.heading).to_have_text(message("stage-heading-provenance"))


def test_a_what_if_is_asked_of_the_case_and_lasts_as_long_as_its_answer(colon, stage):
    place = stage.go_to(colon, lambda beat: beat.step.show == "what_if" and beat.answered)
    id = beats(colon)[place].step.id
    sins = casebook.assess(colon.what_if(id)).scores["sins"]
    expect(stage.root.locator('[data-score="sins"]')).to_have_attribute("data-low", str(sins.low))
    expect(stage.root.get_by_text(casebook.explain.changed(colon.findings, colon.what_if(id)).text)).to_be_visible()
    stage.press("ArrowLeft", "q")
    assert stage.code().endswith(f"#{COLON}?")


# Hands


def test_counts_of_hands_are_typed_by_keys_and_drawn_with_their_numbers(colon, stage):
    stage.go_to(colon, lambda beat: (beat.step.show, beat.step.id) == ("reading", "pain"))
    counts = ["12", "31", "9"]
    stage.press("h")
    for count in counts:
        stage.page.keyboard.type(count)
        stage.press("Enter")
    table = stage.root.get_by_role("table", name="Show of hands, 52 in all")
    expect(table).to_be_visible()
    rows = table.locator("tbody tr")
    for row, count, share in zip(rows.all(), counts, (23, 60, 17), strict=True):
        expect(row.get_by_role("cell")).to_have_text(f"{count} {share}%")
    widths = rows.locator(".cb-vote-track > span").evaluate_all(
        "(bars) => bars.map((bar) => parseFloat(bar.style.width))"
    )
    assert widths == [23, 60, 17]
    stage.press("ArrowRight")
    expect(rows.nth(2)).to_contain_text("published")
    expect(rows.nth(1)).to_contain_text("31")


def test_what_is_not_a_number_of_hands_is_said_so_kept_and_not_counted(colon, stage):
    stage.go_to(colon, lambda beat: beat.step.show == "reading")
    stage.press("h")
    stage.page.keyboard.type("x")
    expect(stage.root.get_by_text("a whole number")).to_be_visible()
    stage.press("Enter")
    stage.page.keyboard.type("4")
    stage.press("Enter", "Enter")
    expect(stage.root.get_by_role("table", name="Show of hands, 4 in all")).to_be_visible()
    stage.press("h")
    expect(stage.root.get_by_role("textbox").first).to_have_value("x")


# The clock, and the window of notes where there is none


def test_the_clock_stands_while_it_is_stopped(colon, stage):
    clock = stage.root.get_by_role("timer")
    expect(clock).not_to_contain_text("0:00 ")
    stage.press("t")
    expect(clock).to_contain_text("paused")
    expect(clock).to_contain_text(f"of {sum(step.minutes for step in colon.steps)} min")


def test_a_window_that_the_browser_does_not_open_is_told_of(colon, stage):
    stage.page.evaluate("() => { [window.opens, window.open] = [window.open, () => null]; }")
    try:
        stage.press("n")
        expect(stage.root.get_by_text("allow pop-ups")).to_be_visible()
    finally:
        stage.page.evaluate("() => { window.open = window.opens; }")


# The screen


# What the whole browser does, which a page cannot address.
FULL = "(full) => matchMedia('(display-mode: fullscreen)').matches === full"


def test_the_stage_fills_the_screen_until_its_key_or_the_browsers_own_escape_ends_that(colon, stage):
    for _ in range(4):
        stage.in_a_window()
        expect(stage.heading).to_be_visible()
        stage.press("f")
    stage.fills_the_screen(True)
    stage.page.evaluate("() => document.exitFullscreen()")
    expect(stage.root).to_have_count(0)


def test_a_presenter_who_leaves_and_at_once_presents_again_keeps_the_stage_and_the_screen(colon, stage):
    for _ in range(4):
        stage.fills_the_screen(True)
        stage.press("Escape", "Enter")
        stage.fills_the_screen(True)
        expect(stage.heading).to_have_text(colon.title)


def test_a_presenter_who_leaves_before_the_stage_fills_the_screen_has_the_browser_back_as_it_was(colon, stage):
    stage.press("Escape")
    for _ in range(4):
        stage.press("Enter", "Escape")
        expect(stage.root).to_have_count(0)
        stage.reader.until(FULL, False)


# The link


def test_a_phone_reads_the_link_off_the_screen_and_it_opens_the_state_on_the_stage(either_way, readers):
    stage, colon = either_way, load_case(COLON)
    stage.go_to(colon, findings_step)
    stage.finding("pain").locator('input[value="mechanical"]').check()
    stage.finding("level").locator("select").select_option("S2")
    stage.press("q")
    link = stage.root.get_by_role("link")
    assert stage.code() == link.get_attribute("href")
    expect(stage.root.get_by_text("this machine")).to_be_visible()  # a file, or a server for this machine alone
    other = readers(stage.reader.address)
    other.go(stage.code())
    other.live()
    other.sees_what_follows_from({**colon.findings, "pain": "mechanical", "level": "S2"})


# The end


BEHIND = "() => document.body.innerHTML"

# The theme changes its own buttons by the way a page was scrolled, a frame later.
SCROLLED_DOWN = """async () => {
  for (const y of [0, 150]) {
    scrollTo(0, y);
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  }
}"""


def test_escape_leaves_and_gives_the_page_back_as_it_was(stage):
    case, reader = load_case(COLON), stage.reader
    reader.choose("pain", None)
    change = casebook.explain.changed(case.findings, {**case.findings, "pain": None})
    expect(reader.explorer.locator("[aria-live]")).to_have_text(change.text)  # spoken once the reader pauses
    stage.begin().press("Escape")  # what is fetched once stays
    expect(stage.root).to_have_count(0)
    reader.page.evaluate(SCROLLED_DOWN)
    before = reader.page.evaluate(BEHIND), reader.page.url, reader.page.evaluate("() => scrollY")
    stage.begin()
    for _ in beats(case):
        stage.press("PageDown")
    stage.press("Home", "Escape")
    expect(stage.root).to_have_count(0)
    assert (reader.page.evaluate(BEHIND), reader.page.url, reader.page.evaluate("() => scrollY")) == before
    expect(stage.present).to_be_focused()


def test_whoever_left_by_mistake_goes_on_where_the_stage_was_left(colon, stage):
    stage.press("PageDown", "PageDown", "Escape")
    stage.present.click()
    expect(stage.heading).to_have_text(heading_of(colon, beats(colon)[2]))
    stage.press("h", "q", "Escape")
    stage.present.click()
    expect(stage.heading).to_be_focused()  # nothing that was asked for lies over it
    expect(stage.root.get_by_role("img", name="QR code of the link")).to_have_count(0)
    expect(stage.root.get_by_role("textbox")).to_have_count(0)


def test_the_stage_begins_from_the_patient_that_the_page_shows(stage):
    stage.reader.go_on_to(f"#{COLON}?pain=mechanical")
    stage.reader.sees_score("sins", 11)
    case = load_case(COLON)
    stage.begin()
    stage.go_to(case, findings_step)
    expect(stage.finding("pain").locator("input:checked")).to_have_value("mechanical")
    expect(stage.root.get_by_text("Changed: Pain at the lesion")).to_be_visible()


# Readers who see little, and small screens


WINDOWS = {"day-1400": ("light", 1400), "night-375": ("dark", 375)}


@pytest.mark.parametrize(("scheme", "width"), WINDOWS.values(), ids=list(WINDOWS))
def test_axe_finds_nothing_on_any_step(readers, http, scheme, width):
    reader = readers(http, color_scheme=scheme, viewport={"width": width, "height": 800})
    case = load_case(COLON)
    reader.open_case(COLON)
    stage = Stage(reader).begin()
    stage.alone()
    found = {}
    for beat in beats(case):
        assert reader.page.evaluate(SIDEWAYS) <= 0
        # Steps of a kind differ in their words alone.
        if (kind := (beat.step.show, beat.answered)) not in found:
            stage.press(*{"reading": ["h"], "findings": ["s", "p"]}.get(beat.step.show, []))
            found[kind] = violations(reader, ".cb-stage", of_the_screen=scheme == "dark")
            assert reader.page.evaluate(SIDEWAYS) <= 0
        stage.press("PageDown")
    stage.press("q")
    found["link"] = violations(reader, ".cb-stage", of_the_screen=scheme == "dark")
    assert {where: what for where, what in found.items() if what} == {}


def test_on_a_screen_for_a_room_the_type_is_large(colon, stage):
    stage.in_a_window().reader.resize(1920, 1080)
    sizes = []
    for _ in beats(colon):
        sizes.append(stage.heading.evaluate("(heading) => parseFloat(getComputedStyle(heading).fontSize)"))
        stage.press("PageDown")
    assert min(sizes) >= 60
    assert all(one == other for one, other in pairwise(sizes))
