"""The page of a reader's progress: a list of all pages, to which a script adds what this browser has stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from casebook.cases.case import load_case
from casebook.diagnostics.fault import FaultError
from casebook.messages import message, message_parts
from casebook.quiz.questions import SUFFIX, questions_of

logger = logging.getLogger(__name__)

MARKER = "casebook-learning"
PROGRESS_PAGE = "casebook-progress"
"""Metadata of the page with the list, so that every other page can link to it."""

READ_MARK = """\
<p class="casebook-read" data-page="{page}" hidden>
<label><input type="checkbox"> {read}</label>
<a href="{address}">{progress}</a>
<span aria-live="polite"></span></p>
"""


class contents(nodes.General, nodes.Element):  # noqa: N801
    """Placeholder of the list until every page has been read."""


class Progress(SphinxDirective):
    """``{progress}``: every page in reading order, with the duration of each case and its questions."""

    def run(self) -> list[nodes.Node]:
        """Return the placeholder; the page is read in each build, because any page may change the list."""
        self.env.note_reread()
        self.env.metadata[self.env.docname][PROGRESS_PAGE] = "yes"
        return [contents()]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace the placeholder by the list, as text and as data for the script."""
    for placeholder in list(doctree.findall(contents)):
        parts = list(parts_of(app, docname))
        data = json.dumps({"parts": parts}, ensure_ascii=False).replace("<", "\\u003c")
        script = nodes.raw("", f'<script type="application/json">{data}</script>', format="html")
        listed = (node for part in parts for node in as_text(part))
        placeholder.replace_self(nodes.container("", script, *listed, classes=[MARKER]))


def parts_of(app: Sphinx, docname: str) -> Iterator[dict[str, Any]]:
    """Yield each part of the table of contents: its caption and its pages in order, except the progress page."""
    env, root = app.env, app.config.root_doc
    before = [root]  # the root page is outside all parts, and is listed with the first
    for toctree in env.get_doctree(root).findall(addnodes.toctree):
        names = [*before, *(name for _, first in toctree["entries"] for name in pages_below(env, first))]
        if pages := [page(app, docname, name) for name in names if name != docname]:
            yield {"caption": toctree.get("caption") or message("page-contents"), "pages": pages}
            before = []


def pages_below(env: BuildEnvironment, name: str) -> Iterator[str]:
    """Yield a page and all pages in its own table of contents; addresses of other sites are left out."""
    if name in env.titles:
        yield name
        for child in env.toctree_includes.get(name, ()):
            yield from pages_below(env, child)


def page(app: Sphinx, docname: str, name: str) -> dict[str, Any]:
    """Return the entry of one page: title, address, duration of a case, and questions."""
    address = app.builder.get_relative_uri(docname, name)
    entry: dict[str, Any] = {"id": name, "title": app.env.titles[name].astext(), "address": address, "questions": []}
    try:
        if name.startswith("cases/") and (case := source(app, name, ".yml")).exists():
            entry["minutes"] = load_case(case).minutes
            questions = questions_of(case)
        else:
            beside = source(app, name, SUFFIX)
            questions = questions_of(beside) if beside.exists() else ()
    except FaultError as error:
        for fault in error.faults:
            logger.warning("%s; %s", fault.what, fault.right, location=fault.where)
        return entry
    entry["questions"] = [
        {"id": each.id, "question": each.public()["question"], "address": f"{address}#quiz-{each.written.id}"}
        for each in questions
    ]
    return entry


def source(app: Sphinx, name: str, suffix: str) -> Path:
    """Return the path of the file beside a page that has a suffix."""
    return Path(app.srcdir) / f"{name}{suffix}"


def as_text(part: dict[str, Any]) -> list[nodes.Node]:
    """Return a part as it is shown without a script."""
    entries: list[nodes.list_item] = []
    for each in part["pages"]:
        link = nodes.reference("", each["title"], refuri=each["address"], internal=True)
        text = message_parts("page-duration", page=link, minutes=each["minutes"]) if "minutes" in each else [link]
        parts = (part if isinstance(part, nodes.Node) else nodes.Text(str(part)) for part in text)
        entries.append(nodes.list_item("", nodes.paragraph("", "", *parts)))
    return [nodes.rubric("", part["caption"]), nodes.bullet_list("", *entries)]


def add_read_mark(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the checkbox with which a reader marks a page as read, if the book has a page of progress."""
    progress = next((name for name, metadata in app.env.metadata.items() if PROGRESS_PAGE in metadata), None)
    if doctree is None or progress in (None, pagename):
        return
    address = app.builder.get_relative_uri(pagename, progress)
    context["body"] += READ_MARK.format(
        page=escape(pagename),
        address=escape(address),
        read=escape(message("page-read")),
        progress=escape(message("page-progress")),
    )


def register(app: Sphinx) -> None:
    """Register the directive, and the checkbox before the shared files of a page are chosen."""
    app.add_node(contents)
    app.add_directive("progress", Progress)
    app.connect("doctree-resolved", fill)
    app.connect("html-page-context", add_read_mark, priority=400)
