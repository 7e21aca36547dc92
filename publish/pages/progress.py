"""The progress of a reader: the page that lists all pages, and what every other page says of it.

Scripts add what the reader's browser has stored: to the list, to the checkbox at the end of a page, and to the line with
the questions that are due.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from casebook.cases.case import Case, load_case
from casebook.diagnostics.fault import FaultError
from casebook.messages import message, message_parts
from casebook.quiz.questions import SUFFIX, QuizQuestion, questions_of
from publish.pages.assets import FOLDER, address_of, script

logger = logging.getLogger(__name__)

MARKER = "casebook-learning"
PROGRESS_PAGE = "casebook-progress"
"""Metadata of the page with the list, so that every other page can link to it."""

QUESTIONS = "questions.js"
"""The addresses of all questions, which only a reader with answers of an earlier day loads."""

DUE_LINE = """\
<p class="casebook-due" data-script="{script}" data-questions="{questions}" hidden></p>
"""

TITLE = re.compile(r"</h1>\n?")

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
        case, questions = contents_of(app, name)
    except FaultError as error:
        for fault in error.faults:
            logger.warning("%s; %s", fault.what, fault.right, location=fault.where)
        return entry
    if case:
        entry["minutes"] = case.minutes
    entry["questions"] = [
        {"id": each.id, "question": each.public()["question"], "address": anchor(address, each)} for each in questions
    ]
    return entry


def contents_of(app: Sphinx, name: str) -> tuple[Case | None, Sequence[QuizQuestion]]:
    """Return the case of a page, if it has one, and the questions of the page.

    Raises
    ------
    FaultError
        If the file beside the page has faults.
    """
    if name.startswith("cases/") and (file := source(app, name, ".yml")).exists():
        return load_case(file), questions_of(file)
    beside = source(app, name, SUFFIX)
    return None, questions_of(beside) if beside.exists() else ()


def anchor(address: str, question: QuizQuestion) -> str:
    """Return the address of a question in a page."""
    return f"{address}#quiz-{question.written.id}"


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


def progress_page(env: BuildEnvironment) -> str | None:
    """Return the name of the page of progress, if the book has one."""
    return next((name for name, metadata in env.metadata.items() if PROGRESS_PAGE in metadata), None)


def write_questions(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the addresses of all questions in reading order, before any page needs the checksum of the file."""
    progress = progress_page(env)
    if app.builder.format != "html" or progress is None:
        return
    addresses: dict[str, str] = {}
    for name in pages_below(env, app.config.root_doc):
        # The faults of a page are reported where the page is listed.
        with suppress(FaultError):
            _, questions = contents_of(app, name)
            addresses |= {each.id: anchor(app.builder.get_target_uri(name), each) for each in questions}
    (Path(app.outdir) / FOLDER / QUESTIONS).write_text(script("questions", addresses), encoding="utf-8")


def add_progress(
    app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the line with the questions that are due, and the checkbox with which a reader marks a page as read.

    A page gets neither unless the book has a page of progress. The line is on the first screen of the book, and at the
    end of every other page.
    """
    progress = progress_page(app.env)
    if doctree is None or progress in (None, pagename):
        return
    line = DUE_LINE.format(
        script=escape(address_of(app, context, "due.js")), questions=escape(address_of(app, context, QUESTIONS))
    )
    mark = READ_MARK.format(
        page=escape(pagename),
        address=escape(app.builder.get_relative_uri(pagename, progress)),
        read=escape(message("page-read")),
        progress=escape(message("page-progress")),
    )
    if pagename == app.config.root_doc:
        context["body"] = TITLE.sub(lambda title: title[0] + line, context["body"], count=1) + mark
    else:
        context["body"] += line + mark


def register(app: Sphinx) -> None:
    """Register the directive, and what is added to a page before its shared files are chosen."""
    app.add_node(contents)
    app.add_directive("progress", Progress)
    app.connect("doctree-resolved", fill)
    app.connect("env-updated", write_questions)
    app.connect("html-page-context", add_progress, priority=400)
