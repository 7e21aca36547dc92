"""A web server for the built book on this machine, whose pages reload when there is a newer version."""

from __future__ import annotations

import asyncio
import json
from html import escape
from pathlib import Path

from tornado.iostream import StreamClosedError
from tornado.web import Application, RequestHandler, StaticFileHandler

from casebook.messages import message

SCRIPT = Path(__file__).with_name("preview.js")
TAG = '<script src="/_preview/preview.js" data-page="{page}" data-stamp="{stamp}" data-heading="{heading}" data-hide="{hide}" defer></script>'

MISSING = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8" /><title>{title}</title></head>
<body><main><h1>{title}</h1><p>{text}</p></main>{tag}</body></html>
"""


class PreviewState:
    """The state that open pages watch: the faults of the last edits, and the versions of pages."""

    def __init__(self, html: Path) -> None:
        self.html = html
        self.faults: list[str] = []
        self.listeners: set[PageEvents] = set()

    def stamp(self, page: str) -> str:
        """Return the version of a page: the time at which it was written."""
        try:
            return str((self.html / page).stat().st_mtime_ns)
        except OSError:
            return ""

    def notify(self) -> None:
        """Notify every open page."""
        for listener in self.listeners:
            listener.changed.set()


class _UncachedFile(StaticFileHandler):
    def compute_etag(self) -> None:
        """Return no tag, so that a page is never taken from the cache."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")


class PageHandler(_UncachedFile):
    """A page with the script that watches for newer versions."""

    @property
    def state(self) -> PreviewState:
        """The state of the preview."""
        return self.settings["state"]

    async def get(self, path: str, include_body: bool = True) -> None:
        """Return the page as it is on the disk."""
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
        self.finish(f"{body}{_script(page, stamp)}{end}{rest}")

    def write_error(self, status_code: int, **_: object) -> None:
        """Return a page that explains the error, and that reloads as soon as the page exists."""
        title, text = escape(message("preview-missing-title")), escape(message("preview-missing"))
        self.finish(MISSING.format(title=title, text=text, tag=_script(self.request.path.lstrip("/"), "")))


class PageEvents(RequestHandler):
    """Server-sent events for one open page."""

    def initialize(self, state: PreviewState) -> None:
        """Keep the state."""
        self.state = state
        self.changed = asyncio.Event()

    async def get(self) -> None:
        """Send the state now and after each change."""
        page, stamp = self.get_query_argument("page"), self.get_query_argument("stamp")
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("Cache-Control", "no-store")
        self.state.listeners.add(self)
        try:
            while True:
                newer = self.state.stamp(page) != stamp
                self.write(f"data: {json.dumps({'newer': newer, 'faults': self.state.faults})}\n\n")
                await self.flush()
                await self.changed.wait()
                self.changed.clear()
        except StreamClosedError:
            return
        finally:
            self.state.listeners.discard(self)

    def on_connection_close(self) -> None:
        """Forget a page that was closed."""
        self.state.listeners.discard(self)
        self.changed.set()


class ScriptHandler(RequestHandler):
    """The script that watches for newer versions."""

    def get(self) -> None:
        """Return the script."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(SCRIPT.read_bytes())


def _script(page: str, stamp: str) -> str:
    """Return the element that loads the script in a page."""
    heading, hide = escape(message("preview-faults")), escape(message("preview-hide"))
    return TAG.format(page=escape(page), stamp=stamp, heading=heading, hide=hide)


def application(state: PreviewState) -> Application:
    """Return the web application."""
    return Application(
        [
            ("/_preview/preview.js", ScriptHandler),
            ("/_preview/events", PageEvents, {"state": state}),
            (r"/(|.*/|.*\.html)", PageHandler, {"path": str(state.html), "default_filename": "index.html"}),
            ("/(.*)", _UncachedFile, {"path": str(state.html)}),
        ],
        state=state,
        log_function=_log_nothing,
    )


def _log_nothing(handler: RequestHandler) -> None:
    """Log no requests, so that the terminal shows only messages about the book."""
