"""A case before a room: its beats, and the stage as its presenter and the room meet it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import NamedTuple

import zxingcpp
from PIL import Image
from playwright.sync_api import CDPSession, Locator, expect
from reader import Reader, one_line

from casebook.cases.case import Case
from casebook.models.presentation import Step

COLON = "colon-s1"


class Beat(NamedTuple):
    """What one key goes on to."""

    step: Step
    answered: bool


def beats(case: Case) -> list[Beat]:
    """What a presentation of the case consists of: some steps ask before they answer."""
    asking = ("reading", "scores", "what_if")
    return [
        Beat(step, answered) for step in case.steps for answered in ((False, True) if step.show in asking else (True,))
    ]


class Shown(NamedTuple):
    """What a room sees at a beat.

    Attributes
    ----------
    heading : str
    totals, provenance, constructed : bool
        Whether any total, any mark of where a finding is from, and the words on a constructed patient are seen.
    covers : bool
        Whether nothing of the page shows beside or through the stage.
    """

    heading: str
    totals: bool
    provenance: bool
    constructed: bool
    covers: bool


SHOWN = """(stage) => {
  const solid = !/, 0(\\.\\d+)?\\)$|transparent/.test(getComputedStyle(stage).backgroundColor);
  const places = [0, 0.25, 0.5, 0.75, 0.999];
  return {
    heading: stage.querySelector('h1').textContent,
    totals: !!stage.querySelector('[data-score]'),
    provenance: !!stage.querySelector('[data-provenance]'),
    constructed: stage.innerText.includes('no such patient was published'),
    covers: solid && places.every((x) => places.every((y) =>
      stage.contains(document.elementFromPoint(x * innerWidth, y * innerHeight)))),
  };
}"""


FILLS = "(fills) => fills ? document.fullscreenElement?.matches('.cb-stage') : !document.fullscreenElement"


class Stage:
    """The stage over a case page, as its presenter and the room meet it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.page = reader.page
        self.root = self.page.locator(".cb-stage")
        self.heading = self.root.get_by_role("heading", level=1)

    @property
    def present(self) -> Locator:
        """The button that puts the stage over the page."""
        return self.page.get_by_role("button", name="Present", exact=True)

    def begin(self) -> Stage:
        self.present.press("Enter")
        self.reader.awaits(".cb-stage h1:focus")
        return self

    def press(self, *keys: str) -> Stage:
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def fills_the_screen(self, fills: bool) -> None:
        """Wait until it fills the screen, or nothing does."""
        self.reader.until(FILLS, fills)

    def in_a_window(self) -> Stage:
        """Leave the full screen, which has only one size."""
        self.fills_the_screen(True)
        self.press("f")
        self.fills_the_screen(False)
        return self

    def go_to(self, case: Case, wanted: Callable[[Beat], bool]) -> int:
        """Press the key of a clicker until a beat of the case is on the stage; give its place."""
        place = next(place for place, beat in enumerate(beats(case)) if wanted(beat))
        self.press("Home", *["PageDown"] * place)
        return place

    @cached_property
    def tools(self) -> CDPSession:
        """The tools of the browser's developers on this page."""
        return self.page.context.new_cdp_session(self.page)

    def heard(self) -> str:
        """All that the accessibility tree of the whole page says."""
        nodes = self.tools.send("Accessibility.getFullAXTree")["nodes"]
        return one_line(" ".join(str(node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]))

    def alone(self) -> None:
        """Take away what is inert behind it: axe would read all of that, to find nothing."""
        self.page.evaluate("() => document.querySelectorAll('body > [inert]').forEach((one) => one.remove())")

    def shows(self) -> Shown:
        """What is to be seen at the beat on which it is."""
        return Shown(**self.root.evaluate(SHOWN))

    def finding(self, id: str) -> Locator:
        return self.root.locator(f'.cb-finding[data-finding="{id}"]')

    def code(self) -> str:
        """What a phone reads off the screen."""
        return decoded(self.root.get_by_role("img", name="QR code of the link"))


def decoded(code: Locator) -> str:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(code.screenshot())))
    return found.text


@contextmanager
def as_opened(stage: Stage) -> Iterator[None]:
    """A page that stays open from test to test, and is left to the next as it was opened."""
    stage.reader.begin()
    yield
    if stage.root.count():
        stage.press("Escape")
    expect(stage.root).to_have_count(0)
    stage.page.evaluate(
        "() => { dispatchEvent(new Event('afterprint')); history.replaceState(null, '', location.pathname); }"
    )
    stage.reader.resets()
    stage.reader.was_left_alone()


def findings_step(beat: Beat) -> bool:
    return beat.step.show == "findings"
