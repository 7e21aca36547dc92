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


@pytest.fixture
def reader_of_sins(online: Reader) -> Reader:
    """The page of SINS, opened anew."""
    online.open("book/scores/sins")
    return online


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


# A note and a link


NOTED = {
    "location": "junctional",
    "pain": "occasional",
    "bone_lesion": "lytic",
    "alignment": "normal",
    "collapse": "under_50",
    "posterolateral": "unilateral",
}


def fragment(items: dict[str, str]) -> str:
    """The address of chosen items of SINS."""
    return "#sins?" + "&".join(f"{id}={option}" for id, option in items.items())


def chosen(reader: Reader) -> dict[str, str]:
    """The items that the calculator of the page shows as chosen."""
    boxes = reader.widget("calculator").locator("input:checked:not([value=''])")
    return dict(boxes.evaluate_all("(all) => all.map((one) => [one.closest('[data-item]').dataset.item, one.value])"))


def test_the_chosen_items_are_in_the_address_and_a_reload_keeps_them(reader_of_sins):
    for id, option in list(NOTED.items())[:3]:
        choose(item(reader_of_sins, id), option)
    expected = dict(list(NOTED.items())[:3])
    reader_of_sins.until("(fragment) => location.hash === fragment", fragment(expected))
    reader_of_sins.page.reload()
    reader_of_sins.live()
    sees(reader_of_sins, "sins", expected)
    assert chosen(reader_of_sins) == expected
    reader_of_sins.page.get_by_role("button", name="Clear all").click()
    reader_of_sins.until("() => location.hash === ''")


def test_a_link_opens_its_items_and_what_cannot_be_read_is_said(reader_of_sins):
    reader_of_sins.go_on_to("#sins?pain=mechanical&colour=red&alignment=%3Cb%3E")
    sees(reader_of_sins, "sins", {"pain": "mechanical"})
    said = reader_of_sins.page.locator(".cb-errors")
    expect(said).to_contain_text("Part of the link could not be read")
    expect(said).to_contain_text("sins has no item 'colour'")
    expect(said).to_contain_text("'<b>' is not an option")
    reader_of_sins.go_on_to("#tomita?growth=rapid")
    expect(said).to_have_count(0)
    sees(reader_of_sins, "sins", {"pain": "mechanical"})


def test_a_total_is_copied_as_text_for_a_note(reader_of_sins):
    reader_of_sins.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader_of_sins.open("book/scores/sins", fragment(NOTED))
    reader_of_sins.page.get_by_role("button", name="Copy as text").click()
    text = (
        "SINS 9 (location 3, pain 1, bone lesion 2, alignment 0, collapse of the body 2, posterolateral elements 1), "
        "potentially unstable"
    )
    expect(reader_of_sins.page.locator(".cb-score-tools [aria-live]")).to_have_text(f"Copied: {text}")
    assert reader_of_sins.page.evaluate("navigator.clipboard.readText()") == text


def test_the_text_of_an_incomplete_score_has_its_range_and_says_what_was_not_assessed(reader_of_sins):
    partial = {id: option for id, option in NOTED.items() if id != "collapse"}
    result = casebook.score("sins", partial)
    reader_of_sins.open("book/scores/sins", fragment(partial))
    reader_of_sins.page.get_by_role("button", name="Copy as text").click()
    said = reader_of_sins.page.locator(".cb-score-tools [aria-live]")
    expect(said).to_contain_text(f"SINS {result.low}–{result.high} (")
    expect(said).to_contain_text("collapse of the body not assessed")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (375, 812), (320, 640)])
def test_the_total_stays_in_view_while_items_are_chosen(reader_of_sins, width, height):
    reader_of_sins.resize(width, height)
    for id in ITEMS["sins"]:
        control = item(reader_of_sins, id)
        control.evaluate("(one) => one.scrollIntoView({ block: 'center' })")
        reader_of_sins.settles()
        total = reader_of_sins.widget("calculator").locator(".cb-total")
        expect(total).to_be_in_viewport(ratio=1)
        above = "(one) => { const box = one.getBoundingClientRect();"
        above += " return one.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)); }"
        assert total.evaluate(above), "nothing lies over it"


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
