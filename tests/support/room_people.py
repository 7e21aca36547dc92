"""A teaching room as it is played: a wall, and phones that hear all the server tells them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Locator, expect
from reader import Reader, tick

from casebook.messages import message

Answer = Mapping[str, Any]

READINGS = (
    {"level": "S1", "pain": "occasional", "bone_lesion": "lytic", "alignment": "normal", "collapse": "under_50", "posterolateral": "unilateral"},
    {"level": "S1", "pain": "mechanical", "bone_lesion": "lytic", "alignment": "normal", "collapse": "unknown", "posterolateral": "none"},
    {"level": "S2", "pain": "occasional", "bone_lesion": "mixed", "alignment": "normal", "collapse": "none", "posterolateral": "unilateral"},
)  # fmt: skip
"""Three readings of one case that differ."""

LISTEN = """
const Plain = EventSource;
window.EventSource = class extends Plain {
  constructor(...given) {
    super(...given);
    this.addEventListener('state', ({ data }) => hear(data));
  }
};
const ask = window.fetch;
window.fetch = async (...given) => {
  const reply = await ask(...given);
  if (String(given[0]).startsWith('/room/')) hearReply(await reply.clone().text());
  return reply;
};
"""
"""Passes on what comes over a line that stays open; the browser's own record has only what was finished."""

LISTS = """(form) => [...form.querySelectorAll('[data-field]:has(> select)')].map((field) => field.dataset.field)"""
"""The fields whose options are a list, not radio buttons."""

AT_ONCE = """async (sheet, answer) => {
  for (const [id, options] of Object.entries(answer)) {
    const field = sheet.querySelector(`[data-field="${id}"]`);
    const lists = field.querySelectorAll('select');
    for (const [place, option] of [options].flat().entries()) {
      if (lists.length) {
        lists[place].value = option;
        lists[place].dispatchEvent(new Event('change', { bubbles: true }));
      } else field.querySelector(`input[value="${option}"]`).click();
      await new Promise((drawn) => setTimeout(drawn));
    }
  }
  sheet.querySelector('.room-commit button').click();
}"""
"""What a hand does with the controls of a question, control by control, in one call."""


COMMITTED = "(words) => document.querySelector('.room-counting p')?.textContent === words"


def elsewhere(address: str) -> str:
    """The same room by another page of the book, one that is open soon."""
    return urljoin(address, f"/book/scores/mirels.html#{urlsplit(address).fragment}")


class Someone(Reader):
    """A browser in a room."""

    def enters(self, address: str, scheme: str = "light") -> None:
        """Come to a room by its address, by day or by night."""
        self.address = address
        self.page.emulate_media(color_scheme=scheme)

    def goes(self) -> None:
        """Leave the room as one who never was in it: what the browser kept is gone."""
        self.context.set_offline(False)
        self.context.clear_cookies()
        self.page.evaluate("location.origin !== 'null' && [sessionStorage, localStorage].forEach((one) => one.clear())")
        self.page.goto("about:blank")
        for notes in (self.outside, self.errors, self.missing):
            notes.clear()


class Wall(Someone):
    """A window with the presenter's console."""

    def __init__(self, browser: Browser, address: str = "", **context: Any) -> None:
        super().__init__(browser, address, **{"viewport": {"width": 1280, "height": 720}, **context})

    def enters(self, address: str, scheme: str = "light") -> None:
        """Open the console by the address with the presenter's key."""
        super().enters(address, scheme)
        self.resize(1280, 720)
        self.page.goto(address)
        expect(self.page.locator(".room-head")).to_be_visible()

    @property
    def stage(self) -> Locator:
        """The question on the wall."""
        return self.page.locator(".room-stage")

    def button(self, name: str) -> Locator:
        """The button of that name."""
        return self.page.get_by_role("button", name=name, exact=True)

    def opens(self, what: str) -> None:
        """Open what the agenda lists, such as ``reading colon-s1``."""
        self.button(message("room-view-agenda")).press("Enter")
        wanted = self.page.locator(f'[data-opens="{what}"]')
        if what.startswith("quiz"):
            self.page.locator("details", has=wanted).locator("summary").press("Enter")
        wanted.press("Enter")
        self.awaits('.room-stage[data-phase="open"]')

    def sees_committed(self, number: int, of: int) -> None:
        """Wait until so many have committed."""
        self.until(COMMITTED, message("room-submitted-count", votes=number, phones=of))

    def closes(self) -> None:
        """Close the vote and wait for the result."""
        self.button(message("room-close-vote")).press("Enter")
        self.awaits(".room-outcome")

    def bars(self, caption: str) -> dict[str, list[int]]:
        """What the bars under a caption say: the numbers of each row, one a vote."""
        return self.all_bars()[caption]

    def all_bars(self) -> dict[str, dict[str, list[int]]]:
        """The same of every caption that is shown."""
        return self.page.locator(".room-outcome").evaluate(
            """(outcome) => Object.fromEntries([...outcome.querySelectorAll('.room-bars')].map((table) =>
              [table.caption.textContent, Object.fromEntries([...table.querySelectorAll('tbody tr')].map((row) =>
                [row.dataset.option, [...row.querySelectorAll('td')].map((cell) => Number(cell.dataset.n))]))]))"""
        )

    def totals(self) -> dict[str, list[int]]:
        """The totals of SINS that the wall shows, and how many readings reach each."""
        return self.page.locator(".room-totals").evaluate(
            """(table) => Object.fromEntries([...table.querySelectorAll('tbody tr')].map((row) =>
              [row.dataset.total, [...row.querySelectorAll('td.room-n')].map((cell) => Number(cell.textContent))]))"""
        )


