"""The first page: what the book is, SINS at once, the cases, and where to go on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from reader import CASES, choose

from casebook.cases.case import load_case


@pytest.fixture
def landing(online):
    """The first page, open before the reader."""
    online.open("book/introduction")
    return online


def test_every_case_has_a_card_with_what_it_teaches_and_a_place_for_a_drawing(landing):
    cards = landing.page.locator(".casebook-cards > li")
    expect(cards).to_have_count(len(CASES))
    for name in CASES:
        case = load_case(name)
        card = cards.filter(has=landing.page.get_by_role("link", name=case.title))
        expect(card).to_contain_text(case.teaches)
        expect(card.locator(".casebook-card-figure svg")).to_have_count(1)
        expect(card.locator("a")).to_have_attribute("href", f"../cases/{name}.html")


@pytest.mark.parametrize(("width", "height"), [(1400, 900), (375, 812), (320, 640)])
def test_the_first_control_is_on_the_first_screen(landing, width, height):
    landing.resize(width, height)
    expect(landing.page.locator("[data-item] input").first).to_be_in_viewport()
    assert landing.page.evaluate("document.documentElement.scrollWidth") <= width


def test_sins_is_live_on_the_first_page(landing):
    choose(landing.widget("calculator").locator('[data-item="pain"]'), "mechanical")
    expect(landing.widget("calculator").locator('[data-score="sins"]')).to_have_attribute("data-low", "3")
    landing.until("() => location.hash === '#sins?pain=mechanical'")


def test_the_first_page_is_short(landing):
    words = landing.page.locator("article").evaluate(
        """(article) => { const copy = article.cloneNode(true); for (const one of copy.querySelectorAll('.casebook-widget, svg')) one.remove();
          return copy.textContent.trim().split(/\\s+/).length; }"""
    )
    assert words < 250
