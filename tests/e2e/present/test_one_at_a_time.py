"""The findings that matter first on a phone, one at a time, in the screens of the stage."""

from __future__ import annotations

import pytest
from axe import SIDEWAYS, violations
from playwright.sync_api import expect
from reader import Reader, one_line
from staging import COLON, Stage

import casebook
import casebook.explain
from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge
from casebook.messages import message

PHONE = {"viewport": {"width": 375, "height": 812}, "has_touch": True}


@pytest.fixture
def phone(readers, http) -> Reader:
    reader = readers(http, **PHONE)
    reader.open_case(COLON)
    reader.awaits(".cb-one")
    return reader


def begin(reader: Reader) -> Stage:
    reader.page.get_by_role("button", name=message("explorer-one-at-a-time")).click()
    reader.awaits(".cb-stage h1:focus")
    return Stage(reader)


def test_each_step_is_one_of_the_findings_that_matter_in_their_order(phone):
    stage = begin(phone)
    relevant = phone.explorer.evaluate("(element) => JSON.parse(element.dataset.state).relevant")
    assert len(relevant) >= 8
    for place, finding in enumerate(relevant):
        shown = stage.root.locator(".cb-finding[data-finding]")
        expect(shown).to_have_count(1)
        expect(shown).to_have_attribute("data-finding", finding)
        assert phone.page.evaluate(SIDEWAYS) <= 0
        if place < len(relevant) - 1:
            stage.root.get_by_role("button", name="Next").click()
    expect(stage.root.locator("[data-command=Next]")).to_have_count(0)


def test_a_finding_is_set_with_its_effect_at_once_and_in_the_page_on_leaving(phone):
    stage, case = begin(phone), load_case(COLON)
    now = {**case.findings, "level": "S2"}
    control = stage.finding("level").bounding_box()
    stage.finding("level").locator("select").select_option("S2")
    expect(stage.root.locator(".cb-moved")).to_have_text(casebook.explain.changed(case.findings, now).text)
    assert stage.finding("level").bounding_box()["x"] == control["x"]
    sins = casebook.assess(now).scores["sins"]
    expect(stage.root.locator('[data-score="sins"]')).to_have_attribute("data-low", str(sins.low))
    expect(stage.root.locator("svg.cbf")).to_have_attribute("data-level", "S2")
    stage.root.get_by_role("button", name="Leave").click()
    expect(stage.root).to_have_count(0)
    phone.sees_what_follows_from(now)
    expect(phone.page.get_by_role("button", name=message("explorer-one-at-a-time"))).to_be_focused()


def test_one_reader_has_no_clock_no_notes_and_no_full_screen(phone):
    stage = begin(phone)
    expect(stage.root.get_by_role("timer")).to_have_count(0)
    for name in ("Notes", "Stop clock", "Full screen", "Results", "Provenance"):
        expect(stage.root.get_by_role("button", name=name)).to_have_count(0)
    assert not phone.page.evaluate("() => document.fullscreenElement")
    level = knowledge().vocabulary.by_id["level"].label
    assert level in one_line(stage.root.inner_text())


def test_axe_finds_nothing_on_the_steps(phone):
    stage = begin(phone)
    stage.alone()
    assert violations(phone, ".cb-stage") == []


def test_on_a_laptop_findings_and_result_are_beside_each_other_instead(readers, http):
    reader = readers(http)
    reader.open_case(COLON)
    reader.awaits(".cb-explorer .casebook-figure [data-part]")
    expect(reader.page.locator(".cb-one")).to_have_count(0)
