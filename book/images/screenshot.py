"""Take the picture in the README from the built book: one live case, one finding changed.

Run by ``make screenshot``, which builds the book and finds a browser first.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "_build/html/cases/melanoma-cauda-equina.html"
PICTURE = Path(__file__).with_name("live-case.png")
WINDOW = {"width": 1400, "height": 900}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def take(browser_path: str | None) -> None:
    """Open the first case, change the pain, and photograph the explorer."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=QUIET)
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(PAGE.as_uri())
        page.wait_for_selector("[data-live] [data-finding]")
        explorer = page.locator('[data-casebook-widget="explorer"]').first
        pain = explorer.locator('[data-finding="pain"]').first
        pain.locator('input[value="mechanical"]').check()
        explorer.evaluate("element => element.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(300)  # the theme's header slides away after a scroll
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    if not PAGE.exists():
        sys.exit(f"{PAGE.relative_to(ROOT)} is missing: build the book first (make build).")
    take(os.environ.get("CHROMIUM"))
    print(PICTURE.relative_to(ROOT))
