"""Every page with a widget, for readers who see little, hold a phone, or use no mouse."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from axe import SIDEWAYS, shows_anything_new, violations
from playwright.sync_api import expect
from reader import CASES, SCORES, Reader, choose

from casebook.export.browser import bundle

PAGES_OF_SCORES = [f"book/scores/{id}" for id in SCORES]
CASES_OF_BOOK = [f"cases/{name}" for name in CASES]
RICH = ["cases/sacral-ala-cement", "cases/melanoma-cauda-equina", "book/scores/tokuhashi"]
"""Pages that between them show almost every kind of element: looked at first, they leave little that is new."""

PAGES = [*RICH, *(page for page in [*CASES_OF_BOOK, *PAGES_OF_SCORES] if page not in RICH)]
COLON = "cases/colon-s1"
HEIGHTS = {1400: 900, 320: 640, 375: 720}


@pytest.fixture(scope="module", params=PAGES)
def opened(request: pytest.FixtureRequest, beside: Reader) -> Reader:
    """Each page, loaded once for all that is asked of it."""
    beside.begin()
    beside.open(request.param)
    return beside


@pytest.fixture
def phone(window: Callable[..., Reader], http: str) -> Iterator[Reader]:
    """A reader with a small phone, at its keyboard."""
    reader = window("phone", http, viewport={"width": 375, "height": HEIGHTS[375]})
    yield reader
    reader.was_left_alone()


def unfold(reader: Reader) -> None:
    """Open every group of findings, the result on a phone, and every rule and item table in it."""
    bar = reader.page.locator(".cb-bar")
    if bar.is_visible():
        bar.click()
    reader.page.evaluate(UNFOLD)


UNFOLD = """async () => {
  for (let depth = 0; depth < 3; depth += 1) {
    const folded = ':is(.cb-findings, .cb-result) details:not([open]) > summary';
    for (const summary of document.querySelectorAll(folded)) summary.click();
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  }
}"""


BESIDES_THE_CONTENTS = {"exclude": [[".bd-sidebar-primary"]]}
"""A page but for the contents beside it, which are looked at on the first page of the book."""

UNFOLDED = '.casebook-widget:is([data-casebook-widget="explorer"], [data-casebook-widget="calculator"])'


def to_width(reader: Reader, width: int) -> None:
    """Take a screen so wide, and wait until the page and the theme have followed: they measure a frame later."""
    reader.resize(width, HEIGHTS[width])
    reader.page.evaluate(FOLLOWED)
    reader.settles()


FOLLOWED = """async () => {
  for (let frame = 0; frame < 2; frame += 1) {
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
  }
}"""


def fold(reader: Reader) -> None:
    """Close the result on a phone, where it lies over the findings."""
    bar = reader.page.locator(".cb-bar")
    if bar.is_visible():
        bar.click()


# Each page, by day on a desk


def test_every_control_has_the_name_of_what_it_sets_and_everything_pressed_has_words(opened):
    names = {finding["id"]: finding["label"] for finding in bundle()["findings"]}
    for score in bundle()["scores"]:
        if f"/{score['id']}.html" in opened.page.url:
            names |= {item["id"]: item["label"] for item in score["items"]}
    rows = opened.page.locator(".cb-finding[data-finding], [data-item]")
    ids = rows.evaluate_all("(rows) => rows.map(({ dataset }) => dataset.finding ?? dataset.item)")
    assert len(ids) > 2
    opened.page.evaluate(UNFOLD)
    tree = opened.page.locator(".cb-findings").aria_snapshot()
    assert re.findall(r'(?:group|combobox) "(.+?)"', tree) == [names[id] for id in ids]
    nameless = opened.page.locator(".casebook-widget :is(button, summary, label)").evaluate_all(
        "(all) => all.filter((one) => !one.textContent.trim()).map((one) => one.outerHTML)"
    )
    assert nameless == []


# The pages of scores, and the contents beside every page, are looked at with the rest of the book.
@pytest.mark.parametrize("opened", CASES_OF_BOOK, indirect=True)
def test_axe_finds_nothing_as_it_opens(opened):
    assert violations(opened, BESIDES_THE_CONTENTS) == []


@pytest.mark.parametrize("width", HEIGHTS)
def test_nothing_has_to_be_scrolled_sideways_and_no_target_is_under_24_pixels(opened, width):
    to_width(opened, width)
    assert opened.page.evaluate(SIDEWAYS) == 0
    unfold(opened)
    assert opened.page.evaluate(SIDEWAYS) == 0
    expect(opened.page.locator(".cb-result details[open]").first).to_be_visible()
    assert opened.page.evaluate(SMALL_TARGETS) == []
    fold(opened)


SMALL_TARGETS = """() => [...document.querySelectorAll(
    '.casebook-widget :is(button, select, summary, label:has(input))')]
  .filter((control) => control.checkVisibility())
  .map((control) => [control.textContent, control.getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .map(([text, { width, height }]) => `${text}: ${width} × ${height}`)"""


@pytest.fixture(scope="module")
def at_night() -> set[str]:
    """Every kind of element that was looked at by night, on a phone, unfolded."""
    return set()


def test_at_night_on_a_phone_axe_finds_nothing_with_all_unfolded_in_a_page_that_shows_anything_new(opened, at_night):
    to_width(opened, 375)
    for about in opened.page.get_by_role("button", name="details of").all()[:3]:
        about.click()
    unfold(opened)
    if shows_anything_new(opened, at_night, BESIDES_THE_CONTENTS):
        with night(opened):
            assert violations(opened, BESIDES_THE_CONTENTS, of_the_screen=True) == []
    fold(opened)


@pytest.fixture(scope="module")
def by_day() -> set[str]:
    """The same by day, on a desk, where what was unfolded stays so."""
    return set()


def test_by_day_on_a_desk_axe_finds_nothing_in_it_either(opened, by_day):
    to_width(opened, 1400)
    unfold(opened)
    if shows_anything_new(opened, by_day, UNFOLDED):
        assert violations(opened, UNFOLDED) == []


@contextmanager
def night(reader: Reader) -> Iterator[None]:
    """Let it be night, and the page know, until the caller is done."""
    reader.lives_by("dark")
    yield
    reader.lives_by("light")


# Cleared, every case is the same patient.
@pytest.mark.parametrize("opened", [COLON, *PAGES_OF_SCORES], indirect=True)
def test_axe_finds_nothing_with_all_cleared_by_day_or_night(opened):
    opened.page.locator(".cb-findings").get_by_role("button", name="Clear all").click()
    assert violations(opened, UNFOLDED) == []
    with night(opened):
        assert violations(opened, UNFOLDED, of_the_screen=True) == []


def test_it_met_no_error_on_the_way(opened):
    opened.was_left_alone()


# What a reader did


def test_axe_finds_nothing_in_a_committed_reading_a_what_if_and_a_broken_link(online):
    online.open(COLON, "#colon-s1?pain=harsh&karnofsky=30")
    questions = online.widget("reading")
    for question in questions.locator("[data-question]").all():
        choose(question, question.locator("input").first.input_value())
    questions.get_by_role("button", name="Submit").click()
    online.widget("what-if").get_by_role("button", name="Set the explorer").first.click()
    online.widget("what-if").get_by_role("button", name="Show the answer").first.click()
    online.unfolds("pain")
    for part in WHAT_WAS_DONE:
        expect(online.page.locator(part).first).to_be_visible()
    assert violations(online, ", ".join(WHAT_WAS_DONE)) == []
    to_width(online, 375)
    with night(online):
        assert violations(online, ", ".join(WHAT_WAS_DONE), of_the_screen=True) == []


LEVELS = {
    "urgent": "epidural=effaces&spine_mri=full_spine&suspected_cord_compression=no",
    "soon": "bladder_bowel=retention&deficit_course=over_7_days&compression_by=none&epidural=none&spine_mri=full_spine"
    "&fracture_pattern=transverse",
    "none": "spine_mri=full_spine&compression_by=none&epidural=none&suspected_cord_compression=no"
    "&fracture_pattern=transverse",
}


@pytest.mark.parametrize("level", LEVELS)
def test_axe_finds_nothing_in_a_first_line_of_any_level(online, level):
    online.open(COLON, f"#colon-s1?{LEVELS[level]}")
    expect(online.first_line).to_have_attribute("data-level", level)
    assert violations(online, ".cb-result") == []
    with night(online):
        assert violations(online, ".cb-result", of_the_screen=True) == []


@pytest.mark.parametrize("width", HEIGHTS)
def test_axe_finds_nothing_and_nothing_is_cut_off_where_findings_contradict_each_other(online, width):
    online.open(COLON, "#colon-s1?bladder_bowel=retention&pain=none&pain_intensity=8")
    to_width(online, width)
    expect(online.explorer.locator("[data-refused]")).to_have_count(4)
    expect(online.explorer.locator(".cb-doubt")).to_be_visible()
    assert online.page.evaluate(SIDEWAYS) == 0
    assert violations(online, ".cb-explorer") == []
    with night(online):
        assert violations(online, ".cb-explorer", of_the_screen=True) == []
    if width < HEIGHTS[1400]:
        said = online.explorer.locator(".cb-bar strong").first
        expect(said).to_contain_text("Red flag recorded")
        assert said.evaluate(CUT_OFF) == [0, 0]
        online.go_on_to("#colon-s1?pain=none&pain_intensity=8")
        expect(said).to_contain_text("Not applied.")
        assert said.evaluate(CUT_OFF) == [0, 0]


CUT_OFF = """(one) => {
  const bar = one.closest('.cb-bar').getBoundingClientRect();
  return [one.scrollWidth - one.clientWidth, Math.max(0, bar.top - one.getBoundingClientRect().top)];
}"""


WHAT_WAS_DONE = (
    *('[data-casebook-widget="reading"]', '[data-casebook-widget="what-if"]'),
    *(".cb-errors", ".cb-differences", ".cb-finding[data-finding][data-changed]", ".cb-told"),
)
"""The parts of a page that a broken link, a commitment and a changed finding make other than they were."""


def test_axe_would_find_a_control_without_a_name_and_a_pale_word_by_day_and_night(online):
    online.open(PAGES_OF_SCORES[0])
    assert violations(online, ".casebook-widget") == []
    assert violations(online, ".casebook-widget") == [], "nothing is new"
    control, word = "<select></select>", "<p><span style='color: rgb(120 120 120 / 70%)'>pale</span></p>"
    online.widget("calculator").evaluate("(one, more) => one.insertAdjacentHTML('beforeend', more)", control + word)
    found = [violated.partition(":")[0] for violated in violations(online, ".casebook-widget")]
    assert found == ["color-contrast", "select-name"]
    with night(online):
        found = [violated.partition(":")[0] for violated in violations(online, ".casebook-widget", of_the_screen=True)]
    assert found == ["color-contrast"]


def test_a_pale_letter_on_stripes_would_be_found_too(online):
    online.open(PAGES_OF_SCORES[0])
    striped = "repeating-linear-gradient(45deg, transparent 0 6px, {} 6px 7px)"
    for stripe, found in (("rgb(210 210 210)", 0), ("rgb(90 90 90)", 1)):
        ground = f"background-image: {striped.format(stripe)}"
        letter = f"<p style='{ground}'><span style='color: rgb(40 40 40)'>a</span></p>"
        online.widget("calculator").evaluate("(one, more) => one.insertAdjacentHTML('beforeend', more)", letter)
        assert len(violations(online, ".casebook-widget", of_the_screen=True)) == found


def test_the_page_follows_the_colours_of_the_reader(online):
    online.open(COLON)
    shade = "(element) => getComputedStyle(element).color.match(/\\d+/g).slice(0, 3).map(Number)"
    text = online.explorer.locator(".cb-label").first
    expect(online.page.locator("html")).to_have_attribute("data-theme", "light")
    assert max(text.evaluate(shade)) < 100
    with night(online):
        assert min(text.evaluate(shade)) > 150
        online.open(COLON)
        expect(online.page.locator("html")).to_have_attribute("data-theme", "dark")
        assert min(text.evaluate(shade)) > 150


# Room


def test_on_a_wide_screen_the_result_stays_in_view_beside_the_findings(online):
    online.open(COLON)
    online.unfolds("primary")
    online.control("primary").scroll_into_view_if_needed()
    expect(online.control("primary")).to_be_in_viewport()
    for part in (online.first_line.first, online.told, online.explorer.locator("[data-action]").first):
        expect(part).to_be_in_viewport()


@pytest.fixture
def melanoma_on_a_phone(phone: Reader) -> Reader:
    """A case with an emergency, which stays open from test to test."""
    if "melanoma" not in phone.page.url:
        phone.open("cases/melanoma-cauda-equina")
    return phone


def test_on_a_phone_the_emergency_and_the_scores_stay_in_view(melanoma_on_a_phone):
    phone = melanoma_on_a_phone
    bar = phone.explorer.locator(".cb-bar")
    for group in phone.explorer.locator("[data-group] > summary").all():
        group.scroll_into_view_if_needed()
        expect(bar).to_be_in_viewport(ratio=1)
        for words in ("Emergency.", "Cauda equina syndrome, with compression on imaging.", "SINS 1–6"):
            expect(bar).to_contain_text(words)
        expect(bar.locator("[data-patient-state] > strong")).to_be_in_viewport(ratio=1)


def test_on_a_phone_nothing_of_the_theme_lies_on_the_bar_after_scrolling_up(melanoma_on_a_phone):
    phone = melanoma_on_a_phone
    bar = phone.explorer.locator(".cb-bar")
    phone.control("frankel").scroll_into_view_if_needed()
    phone.page.mouse.wheel(0, -60)
    phone.until("() => document.querySelector('#pst-back-to-top').style.display === 'block'")
    covered = bar.evaluate(COVERED)
    assert covered == []


# Points of the bar at which something else would be touched.
COVERED = """(bar) => {
  const { left, top, width, height } = bar.getBoundingClientRect();
  return [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((x) => [0.2, 0.5, 0.8].map((y) =>
    document.elementFromPoint(left + x * width, top + y * height)))
    .filter((found) => !bar.contains(found)).map((found) => found?.outerHTML.slice(0, 80));
}"""


def test_on_a_phone_the_bar_opens_to_the_whole_result_and_escape_closes_it(melanoma_on_a_phone):
    phone = melanoma_on_a_phone
    phone.explorer.locator(".cb-bar").click()
    expect(phone.score("tomita")).to_be_visible()
    expect(phone.told).to_be_visible()
    phone.page.keyboard.press("Escape")
    expect(phone.score("tomita")).to_be_hidden()


def test_a_change_on_a_phone_moves_neither_the_control_nor_the_page(phone):
    phone.open(COLON)
    choice = phone.control("radicular_pain").locator("label", has_text="both sides")
    choice.scroll_into_view_if_needed()
    before = choice.bounding_box()
    choice.click()
    expect(phone.control("radicular_pain").locator("input:checked")).to_have_value("bilateral")
    assert choice.bounding_box() == before


# Focus


def test_on_a_phone_the_focus_is_always_seen_and_never_under_the_bar(phone):
    phone.open(COLON)
    hidden, reached = tabbed_through(phone)
    assert reached > 80
    assert hidden == []


def test_on_a_wide_screen_the_focus_is_always_seen(online):
    online.open(COLON)
    hidden, reached = tabbed_through(online)
    assert reached > 80
    assert hidden == []


def tabbed_through(reader: Reader) -> tuple[list[str], int]:
    """Press Tab to the end of the page, unfolding each group of findings on the way.

    Returns
    -------
    tuple
        What was covered, not outlined or of no use among our stops, and how many there were.
    """
    hidden, reached = [], 0
    for _ in range(600):
        reader.page.keyboard.press("Tab")
        state = reader.page.evaluate(FOCUSED)
        if state["folded"]:
            reader.page.keyboard.press("Enter")
            state = reader.page.evaluate(FOCUSED)
        if state["left"]:
            return hidden, reached
        if state["ours"]:
            reached += 1
            if not state["seen"] or not state["outlined"]:
                hidden.append(str(state))
        if state["frame"]:
            hidden.append(f"a stop for nothing, around a widget: {state}")
    raise AssertionError("600 times Tab did not lead out of the page")


FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { left: true, folded: false, frame: false };
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const points = [[left + 3, top + 3], [right - 3, top + 3], [left + 3, bottom - 3], [right - 3, bottom - 3]];
  const own = (found) => found && (element.contains(found) || found.contains(element));
  const style = getComputedStyle(element);
  return {
    left: false,
    ours: !!element.closest('.casebook-widget'),
    frame: !!element.querySelector('.casebook-widget'),
    folded: element.matches('[data-group]:not([open]) > summary'),
    seen: points.every(([x, y]) => own(document.elementFromPoint(x, y))),
    outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    what: element.outerHTML.slice(0, 160),
    where: [left, top, right, bottom].map(Math.round),
  };
}"""


# Movement


def test_nothing_moves_for_a_reader_who_asked_for_stillness(readers, http):
    still = readers(http, reduced_motion="reduce")
    still.open(COLON)
    still.choose("pain", "mechanical")
    still.sees_score("sins", 11)
    moving: list[Any] = still.page.locator(".casebook-widget").evaluate_all(
        """(widgets) => widgets.flatMap((widget) => [widget, ...widget.querySelectorAll('*')]).filter((element) => {
          const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
          const lasts = transitionDuration.split(',').some((duration) => parseFloat(duration) > 0.01);
          return lasts || animationName !== 'none' || scrollBehavior === 'smooth';
        }).map((element) => element.outerHTML.slice(0, 120))"""
    )
    assert moving == []
