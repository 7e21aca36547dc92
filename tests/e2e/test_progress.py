"""Learning alone: what a reader read and answered stays in the browser, comes back when it is due, and can be moved."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from axe import SIDEWAYS, violations
from playwright.sync_api import Locator, Page, expect
from reader import CASES, ROOT, Reader

from casebook.cases.case import load_case
from casebook.diagnostics.document import read
from casebook.quiz.questions import SUFFIX, questions_of

KEY = "casebook:learning"
STORED = f"localStorage.getItem({KEY!r})"
PROGRESS = "book/progress"
SINS = "book/scores/sins"
MORNING = dt.datetime(2026, 3, 14, 9, 30)
CONTENTS = read(ROOT / "_toc.yml").data
PAGES = [CONTENTS["root"], *(page["file"] for part in CONTENTS["parts"] for page in part["chapters"])]
PAGES.remove(PROGRESS)
SHORT = "book/verification"
"""A page that is open soon, and has little to tab through."""
PROBE = "probe"
"""What a test keeps for a moment, to see whether another page finds it."""
LEAF = "_static/minus.png"
"""A page of no book, which is open at once and finds what every other keeps."""


class Learner(Reader):
    """A reader who learns alone."""

    keeps: bool = True
    """Whether the browser keeps anything."""

    @cached_property
    def other(self) -> Page:
        """A page beside, which tells whether the others keep what this one keeps."""
        return self.context.new_page()

    def visit(self, page: str) -> None:
        """Open any page of the book; again, if the browser left it alone with what it keeps."""
        for _ in range(10):
            self.go(f"{self.address}/{page}.html")
            if self.is_among_others():
                return
        raise AssertionError("what is kept in this page is found in no other")

    def is_among_others(self) -> bool:
        """Whether another page finds what this one might keep."""
        if not self.keeps or not self.address.startswith("file:"):
            return True
        self.page.evaluate(f"localStorage.setItem({PROBE!r}, '')")
        found = self.is_found(PROBE, "")
        self.page.evaluate(f"localStorage.removeItem({PROBE!r})")
        return found

    def is_found(self, key: str, kept: str | None) -> bool:
        """Whether another page finds what this one keeps.

        From disk every page is a process of its own, and a browser that is busy gives one page in thirty to a hundred
        a store that no other finds. What is kept in the moment in which a page is left may be lost with it, too, or
        come late to the next; nobody but a test leaves so soon.
        """
        if not self.address.startswith("file:"):
            return True
        for _ in range(20):
            self.other.goto(f"{self.address}/{LEAF}")
            if self.other.evaluate("(key) => localStorage.getItem(key)", key) == kept:
                return True
        return False

    def look(self) -> Locator:
        """Open the page of one's progress."""
        self.visit(PROGRESS)
        self.awaits(".casebook-learning[data-live]")
        return self.progress

    def look_with(self, text: str) -> Locator:
        """Open it with something that was kept before."""
        self.store(text)
        return self.look()

    @property
    def progress(self) -> Locator:
        return self.page.locator(".casebook-learning")

    @property
    def mark(self) -> Locator:
        return self.page.get_by_role("checkbox", name="I have read this page")

    @property
    def said(self) -> Locator:
        return self.progress.locator(".cb-keeping").get_by_role("status")

    def stored(self) -> Any:
        text = self.page.evaluate(STORED)
        return None if text is None else json.loads(text)

    def store(self, text: str) -> None:
        if self.page.url == "about:blank":
            self.visit(SHORT)
        self.page.evaluate(f"(text) => localStorage.setItem({KEY!r}, text)", text)
        self.pauses()

    def pauses(self) -> None:
        """Go on only when another page finds what this one keeps."""
        assert self.is_found(KEY, self.page.evaluate(STORED)), "what is kept in one page is found in no other"

    def goes_back(self, answers: int) -> None:
        """Come back to this page by one step back, once so many answers to the question were kept in another."""
        self.until(f"([id, answers]) => JSON.parse({STORED}).answers[id].length === answers", [QUESTION, answers])
        self.page.evaluate("() => { dispatchEvent(new Event('pageshow')); }")

    def press(self, name: str) -> None:
        self.progress.get_by_role("button", name=name).click()

    def save(self, folder: Path) -> Path:
        with self.page.expect_download() as downloading:
            self.press("Save as a file")
        path = folder / downloading.value.suggested_filename
        downloading.value.save_as(path)
        return path

    def restore(self, path: Path | dict[str, Any]) -> None:
        self.progress.get_by_label("Restore from a file").set_input_files(path)


