"""The editor in the browser: from following the link on a case page to Python, the first cell, the last; and its bytes.

Every visit is cold: a new browser context, the book on 127.0.0.1. Bytes are those of the files that were asked for, as
they lie on disk; a server that compresses sends fewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser

from benchmarks.figure import Figure, spread
from benchmarks.server import served
from benchmarks.setting import CASE, Setting

VISITS = 3
PATIENCE = 180_000

# Asked once a frame of the outer page. A cell that runs has an asterisk for its number.
WATCH = """() => new Promise((resolve, reject) => {
  const times = {};
  let waits = false;
  const watch = () => {
    const told = document.querySelector('[role=status]').textContent;
    const first = document.querySelector('iframe')?.contentDocument?.querySelector('.jp-CodeCell .jp-InputPrompt');
    if (told.startsWith('Running')) {
      times.python ??= performance.now();
      waits ||= first?.textContent.includes('*');
      if (waits && !first?.textContent.includes('*')) times.first ??= performance.now();
    }
    if (told.startsWith('Ready')) resolve({ ...times, all: performance.now() });
    else if (told.includes('did not start')) reject(new Error(told));
    else requestAnimationFrame(watch);
  };
  watch();
})"""


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield how long a reader waits, and how much is loaded."""
    if not (setting.book / "lite" / "shipped.json").exists():
        raise SystemExit(f"{setting.book / 'lite'} is missing: build the editor first (make lite)")
    visits, sizes = [], []
    with served(setting.book) as root, setting.browser() as browser:
        for _ in range(VISITS):
            times, asked = visit(browser, f"{root}lite/index.html?case={CASE}")
            visits.append(times)
            sizes.append(sum(size(setting.book, address.removeprefix(root)) for address in asked))
    for name, words in {
        "python": "Python has started",
        "first": "first cell has run",
        "all": "all cells have run",
    }.items():
        samples = [times[name] for times in visits]
        yield Figure(f"editor in the browser: {words}, median", median(samples), "ms", None, spread(samples))
    yield Figure("editor in the browser: loaded by a first visit", max(sizes), "bytes")


def visit(browser: Browser, address: str) -> tuple[dict[str, float], set[str]]:
    """Open the editor as a new reader does; return its times in milliseconds, and what was asked for."""
    asked: set[str] = set()
    context = browser.new_context()
    try:
        context.on("request", lambda request: asked.add(request.url))
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address, wait_until="commit")
        page.wait_for_selector("[role=status]", state="attached")
        return page.evaluate(WATCH), asked
    finally:
        context.close()


def size(book: Path, address: str) -> int:
    """Return the bytes of a file of the book; none if the address is not one."""
    path = book / unquote(urlsplit(address).path)
    return path.stat().st_size if path.is_file() else 0