class Phone(Someone):
    """A phone that came by the address on the wall.

    Attributes
    ----------
    heard : list of dict
        Every state that the server told it, in order.
    replies : list of str
        Every other answer of the room's server to a script of the page.
    """

    def __init__(self, browser: Browser, address: str = "", **context: Any) -> None:
        super().__init__(browser, address, **{"viewport": {"width": 375, "height": 720}, **context})
        self.heard: list[dict[str, Any]] = []
        self.replies: list[str] = []
        self.context.expose_function("hear", lambda data: self.heard.append(json.loads(data)))
        self.context.expose_function("hearReply", lambda text: self.replies.append(text))
        self.context.add_init_script(LISTEN)

    def enters(self, address: str, scheme: str = "light") -> None:
        """Take the address from the wall; it is not open yet."""
        super().enters(address, scheme)
        self.resize(375, 720)

    def goes(self) -> None:
        """Leave the room, and forget what was heard in it."""
        super().goes()
        self.heard.clear()
        self.replies.clear()

    def joins(self) -> None:
        """Open the address and wait until the room is there, by the name that a reader hears."""
        self.page.goto(self.address)
        self.awaits('.room[data-line="up"]')
        expect(self.page.get_by_role("region", name=message("room-label"))).to_have_attribute("data-line", "up")

    @property
    def sheet(self) -> Locator:
        """The room in the page."""
        return self.page.locator(".room")

    @property
    def commit(self) -> Locator:
        """The button that commits."""
        return self.sheet.locator(".room-commit button")

    def sees(self, phase: str) -> None:
        """Wait until the room is so far."""
        expect(self.sheet).to_have_attribute("data-phase", phase)

    def sees_the_result(self) -> None:
        """Wait until the question is closed and its bars are there."""
        expect(self.page.locator('.room[data-phase="closed"] .room-bars').first).to_be_visible()

    def chooses(self, answer: Answer) -> None:
        """Choose an option of each field; of a ranking, one a place."""
        lists = self.sheet.locator("form").evaluate(LISTS)
        for id, option in answer.items():
            field = self.sheet.locator(f'[data-field="{id}"]')
            if isinstance(option, list):
                for place, one in enumerate(option, 1):
                    field.get_by_label(message("room-rank", rank=place)).select_option(one)
            elif id in lists:
                field.locator("select").select_option(option)
            else:
                tick(field.locator(f'input[value="{option}"]'))

    def commits(self, answer: Answer, key: str = "") -> None:
        """Choose, commit by touch or by a key, and wait until the room has it."""
        self.chooses(answer)
        # The page says so at once; what the room has not got would be lost with the page.
        with self.page.expect_response(lambda reply: reply.url.endswith("/room/api/vote") and reply.ok):
            self.commit.press(key) if key else self.commit.click()
        expect(self.sheet.locator(".room-commit")).to_contain_text(message("room-vote-submitted"))

    def commits_at_once(self, answer: Answer) -> None:
        """Do the same without a hand, where that is not what is tested; the wall counts when the room has it."""
        self.page.locator('.room[data-phase="open"]').evaluate(AT_ONCE, answer)

    def shows(self, answer: Answer) -> None:
        """Wait until the controls stand as an answer has them."""
        for id, option in answer.items():
            chosen = self.sheet.locator(f'[data-field="{id}"]').locator("select, input:checked")
            expect(chosen).to_have_value(option)

    def heard_early(self) -> list[Any]:
        """What it was told of a result, a key or another's answer before the question was closed."""
        early = [state for state in self.heard if state["phase"] != "closed" and state["result"] is not None]
        secrets = ('"feedback"', '"key"', '"rounds"', '"reader"')
        replies = [reply for reply in self.replies if reply and json.loads(reply).keys() != {"round", "answer"}]
        return (
            replies
            + early
            + [
                state
                for state in self.heard
                if state["phase"] != "closed" and any(word in json.dumps(state) for word in secrets)
            ]
        )
