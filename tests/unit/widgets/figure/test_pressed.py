"""The parts of the drawing as a reader presses them, with the pointer and with the keyboard."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
from drawn_patients import KNOWN
from playwright.sync_api import Page, expect

from casebook.knowledge_base import knowledge
from casebook.messages import message
from widgets import CaseFigure
from widgets.core.base import STATIC
from widgets.figure import figure_state

TARGETS = {target.part: target for target in knowledge().drawing.targets}

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
    state["provenance"] = {}
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


def test_the_tab_key_goes_through_every_part_once_and_each_says_what_it_sets(page):
    page.locator("svg").evaluate("(svg) => { svg.setAttribute('tabindex', '-1'); svg.focus(); }")
    reached = []
    for _ in page.locator(".target").all():
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => ({ ...document.activeElement.dataset })"))
        assert page.locator(":focus").get_attribute("role") == "button"
    assert sorted(each["part"] for each in reached) == sorted(
        part for part in page.locator(".target").evaluate_all("(all) => all.map((one) => one.dataset.part)")
    )
    assert {each["part"] for each in reached} == set(TARGETS)
    assert all(each["finding"] == TARGETS[each["part"]].finding for each in reached)


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("part", TARGETS)
def test_a_key_sets_what_the_name_of_the_part_says(page, part, key):
    page.evaluate("(findings) => window.model.set('findings', findings)", KNOWN)
    target, given = page.locator(f'[data-part="{part}"]').first, TARGETS[part]
    known = knowledge().vocabulary.by_id[given.finding]
    label = known.label[0].lower() + known.label[1:]
    # Once around: every option that a press gives.
    for _ in range(len(given.press) + 2):
        name, option = target.get_attribute("aria-label"), target.get_attribute("data-option")
        words = next(each.label for each in known.options if str(each.id) == option)
        assert name.startswith(message(f"figure-target-{part}"))
        assert name.endswith(f"Set {label} to {words}")
        assert page.get_by_role("button", name=name, exact=True).first.get_attribute("data-finding") == given.finding
        target.press(key)
        assert findings(page)[given.finding] == option
        expect(page.locator("figcaption")).to_have_text(figure_state(findings(page)).caption)
    assert page.evaluate("() => document.activeElement.dataset.part") == part


@pytest.mark.parametrize("part", TARGETS)
def test_a_part_of_which_the_finding_is_not_assessed_can_be_set(page, part):
    given = TARGETS[part]
    page.evaluate("(findings) => window.model.set('findings', findings)", {})
    target = page.locator(f'[data-part="{part}"]').first
    assert "not assessed" in target.get_attribute("aria-label").lower()
    target.press("Enter")
    assert findings(page) == {given.finding: given.otherwise}
    page.evaluate("(findings) => window.model.set('findings', findings)", KNOWN)


@pytest.mark.parametrize(
    "width",
    [1000, 752, 751, 547, 494, 482, 481, 427, 375, 320],
)
def test_each_part_is_large_enough_and_each_letter_legible_at_every_width(page, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.evaluate("() => { document.body.style.margin = '0'; }")
    for part in page.locator(".target").all():
        box = part.bounding_box()
        assert min(box["width"], box["height"]) >= 24, (part.get_attribute("data-part"), box)
    scale = page.locator("svg").evaluate("(svg) => svg.getScreenCTM().a")
    sizes = page.locator("svg text").evaluate_all(
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) * scale >= 10
    page.set_viewport_size({"width": 1000, "height": 700})


def test_no_part_lies_on_another(page):
    boxes = [part.bounding_box() for part in page.locator(".target").all()]
    for one, other in combinations(boxes, 2):
        wide = min(one["x"] + one["width"], other["x"] + other["width"]) - max(one["x"], other["x"])
        high = min(one["y"] + one["height"], other["y"] + other["height"]) - max(one["y"], other["y"])
        assert min(wide, high) <= 1, (one, other)


def test_one_view_has_parts_as_large_as_a_finger(page):
    page.set_viewport_size({"width": 375, "height": 700})
    page.evaluate("() => window.model.set('view', 'behind')")
    for part in page.locator('.target:visible:not([data-part^="level"])').all():
        box = part.bounding_box()
        assert min(box["width"], box["height"]) >= 42
    page.evaluate("() => window.model.set('view', '')")
    page.set_viewport_size({"width": 1000, "height": 700})
