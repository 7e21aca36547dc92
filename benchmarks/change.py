"""A finding changed until it is painted, on the real page with the whole knowledge base.

Measured as the page opens, and again with the closest changes of every score and of five recommendations in view.

Changes are real input: a mouse click on a radio button, an arrow key on a list. Each is timed inside the page,
in the two stretches in which work is done for it:

- from the moment the browser received the input (the event's time stamp) until the micro-tasks that the change
  set off have run. From its first handler on this is scripting: evaluation, and drawing into the document;
- from the first callback of the next frame to the first task after it, which a message sent from inside the frame
  brings: style, layout and paint.

Their sum is the figure. The wait between them is for the tick of a 60 Hz display and not for the page, so it is not
counted; headless Chromium keeps that clock whatever it is told. Time with the wait is given for comparison. What
the compositor then does with the painted frame runs beside the page and is in neither.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import Page

from benchmarks.figure import Figure, p95, spread
from benchmarks.server import served
from benchmarks.setting import Setting

BUDGET = 16.0
COUNTERFACTUALS = 50.0
CHANGES = 500
WARM_UP = 20
SLOWED = 4
WINDOW = {"width": 1400, "height": 900}

# `shown` is what is seen of the scores and the plan. Taken right after the paint and again when it has come to rest, it
# proves that the painted frame was the finished one. What comes a frame behind on purpose is no part of it: how firm
# the result is, what to ask next, and what lies folded.
WATCH = """
(() => {
  let received, seen;
  const began = (event) => { received = event.timeStamp; seen = performance.now(); };
  addEventListener('click', began, true);
  addEventListener('keydown', began, true);
  const shown = () => JSON.stringify(
    [...document.querySelectorAll('[data-score], [data-action]')].filter((one) => one.checkVisibility())
      .map((one) => ({ ...one.dataset })));
  window.benchmark = { shown, next: () => new Promise((resolve, reject) => {
    let scripted;
    setTimeout(() => reject(new Error('the input changed nothing')), 10_000);
    addEventListener('change', () => {
      const [from, first] = [received, seen];
      requestAnimationFrame(() => {
        const frame = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          const end = performance.now();
          const [queued, scripting, painting] = [first - from, scripted - first, end - frame];
          const work = queued + scripting + painting;
          resolve({ work, queued, scripting, painting, whole: end - from, shown: shown() });
        };
        port2.postMessage(null);
      });
    }, { capture: true, once: true });
    addEventListener('change', () => {
      queueMicrotask(() => queueMicrotask(() => { scripted = performance.now(); }));
    }, { once: true });
  }) };
})();
"""

EXPECT = "() => { window.benchmark.expected = window.benchmark.next(); }"
EXPECTED = "() => window.benchmark.expected"
# A score and the first recommendations are open, so that their closest changes are worked out at each change.
OPEN = """
() => [...document.querySelectorAll('.cb-result .cb-items > summary'),
       ...[...document.querySelectorAll('.cb-result .cb-entry > summary')].slice(0, 5)].forEach((one) => one.click())
"""
SHOWN = "() => window.benchmark.shown()"
# Brought to the middle by hand: the driver's own way waits for two still frames, and 500 of those are a while.
CENTRE = """
async (input) => {
  input.scrollIntoView({ block: 'center', behavior: 'instant' });
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const { x, y, width, height } = input.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}
"""
UNFOLD = "() => document.querySelectorAll('.cb-group:not([open]) > summary').forEach((one) => one.click())"
# Every other value that each finding may have, given the others: of findings that contradict each other nothing follows.
CHANGES_POSSIBLE = """
() => {
  const rows = [...document.querySelectorAll('[data-casebook-widget="explorer"] .cb-findings [data-finding]')]
    .filter((row) => row.checkVisibility());
  const now = Object.fromEntries([...document.querySelectorAll('.cb-findings [data-finding]')].map((row) =>
    [row.dataset.finding, row.querySelector('select, input:checked').value]));
  const number = (id) => window.casebook.knowledge.findings.find((one) => one.id === id).type === 'number';
  const read = (set) => Object.fromEntries(Object.entries(set).filter(([, value]) => value !== '')
    .map(([id, value]) => [id, number(id) ? Number(value) : value]));
  const possible = (set) => {
    try {
      window.casebook.assess(read(set));
      return true;
    } catch {
      return false;
    }
  };
  return rows.map(({ dataset: { finding } }, place) => {
    const select = rows[place].querySelector('select');
    const values = [...rows[place].querySelectorAll('input, option')].map((one) => one.value);
    const at = values.indexOf(now[finding]);
    const near = select ? [values[at - 1], values[at + 1]].filter((value) => value !== undefined) : values;
    return [finding, near.filter((value) => value !== now[finding] && possible({ ...now, [finding]: value }))];
  }).filter(([, values]) => values.length);
}
"""


def measure(setting: Setting) -> Iterator[Figure]:
    """Yield the time of a change at full speed, which has the budget, and on a slowed processor."""
    with served(setting.book) as root, setting.browser() as browser:
        for factor in (1, SLOWED):
            page = browser.new_page(viewport=WINDOW)
            page.goto(root + setting.page)
            page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": factor})
            slow = "" if factor == 1 else f", {factor} times slower"
            yield from figures(changes(page), slow, None if slow else BUDGET)
            page.evaluate(OPEN)
            opened = f", what would change it open on {page.locator('.cb-closest').count()} results{slow}"
            yield from figures(changes(page), opened, None if slow else COUNTERFACTUALS)
            page.close()


def figures(times: list[dict[str, float]], how: str = "", budget: float | None = BUDGET) -> Iterator[Figure]:
    """Yield what the changes come to."""
    parts = {name: [time[name] for time in times] for name in times[0]}
    kept = {name: spread(samples) for name, samples in parts.items()}
    yield Figure(f"finding changed → painted, p95{how}", p95(parts["work"]), "ms", budget, kept)
    yield Figure(f"finding changed → painted, median{how}", median(parts["work"]), "ms")
    yield Figure(f"  scripting alone, p95{how}", p95(parts["scripting"]), "ms")
    yield Figure(f"  scripting alone, median{how}", median(parts["scripting"]), "ms")
    yield Figure(f"  with the wait for a 60 Hz tick, p95{how}", p95(parts["whole"]), "ms")


def changes(page: Page) -> list[dict[str, float]]:
    """Change one finding after another, the same each time, and return the times in milliseconds."""
    page.evaluate(WATCH)
    page.evaluate(UNFOLD)
    chance = random.Random(1)
    times = []
    for _ in range(WARM_UP + CHANGES):
        finding, values = chance.choice(page.evaluate(CHANGES_POSSIBLE))
        times.append(change(page, finding, chance.choice(values)))
    return times[WARM_UP:]


def change(page: Page, finding: str, value: str) -> dict[str, Any]:
    """Give one finding another value by mouse or by key, and return how long it took."""
    row = page.locator(f'[data-casebook-widget="explorer"] .cb-findings [data-finding="{finding}"]')
    menu = row.locator("select")
    if menu.count():
        later = menu.locator("option:checked ~ option").evaluate_all("(later) => later.map((one) => one.value)")
        menu.focus()
        page.evaluate(EXPECT)
        page.keyboard.press("ArrowDown" if value in later else "ArrowUp")
    else:
        x, y = row.locator(f'input[value="{value}"]').evaluate(CENTRE)
        page.evaluate(EXPECT)
        page.mouse.click(x, y)
    time = page.evaluate(EXPECTED)
    if time.pop("shown") != page.evaluate(SHOWN):
        raise AssertionError(f"{finding}: what was painted changed again afterwards")
    return time
