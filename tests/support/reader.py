"""A reader of the built book: opens a page, changes findings, reads what the page says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Request, TimeoutError, expect
from rulebook import ENTRY

import casebook
from casebook.knowledge_base import knowledge

ROOT = Path(__file__).parents[2]

CASES = sorted(path.stem for path in (ROOT / "cases").glob("*.yml"))
"""Every case of the book."""

SCORES = [id for id in knowledge().scores if id in ENTRY.scores]
"""The scores that are entered a second time: each of them has a page."""

HERE = ("http://127.0.0.1:", "file:", "data:", "blob:")

# Until the last finding is drawn, what lies below it moves.
LIVE = """() => {
  const all = [...document.querySelectorAll('[data-casebook-widget]')];
  const always = window.casebook?.knowledge?.findings.filter((one) => !one.shown_where).length;
  return document.readyState === 'complete' && all.length > 0 && all.every((one) => 'live' in one.dataset
    && (one.dataset.casebookWidget !== 'explorer'
      || one.querySelectorAll('.cb-finding[data-finding]').length >= always));
}"""

FRAMES = "pre, .cell_output > .output, .jp-RenderedHTMLCommon, .pst-scrollable-table-container"
STOPS = f"""() => [...document.querySelectorAll('{FRAMES}')].every((frame) => frame.tabIndex === 0
  || (frame.scrollWidth <= frame.clientWidth && frame.scrollHeight <= frame.clientHeight))"""

# Turns are counted, not seconds: a test may have set the clock of the page.
UNTIL = """async (given) => {
  const holds = %s;
  for (let turn = 0; turn < 1_500; turn += 1) {
    if (holds(given)) return true;
    await new Promise((again) => setTimeout(again, 10));
  }
  return false;
}"""

UNFOLDS = "(row) => row.closest('details.cb-group:not([open])')?.querySelector('summary').click()"

FORGET = """() => {
  sessionStorage.clear();
  for (const key of Object.keys(localStorage)) if (key.startsWith('casebook:state:')) localStorage.removeItem(key);
}"""

# The state of a case is written a moment after the paint.
FORGOTTEN = """() => !location.hash.includes('?')
  && !Object.keys(localStorage).some((key) => key.startsWith('casebook:state:'))"""

HOOKS = """(root) => ({
  scores: Object.fromEntries([...root.querySelectorAll('[data-score]')].map(
    ({dataset: d}) => [d.score, [d.status, d.low ?? null, d.high ?? null]])),
  plan: Object.fromEntries([...root.querySelectorAll('[data-action]')].map(
    ({dataset: d}) => [d.action, [d.stance, d.status]])),
  count: root.querySelectorAll('[data-action]').length,
})"""


class Reader:
    """One page of a browser and what happened in it.

    Attributes
    ----------
    screen : dict of str to int
        Width and height of the screen with which it begins.
    outside : list of str
        Addresses of other hosts that the page asked for; in this browser none of them answers.
    errors : list of str
        What the page reported as an error.
    missing : list of str
        Addresses that were not answered, or with an error.
    """

    def __init__(self, browser: Browser, address: str, **context: Any) -> None:
        self.address = address
        settings = {"viewport": {"width": 1400, "height": 900}, **context}
        self.screen: dict[str, int] = settings["viewport"]
        self.context = browser.new_context(**settings)
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.missing: list[str] = []
        self.context.set_default_timeout(15_000)
        # What is answered is heard only where a test listens: it would take its time on every page.
        self.context.on("requestfailed", self._note_failure)
        self.context.on("console", self._note_message)
        self.context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page = self.context.new_page()

    def _note_failure(self, request: Request) -> None:
        self.missing.append(request.url)
        if not request.url.startswith(HERE):
            self.outside.append(request.url)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location['url']})")
            if message.text.startswith("Failed to load resource"):
                self.missing.append(message.location["url"])

    def begin(self) -> None:
        """Forget what the test before left."""
        if self.page.url != "about:blank":
            self.page.evaluate(FORGET)
        self.resize(**self.screen)
        for notes in (self.outside, self.errors, self.missing):
            notes.clear()

    def forget(self) -> None:
        """Be a reader who was never here, by day."""
        self.begin()
        if self.page.url != "about:blank":
            self.page.evaluate("localStorage.clear()")
        self.page.emulate_media(media="null", color_scheme="light")
        self.page.unroute_all()
        self.context.clear_permissions()
        for other in self.context.pages:
            if other != self.page:
                other.close()

    @contextmanager
    def listening(self) -> Iterator[list[str]]:
        """Give the list of all addresses that the page asks for until the caller is done."""
        asked: list[str] = []

        def note(request: Request) -> None:
            asked.append(request.url)

        self.context.on("request", note)
        try:
            yield asked
        finally:
            self.context.remove_listener("request", note)

    def resize(self, width: int, height: int) -> None:
        """Take another screen, unless it is this one."""
        if self.page.viewport_size != (screen := {"width": width, "height": height}):
            self.page.set_viewport_size(screen)

    def was_left_alone(self) -> None:
        """Check that no page asked another host for anything, or met an error."""
        assert not self.outside, self.outside
        assert not self.errors, self.errors

    def leave(self) -> None:
        """Close the browser window."""
        self.context.close()

    # Pages

    def open(self, page: str, fragment: str = "") -> None:
        """Open a page of the book, such as ``cases/colon-s1``, and wait until its widgets are live."""
        self.go(f"{self.address}/{page}.html{fragment}")
        self.live()

    def go(self, url: str) -> None:
        """Load an address anew; to another fragment of the same page a browser would only jump."""
        page, jumps, _ = url.partition("#")
        if jumps and self.page.url.partition("#")[0] == page:
            # A reload would load the address that the page has meanwhile written for the state it jumped to.
            self.page.goto("about:blank")
        self.page.goto(url)

    def go_on_to(self, fragment: str) -> None:
        """Follow a link to another state of the page that is open."""
        self.page.evaluate("(fragment) => { location.hash = fragment; }", fragment)

    def open_case(self, case: str, fragment: str = "") -> None:
        """Open the page of a case."""
        self.open(f"cases/{case}", fragment)

    def loaded_when_idle(self) -> None:
        """Wait until the page has loaded what it loads when it is idle, so that all it asks for later is an answer to a reader."""
        self.until("() => window.casebook.live.book.later.has('details', 'titles')")

    def until(self, holds: str, given: Any = None) -> None:
        """Wait until a function of the page, in JavaScript, says of what it is given that it is so.

        It is asked a hundred times a second: an assertion looks again only after a tenth of one, and for Playwright's
        own wait each new page first takes in all its tools, a fifth of what it takes to load.

        Raises
        ------
        TimeoutError
            If it is not so after fifteen seconds and more.
        """
        if not self.page.evaluate(UNTIL % holds, given):
            raise TimeoutError(f"The page never came to this: {holds} of {given!r}")

    def live(self) -> None:
        """Wait until every widget of the page is live, and each explorer drawn down to its last finding."""
        self.until(LIVE)

    def awaits(self, selector: str) -> None:
        """Wait until the page has it."""
        self.until("(selector) => document.querySelector(selector)", selector)

    def settles(self) -> None:
        """Wait until every frame that scrolls is a stop for the Tab key: the theme makes it one a moment late."""
        self.until(STOPS)

    def lives_by(self, scheme: str) -> None:
        """Let it be day or night, "light" or "dark", and the page know."""
        self.page.emulate_media(color_scheme=scheme)
        self.awaits(f'html[data-theme="{scheme}"]')

    def widget(self, kind: str) -> Locator:
        """The widget of a kind in the page."""
        return self.page.locator(f'[data-casebook-widget="{kind}"]')

    # The explorer

    @property
    def explorer(self) -> Locator:
        """The explorer of the page."""
        return self.widget("explorer")

    def control(self, finding: str) -> Locator:
        """The control of one finding."""
        return self.explorer.locator(f'.cb-finding[data-finding="{finding}"]')

    def choose(self, finding: str, option: object, mouse: bool = False) -> None:
        """Give a finding a value, if need be with the mouse, and unfold its group for it; None is *not assessed*."""
        self.unfolds(finding)
        choose(self.control(finding), option, mouse)

    def unfolds(self, finding: str) -> None:
        """Open the group that a finding is folded in, if it is folded."""
        self.control(finding).evaluate(UNFOLDS)

    def press(self, name: str) -> None:
        """Press a button of the explorer."""
        self.explorer.get_by_role("button", name=name).click()

    def resets(self) -> None:
        """Bring the published case back, if anything in it was changed."""
        if not self.explorer.locator(".cb-differences > summary").inner_text().endswith(": none"):
            self.press("Reset to")
            self.until(FORGOTTEN)

    def value(self, finding: str) -> str:
        """The value that the control of a finding shows; "" is *not assessed*."""
        return self.control(finding).locator("select, input:checked").input_value()

    @property
    def told(self) -> Locator:
        """The line that says what the last change did."""
        return self.explorer.locator(".cb-told")

    @property
    def first_line(self) -> Locator:
        """What the result says first of the patient: one line, or two."""
        return self.explorer.locator(".cb-sheet > [data-patient-state]")

    def score(self, id: str) -> Locator:
        """The score of that id in the explorer."""
        return self.explorer.locator(f'[data-score="{id}"]')

    def action(self, id: str) -> Locator:
        """The recommendation of that id in the explorer."""
        return self.explorer.locator(f'[data-action="{id}"]')

    def sees_score(self, id: str, low: int, high: int | None = None) -> None:
        """Wait until a score stands at a total, or at a range."""
        expect(self.score(id)).to_have_attribute("data-low", str(low))
        expect(self.score(id)).to_have_attribute("data-high", str(low if high is None else high))

    def sees_action(self, id: str, stance: str, status: str = "decided") -> None:
        """Wait until a recommendation has a stance."""
        expect(self.action(id)).to_have_attribute("data-stance", stance)
        expect(self.action(id)).to_have_attribute("data-status", status)

    def sees_what_follows_from(self, findings: Mapping[str, Any]) -> None:
        """Wait until all scores and the whole plan in the page are those that Python derives."""
        assessment = casebook.assess(findings)
        scores = {
            id: [score.status, *(None if end is None else str(end) for end in (score.low, score.high))]
            for id, score in assessment.scores.items()
        }
        plan = {entry.action: [entry.stance, entry.status] for entry in assessment.plan}
        # What lies folded comes a frame behind the rest.
        with suppress(TimeoutError):  # what differs is told below
            self.until(
                f"""([selector, scores, plan]) => {{
                  const shown = ({HOOKS})(document.querySelector(selector));
                  const ids = Object.keys(shown.plan);
                  return JSON.stringify(shown.scores) === scores && ids.length === Object.keys(plan).length
                    && ids.every((id) => String(shown.plan[id]) === String(plan[id]));
                }}""",
                ['[data-casebook-widget="explorer"]', _json(scores), plan],
            )
        shown = self.explorer.evaluate(HOOKS)
        assert _json(shown["scores"]) == _json(scores)
        assert shown["plan"] == plan
        assert shown["count"] == len(plan), "each recommendation stands once"

    # The keyboard

    def tab_to(self, target: Locator, most: int = 250, key: str = "Tab") -> None:
        """Press Tab, or Shift and Tab, until the focus is on `target` or inside it."""
        wanted = target.element_handle()
        for _ in range(most):
            self.page.keyboard.press(key)
            if wanted.evaluate("(element) => element.contains(document.activeElement)"):
                return
        raise AssertionError(f"{most} times {key} did not reach {target}")

    def focused(self) -> Locator:
        """The control that has the focus."""
        return self.page.locator(":focus")


def choose(control: Locator, option: object, mouse: bool = False) -> None:
    """Choose an option of a control, whether it is a list or a group of radio buttons."""
    value = "" if option is None else str(option)
    lists = control.locator("select")
    if lists.count():
        lists.select_option(value=value)
    else:
        (click if mouse else tick)(control.locator(f'input[value="{value}"]'))


def click(button: Locator) -> None:
    """Choose a radio button with the mouse."""
    button.check()


def tick(button: Locator) -> None:
    """Choose a radio button with the space bar, in a third of the time: a mouse waits until all stands still."""
    button.press("Space")


def one_line(text: str) -> str:
    """A text as one line, as a page shows it."""
    return " ".join(text.split())


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
