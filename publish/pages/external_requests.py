"""Requests to other hosts: those of the theme and its extensions are removed, and every page is audited.

A script that a hospital's proxy blocks delays the page or breaks it; a script that passes tells a third party which
case is being read.
"""

from __future__ import annotations

import json
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias, cast

from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.util import logging

from casebook.messages import message

logger = logging.getLogger(__name__)

Json: TypeAlias = "str | float | bool | list[Json] | dict[str, Json] | None"

LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "audio": "src",
    "video": "src",
    "source": "src",
    "embed": "src",
    "object": "data",
    "link": "href",
}
"""Elements that make a browser load something, with the attribute that contains the address; not plain links."""

DISABLED = {"sphinx_thebe"}
"""Extensions that are loaded regardless; this one writes addresses of kernel servers into every page."""

POINTERS = {"canonical", "next", "prev", "index", "search", "author", "license", "help"}
"""Relations of a ``<link>`` that a browser does not load."""


def names_a_host(text: str) -> bool:
    """Return whether a text contains the address of another host."""
    return "://" in text or text.startswith("//")


def is_outside(asset: Any) -> bool:
    """Return whether a script or style sheet comes from another host or belongs to a disabled extension."""
    filename = str(getattr(asset, "filename", asset) or "")
    body = str(getattr(asset, "attributes", {}).get("body", ""))
    of_disabled = any(name in filename.replace("-", "_") for name in DISABLED)
    return names_a_host(filename) or names_a_host(body) or of_disabled


def disable_extensions(app: Sphinx, config: Config) -> None:
    """Disconnect extensions that Jupyter Book always loads and that only use other hosts."""
    for listeners in list(app.events.listeners.values()):
        for listener in list(listeners):
            if getattr(cast("object", listener.handler), "__module__", "").partition(".")[0] in DISABLED:
                app.disconnect(listener.id)


def remove_external_files(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Remove external scripts and style sheets from a page."""
    for files in ("script_files", "css_files"):
        context[files][:] = [asset for asset in context[files] if not is_outside(asset)]


class Requests(HTMLParser):
    """Collects the requests that a page makes to other hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element that loads something from another host."""
        attributes = dict(attrs)
        address = attributes.get(LOADED.get(tag, ""))
        if not address or not names_a_host(address):
            return
        if tag == "link" and POINTERS.issuperset((attributes.get("rel") or "").split()):
            return
        self.outside.append(f"<{tag}> {address}")


def requests_outside(page: str) -> list[str]:
    """Return the requests that the HTML of a page makes to other hosts."""
    parser = Requests()
    parser.feed(page)
    return parser.outside


def hosts_named(data: Json) -> list[str]:
    """Return the addresses of other hosts in JSON, at any depth."""
    if isinstance(data, dict):
        return [host for value in data.values() for host in hosts_named(value)]
    if isinstance(data, list):
        return [host for value in data for host in hosts_named(value)]
    return [data] if isinstance(data, str) and names_a_host(data) else []


def settings_outside(text: str) -> list[str]:
    """Return the addresses of other hosts in the settings of the editor."""
    return hosts_named(json.loads(text))


def audit(written: set[str], app: Sphinx, exception: Exception | None) -> None:
    """Warn of every request to another host in the pages of this build and in the settings of the editor."""
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    built = sorted(Path(app.builder.get_outfilename(page)) for page in written)
    editor = sorted((Path(app.outdir) / "lite").rglob("*.html"))
    settings = sorted(Path(app.outdir).rglob("jupyter-lite.json"))
    audited = [(path, requests_outside) for path in (*built, *editor)] + [(path, settings_outside) for path in settings]
    for path, outside in audited:
        for request in outside(path.read_text(encoding="utf-8")):
            page = path.relative_to(app.outdir).as_posix()
            logger.warning(
                message("build-external-request", page=page, request=request), type="casebook", subtype="outside"
            )


def register(app: Sphinx) -> None:
    """Connect to the start, to the writing of pages after every extension, and to the end of the build."""
    app.connect("config-inited", disable_extensions, priority=900)
    app.connect("html-page-context", remove_external_files, priority=900)
    written: set[str] = set()

    def note(_: Sphinx, page: str, *__: object) -> None:
        written.add(page)

    app.connect("html-page-context", note)
    app.connect("build-finished", partial(audit, written), priority=900)
