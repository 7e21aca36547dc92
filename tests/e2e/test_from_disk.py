"""The table of evidence and the disability index in a browser, opened from disk, with no other host."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page
from reader import Reader

import casebook
from casebook.knowledge_base import knowledge


@pytest.fixture(scope="module")
def desk(window: Callable[..., Reader], book: Path) -> Iterator[Reader]:
    """A reader of files, without a server."""
    reader = window("disk", book.as_uri())
    yield reader
    reader.was_left_alone()


@pytest.fixture
def table(desk: Reader) -> Page:
    """The table of evidence, with all of its rows."""
    desk.go(f"{desk.address}/book/evidence-table.html")
    desk.page.wait_for_selector(".cb-filter")
    return desk.page


@pytest.fixture(scope="module")
def index(desk: Reader) -> Page:
    """The page of the disability index, opened once: each reading answers all of its sections anew."""
    desk.go(f"{desk.address}/book/instruments/odi.html")
    desk.live()
    return desk.page


def answer(index: Page, sections: Sequence[int | None]) -> None:
    for place, value in enumerate(sections, 1):
        control = index.locator(f'[data-item="section_{place}"] select')
        control.select_option("" if value is None else str(value))


def rows(page: Page) -> int:
    return page.locator(".casebook-evidence tbody tr").count()


def test_a_search_leaves_the_rows_that_hold_the_word(table):
    total = len(knowledge().evidence)
    assert table.get_by_role("status").inner_text() == f"{total} of {total} rows"
    table.get_by_label("Search the rows").fill("plexopathy")
    table.wait_for_function("document.querySelectorAll('.casebook-evidence tbody tr').length === 2")
    assert table.get_by_role("status").inner_text() == f"2 of {total} rows"


def test_search_and_choices_narrow_together(table):
    table.get_by_label("Treatment").select_option("sacroplasty")
    alone = rows(table)
    table.get_by_label("Site").select_option("sacrum, ala")
    assert 0 < rows(table) < alone == sum(figure.treatment == "sacroplasty" for figure in knowledge().evidence)


def test_a_link_to_a_row_that_is_filtered_out_shows_it(table):
    table.get_by_label("Treatment").select_option("embolisation")
    assert table.locator("#evidence-e01").count() == 0
    table.evaluate("location.hash = 'evidence-e01'")
    table.wait_for_selector("#evidence-e01")
    assert rows(table) == len(knowledge().evidence)


@pytest.mark.parametrize(
    "sections",
    [[None] * 10, [0] * 10, [5] * 10, [3] * 9 + [None], [1, 2, 3, None, None, 5, 0, 0, 4, 1], [None] * 9 + [2]],
)
def test_the_index_of_the_page_is_that_of_python(index, sections):
    expected = casebook.score("odi", {"sections": sections})
    answer(index, sections)
    index.wait_for_function(STANDS, arg=[expected.status, expected.low, expected.high])
    text = index.locator('[data-score="odi"]').inner_text()
    labels = {band.id: band.label for band in knowledge().instruments["odi"].bands}
    assert all(labels[band] in text for band in expected.bands)
    assert sum(label in text for label in labels.values()) == len(expected.bands)


STANDS = """([status, low, high]) => {
  const shown = document.querySelector('[data-score="odi"]').dataset;
  return shown.status === status && Math.abs(shown.low - low) < 1e-6 && Math.abs(shown.high - high) < 1e-6;
}"""