@pytest.fixture(scope="module")
def study(browser, http: str) -> Iterator[Learner]:
    with learning(browser, http) as learner:
        yield learner


@pytest.fixture
def learner(study: Learner) -> Iterator[Learner]:
    """Someone whose browser knows nothing of the book yet, on a day in March."""
    study.begin()
    if study.page.url != "about:blank":
        study.page.evaluate("localStorage.clear()")
    study.page.clock.set_fixed_time(MORNING)
    yield study
    study.was_left_alone()


@pytest.fixture
def anyone(browser, address: str, learner: Learner) -> Iterator[Learner]:
    """The same over http and from disk, where every page is a process of its own and keeps what the browser lets it.

    From disk everyone has a browser of their own: what was cleared for the one before might arrive late.
    """
    if address == learner.address:
        yield learner
        return
    with learning(browser, address) as alone:
        yield alone


@pytest.fixture
def newcomer(browser, address: str) -> Iterator[Learner]:
    """Someone whose browser nobody else uses after them."""
    with learning(browser, address) as learner:
        yield learner


@contextmanager
def learning(browser, address: str) -> Iterator[Learner]:
    learner = Learner(browser, address)
    learner.page.clock.set_fixed_time(MORNING)
    yield learner
    learner.leave()
    learner.was_left_alone()


def learned(pages: dict[str, str] | None = None, **answers: list[tuple[str, bool]]) -> str:
    """What is kept of pages and of answers; a question is written `NAME__ID`."""
    return json.dumps(
        {
            "version": 1,
            "pages": {page: {"read": day} for page, day in (pages or {}).items()},
            "answers": {
                id.replace("__", "/"): [{"at": at, "right": right} for at, right in history]
                for id, history in answers.items()
            },
        }
    )


SOME = learned({SINS: "2026-03-02", "cases/colon-s1": "2026-03-05"}, sins__pain=[("2026-03-01", True)])


# What was read


def test_a_page_is_read_when_the_reader_says_so_and_stays_read(anyone):
    learner = anyone
    learner.visit(SHORT)
    expect(learner.mark).not_to_be_checked()
    learner.page.mouse.wheel(0, 100_000)
    learner.mark.check()
    expect(learner.page.locator(".casebook-read [aria-live]")).to_have_text("Saved in this browser.")
    learner.pauses()
    learner.visit("book/references")
    expect(learner.mark).not_to_be_checked()
    learner.visit(SHORT)
    expect(learner.mark).to_be_checked()
    expect(learner.look().locator(f'[data-page="{SHORT}"]')).to_contain_text("read on 14 March 2026")
    expect(learner.progress).to_contain_text(f"1 of {len(PAGES)} pages read")


def test_a_mark_can_be_taken_away(learner):
    learner.visit(SHORT)
    learner.mark.check()
    learner.mark.uncheck()
    assert learner.stored()["pages"] == {}
    expect(learner.look()).to_contain_text(f"0 of {len(PAGES)} pages read")


def test_opening_a_page_and_scrolling_through_it_does_not_count(learner):
    learner.visit(SHORT)
    learner.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(learner.look()).to_contain_text(f"0 of {len(PAGES)} pages read")
    assert learner.stored() is None


def test_a_page_that_is_open_beside_shows_what_was_marked_meanwhile(learner):
    learner.look()
    beside = learner.context.new_page()
    beside.goto(f"{learner.address}/{SHORT}.html")
    beside.get_by_role("checkbox", name="I have read this page").check()
    expect(learner.progress).to_contain_text(f"1 of {len(PAGES)} pages read")
    beside.close()


HEARS = """() => {
  window.heard = [];
  window.last = new Promise((done) => addEventListener('storage', ({ key }) => heard.push(key) && key === 'last' && done()));
}"""


