"""The page of a reader's progress: a list of contents, in which a script shows what this browser keeps."""

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
from casebook.quiz.questions import SUFFIX, questions_of

logger = logging.getLogger(__name__)

MARKER = "casebook-learning"
HOLDS = "casebook-progress"
"""Noted of the page that holds the list, so that every other page can lead to it."""

MARK = """\
<p class="casebook-read" data-page="{page}" hidden>
<label><input type="checkbox"> I have read this page</label>
<a href="{address}">Your progress</a>
<span aria-live="polite"></span></p>
"""


class contents(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the list until every page has been read."""


class Progress(SphinxDirective):
    """``{progress}``: every page in reading order, with the minutes that a case takes and its questions."""

    def run(self) -> list[nodes.Node]:
        """Return what stands for the list; the page is read in each build, because any page may change it."""
        self.env.note_reread()
        self.env.metadata[self.env.docname][HOLDS] = "yes"
        return [contents()]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the list in its place: as text, and as data for the script that brings it to life."""
    for place in list(doctree.findall(contents)):
        parts = list(parts_of(app, docname))
        data = json.dumps({"parts": parts}, ensure_ascii=False).replace("<", "\\u003c")
        script = nodes.raw("", f'<script type="application/json">{data}</script>', format="html")
        listed = (node for part in parts for node in as_text(part))
        place.replace_self(nodes.container("", script, *listed, classes=[MARKER]))


def parts_of(app: Sphinx, docname: str) -> Iterator[dict[str, Any]]:
    """Yield each part of the table of contents: its caption, and its pages in order, this one left out."""
    env, root = app.env, app.config.root_doc
    above = [root]  # the first page stands above all parts, and is read with the first
    for toctree in env.get_doctree(root).findall(addnodes.toctree):
        names = [*above, *(name for _, first in toctree["entries"] for name in below(env, first))]
        if pages := [page(app, docname, name) for name in names if name != docname]:
            yield {"caption": toctree.get("caption") or "Pages", "pages": pages}
            above = []


def below(env: BuildEnvironment, name: str) -> Iterator[str]:
    """Yield a page and all that its own table of contents leads to; an address elsewhere is no page."""
    if name in env.titles:
        yield name
        for child in env.toctree_includes.get(name, ()):
            yield from below(env, child)


def page(app: Sphinx, docname: str, name: str) -> dict[str, Any]:
    """Return what the list says of one page: title, address, minutes of a case, and the questions it asks."""
    address = app.builder.get_relative_uri(docname, name)
    said: dict[str, Any] = {"id": name, "title": app.env.titles[name].astext(), "address": address, "questions": []}
    try:
        if name.startswith("cases/") and (case := source(app, name, ".yml")).exists():
            said["minutes"] = load_case(case).minutes
            asked = questions_of(case)
        else:
            beside = source(app, name, SUFFIX)
            asked = questions_of(beside) if beside.exists() else ()
    except FaultError as error:
        for fault in error.faults:
            logger.warning("%s; %s", fault.what, fault.right, location=fault.where)
        return said
    said["questions"] = [
        {"id": each.id, "question": each.public()["question"], "address": f"{address}#quiz-{each.written.id}"}
        for each in asked
    ]
    return said


def source(app: Sphinx, name: str, suffix: str) -> Path:
    """Return the file of that suffix that belongs to a page."""
    return Path(app.srcdir) / f"{name}{suffix}"


def as_text(part: dict[str, Any]) -> list[nodes.Node]:
    """Return a part as it reads without a script."""
    entries: list[nodes.list_item] = []
    for each in part["pages"]:
        link = nodes.reference("", each["title"], refuri=each["address"], internal=True)
        minutes = f", {each['minutes']} minutes" if "minutes" in each else ""
        entries.append(nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(minutes))))
    return [nodes.rubric("", part["caption"]), nodes.bullet_list("", *entries)]


def mark(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Let a reader say at the foot of a page that it was read, in a book that shows progress."""
    progress = next((name for name, noted in app.env.metadata.items() if HOLDS in noted), None)
    if doctree is None or progress in (None, pagename):
        return
    address = app.builder.get_relative_uri(pagename, progress)
    context["body"] += MARK.format(page=escape(pagename), address=escape(address))


def register(app: Sphinx) -> None:
    """Register the directive, and the mark, before the files that a page needs are named."""
    app.add_node(contents)
    app.add_directive("progress", Progress)
    app.connect("doctree-resolved", fill)
    app.connect("html-page-context", mark, priority=400)
