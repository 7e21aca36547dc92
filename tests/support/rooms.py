"""A room for the tests: a book of stubs, a presenter, and phones that speak HTTP as a browser does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
CASE, OTHER = "colon-s1", "melanoma-cauda-equina"
READING = {
    "level": "S1",
    "pain": "mechanical",
    "bone_lesion": "lytic",
    "alignment": "normal",
    "collapse": "under_50",
    "posterolateral": "unilateral",
}


def built_book(folder: Path) -> Path:
    """A book whose cases are the real ones and whose pages are stubs."""
    for name in ("cases", "book"):
        (folder / name).symlink_to(ROOT / name)
    for path in [*(ROOT / "cases").glob("*.yml"), *(ROOT / "book").rglob("*.md")]:
        page = folder / "_build/html" / path.relative_to(ROOT).with_suffix(".html")
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"the page of {path.stem}", "utf-8")
    (folder / "_build/html/index.html").write_text("the book", "utf-8")
    (folder / "secret.txt").write_text("not for the room", "utf-8")
    return folder


class Browser(httpx.Client):
    """One browser: its cookies, and the headers that a page of the book makes it send."""

    def __init__(self, base: str) -> None:
        headers = {"Origin": base, "Sec-Fetch-Site": "same-origin"}
        super().__init__(base_url=base, headers=headers, timeout=30, verify=False, trust_env=False)

    def ask(self, what: str, **body: Any) -> httpx.Response:
        # With \\u for whatever is not ASCII, so that what is no character can be sent, too.
        return self.post(f"/room/api/{what}", content=json.dumps(body), headers={"Content-Type": "application/json"})

    def does(self, what: str, **body: Any) -> Any:
        """Ask, and be granted it."""
        answer = self.ask(what, **body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def state(self) -> dict[str, Any]:
        answer = self.get("/room/api/state")
        assert answer.is_success, answer.text
        return answer.json()

    @contextmanager
    def watching(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The states that the stream gives, one after another."""
        with self.stream("GET", "/room/api/events") as answer:
            assert answer.status_code == 200
            yield (json.loads(line[6:]) for line in answer.iter_lines() if line.startswith("data: {"))


class Phone(Browser):
    """A phone that has joined."""

    def __init__(self, base: str, code: str) -> None:
        super().__init__(base)
        self.does("join", code=code)

    def votes(self, round: int, **changes: str) -> dict[str, Any]:
        """Commit to the usual reading with some findings read otherwise."""
        return self.does("vote", round=round, answer={**READING, **changes})


class Presenter(Browser):
    """A console that has been entered."""

    def __init__(self, base: str, key: str) -> None:
        super().__init__(base)
        self.does("enter", key=key)

    def opens(self, kind: str = "reading", case: str = CASE, **more: Any) -> int:
        return self.does("open", kind=kind, case=case, **more)["round"]

    def closes(self, round: int) -> dict[str, Any]:
        return self.does("close", round=round)


def until(states: Iterator[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    """The first state in which all this holds."""
    for state in states:
        if all(state[name] == value for name, value in wanted.items()):
            return state
    raise AssertionError(f"the stream ended before {wanted}")