def test_two_pages_of_ones_progress_leave_each_other_in_peace(learner):
    learner.look()
    learner.page.evaluate(HEARS)
    beside = learner.context.new_page()
    beside.goto(learner.page.url)
    expect(beside.locator(".casebook-learning")).to_have_attribute("data-live", "")
    beside.evaluate("localStorage.setItem('last', '')")
    learner.page.evaluate("() => window.last")
    assert len(learner.page.evaluate("window.heard")) < 10
    beside.close()


def test_every_page_stands_in_reading_order_with_its_questions_and_a_case_with_its_minutes(learner):
    shown = learner.look().locator("[data-page]")
    assert shown.evaluate_all("(all) => all.map((one) => one.dataset.page)") == PAGES
    said = dict(shown.evaluate_all("(all) => all.map((one) => [one.dataset.page, one.textContent])"))
    for case in CASES:
        assert f"{load_case(case).minutes} minutes" in said[f"cases/{case}"]
    for page in PAGES:
        files = ROOT / f"{page}{SUFFIX}", ROOT / f"{page}.yml"
        asked = [question for file in files if file.exists() for question in questions_of(file)]
        if asked:
            assert f"{len(asked)} question" in said[page]


def test_without_a_script_the_page_is_a_list_of_contents(readers, http):
    reader = readers(http, java_script_enabled=False)
    reader.go(f"{http}/{PROGRESS}.html")
    assert reader.page.locator(".casebook-learning li a").count() == len(PAGES)
    expect(reader.page.locator(".casebook-read")).to_have_count(0)
    reader.go(f"{http}/{SHORT}.html")
    expect(reader.page.locator(".casebook-read")).to_be_hidden()


# What comes back, and when

QUESTION = "sins/three-items"
RIGHT, WRONG = "consult", "eight"


def answer(asked: Locator, option: str) -> None:
    """Answer a question, for the first time or again."""
    again = asked.get_by_role("button", name="Try again")
    if again.count():
        again.click()
    asked.locator(f'input[value="{option}"]').check()
    asked.get_by_role("button", name="Submit").click()
    expect(asked.get_by_role("status")).to_have_text("Correct." if option == RIGHT else "Not correct.")


def test_a_question_comes_back_sooner_if_it_was_wrong_and_later_each_time_it_was_right(learner):
    learner.visit(SINS)
    learner.live()
    asked, beside = learner.page.locator(f'[data-question="{QUESTION}"]'), learner.page
    learner.page = learner.context.new_page()
    learner.look()
    beside.bring_to_front()  # a page in the background is drawn once a second
    again = learner.progress.locator("[data-again]")
    days = [
        ("2026-03-14", RIGHT, "15 March 2026"),  # the first box: a day
        ("2026-03-15", RIGHT, "18 March 2026"),  # the second: three
        ("2026-03-16", RIGHT, "18 March 2026"),  # before its day: moves nothing
        ("2026-03-20", RIGHT, "27 March 2026"),  # late: a week from now
        ("2026-03-21", WRONG, "22 March 2026"),  # the first box again
        ("2026-03-22", RIGHT, "25 March 2026"),
    ]
    for answers, (today, option, back) in enumerate(days, 1):
        learner.page.clock.set_fixed_time(dt.datetime.fromisoformat(f"{today}T23:30"))
        answer(asked, option)
        learner.goes_back(answers)
        expect(again).to_contain_text(f"1 question on {back}.")
        expect(again.locator("[data-question]")).to_have_count(0)
    history = [{"at": day, "right": option == RIGHT} for day, option, _ in days]
    assert learner.stored()["answers"] == {QUESTION: history}, "no time and no answer is kept"
    learner.page.clock.set_fixed_time(dt.datetime(2026, 3, 25, 0, 30))
    learner.look()
    due = again.locator(f'[data-question="{QUESTION}"]')
    expect(due).to_contain_text("since 25 March 2026")
    expect(learner.progress.locator(f'[data-page="{SINS}"]')).to_contain_text(
        "1 correct and 0 not correct at the last attempt"
    )
    learner.page.bring_to_front()
    due.get_by_role("link").click()
    expect(learner.page.locator(f'[data-question="{QUESTION}"]')).to_be_in_viewport()
    beside.close()


