"""Questions in the built book: nothing is told before one commits, by mouse, by keyboard, and without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe import SIDEWAYS, violations
from playwright.sync_api import Browser, Locator, expect
from reader import CASES, ROOT, Reader, click, tick

from casebook.questions import SUFFIX, Question, questions_of

COLON, SINS = "cases/colon-s1", "book/scores/sins"
PAGES = {f"cases/{case}": questions_of(case) for case in CASES} | {
    path.relative_to(ROOT).as_posix().removesuffix(SUFFIX): questions_of(path)
    for path in sorted((ROOT / "book").rglob(f"*{SUFFIX}"))
}
BY_ID = {question.id: question for asked in PAGES.values() for question in asked}
LEVEL, POINTS, AGREEMENT = BY_ID["colon-s1/level"], BY_ID["colon-s1/points"], BY_ID["sins/agreement"]


def asked(reader: Reader, question: Question) -> Locator:
    """A question in the page."""
    return reader.widget("quiz").locator(f'[data-question="{question.id}"]')


def answer(place: Locator, question: Question, given: list[str], mouse: bool = False) -> None:
    """Choose an option, if need be with the mouse, or give each its place."""
    if question.kind != "rank":
        (click if mouse else tick)(place.locator(f'input[value="{given[0]}"]'))
        return
    labels = {option["id"]: option["label"] for option in question.public()["options"]}
    for number, id in enumerate(given):
        place.get_by_label(labels[id]).select_option(label=str(number + 1))


def right(question: Question) -> list[str]:
    return list(question.written.key)


def wrong(question: Question) -> list[str]:
    ids = [option.id for option in question.written.options]
    return ids if question.kind == "rank" else [next(id for id in ids if id not in question.written.key)]


def commit(place: Locator) -> None:
    """Press *Commit* with the mouse: a key would go astray while the focus still moves after the commitment before."""
    place.get_by_role("button", name="Commit").click()


def told(place: Locator) -> Locator:
    """What is said of the options after a commitment."""
    return place.locator(".cb-beside")


def words(text: str) -> str:
    """The text as one line."""
    return " ".join(text.split())


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
    for again in reversed(quiz.get_by_role("button", name="Ask again").all()):  # each leaves the list
        again.click()
    if quiz.locator("input:checked").count():
        colon_page.open(COLON)
    colon_page.was_left_alone()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_tells_of_every_option_after_the_reader_commits_and_of_none_before(online, page):
    online.open(page)
    # What a page says hangs on its questions, not on the hand: one is answered with the mouse.
    assert_told_after_the_commitment(online, PAGES[page], by_mouse if page == COLON else at_once)


def test_a_page_from_disk_does_so_too(disk):
    disk.open(SINS)
    assert_told_after_the_commitment(disk, PAGES[SINS], by_keys)


Given = list[tuple[Question, list[str]]]
"""Questions, and what is answered to each."""

Rows = list[tuple[str, int]]
"""The text of each question of a page, and beside how many of its options something is said."""


def by_mouse(reader: Reader, given: Given, mouse: bool = True) -> list[Rows]:
    """Answer all, then commit to one after another; give what was to be read before each commitment."""
    before = []
    for question, options in given:
        answer(asked(reader, question), question, options, mouse)
    for question, _ in given:
        before.append(reader.widget("quiz").evaluate(ROWS))
        commit(asked(reader, question))
        expect(told(asked(reader, question))).to_be_visible()
    return before


def by_keys(reader: Reader, given: Given) -> list[Rows]:
    """The same with the keyboard."""
    return by_mouse(reader, given, mouse=False)


def at_once(reader: Reader, given: Given) -> list[Rows]:
    """The same in one call, which does what hands do."""
    answers = [
        [question.id, options[0], [options.index(option["id"]) for option in question.public()["options"]]]
        if question.kind == "rank"
        else [question.id, options[0], []]
        for question, options in given
    ]
    return reader.widget("quiz").evaluate(AT_ONCE, answers)


ROWS = """(quiz) => [...quiz.querySelectorAll('[data-question]')].map(
  (row) => [row.textContent, row.querySelectorAll('.cb-beside').length])"""

AT_ONCE = f"""async (quiz, answers) => {{
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const row = (id) => quiz.querySelector(`[data-question="${{id}}"]`);
  for (const [id, given, places] of answers) {{
    row(id).querySelector(`input[value="${{given}}"]`)?.click();
    await painted();
    for (const [index, place] of places.entries()) {{
      const list = row(id).querySelectorAll('select')[index];
      list.value = place;
      list.dispatchEvent(new Event('change'));
      await painted();
    }}
  }}
  const before = [];
  for (const [id] of answers) {{
    before.push(({ROWS})(quiz));
    [...row(id).querySelectorAll('button')].find((one) => one.textContent === 'Commit').click();
    await painted();
  }}
  return before;
}}"""


def assert_told_after_the_commitment(
    reader: Reader, questions: list[Question], play: Callable[[Reader, Given], list[Rows]]
) -> None:
    """Answer every question of a page, right and wrong in turn, and commit to one after another."""
    given = [(each, right(each) if place % 2 else wrong(each)) for place, each in enumerate(questions)]
    with reader.listening() as sent:
        for place, rows in enumerate(play(reader, given)):
            for question, row in list(zip(questions, rows, strict=True))[place:]:
                assert_nothing_told(question, row)
        for place, question in enumerate(questions):
            status, said = asked(reader, question).evaluate(TOLD)
            assert status == ("Right." if place % 2 else "Not right.")
            assert said.keys() == {option["id"] for option in question.reveal()["options"]}
            for option in question.reveal()["options"]:
                line = words(said[option["id"]])
                assert words(option["feedback"]) in line
                assert words(f"({option['source']})") in line
    assert sent == [], "an answer is sent nowhere"


TOLD = """(row) => [row.querySelector('[role=status]').textContent, Object.fromEntries(
  [...row.querySelectorAll('.cb-beside [data-option]')].map((one) => [one.dataset.option, one.textContent]))]"""
"""What a question says of the answer, and of each option."""


def assert_nothing_told(question: Question, row: tuple[str, int]) -> None:
    """Check that of no option of the question anything is said yet, nor lies hidden beside it."""
    text, told = row
    assert told == 0
    assert "the answer" not in text
    assert [option["id"] for option in question.reveal()["options"] if option["feedback"] in text] == []


def test_a_question_is_committed_once_it_is_answered_and_its_answer_stands_until_it_is_asked_again(colon):
    here = asked(colon, LEVEL)
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Answer first.")
    expect(told(here)).to_have_count(0)
    expect(here.locator("input").first).to_be_focused()
    answer(here, LEVEL, wrong(LEVEL))
    expect(here.get_by_role("status")).to_have_text("")
    commit(here)
    expect(told(here)).to_contain_text("(the answer)")
    expect(told(here)).to_contain_text("(yours)")
    expect(here.locator("input").first).to_be_disabled()
    here.get_by_role("button", name="Ask again").click()
    expect(told(here)).to_have_count(0)
    expect(here.locator("input:checked")).to_have_count(0)
    answer(here, LEVEL, right(LEVEL))
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Right.")


def test_an_order_is_committed_once_each_has_a_place_of_its_own_and_told_in_the_right_one_beside_the_readers(colon):
    here = asked(colon, POINTS)
    answer(here, POINTS, right(POINTS)[:2])
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Give each a place of its own first.")
    expect(told(here)).to_have_count(0)
    answer(here, POINTS, right(POINTS))
    here.get_by_label("A lytic lesion").select_option(label="1")
    expect(here.get_by_label("Tumour at S1")).to_have_value("0")  # nothing else moves
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Give each a place of its own first.")
    expect(told(here)).to_have_count(0)
    here.get_by_label("Tumour at S1").select_option(label="2")
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Not right.")
    lines = told(here).locator("[data-option]")
    assert [line.get_attribute("data-option") for line in lines.all()] == right(POINTS)
    expect(lines.nth(0)).to_contain_text("1. Tumour at S1 (you: 2)")


# What the browser keeps

KEPT = "JSON.parse(localStorage.getItem('casebook:learning'))?.answers ?? {}"


def test_every_commitment_is_kept_in_this_browser_with_its_day_and_nothing_else(colon):
    colon.page.evaluate("localStorage.clear()")
    here = asked(colon, LEVEL)
    answer(here, LEVEL, wrong(LEVEL))
    assert colon.page.evaluate(KEPT) == {}
    commit(here)
    here.get_by_role("button", name="Ask again").click()
    answer(here, LEVEL, right(LEVEL))
    commit(here)
    kept = colon.page.evaluate(KEPT)
    assert set(kept) == {LEVEL.id}
    assert [entry["right"] for entry in kept[LEVEL.id]] == [False, True]
    assert all(set(entry) == {"at", "right"} and len(entry["at"]) == 10 for entry in kept[LEVEL.id])


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
    commit(here)
    expect(here.get_by_role("status")).to_have_text("Right.")


# The keyboard


def press_place(reader: Reader, number: int) -> None:
    """Choose a place in the list that has the focus; the first entry is no place."""
    reader.page.keyboard.press("Home")
    for _ in range(number):
        reader.page.keyboard.press("ArrowDown")


def test_every_kind_is_answered_by_keyboard_alone(colon):
    reader = colon
    reader.go_on_to("#what-stayed")
    for question in PAGES[COLON]:
        here = asked(reader, question)
        if question.kind == "rank":
            for option in question.written.options:
                label = question.label(option)
                reader.tab_to(here.get_by_label(label))
                press_place(reader, question.written.key.index(option.id) + 1)
                expect(here.get_by_label(label)).to_have_value(str(question.written.key.index(option.id)))
        else:
            reader.tab_to(here.locator("fieldset"))
            ids = [option.id for option in question.written.options]
            reader.page.keyboard.press("Space")
            for _ in range(ids.index(right(question)[0])):
                reader.page.keyboard.press("ArrowDown")
        reader.tab_to(here.get_by_role("button", name="Commit"))
        reader.page.keyboard.press("Enter")
        expect(here.get_by_role("status")).to_have_text("Right.")
        expect(here.get_by_role("button", name="Ask again")).to_be_focused()


def test_a_question_is_a_group_with_its_words_as_name_and_a_list_is_named_by_its_option(colon):
    for number, question in enumerate(PAGES[COLON], 1):
        name = f"{number}. {question.public()['question']}"
        group = colon.widget("quiz").get_by_role("group", name=name, exact=True)
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
    expect(told(here)).to_have_count(0)
    colon.page.emulate_media(media="screen")


def test_a_link_leads_to_a_question(online):
    online.open(SINS, "#quiz-agreement")
    expect(asked(online, AGREEMENT)).to_be_in_viewport()
