"""The book below a path of somebody else's server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import expect
from reader import Reader
from server import Quiet, serving

BELOW = "teaching/spine/casebook"


@pytest.fixture
def below(book: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a book that lies deep in a server with nothing else on it."""
    place = tmp_path / BELOW
    place.parent.mkdir(parents=True)
    place.symlink_to(book, target_is_directory=True)
    with serving(partial(Quiet, directory=str(tmp_path))) as address:
        yield f"{address}/{BELOW}"


def test_a_case_is_live_below_a_path(below: str, readers: Callable[..., Reader]):
    reader = readers(below)
    with reader.listening() as asked:
        reader.open_case("colon-s1")
        reader.choose("pain", "mechanical")
        reader.sees_score("sins", 11)
    assert [address for address in asked if not address.startswith((below, "data:", "blob:"))] == []


def test_the_address_of_the_folder_leads_to_the_first_page(below: str, readers: Callable[..., Reader]):
    reader = readers(below)
    reader.page.goto(f"{below}/")
    expect(reader.page).to_have_url(f"{below}/book/introduction.html")
