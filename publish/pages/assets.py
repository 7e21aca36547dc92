"""The shared files of the pages: copied once beside them, and loaded only by the pages that need them."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from casebook.export.browser import bundle
from casebook.messages import message

FOLDER = "casebook"
ROOM = ("room.js", "room.css", "console.js", "console.css")
"""Files that only a teaching room loads."""
COPIED = (
    "page.js",
    "details.js",
    "present.js",
    "evidence.js",
    "learn.js",
    "read.js",
    "score.js",
    "search.js",
    "found.js",
    "casebook.css",
    "present.css",
    "prose.css",
    "wide.css",
    "learn.css",
    "search.css",
    *ROOM,
)
KNOWLEDGE = "knowledge.js"
ARGUMENTS = "arguments.js"
"""The conditions of rules, which a page fetches when a reader goes into the explorer."""
PROSE = "prose.js"
"""The long texts, which a page loads then, too."""
LONG_TEXTS = {
    "findings": ("help", "definition", "aliases", "option_help", "source"),
    "actions": ("use", "misuse"),
    "rules": ("text", "reading", "note", "tier"),
    "conflicts": ("positions", "resolution", "authority"),
    "tensions": ("sides", "tie"),
    "principles": ("text",),
}
LIVE = 'class="casebook-widget'
CALCULATOR = 'data-casebook-widget="calculator"'
FILTERED = "casebook-evidence"
LEARNING = 'class="casebook-learning'
READ = 'class="casebook-read"'
WIDE = ('data-casebook-widget="explorer"', FILTERED)
"""Marks of pages that use the space in which the theme places an outline."""


def split_knowledge(knowledge: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return the knowledge without what is loaded later, the conditions of rules, and the long texts by part and id."""
    short = dict(knowledge)
    conditions = short.pop("conditions")
    long: dict[str, Any] = {}
    for part, keys in LONG_TEXTS.items():
        short[part] = [{key: value for key, value in entry.items() if key not in keys} for entry in knowledge[part]]
        long[part] = {entry["id"]: {key: entry[key] for key in keys if key in entry} for entry in knowledge[part]}
    # A change of findings cites the sources of rules, without the places in them.
    for rule, texts in zip(short["rules"], long["rules"].values(), strict=True):
        texts["locators"] = [locator for _, locator in rule["source"]]
        rule["source"] = [[key] for key, _ in rule["source"]]
    return short, conditions, long


def script(name: str, value: dict[str, Any]) -> str:
    """Return a value as a classic script, which runs over http and from disk.

    The script contains the value as JSON text, which a browser parses in half the time of an object literal.
    """
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = data.replace("\\", "\\\\").replace("'", "\\'")
    return f"window.casebook = window.casebook || {{}};\nwindow.casebook.{name} = JSON.parse('{text}');\n"


def versioned(address: str, content: bytes) -> str:
    """Return the address of a file with a checksum of its content, so that no browser uses an outdated copy."""
    return f"{address}?v={crc32(content):08x}"


def write(app: Sphinx) -> None:
    """Copy the bundles and write the knowledge, before any page needs their checksums.

    Raises
    ------
    ExtensionError
        If a bundle has not been built.
    """
    if app.builder.format != "html":
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source = Path(str(files("widgets") / "static" / name))
        if not source.exists():
            raise ExtensionError(message("build-no-bundle", file=str(source)))
        shutil.copyfile(source, target / name)
    for name, value in zip((KNOWLEDGE, ARGUMENTS, PROSE), split_knowledge(bundle()), strict=True):
        (target / name).write_text(script(name.removesuffix(".js"), value), encoding="utf-8")


def name_in_page(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Load the shared files that a page needs, depending on the widgets and tables in it.

    Sphinx prefixes every name with ``_static/``, from which Jupyter Book loads all files in every page; ``../`` leads
    out of that folder.
    """
    body = context.get("body", "")
    first = (KNOWLEDGE, "page.js") if LIVE in body else ()
    scripts = [
        *(("evidence.js",) if FILTERED in body else ()),
        *(("learn.js",) if LEARNING in body else ()),
        # After page.js, whose widget it reads.
        *(("score.js",) if CALCULATOR in body else ()),
    ]
    styles = [
        f"{'casebook' if first or scripts else 'prose'}.css",
        *(("wide.css",) if any(mark in body for mark in WIDE) else ()),
        *(("learn.css",) if LEARNING in body else ()),
    ]
    if READ in body:
        scripts.append("read.js")
    for name in styles:
        app.add_css_file(f"../{FOLDER}/{name}", priority=800)
    # Before the theme's own: deferred scripts run in document order, and the theme's icons alone are several times as
    # large as all of these files.
    context["metatags"] = context.get("metatags", "") + "".join(_named(app, context, name) for name in first)
    for name in scripts:
        app.add_js_file(f"../{FOLDER}/{name}", loading_method="defer", priority=800)


def _named(app: Sphinx, context: dict[str, Any], name: str) -> str:
    """Return the element that loads a shared file as a deferred script, by an address with its checksum."""
    content = (Path(app.outdir) / FOLDER / name).read_bytes()
    address = versioned(context["pathto"](f"{FOLDER}/{name}", resource=True), content)
    return f'<script defer="defer" src="{address}"></script>\n'


def register(app: Sphinx) -> None:
    """Connect to the start of the build and to the writing of pages."""
    app.connect("builder-inited", write)
    app.connect("html-page-context", name_in_page)
