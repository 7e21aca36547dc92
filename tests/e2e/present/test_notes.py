"""The speaker's window of notes, beside the stage."""

from __future__ import annotations

import re

import pytest
from axe import AXE
from playwright.sync_api import Page, expect
from reader import one_line
from staging import COLON, Stage, beats

from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge


@pytest.fixture(scope="module")
def whole() -> bool:
    """A window lies beside another only in the browser that has windows."""
    return True


def notes_of(stage: Stage) -> Page:
    with stage.page.expect_popup() as opened:
        stage.press("n")
    return opened.value


def test_the_notes_follow_every_step_and_say_what_the_case_has_for_it(each):
    stage, case = each
    stage.begin().press("Home")
    notes = notes_of(stage)
    for beat in beats(case):
        expect(notes.get_by_role("heading", level=1)).to_have_text(stage.heading.text_content())
        expect(notes.locator(".cb-stage-place")).to_have_text(
            f"Step {case.steps.index(beat.step) + 1} of {len(case.steps)}"
        )
        shown = one_line(notes.locator("main").inner_text())
        for text in (beat.step.ask, beat.step.error, beat.step.say):
            assert one_line(text) in shown
        for key, place in beat.step.source.items():
            assert f"{knowledge().sources[key].short}, {place}" in shown
        stage.press("PageDown")
    stage.press("Escape")
    stage.reader.until("() => !document.querySelector('.cb-stage')")
    assert notes.is_closed()


def test_the_keys_work_in_the_window_of_notes_too(either_way):
    stage = either_way
    notes = notes_of(stage)
    notes.get_by_role("heading", level=1).click()
    notes.keyboard.press("PageDown")
    expect(stage.heading).to_have_text("The patient")
    expect(notes.get_by_role("heading", level=1)).to_have_text("The patient")


def test_nobody_elses_message_moves_stage_or_notes(either_way):
    stage = either_way
    notes = notes_of(stage)
    before = notes.locator("main").text_content()
    for page in (stage.page, notes):
        page.evaluate(
            "() => { for (const data of ['next', { step: 1 }, { at: 5 }, { key: 'PageDown' }]) postMessage(data, '*'); }"
        )
        page.evaluate(
            "() => new Promise((heard) => { addEventListener('message', (e) => e.data === 'last' && heard());"
            " postMessage('last', '*'); })"
        )
    expect(stage.heading).to_have_text(load_case(COLON).title)
    clock = re.compile(r"\d+:\d\d")
    assert clock.sub("", notes.locator("main").text_content()) == clock.sub("", before)


@pytest.mark.parametrize("address", ["http"], indirect=True)  # from disk axe asks for the style, and may not
def test_axe_finds_nothing_in_the_notes_by_day_and_by_night(either_way):
    stage, case = either_way, load_case(COLON)
    last = beats(case)[-1]
    for scheme, width in (("light", 1400), ("dark", 375)):
        stage.reader.lives_by(scheme)
        notes = notes_of(stage)
        notes.emulate_media(color_scheme=scheme)
        notes.set_viewport_size({"width": width, "height": 800})
        notes.evaluate(AXE.read_text("utf-8"))  # what was there before the window was written knows another document
        # At one step there is something to ask, an error and something to say; at the last nothing comes next.
        for wanted in (lambda beat: beat.step.ask and beat.step.error and beat.step.say, last.__eq__):
            stage.go_to(case, wanted)
            expect(notes.get_by_role("heading", level=1)).to_have_text(stage.heading.text_content())
            assert notes.evaluate("async () => (await axe.run()).violations.map(({ id }) => id)") == [], scheme
        notes.close()
    stage.reader.lives_by("light")
