"""Other hosts: what the theme and its companions would load from them is taken out, and the result is audited.

A script that a hospital's proxy holds back delays the page or breaks it; a script that it lets
through tells somebody else which case is being read.
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
"""Elements that make a browser fetch something, and the attribute that says what. Plain links are not among them."""

SILENCED = {"sphinx_thebe"}
"""It writes addresses of kernel servers into every page, even where the book has it switched off."""

POINTERS = {"canonical", "next", "prev", "index", "search", "author", "license", "help"}
"""Relations of a ``<link>`` that a browser does not fetch."""


def names_a_host(text: str) -> bool:
    """Tell whether `text` is, or holds, the address of another host."""
    return "://" in text or text.startswith("//")


def is_outside(asset: Any) -> bool:
    """Tell whether a script or style sheet comes from another host, or serves only what does."""
    filename = str(getattr(asset, "filename", asset) or "")
    body = str(getattr(asset, "attributes", {}).get("body", ""))
    serves_silenced = any(name in filename.replace("-", "_") for name in SILENCED)
    return names_a_host(filename) or names_a_host(body) or serves_silenced


def silence(app: Sphinx, config: Config) -> None:
    """Disconnect extensions that Jupyter Book always loads and that only ever ask other hosts."""
    for listeners in list(app.events.listeners.values()):
        for listener in list(listeners):
            if getattr(cast("object", listener.handler), "__module__", "").partition(".")[0] in SILENCED:
                app.disconnect(listener.id)


def take_out(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Drop the outside scripts and style sheets from a page's lists."""
    for files in ("script_files", "css_files"):
        context[files][:] = [asset for asset in context[files] if not is_outside(asset)]


class Requests(HTMLParser):
    """Collects the addresses on other hosts that a page would ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that fetches from another host."""
        given = dict(attrs)
        address = given.get(LOADED.get(tag, ""))
        if not address or not names_a_host(address):
            return
        if tag == "link" and POINTERS.issuperset((given.get("rel") or "").split()):
            return
        self.outside.append(f"<{tag}> {address}")


def requests_outside(page: str) -> list[str]:
    """List what the HTML of `page` would ask of other hosts."""
    parser = Requests()
    parser.feed(page)
    return parser.outside


def hosts_named(data: Json) -> list[str]:
    """List the addresses of other hosts among the values of some JSON, however deep."""
    if isinstance(data, dict):
        return [host for value in data.values() for host in hosts_named(value)]
    if isinstance(data, list):
        return [host for value in data for host in hosts_named(value)]
    return [data] if isinstance(data, str) and names_a_host(data) else []


def settings_outside(text: str) -> list[str]:
    """List the addresses of other hosts that settings of the editor name."""
    return hosts_named(json.loads(text))


def audit(written: set[str], app: Sphinx, exception: Exception | None) -> None:
    """Warn of every page written in this build, and of every setting of the editor, that would ask another host."""
    if exception or not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    built = sorted(Path(app.builder.get_outfilename(page)) for page in written)
    editor = sorted((Path(app.outdir) / "lite").rglob("*.html"))
    settings = sorted(Path(app.outdir).rglob("jupyter-lite.json"))
    audited = [(path, requests_outside) for path in (*built, *editor)] + [(path, settings_outside) for path in settings]
    for path, outside in audited:
        for request in outside(path.read_text(encoding="utf-8")):
            logger.warning(
                "%s would ask another host: %s. Serve the file with the book instead.",
                path.relative_to(app.outdir),
                request,
                type="casebook",
                subtype="outside",
            )


def register(app: Sphinx) -> None:
    """Connect to the start, to the writing of pages after every extension, and to the end of the build."""
    app.connect("config-inited", silence, priority=900)
    app.connect("html-page-context", take_out, priority=900)
    written: set[str] = set()

    def note(_: Sphinx, page: str, *__: object) -> None:
        written.add(page)

    app.connect("html-page-context", note)
    app.connect("build-finished", partial(audit, written), priority=900)
