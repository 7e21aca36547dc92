"""Where the measurements are taken: the built book, the checkout, a browser, a cache."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CASE = "melanoma-cauda-equina"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)


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

    @cached_property
    def chromium(self) -> str:
        """The browser that the tests use too."""
        found = subprocess.run(
            [sys.executable, ROOT / "tests/browser/install.py"], capture_output=True, text=True, check=False
        )
        if found.returncode:
            raise SystemExit(found.stderr)
        return found.stdout.splitlines()[-1]

    @contextmanager
    def browser(self, *flags: str) -> Iterator[Browser]:
        """Run a browser that can reach only this machine."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=self.chromium, args=[*FLAGS, *flags])
            try:
                yield browser
            finally:
                browser.close()
