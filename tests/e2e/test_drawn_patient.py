"""The drawing of the patient in a page of a case: it follows the findings, and its parts set them by keyboard."""

from __future__ import annotations

import re

import pytest
from axe import violations
from playwright.sync_api import expect

from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge
from widgets.figure import figure_state

CASE = "colon-s1"


@pytest.fixture
def drawn(online):
    online.begin()
    online.open_case(CASE)
    figure = online.explorer.locator(".casebook-figure")
    expect(figure.locator("svg")).to_have_attribute("data-live", "")
    return figure


def test_tab_reaches_a_part_and_enter_sets_its_finding_and_says_what_changed(online, drawn):
    part = drawn.locator('[data-part="canal"]')
    assert online.value("epidural") == ""
    drawn.locator(".casebook-figure-views").focus()
    online.tab_to(part, most=len(knowledge().drawing.targets) + 5)
    online.page.keyboard.press("Enter")
    assert online.value("epidural") == "indents"
    expect(drawn.locator("svg")).to_have_attribute("data-epidural", "indents")
    expect(drawn.locator("figcaption")).to_contain_text("sac or roots indented")
    expect(online.told).not_to_be_empty()
    assert part.evaluate("(one) => one === document.activeElement")


def test_a_change_of_a_control_is_drawn_and_the_vignette_stays_as_reported(online, drawn):
    before = online.page.locator(".casebook-vignette svg").get_attribute("data-epidural")
    online.choose("epidural", "indents")
    expect(drawn.locator("svg")).to_have_attribute("data-epidural", "indents")
    assert online.page.locator(".casebook-vignette svg").get_attribute("data-epidural") == before


def test_parts_below_the_first_row_are_pressed_by_the_pointer_too(online, drawn):
    online.unfolds("posterolateral")
    drawn.locator('.across [data-part="posterolateral"]').first.click()
    assert online.value("posterolateral") == "bilateral"


def test_the_overlay_is_drawn_on_demand_and_says_when_nothing_of_it_is_decided(online, drawn):
    drawn.get_by_role("checkbox").check()
    expect(drawn).to_contain_text("nothing to draw is decided")
    online.open_case("melanoma-cauda-equina")
    assert not drawn.locator("svg").get_attribute("data-plan")
    drawn.get_by_role("checkbox").check()
    expect(drawn.locator("svg")).to_have_attribute("data-plan", re.compile("laminectomy"))
    expect(drawn).not_to_contain_text("nothing to draw is decided")


@pytest.mark.parametrize("width", [1400, 375])
def test_axe_finds_nothing_in_the_drawing_with_its_overlay(online, drawn, width):
    online.resize(width, 900)
    if width < 600:
        online.explorer.locator(".cb-bar").click()
    drawn.get_by_role("checkbox").check()
    assert violations(online, '[data-casebook-widget="explorer"] .casebook-figure') == []


def test_the_vignette_is_drawn_without_a_script_as_python_draws_it(online, drawn):
    caption = figure_state(load_case(CASE).known("reported")).caption
    expect(online.page.locator(".casebook-vignette figcaption")).to_have_text(caption)