# The store by itself


@pytest.fixture(scope="module")
def store(browser) -> Iterator[Page]:
    """The modules that keep what was learned and merge what was saved, alone in a page."""
    command = [ROOT / "node_modules/.bin/esbuild", "--bundle", "--format=iife", "--global-name=store", "--loader=ts"]
    entry = "export * from './store'; export * from './backup_file';"
    folder = ROOT / "widgets" / "progress"
    code = subprocess.run(command, input=entry, cwd=folder, capture_output=True, text=True, check=True)
    page = browser.new_page()
    page.add_script_tag(content=code.stdout)
    yield page
    page.close()


def histories(seed: int, most: int = 8) -> list[dict[str, Any]]:
    """Answers over some weeks, several on some days."""
    chance = random.Random(seed)
    days = sorted(chance.randrange(40) for _ in range(chance.randrange(most)))
    start = dt.date(2026, 1, 20)
    return [{"at": str(start + dt.timedelta(day)), "right": chance.random() < 0.7} for day in days]


def again_on(history: list[dict[str, Any]]) -> str | None:
    """The rule as the page states it."""
    waits, box, back = {1: 1, 2: 3, 3: 7, 4: 21, 5: 60}, None, None
    for entry in history:
        at = dt.date.fromisoformat(entry["at"])
        if not entry["right"] or box is None:
            box = 1
        elif at < back:
            continue
        else:
            box = min(5, box + 1)
        back = at + dt.timedelta(waits[box])
    return None if back is None else str(back)


def test_the_rule_is_the_one_that_the_page_states(store):
    tried = [histories(seed) for seed in range(400)]
    given = store.evaluate("(all) => all.map((history) => store.due(history, '2026-02-10'))", tried)
    assert [due and due["on"] for due in given] == [again_on(history) for history in tried]
    assert all(due["now"] == (due["on"] <= "2026-02-10") for due in given if due)


def test_putting_two_together_loses_no_answer_and_twice_is_once(store):
    def merged(pairs: list[tuple[dict[str, Any], dict[str, Any]]]) -> list[list[dict[str, Any]]]:
        return store.evaluate("(all) => all.map(([one, other]) => store.merge(one, other).answers['a/b'])", pairs)

    def keeping(history: list[dict[str, Any]]) -> dict[str, Any]:
        return {"version": 1, "pages": {}, "answers": {"a/b": history}}

    tried = [(histories(seed, 12), histories(seed + 500, 12)) for seed in range(60)]
    together = merged([(keeping(one), keeping(other)) for one, other in tried])
    again = merged([(keeping(both), keeping(other)) for both, (_, other) in zip(together, tried, strict=True)])
    assert again == together
    for both, (one, other) in zip(together, tried, strict=True):
        per_day = [Counter(entry["at"] for entry in kept) for kept in (one, other)]
        assert Counter(entry["at"] for entry in both) == per_day[0] | per_day[1]
        assert [entry["at"] for entry in both] == sorted(entry["at"] for entry in both)


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", "2026-03-15"), ("America/Los_Angeles", "2026-03-14")])
def test_the_day_is_that_of_the_readers_own_calendar(learner, zone, day):
    learner.page.clock.set_fixed_time(dt.datetime(2026, 3, 14, 20, 0, tzinfo=dt.UTC))
    elsewhere = learner.context.new_cdp_session(learner.page)
    elsewhere.send("Emulation.setTimezoneOverride", {"timezoneId": zone})
    learner.visit(SHORT)
    learner.mark.check()
    elsewhere.detach()
    assert learner.stored()["pages"] == {SHORT: {"read": day}}


# A file


