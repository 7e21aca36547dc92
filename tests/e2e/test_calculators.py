"""The live calculators: one on the page of each score, and the disability index."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect
from reader import SCORES, Reader, choose

import casebook
from casebook.export.browser import bundle

ITEMS = {entry["id"]: {item["id"]: item["options"] for item in entry["items"]} for entry in bundle()["scores"]}


@pytest.fixture
def reader(beside: Reader) -> Iterator[Reader]:
    """The page of a calculator that nobody has used yet: what it shows does not depend on where it came from."""
    beside.begin()
    yield beside
    beside.page.get_by_role("button", name="Clear all").click()
    beside.was_left_alone()


@pytest.fixture(scope="module", params=SCORES)
def page_of_score(request: pytest.FixtureRequest, beside: Reader) -> str:
    beside.open(f"book/scores/{request.param}")
    return request.param


@pytest.fixture
def name(page_of_score: str, reader: Reader) -> str:
    """Each score, its page open before the reader."""
    return page_of_score


def item(reader: Reader, id: str) -> Locator:
    """The control of an item."""
    return reader.widget("calculator").locator(f'[data-item="{id}"]')


def sees(reader: Reader, name: str, items: dict[str, str]) -> None:
    """Wait until the calculator shows what Python makes of these items."""
    result = casebook.score(name, items)
    shown = reader.widget("calculator").locator(f'[data-score="{name}"]')
    expect(shown).to_have_attribute("data-low", str(result.low))
    expect(shown).to_have_attribute("data-high", str(result.high))
    expect(shown).to_have_attribute("data-status", result.status)
    bands = next(entry["bands"] for entry in bundle()["scores"] if entry["id"] == name)
    for band in bands:
        if band["id"] in result.bands:
            expect(shown.locator(".cb-score-line")).to_contain_text(band["label"])


def test_an_empty_calculator_shows_the_whole_range_which_narrows_with_each_item_to_a_total(name, reader):
    chosen = {}
    sees(reader, name, chosen)
    for id, options in ITEMS[name].items():
        chosen[id] = options[-1]["id"]
        choose(item(reader, id), chosen[id])
        sees(reader, name, chosen)
    assert casebook.score(name, chosen).status == "complete"


def test_an_item_can_be_taken_back_and_all_can_be_cleared(name, reader):
    chosen = {id: options[0]["id"] for id, options in ITEMS[name].items()}
    for id, option in chosen.items():
        choose(item(reader, id), option)
    sees(reader, name, chosen)
    first = next(iter(chosen))
    choose(item(reader, first), None)
    sees(reader, name, {**chosen, first: None})
    reader.widget("calculator").get_by_role("button", name="Clear all").click()
    sees(reader, name, {})


def test_each_calculator_opened_from_disk_is_live(disk):
    for name in SCORES:
        disk.open(f"book/scores/{name}")
        sees(disk, name, {})
        id, options = next(iter(ITEMS[name].items()))
        choose(item(disk, id), options[-1]["id"])
        sees(disk, name, {id: options[-1]["id"]})


def test_a_calculator_works_by_keyboard_alone(online):
    online.open("book/scores/sins")
    for id in ITEMS["sins"]:
        online.tab_to(item(online, id))
        online.page.keyboard.press("ArrowRight")  # from *not assessed*, the last, on to the first
    sees(online, "sins", {id: options[0]["id"] for id, options in ITEMS["sins"].items()})


# The disability index


@pytest.fixture(scope="module")
def page_of_index(beside: Reader) -> None:
    beside.open("book/instruments/odi")


@pytest.fixture
def index(page_of_index: None, reader: Reader) -> Locator:
    """The disability index, its page open before the reader."""
    return reader.widget("disability")


def answer(index: Locator, sections: list[int | None]) -> None:
    for place, value in enumerate(sections, start=1):
        choose(index.locator(f'[data-item="section_{place}"]'), value)


def sees_index(index: Locator, sections: list[int | None]) -> None:
    """Wait until the page shows what Python makes of these sections."""
    result = casebook.score("odi", {"sections": sections})
    shown = index.locator('[data-score="odi"]')
    for end, expected in (("low", result.low), ("high", result.high), ("status", result.status)):
        expect(shown).to_have_attribute(f"data-{end}", str(expected))
    answered = sum(value is not None for value in sections)
    expect(shown).to_contain_text(f"{answered} of 10 sections answered")


def test_the_disability_index_starts_unknown_and_comes_to_a_total(index):
    sees_index(index, [None] * 10)
    answer(index, [3] * 10)
    sees_index(index, [3] * 10)


def test_an_answer_of_the_disability_index_can_be_taken_back_and_all_can_be_cleared(index):
    answer(index, [5, 0, 5, 0, 5])
    sees_index(index, [5, 0, 5, 0, 5] + [None] * 5)
    answer(index, [None])
    sees_index(index, [None, 0, 5, 0, 5] + [None] * 5)
    index.get_by_role("button", name="Clear all").click()
    sees_index(index, [None] * 10)


def test_the_disability_index_works_by_keyboard_alone(online):
    online.open("book/instruments/odi")
    index = online.widget("disability")
    for place in range(1, 11):
        online.tab_to(index.locator(f'[data-item="section_{place}"]'))
        online.page.keyboard.press("2")
    sees_index(index, [2] * 10)
