"""Pages of the built book for this machine, which hear when they are no longer the newest."""

from __future__ import annotations

import asyncio
import json
from html import escape
from pathlib import Path

from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler, StaticFileHandler

SCRIPT = Path(__file__).with_name("preview.js")
TAG = '<script src="/_preview/preview.js" data-page="{page}" data-stamp="{stamp}" defer></script>'

MISSING = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8" /><title>No such page</title></head>
<body><main><h1>No such page</h1><p>The book has no page of this address yet.</p></main>{tag}</body></html>
"""


class State:
    """What the open pages hear of: faults of the last edits, and pages that were written anew."""

    def __init__(self, html: Path) -> None:
        self.html = html
        self.faults: list[str] = []
        self.listeners: set[Events] = set()

    def stamp(self, page: str) -> str:
        """Return what tells one writing of a page from the next."""
        try:
            return str((self.html / page).stat().st_mtime_ns)
        except OSError:
            return ""

    def tell(self) -> None:
        """Tell every open page."""
        for listener in self.listeners:
            listener.wake.set()


class _Fresh(StaticFileHandler):
    def compute_etag(self) -> None:
        """Give none: an editor's page is never an old one."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")


class Page(_Fresh):
    """A page, with the script that listens."""

    @property
    def state(self) -> State:
        """What the open pages hear of."""
        return self.settings["state"]

    async def get(self, path: str, include_body: bool = True) -> None:
        """Give the page as it is on the disk now."""
        self.path = self.parse_url_path(path)
        self.absolute_path = self.validate_absolute_path(self.root, self.get_absolute_path(self.root, self.path))
        if self.absolute_path is None:
            return
        file = Path(self.absolute_path)
        page = file.relative_to(self.root).as_posix()
        stamp = self.state.stamp(page)
        text = file.read_text(encoding="utf-8")
        body, end, rest = text.rpartition("</body>")
        self.set_extra_headers(path)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(f"{body}{TAG.format(page=escape(page), stamp=stamp)}{end}{rest}")

    def write_error(self, status_code: int, **_: object) -> None:
        """Give a page that says so, and is replaced as soon as there is one."""
        self.finish(MISSING.format(tag=TAG.format(page=escape(self.request.path.lstrip("/")), stamp="")))


class Events(RequestHandler):
    """What one open page is told, for as long as it is open (server-sent events)."""

    def initialize(self, state: State) -> None:
        """Keep the state."""
        self.state = state
        self.wake = asyncio.Event()

    async def get(self) -> None:
        """Tell the present state now and after each change."""
        page, stamp = self.get_query_argument("page"), self.get_query_argument("stamp")
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        self.state.listeners.add(self)
        try:
            while True:
                newer = self.state.stamp(page) != stamp
                self.write(f"data: {json.dumps({'newer': newer, 'faults': self.state.faults})}\n\n")
                await self.flush()
                await self.wake.wait()
                self.wake.clear()
        except StreamClosedError:
            return
        finally:
            self.state.listeners.discard(self)

    def on_connection_close(self) -> None:
        """Let go of a page that was closed."""
        self.state.listeners.discard(self)
        self.wake.set()


class Script(RequestHandler):
    """The script that listens."""

    def get(self) -> None:
        """Give the script."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(SCRIPT.read_bytes())


def application(state: State) -> Application:
    """Return the web application."""
    return Application(
        [
            ("/_preview/preview.js", Script),
            ("/_preview/events", Events, {"state": state}),
            (r"/(|.*/|.*\.html)", Page, {"path": str(state.html), "default_filename": "index.html"}),
            ("/(.*)", _Fresh, {"path": str(state.html)}),
        ],
        state=state,
        log_function=_log_nothing,
    )


def _log_nothing(handler: RequestHandler) -> None:
    """Leave the terminal to what is said of the book."""