def test_what_is_saved_deleted_and_restored_is_the_same(anyone, tmp_path):
    learner = anyone
    learner.look_with(SOME)
    path = learner.save(tmp_path)
    assert path.name == "casebook-progress-2026-03-14.json"
    learner.press("Delete everything")
    expect(learner.said).to_have_text("Everything was deleted.")
    assert learner.stored() is None
    learner.pauses()
    learner.look()
    learner.restore(path)
    expect(learner.said).to_contain_text("2 pages read and answers to 1 question")
    assert learner.stored() == json.loads(SOME)
    expect(learner.progress.locator(f'[data-page="{SINS}"]')).to_contain_text("read on 2 March 2026")


def test_deleting_can_be_taken_back(learner):
    learner.look_with(SOME)
    learner.press("Delete everything")
    expect(learner.progress).to_contain_text(f"0 of {len(PAGES)} pages read")
    learner.press("Undo")
    expect(learner.progress).to_contain_text(f"2 of {len(PAGES)} pages read")
    assert learner.stored() == json.loads(SOME)


OTHER = learned(
    {SINS: "2026-03-09", "book/rules": "2026-03-01"}, sins__pain=[("2026-03-01", True), ("2026-03-04", False)]
)


def test_restoring_over_something_asks_and_can_put_both_together(learner, tmp_path):
    learner.look_with(SOME)
    (tmp_path / "other.json").write_text(OTHER)
    for _ in range(2):
        learner.restore(tmp_path / "other.json")
        asked = learner.progress.get_by_role("group", name="other.json contains 2 pages read")
        expect(asked).to_be_visible()
        learner.press("Combine both")
        expect(asked).to_be_hidden()
        kept = learner.stored()
        assert {page: entry["read"] for page, entry in kept["pages"].items()} == {
            SINS: "2026-03-09",
            "cases/colon-s1": "2026-03-05",
            "book/rules": "2026-03-01",
        }
        assert kept["answers"] == json.loads(OTHER)["answers"], "the same file twice adds nothing"


def test_restoring_over_something_can_replace_it_and_be_taken_back(learner, tmp_path):
    learner.look_with(SOME)
    (tmp_path / "other.json").write_text(OTHER)
    learner.restore(tmp_path / "other.json")
    learner.press("Keep only the file's")
    expect(learner.said).to_contain_text("Restored from other.json")
    assert learner.stored() == json.loads(OTHER)
    learner.press("Undo")
    assert learner.stored() == json.loads(SOME)


def test_restoring_over_something_can_be_left(learner, tmp_path):
    learner.look_with(SOME)
    (tmp_path / "other.json").write_text(OTHER)
    learner.restore(tmp_path / "other.json")
    learner.press("Change nothing")
    expect(learner.said).to_have_text("Nothing was changed.")
    assert learner.stored() == json.loads(SOME)


NEWER = json.dumps({**json.loads(SOME), "version": 2})
BAD_DAY = learned({SINS: "yesterday"})
BAD_ANSWER = SOME.replace("true", '"yes"')


DAMAGED = {
    "": "The file is not JSON",
    SOME[:40]: "The file is not JSON",
    " " * 5_000_001: "larger than any file that this book saves",
    '"hello"': "names no version",
    '{"cells": [], "nbformat": 4}': "names no version",
    NEWER: "version 2; this book reads version 1",
    '{"version": 1, "answers": {}}': "no list of pages",
    '{"version": 1, "pages": {}, "answers": []}': "no list of answers",
    BAD_DAY: f"The page {SINS} has no day",
    learned({SINS: "2026-13-41"}): f"The page {SINS} has no day",
    '{"version": 1, "pages": {"a": null}, "answers": {}}': "The page a has no day",
    BAD_ANSWER: "The answers to sins/pain are not a list",
}


def test_a_damaged_or_foreign_file_is_refused_and_nothing_is_lost(learner, tmp_path):
    learner.look_with(SOME)
    for number, (text, why) in enumerate(DAMAGED.items()):
        file = tmp_path / f"notes-{number}.json"
        file.write_text(text)
        learner.restore(file)
        expect(learner.said).to_contain_text(f"{file.name} was not restored.")
        said, kept = learner.said.evaluate(f"(said) => [said.textContent, {STORED}]")
        assert why in said
        assert "Nothing was changed." in said
        assert json.loads(kept) == json.loads(SOME)


# Storage that cannot be trusted


