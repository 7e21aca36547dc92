"""Every page of the book besides the cases, which have tests of their own: by day and night, on a desk and a phone."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from asking import PAGES as ASKING
from asking import assert_told_after_the_commitment, at_once
from axe import SIDEWAYS, shows_anything_new, violations
from reader import ROOT, Reader

from casebook.diagnostics.document import read

CONTENTS = read(ROOT / "_toc.yml").data
CHAPTERS = [chapter["file"] for part in CONTENTS["parts"] for chapter in part["chapters"]]
PAGES = [
    CONTENTS["root"],
    *(page for page in CHAPTERS if not page.startswith("cases/")),
    "genindex",
    "search",
]
DESK, PHONE, SMALL_PHONE = (1400, 900), (375, 720), (320, 640)


@pytest.fixture(scope="module", params=PAGES)
def seen(request: pytest.FixtureRequest, beside: Reader) -> Reader:
    """Each page, loaded once for all that is asked of it."""
    # The page before is left on a small phone, and would be laid out on a desk for nobody.
    beside.page.evaluate("() => { document.body.hidden = true; }")
    beside.begin()
    # The page before is left by day, so that this one comes by day and does not turn.
    beside.page.emulate_media(color_scheme="light")
    beside.go(f"{beside.address}/{request.param}.html")
    return beside


def in_the(seen: Reader, scheme: str, screen: tuple[int, int]) -> None:
    """Take a screen, by day or by night, and wait until the theme has followed."""
    seen.resize(*screen)
    seen.lives_by(scheme)
    seen.settles()


def besides_the_contents(seen: Reader) -> dict[str, object] | None:
    """A page but for the contents beside it: they are the same on all pages, and long."""
    return None if seen.page.url.endswith(f"/{PAGES[0]}.html") else {"exclude": [[".bd-sidebar-primary"]]}


def test_by_day_on_a_desk_axe_finds_nothing_and_nothing_is_scrolled_sideways(seen):
    in_the(seen, "light", DESK)
    assert violations(seen, besides_the_contents(seen)) == []
    assert seen.page.evaluate(SIDEWAYS) == 0


@pytest.mark.parametrize(
    ("seen", "questions"),
    [pytest.param(page, ASKING[page], id=page) for page in PAGES if page in ASKING],
    indirect=["seen"],
)
def test_a_page_tells_of_every_option_after_the_reader_commits_and_of_none_before(seen, questions):
    seen.live()
    assert_told_after_the_commitment(seen, questions, at_once)


def test_every_page_that_asks_is_looked_at_here_or_is_a_case():
    assert {page for page in ASKING if not page.startswith("cases/")} <= set(PAGES)


@pytest.fixture(scope="module")
def at_night() -> set[str]:
    """Every kind of element that was looked at by night."""
    return set()


def test_on_a_phone_nothing_is_scrolled_sideways_and_at_night_axe_finds_nothing_in_what_is_new(seen, at_night):
    seen.resize(*PHONE)
    assert seen.page.evaluate(SIDEWAYS) == 0
    if shows_anything_new(seen, at_night, besides_the_contents(seen)):
        in_the(seen, "dark", PHONE)
        assert violations(seen, besides_the_contents(seen), of_the_screen=True) == []


def test_on_a_small_phone_nothing_is_scrolled_sideways_either(seen):
    seen.resize(*SMALL_PHONE)
    assert seen.page.evaluate(SIDEWAYS) == 0


def test_it_met_no_error_and_asked_for_nothing_that_is_elsewhere_or_not_there(seen):
    assert seen.page.url.startswith(seen.address)
    assert seen.missing == []
    seen.was_left_alone()


@pytest.mark.parametrize("page", ["about:blank", f"{PAGES[0]}.html"], ids=["no policy", "the policy of the book"])
def test_a_picture_of_another_host_would_be_told(online_desk, page):
    online_desk.begin()
    online_desk.page.goto(urljoin(f"{online_desk.address}/", page))
    with online_desk.page.expect_event("requestfailed"):
        online_desk.page.evaluate("() => { new Image().src = 'https://example.org/picture.png'; }")
    with pytest.raises(AssertionError, match=r"example\.org"):
        online_desk.was_left_alone()
