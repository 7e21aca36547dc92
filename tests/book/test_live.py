"""The table of evidence and the disability index in a browser, opened from disk, with no other host."""

from __future__ import annotations

from pathlib import Path

import pytest
from chromium import launched

import casebook
from casebook.library import knowledge

HTML = Path(__file__).parents[2] / "_build" / "html" / "book"


@pytest.fixture(scope="module")
def page():
    if not HTML.is_dir():
        pytest.fail("the book is not built: make build")
    with launched() as browser:
        yield browser.new_page()


@pytest.fixture
def table(page):
    page.goto((HTML / "evidence-table.html").as_uri())
    page.wait_for_selector(".cb-filter")
    return page


@pytest.fixture(scope="module")
def index(page):
    def reading(sections):
        page.goto((HTML / "instruments" / "odi.html").as_uri())
        for place, value in enumerate(sections):
            page.locator(f'[data-item="section_{place + 1}"] select').select_option("" if value is None else str(value))
        shown = page.locator('[data-score="odi"]')
        return [shown.get_attribute(f"data-{name}") for name in ("status", "low", "high")], shown.inner_text()

    return reading


def rows(page):
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
    (status, low, high), text = index(sections)
    assert status == expected.status
    assert (float(low), float(high)) == pytest.approx((expected.low, expected.high))
    labels = {band.id: band.label for band in knowledge().instruments["odi"].bands}
    assert all(labels[band] in text for band in expected.bands)
    assert sum(label in text for label in labels.values()) == len(expected.bands)