@pytest.mark.parametrize("text", ["{", NEWER, BAD_ANSWER], ids=["cut", "newer", "answer"])
def test_what_cannot_be_read_breaks_no_page_and_is_set_aside_not_destroyed(learner, text, tmp_path):
    learner.store(text)
    learner.visit(SHORT)
    expect(learner.mark).not_to_be_checked()
    learner.mark.check()
    assert list(learner.stored()["pages"]) == [SHORT]
    expect(learner.look()).to_contain_text(f"1 of {len(PAGES)} pages read")
    with learner.page.expect_download() as downloading:
        learner.press("Save the data as a file")
    downloading.value.save_as(tmp_path / "aside")
    assert (tmp_path / "aside").read_text() == text
    learner.press("Delete everything")
    expect(learner.progress).not_to_contain_text("could not be read")
    learner.press("Undo")
    expect(learner.progress).to_contain_text("could not be read")


REFUSALS = {
    "full": "const set = Storage.prototype.setItem; Storage.prototype.setItem = function (key, text) {"
    " if (key.startsWith('casebook')) throw new DOMException('', 'QuotaExceededError'); set.call(this, key, text); };",
    "no storage": "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });",
}
"""What a browser may do; where there is no storage, it does not matter that there was one and it was full."""


def test_where_the_browser_keeps_nothing_it_is_said_and_the_page_works_on(newcomer):
    learner = newcomer
    learner.keeps = False
    for refusal in REFUSALS.values():
        learner.context.add_init_script(refusal)
        learner.visit(SHORT)
        learner.mark.check()
        expect(learner.page.locator(".casebook-read [aria-live]")).to_contain_text("This browser does not save data")
        expect(learner.look()).to_contain_text("This browser does not save data for this page")
        learner.restore({"name": "some.json", "mimeType": "application/json", "buffer": SOME.encode()})
        expect(learner.said).to_have_text("This browser refused, and nothing was changed.")
    theirs = ("SecurityError", "Got invalid theme mode")  # the theme keeps light and dark there too
    learner.errors = [error for error in learner.errors if not error.startswith(theirs)]


# Everyone


def test_it_can_all_be_done_with_the_keyboard(learner):
    learner.visit(SHORT)
    learner.go_on_to("#what-this-does-not-prove")
    learner.tab_to(learner.mark)
    learner.page.keyboard.press("Space")
    expect(learner.mark).to_be_checked()
    learner.look()
    learner.go_on_to("#when-a-page-counts-as-read")  # just below
    learner.tab_to(learner.progress.get_by_role("button", name="Delete everything"), key="Shift+Tab")
    learner.page.keyboard.press("Enter")
    expect(learner.progress.get_by_role("button", name="Undo")).to_be_focused()
    learner.page.keyboard.press("Enter")
    assert list(learner.stored()["pages"]) == [SHORT]
    learner.restore({"name": "other.json", "mimeType": "application/json", "buffer": OTHER.encode()})
    expect(learner.progress.get_by_role("button", name="Combine both")).to_be_focused()
    learner.page.keyboard.press("Enter")
    expect(learner.said).to_contain_text("Restored")


def test_axe_finds_nothing_and_nothing_is_scrolled_sideways_in_any_state(learner):
    learner.look_with(SOME)
    assert_seen_well(learner, within=None)
    learner.restore({"name": "other.json", "mimeType": "application/json", "buffer": OTHER.encode()})
    expect(learner.page.get_by_role("button", name="Combine both")).to_be_visible()
    assert_seen_well(learner)
    learner.press("Keep only")
    expect(learner.page.get_by_role("button", name="Undo")).to_be_visible()
    assert_seen_well(learner)
    learner.look_with("{")
    assert_seen_well(learner)


def assert_seen_well(learner: Learner, within: str | None = ".casebook-learning") -> None:
    """Ask axe, and measure, by day at a desk and by night on a phone."""
    for scheme, width in (("light", 1400), ("dark", 320)):
        learner.resize(width, 800)
        learner.lives_by(scheme)
        assert violations(learner, within, of_the_screen=scheme == "dark") == []
        assert learner.page.evaluate(SIDEWAYS) == 0
    learner.lives_by("light")
