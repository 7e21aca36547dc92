"""Navigation to live: our page, the same page without widgets, and with the stock widget manager.

Every visit is cold: a new browser context, no cache, the book on 127.0.0.1. Live is the first paint after which a
control of the explorer takes input and `window.casebook.assess` answers. The three pages are compared at a mark that
all of them have, finished: the first paint after which every script of the page has run (DOMContentLoaded) and, where
the page has a widget, a control takes input. The visits alternate, so that whatever else the machine does falls on
all three alike.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser

from benchmarks.figure import Figure, p95, spread
from benchmarks.pages import stock_files, with_stock_manager, without_widgets
from benchmarks.server import served
from benchmarks.setting import Setting

BUDGET = 1000.0
RATIO = 1.25
VISITS = 15
WINDOW = {"width": 1400, "height": 900}
PATIENCE = 30_000

CONTROL = "document.querySelector('[data-finding] :is(input, select):enabled')"
LIVE = {
    "ours": f"{CONTROL} && window.casebook?.assess",
    "without": "true",
    "stock": CONTROL,
}

# Asked once a frame, before the page's own scripts are there; a message sent in a frame arrives after it was painted.
# `text` is when there was something to read.
WATCH = """
window.benchmark = new Promise((resolve, reject) => {
  const times = {};
  const isLive = () => %s;
  const isLoaded = () => performance.getEntriesByType('navigation')[0]?.domContentLoadedEventEnd > 0;
  const painted = (then) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => then(performance.now());
    port2.postMessage(null);
  };
  const finished = (now) => {
    times.finished = now;
    setTimeout(() => {
      times.text = performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
      resolve(times);
    }, 100);
  };
  let live = false;
  const watch = () => {
    if (!live && isLive()) {
      live = true;
      painted((now) => { times.live = now; });
    }
    if (live && isLoaded()) painted(finished);
    else requestAnimationFrame(watch);
  };
  requestAnimationFrame(watch);
  setTimeout(() => reject(new Error('not live after %d ms')), %d);
});
"""

Times = dict[str, float]


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield the time to live of the three pages, and how they compare."""
    page = (setting.book / setting.page).read_text(encoding="utf-8")
    files = stock_files(setting)
    addresses = {"ours": setting.page, "without": "cases/without.html", "stock": "cases/stock.html"}
    extra = files | {
        addresses["without"]: without_widgets(page).encode(),
        addresses["stock"]: with_stock_manager(page).encode(),
    }
    visits: dict[str, list[Times]] = {name: [] for name in addresses}
    with served(setting.book, extra) as root, setting.browser() as browser:
        for turn in range(VISITS + 1):
            for name, address in addresses.items():
                times = visit(browser, root + address, LIVE[name])
                if turn:  # the first turn warms the server and the disk
                    visits[name].append(times)
    yield from figures(visits, sum(len(gzip.compress(data, 9)) for data in files.values()))


def figures(visits: dict[str, list[Times]], stock_bytes: int) -> Iterator[Figure]:
    """Yield what the visits come to."""
    live = [times["live"] for times in visits["ours"]]
    finished = {name: [times["finished"] for times in each] for name, each in visits.items()}
    kept = {name: {"visits": each, **spread(finished[name])} for name, each in visits.items()}
    yield Figure("navigation to live, median", median(live), "ms", BUDGET, spread(live))
    yield Figure("navigation to live, p95", p95(live), "ms", BUDGET)
    for name, words in {
        "ours": "page finished, live",
        "without": "page finished, without widgets",
        "stock": "page finished, with the stock manager",
    }.items():
        yield Figure(f"{words}, median", median(finished[name]), "ms", None, kept[name])
        yield Figure(f"{words}, p95", p95(finished[name]), "ms")
    ratio = median(finished["ours"]) / median(finished["without"])
    yield Figure("page finished, live against without widgets", ratio, "×", RATIO)
    yield Figure("the stock manager's scripts, gzip -9", stock_bytes, "bytes")


def visit(browser: Browser, address: str, live: str) -> Times:
    """Open a page as a new reader does and return its times in milliseconds from navigation."""
    context = browser.new_context(viewport=WINDOW)
    try:
        page = context.new_page()
        context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.add_init_script(WATCH % (live, PATIENCE, PATIENCE))
        page.goto(address, wait_until="commit")
        return page.evaluate("window.benchmark")
    finally:
        context.close()
