"""Every page of the book besides the cases, which have tests of their own: by day and night, on a desk and a phone."""

from __future__ import annotations

import pytest
from axe import OF_THE_SCREEN, SIDEWAYS, violations
from reader import ROOT, Reader

from casebook.reader import read

CONTENTS = read(ROOT / "_toc.yml").data
CHAPTERS = [chapter["file"] for part in CONTENTS["parts"] for chapter in part["chapters"]]
PAGES = [
    CONTENTS["root"],
    *(page for page in CHAPTERS if not page.startswith("cases/")),
    "genindex",
    "search",
]
# What the theme does a moment after a window has changed: it takes the colours of the hour, and makes a frame that
# scrolls a stop for the Tab key.
SETTLED = """(scheme) => document.documentElement.dataset.theme === scheme
  && [...document.querySelectorAll('.cell_output > .output, .pst-scrollable-table-container')].every(
    (frame) => frame.scrollWidth <= frame.clientWidth || frame.tabIndex === 0)"""
DESK, PHONE, SMALL_PHONE = (1400, 900), (375, 720), (320, 640)


@pytest.fixture(scope="module", params=PAGES)
def seen(request: pytest.FixtureRequest, beside: Reader) -> Reader:
    """Each page, loaded once for all that is asked of it."""
    beside.begin()
    beside.go(f"{beside.address}/{request.param}.html")
    return beside


@pytest.mark.parametrize(
    ("scheme", "screen", "rules"),
    [("light", DESK, ()), ("dark", PHONE, OF_THE_SCREEN)],
    ids=["day-desk", "night-phone"],
)
def test_axe_finds_nothing_and_nothing_is_scrolled_sideways(seen, scheme, screen, rules):
    seen.resize(*screen)
    seen.page.emulate_media(color_scheme=scheme)
    seen.page.wait_for_function(SETTLED, arg=scheme)
    # The contents beside the page are the same on all of them, and long.
    within = None if seen.page.url.endswith(f"/{PAGES[0]}.html") else {"exclude": [[".bd-sidebar-primary"]]}
    assert violations(seen, within, rules) == []
    assert seen.page.evaluate(SIDEWAYS) == 0


def test_on_a_small_phone_nothing_is_scrolled_sideways_either(seen):
    seen.resize(*SMALL_PHONE)
    assert seen.page.evaluate(SIDEWAYS) == 0


def test_it_met_no_error_and_asked_for_nothing_that_is_elsewhere_or_not_there(seen):
    assert seen.asked
    assert seen.missing == []
    seen.was_left_alone()
