"""A case page: its buttons at the head, and its sources and code folded at the foot."""

from __future__ import annotations

from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from casebook.cases.case import Case, load_case
from casebook.diagnostics.fault import FaultError
from casebook.messages import message
from classroom.presentation import presentation
from publish.pages.assets import FOLDER, script, versioned

PRESENTATIONS = "presenting"
"""Folder of the cases as presented, below the shared files; a case is loaded only when it is presented or printed."""

# Hidden until a script can handle the buttons.
CONTROLS = """\
<div class="cb casebook-present" data-presentation="../{address}" hidden><div class="cb-tools">
<button type="button" data-ask="present">{present}</button>
<button type="button" data-ask="print">{print}</button>
<span class="cb-said" role="status"></span></div></div>"""


def note_dependency(app: Sphinx, doctree: nodes.document) -> None:
    """Record that the page of a case depends on the case file."""
    if path := _case_of(app, app.env.docname):
        app.env.note_dependency(str(path))


FOLDED = {"notebook-sources": "page-sources", "notebook-python": "page-code"}
"""Headings of the sections that are folded, and the line that opens each."""


def fold_sections(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Fold the sources and the code of a case behind a line that a reader of the page opens."""
    if app.builder.format != "html" or _case_of(app, docname) is None:
        return
    summaries = {message(heading): escape(message(line)) for heading, line in FOLDED.items()}
    for section in list(doctree.findall(nodes.section)):
        title = section.next_node(nodes.title)
        if title is None or title.parent is not section or title.astext() not in summaries:
            continue
        summary = summaries[title.astext()]
        opening = nodes.raw("", f'<details class="casebook-folded"><summary>{summary}</summary>', format="html")
        section[:] = [title, opening, *section[1:], nodes.raw("", "</details>", format="html")]


def add_head(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the buttons under the title of a case, and write its presentation.

    Raises
    ------
    ExtensionError
        If the case has faults.
    """
    title = next(doctree.findall(nodes.title), None)
    path = _case_of(app, docname)
    if app.builder.format != "html" or title is None or path is None:
        return
    try:
        case = load_case(path)
    except FaultError as error:
        raise ExtensionError(str(error)) from error
    buttons = CONTROLS.format(
        address=escape(_write_presentation(app, case)),
        present=escape(message("page-present")),
        print=escape(message("page-print")),
    )
    controls = nodes.raw("", buttons, format="html")
    page = title.parent
    page.insert(page.index(title) + 1, controls)


def _case_of(app: Sphinx, docname: str) -> Path | None:
    folder, _, name = docname.rpartition("/")
    path = Path(app.srcdir) / folder / f"{name}.yml"
    return path if folder == "cases" and path.is_file() else None


def _write_presentation(app: Sphinx, case: Case) -> str:
    """Write the presentation of a case, and return its address with a checksum of its content."""
    text = script("presentation", presentation(case))
    address = f"{FOLDER}/{PRESENTATIONS}/{case.id}.js"
    target = Path(app.outdir) / address
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return versioned(address, text.encode())


def register(app: Sphinx) -> None:
    """Connect to the reading and to the writing of pages."""
    app.connect("doctree-read", note_dependency)
    app.connect("doctree-resolved", add_head)
    app.connect("doctree-resolved", fold_sections)
