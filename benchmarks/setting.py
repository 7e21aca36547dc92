"""Where the measurements are taken: the built book, the checkout, a browser, a cache."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests/support"))  # the tests know how to find and start a browser

from chromium import launched  # noqa: E402

CASE = "melanoma-cauda-equina"


@dataclass(frozen=True)
class Setting:
    """What every measurement is given.

    Attributes
    ----------
    book : Path
        The built book.
    cache : Path
        A folder for what is fetched once and measured against.
    """

    book: Path
    cache: Path

    @property
    def page(self) -> str:
        """Address, inside the book, of the case page that is measured."""
        return f"cases/{CASE}.html"

    @contextmanager
    def browser(self, *flags: str) -> Iterator[Browser]:
        """Run a browser that can reach only this machine."""
        with launched(*flags) as browser:
            yield browser
