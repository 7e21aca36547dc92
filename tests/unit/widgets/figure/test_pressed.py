"""The parts of the drawing as a reader presses them, with the pointer and with the keyboard."""

from __future__ import annotations

import json

import pytest
from drawn_patients import KNOWN
from playwright.sync_api import Page, expect

from widgets import CaseFigure
from widgets.core.base import STATIC

HOST = """async ([script, state]) => {
  const { default: front } = await import(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
  const listeners = [];
  window.state = state;
  const model = {
    get: (key) => state[key],
    set: (key, value) => { state[key] = value; for (const listener of listeners) listener(); },
    on: (_, listener) => listeners.push(listener),
    off: () => {},
    save_changes: () => {},
  };
  window.model = model;
  front.render({ model, el: document.body });
}"""
"""A host as JupyterLab is one, around the script of the notebook."""


@pytest.fixture(scope="module")
def page(browser) -> Page:
    page = browser.new_page(viewport={"width": 1000, "height": 700})
    page.set_content("<!doctype html><title>a notebook</title><body></body>")
    widget = CaseFigure("colon-s1", findings=KNOWN)
    keys = ("findings", "provenance", "published", "plan", "view", "entries", "_drawing", "_svg", "_labels")
    state = json.loads(json.dumps({key: getattr(widget, key) for key in keys}))
    page.evaluate(HOST, [(STATIC / "figure-lab.js").read_text(encoding="utf-8"), state])
    yield page
    page.close()


def findings(page: Page) -> dict[str, object]:
    return page.evaluate("() => window.state.findings")


def test_a_press_on_the_left_wing_sets_it_and_the_drawing_follows(page):
    wing = page.locator('[data-part="wing-left"]')
    assert wing.get_attribute("aria-label") == "Left wing: no. Set sacral ala involved to yes"
    wing.click()
    assert findings(page)["sacral_ala"] == "yes"
    expect(page.locator("svg")).to_have_attribute("data-sacral-ala", "yes")
    expect(page.locator("figcaption")).to_contain_text("wing involved")
    assert wing.get_attribute("aria-label") == "Left wing: yes. Set sacral ala involved to no"
    wing.click()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keys_do_what_the_pointer_does(page, key):
    canal = page.locator('[data-part="canal"]')
    canal.focus()
    canal.press(key)
    assert findings(page)["epidural"] == "indents"
    canal.press(key)
    canal.press(key)
    assert findings(page)["epidural"] == "none"


def test_a_press_on_each_ilium_adds_and_removes_its_side_alone(page):
    left, right = (page.locator(f'[data-part="ilium-{side}"]') for side in ("left", "right"))
    for part, value in ((left, "left"), (right, "bilateral"), (left, "right"), (right, "none")):
        part.click()
        assert findings(page)["iliac_or_si_involvement"] == value


def test_each_part_can_be_reached_has_a_name_and_is_large_enough(page):
    for part in page.locator(".target").all():
        assert part.get_attribute("tabindex") == "0"
        assert part.get_attribute("role") == "button"
        assert part.get_attribute("aria-label")
        assert part.get_attribute("data-finding")
        assert part.get_attribute("data-option")
        box = part.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_one_view_has_parts_as_large_as_a_finger(page):
    page.set_viewport_size({"width": 375, "height": 700})
    page.evaluate("() => window.model.set('view', 'behind')")
    for part in page.locator('.target:visible:not([data-part^="level"])').all():
        box = part.bounding_box()
        assert min(box["width"], box["height"]) >= 42
    page.evaluate("() => window.model.set('view', '')")
    page.set_viewport_size({"width": 1000, "height": 700})
