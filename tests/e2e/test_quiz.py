"""Questions in the built book: nothing is told before one commits, by mouse, by keyboard, and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asking import (
    PAGES,
    answer,
    asked,
    assert_told_after_the_commitment,
    at_once,
    by_keys,
    by_mouse,
    commit,
    right,
    told,
    unfold,
    wrong,
)
from axe import SIDEWAYS, violations
from playwright.sync_api import Browser, expect
from reader import Reader

COLON, SINS = "cases/colon-s1", "book/scores/sins"
BY_ID = {question.id: question for asked in PAGES.values() for question in asked}
LEVEL, POINTS, AGREEMENT = BY_ID["colon-s1/level"], BY_ID["colon-s1/points"], BY_ID["sins/agreement"]


# Commit, then learn


@pytest.fixture(scope="module")
def colon_page(beside: Reader) -> Reader:
    beside.open(COLON)
    return beside


@pytest.fixture
def colon(colon_page: Reader) -> Iterator[Reader]:
    """The page of a case whose questions stand unanswered; it stays open from test to test."""
    colon_page.begin()
    yield colon_page
    quiz = colon_page.widget("quiz")
    for again in reversed(quiz.get_by_role("button", name="Try again").all()):  # each leaves the list
        again.click()
    if quiz.locator("input:checked").count():
        colon_page.open(COLON)
    colon_page.was_left_alone()


# The other pages are asked where each is opened for all that is asked of it.
@pytest.mark.parametrize("page", [page for page in PAGES if page.startswith("cases/")])
def test_a_case_tells_of_every_option_after_the_reader_commits_and_of_none_before(online, page):
    online.open(page)
    # The text of a page depends on its questions, not on the input device: one is answered with the mouse.
    assert_told_after_the_commitment(online, PAGES[page], by_mouse if page == COLON else at_once)


def test_a_page_from_disk_does_so_too(disk):
    disk.open(SINS)
    assert_told_after_the_commitment(disk, PAGES[SINS], by_keys)


def test_a_question_is_committed_once_it_is_answered_and_its_answer_stands_until_it_is_asked_again(colon):
    here = asked(colon, LEVEL)
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Choose an answer first.")
    expect(told(here)).to_have_count(0)
    expect(here.locator("input").first).to_be_focused()
    answer(here, LEVEL, wrong(LEVEL))
    expect(here.get_by_role("status")).to_have_text("")
    commit(here)
    expect(told(here)).to_contain_text("(correct answer)")
    expect(told(here)).to_contain_text("(your answer)")
    expect(here.locator("input").first).to_be_disabled()
    here.get_by_role("button", name="Try again").click()
    expect(told(here)).to_have_count(0)
    expect(here.locator("input:checked")).to_have_count(0)
    answer(here, LEVEL, right(LEVEL))
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Correct.")


def test_an_order_is_committed_once_each_has_a_place_of_its_own_and_told_in_the_right_one_beside_the_readers(colon):
    here = asked(colon, POINTS)
    answer(here, POINTS, right(POINTS)[:2])
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Give each option a different number first.")
    expect(told(here)).to_have_count(0)
    answer(here, POINTS, right(POINTS))
    here.get_by_label("A lytic lesion").select_option(label="1")
    expect(here.get_by_label("Tumour at S1")).to_have_value("0")  # nothing else moves
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Give each option a different number first.")
    expect(told(here)).to_have_count(0)
    here.get_by_label("Tumour at S1").select_option(label="2")
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Not correct.")
    lines = told(here).locator("[data-option]")
    assert [line.get_attribute("data-option") for line in lines.all()] == right(POINTS)
    expect(lines.nth(0)).to_contain_text("1. Tumour at S1 (your number: 2)")


# What the browser keeps

KEPT = "JSON.parse(localStorage.getItem('casebook:learning'))?.answers ?? {}"


def test_every_commitment_is_kept_in_this_browser_with_its_day_and_nothing_else(colon):
    colon.page.evaluate("localStorage.clear()")
    here = asked(colon, LEVEL)
    answer(here, LEVEL, wrong(LEVEL))
    assert colon.page.evaluate(KEPT) == {}
    commit(here)
    here.get_by_role("button", name="Try again").click()
    answer(here, LEVEL, right(LEVEL))
    commit(here)
    kept = colon.page.evaluate(KEPT)
    assert set(kept) == {LEVEL.id}
    assert [entry["right"] for entry in kept[LEVEL.id]] == [False, True]
    assert all(set(entry) == {"at", "right"} and len(entry["at"]) == 10 for entry in kept[LEVEL.id])


CONFIDENCES = {"a guess": "guess", "fairly sure": "fairly-sure", "certain": "certain"}


def test_how_sure_the_reader_was_is_asked_once_before_the_answer_and_kept_with_it(colon):
    colon.page.evaluate("localStorage.clear()")
    here = asked(colon, LEVEL)
    sure = here.get_by_role("group", name="How sure are you? (optional)")
    for label in CONFIDENCES:
        expect(sure.get_by_role("radio", name=label)).not_to_be_checked()
        answer(here, LEVEL, right(LEVEL))
        sure.get_by_label(label).check()
        commit(here)
        expect(sure.get_by_role("radio", name=label)).to_be_checked()
        expect(sure.get_by_role("radio", name=label)).to_be_disabled()
        here.get_by_role("button", name="Try again").click()
    kept = colon.page.evaluate(KEPT)[LEVEL.id]
    assert [entry["confidence"] for entry in kept] == list(CONFIDENCES.values())
    answer(here, LEVEL, right(LEVEL))
    commit(here)
    expect(sure).to_have_count(0)  # nobody can say any more how sure they were


def test_how_sure_the_reader_is_can_be_said_by_keyboard_on_the_way_to_submit(colon):
    colon.page.evaluate("localStorage.clear()")
    here = asked(colon, LEVEL)
    answer(here, LEVEL, right(LEVEL))
    here.locator("input:checked").focus()
    colon.page.keyboard.press("Tab")
    expect(here.get_by_label("a guess")).to_be_focused()
    colon.page.keyboard.press("ArrowDown")
    colon.page.keyboard.press("Tab")
    expect(here.get_by_role("button", name="Submit")).to_be_focused()
    colon.page.keyboard.press("Enter")
    assert [entry["confidence"] for entry in colon.page.evaluate(KEPT)[LEVEL.id]] == ["fairly-sure"]


REFUSES = """() => {
  Storage.prototype.setItem = function (key) {
    if (this === localStorage && key.startsWith('casebook')) throw new DOMException('full', 'QuotaExceededError');
  };
}"""


def test_a_browser_that_keeps_nothing_asks_all_the_same(online):
    online.open(SINS)
    online.page.evaluate(REFUSES)
    here = asked(online, AGREEMENT)
    answer(here, AGREEMENT, right(AGREEMENT))
    here.get_by_label("certain", exact=True).check()
    commit(here)
    expect(here.get_by_role("status")).to_have_text(
        "Correct. This browser does not save data, so this answer will not be remembered."
    )


# The keyboard


def press_place(reader: Reader, number: int) -> None:
    """Choose a place in the list that has the focus; the first entry is no place."""
    reader.page.keyboard.press("Home")
    for _ in range(number):
        reader.page.keyboard.press("ArrowDown")


def test_every_kind_is_answered_by_keyboard_alone(colon):
    reader = colon
    reader.go_on_to("#test-yourself")
    for question in PAGES[COLON]:
        here = asked(reader, question)
        if question.kind == "rank":
            for option in question.written.options:
                label = question.label(option)
                reader.tab_to(here.get_by_label(label))
                press_place(reader, question.written.key.index(option.id) + 1)
                expect(here.get_by_label(label)).to_have_value(str(question.written.key.index(option.id)))
        else:
            reader.tab_to(here.locator("fieldset").first)
            ids = [option.id for option in question.written.options]
            reader.page.keyboard.press("Space")
            for _ in range(ids.index(right(question)[0])):
                reader.page.keyboard.press("ArrowDown")
        reader.tab_to(here.get_by_role("button", name="Submit"))
        reader.page.keyboard.press("Enter")
        expect(here.get_by_role("status")).to_have_text("Correct.")
        expect(here.get_by_role("button", name="Try again")).to_be_focused()


def test_a_question_is_a_group_with_its_words_as_name_and_a_list_is_named_by_its_option(colon):
    for number, question in enumerate(PAGES[COLON], 1):
        words = question.public()["question"]
        here = asked(colon, question)
        expect(here.locator("summary")).to_have_text(f"{number}. {words}")
        unfold(here)
        group = here.get_by_role("group", name=f"{number}. {words}", exact=True)
        expect(group).to_have_count(1)
        for option in question.public()["options"]:
            role = "combobox" if question.kind == "rank" else "radio"
            expect(group.get_by_role(role, name=option["label"])).to_have_count(1)


# Readers who see little, or hold a phone


def test_axe_finds_nothing_before_and_after_a_commitment_and_nothing_is_scrolled_sideways(colon):
    assert_seen_well(colon)
    for question in PAGES[COLON]:
        here = asked(colon, question)
        answer(here, question, wrong(question))
        commit(here)
    assert_seen_well(colon)


def assert_seen_well(reader: Reader) -> None:
    """Ask axe, and measure, by day at a desk and by night on a phone."""
    for scheme, width in (("light", 1400), ("dark", 320)):
        reader.resize(width, 700)
        reader.lives_by(scheme)
        assert violations(reader, '[data-casebook-widget="quiz"]', of_the_screen=scheme == "dark") == []
        assert reader.page.evaluate(SIDEWAYS) == 0
        assert reader.widget("quiz").locator("button, select, label").evaluate_all(SMALL) == []
    reader.lives_by("light")


SMALL = """(all) => all.map((one) => one.getBoundingClientRect())
  .filter(({ width, height }) => width < 24 || height < 24)"""


# Without a script, and on paper


@pytest.fixture(scope="module")
def plain(browser: Browser, http: str) -> Iterator[Reader]:
    """A reader whose browser runs no script."""
    reader = Reader(browser, http, java_script_enabled=False)
    yield reader
    reader.leave()
    reader.was_left_alone()


@pytest.mark.parametrize("page", [COLON, SINS])
def test_without_a_script_every_question_is_read_and_its_answer_stays_folded_until_opened(plain, page):
    plain.page.goto(f"{plain.address}/{page}.html")
    for question in PAGES[page]:
        row = plain.page.locator(f'li[id="quiz-{question.written.id}"]')
        expect(row.get_by_text(question.public()["question"])).to_be_visible()
        first = row.get_by_text(question.reveal()["options"][0]["feedback"])
        expect(first).to_be_hidden()
        row.locator("summary").press("Enter")
        expect(first).to_be_visible()


def test_a_question_is_printed_with_its_options_and_without_its_answer(colon):
    colon.page.emulate_media(media="print")
    here = asked(colon, LEVEL)
    for option in LEVEL.public()["options"]:
        expect(here.get_by_text(option["label"], exact=True)).to_be_visible()
    expect(here.get_by_role("button")).to_be_hidden()
    expect(here.get_by_text("How sure are you?")).to_be_hidden()
    expect(told(here)).to_have_count(0)
    colon.page.emulate_media(media="screen")


def test_a_link_leads_to_a_question(online):
    online.open(SINS, "#quiz-agreement")
    expect(asked(online, AGREEMENT)).to_be_in_viewport()
    expect(asked(online, AGREEMENT)).to_have_attribute("open", "")
    expect(asked(online, AGREEMENT).locator("summary")).to_be_focused()
    online.page.evaluate("location.hash = 'quiz-three-items'")
    expect(asked(online, BY_ID["sins/three-items"]).locator("summary")).to_be_focused()
    expect(asked(online, BY_ID["sins/three-items"]).get_by_role("button", name="Submit")).to_be_visible()
