"""The shared files of the pages: copied once beside them, and loaded only by the pages that need them."""

from __future__ import annotations

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeAlias, cast
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
    "calculators.js",
    "present.js",
    "evidence.js",
    "learn.js",
    "due.js",
    "read.js",
    "score.js",
    "search.js",
    "found.js",
    "casebook.css",
    "details.css",
    "calculators.css",
    "evidence.css",
    "present.css",
    "prose.css",
    "reference.css",
    "print.css",
    "wide.css",
    "learn.css",
    "search.css",
    *ROOM,
)
KNOWLEDGE = "knowledge.js"
TITLES = "titles.js"
"""What a change of findings names, and the items of scores: loaded when a page is idle, or at once by a calculator."""
ARGUMENTS = "arguments.js"
"""The conditions of rules, which a page fetches when a reader goes into the explorer."""
PROSE = "prose.js"
"""The long texts, which a page loads then, too."""
Keys: TypeAlias = "dict[str, Keys | None]"
"""Keys of an entry, or of each entry of a list; under some of them, the keys of entries below."""
SHORT_TEXTS: Keys = {
    "rules": {"title": None},
    "conflicts": {"title": None},
    "tensions": {"title": None},
    "scores": {
        "name": None,
        "question": None,
        "source": None,
        "notes": {"source": None},
        "bands": {"text": None},
        "items": {"label": None, "agreement": None, "options": {"label": None}},
    },
    "sources": None,
    "drawing": None,
}
LONG_TEXTS: Keys = {
    "findings": {"help": None, "definition": None, "aliases": None, "option_help": None, "source": None},
    "actions": {"use": None, "misuse": None},
    "rules": {"text": None, "reading": None, "note": None, "tier": None, "source": None},
    "conflicts": {"positions": None, "resolution": None, "authority": None},
    "tensions": {"sides": None, "tie": None},
    "principles": {"text": None},
}
LIVE = 'class="casebook-widget'
CALCULATORS = ('data-casebook-widget="calculator"', 'data-casebook-widget="disability"')
CALCULATOR = 'data-casebook-widget="calculator"'
FILTERED = "casebook-evidence"
REFERENCE = ('class="py ', "casebook-plot")
LEARNING = 'class="casebook-learning'
READ = 'class="casebook-read"'
WIDE = ('data-casebook-widget="explorer"', FILTERED)
"""Marks of pages that use the space in which the theme places an outline."""


def split_knowledge(knowledge: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the knowledge in parts: what a page needs at once, and by file what is loaded later.

    What is loaded later has the form of the knowledge, entry by entry in the same order, so that a page lays it over
    what it has.
    """
    short = dict(knowledge)
    conditions = short.pop("conditions")
    short, long = _divided(short, LONG_TEXTS)
    short, titles = _divided(short, SHORT_TEXTS)
    # A change of findings cites the sources of rules without their locators.
    for title, texts in zip(titles["rules"], long["rules"], strict=True):
        title["source"] = [[key] for key, _ in texts["source"]]
    short["sources"] = {}
    return {KNOWLEDGE: short, TITLES: titles, ARGUMENTS: conditions, PROSE: long}


def _divided(value: Any, later: Keys) -> tuple[Any, Any]:
    """Return an entry without some keys, and with those alone; of a list each entry."""
    if isinstance(value, list):
        pairs = [_divided(each, later) for each in cast("list[Any]", value)]
        return [now for now, _ in pairs], [then for _, then in pairs]
    now: dict[str, Any] = dict(value)
    then: dict[str, Any] = {}
    for key, below in later.items():
        if key not in now:
            continue
        whole = now.pop(key)
        if below:
            now[key], then[key] = _divided(whole, below)
        else:
            then[key] = whole
    return now, then


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
    for name, value in split_knowledge(bundle()).items():
        (target / name).write_text(script(name.removesuffix(".js"), value), encoding="utf-8")


def name_in_page(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: object) -> None:
    """Load the shared files that a page needs, depending on the widgets and tables in it.

    Sphinx prefixes every name with ``_static/``, from which Jupyter Book loads all files in every page; ``../`` leads
    out of that folder.
    """
    body = context.get("body", "")
    calculating = any(mark in body for mark in CALCULATORS)
    first = (KNOWLEDGE, "page.js") if LIVE in body else ()
    if calculating:
        first = (KNOWLEDGE, TITLES, "page.js", "calculators.js")
    scripts = [
        *(("evidence.js",) if FILTERED in body else ()),
        *(("learn.js",) if LEARNING in body else ()),
        # After page.js, whose widget it reads.
        *(("score.js",) if CALCULATOR in body else ()),
    ]
    styles = [
        f"{'casebook' if first or scripts else 'prose'}.css",
        *(("calculators.css",) if calculating else ()),
        *(("evidence.css",) if FILTERED in body else ()),
        *(("wide.css",) if any(mark in body for mark in WIDE) else ()),
        *(("learn.css",) if LEARNING in body else ()),
        *(("reference.css",) if pagename == "genindex" or any(mark in body for mark in REFERENCE) else ()),
    ]
    if READ in body:
        scripts.append("read.js")
    for name in styles:
        app.add_css_file(f"../{FOLDER}/{name}", priority=800)
    if first or scripts:
        app.add_css_file(f"../{FOLDER}/print.css", priority=810, media="print")
    # Before the theme's own: deferred scripts run in document order, and the theme's icons alone are several times as
    # large as all of these files.
    context["metatags"] = context.get("metatags", "") + "".join(_named(app, context, name) for name in first)
    for name in scripts:
        app.add_js_file(f"../{FOLDER}/{name}", loading_method="defer", priority=800)


def _named(app: Sphinx, context: dict[str, Any], name: str) -> str:
    """Return the element that loads a shared file as a deferred script, by an address with its checksum."""
    return f'<script defer="defer" src="{address_of(app, context, name)}"></script>\n'


def address_of(app: Sphinx, context: dict[str, Any], name: str) -> str:
    """Return the address of a shared file from a page, with the checksum of its content."""
    folder = Path(app.outdir) / FOLDER
    # page.js asks for what comes later by its own checksum, which therefore is that of all of them.
    content = b"".join((folder / each).read_bytes() for each in (COPIED if name == "page.js" else (name,)))
    return versioned(context["pathto"](f"{FOLDER}/{name}", resource=True), content)


def register(app: Sphinx) -> None:
    """Connect to the start of the build and to the writing of pages."""
    app.connect("builder-inited", write)
    app.connect("html-page-context", name_in_page)
