"""Take the picture in the README from the built book: one live case, one finding changed.

Run by ``make screenshot``, which builds the book and finds a browser first.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))  # the tests know how to find and start a browser

from chromium import launched  # noqa: E402

PAGE = ROOT / "_build/html/cases/melanoma-cauda-equina.html"
PICTURE = Path(__file__).with_name("live-case.png")
WINDOW = {"width": 1400, "height": 900}


def take() -> None:
    """Open the first case, change the pain, and photograph the explorer."""
    with launched() as browser:
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(PAGE.as_uri())
        page.wait_for_selector("[data-live] [data-finding]")
        explorer = page.locator('[data-casebook-widget="explorer"]').first
        pain = explorer.locator('[data-finding="pain"]').first
        pain.locator('input[value="mechanical"]').check()
        explorer.evaluate("element => element.scrollIntoView({block: 'start'})")
        page.wait_for_timeout(300)  # the theme's header slides away after a scroll
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    if not PAGE.exists():
        sys.exit(f"{PAGE.relative_to(ROOT)} is missing: build the book first (make build).")
    take()
    print(PICTURE.relative_to(ROOT))
