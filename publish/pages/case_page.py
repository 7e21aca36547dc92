"""*Present* and *Print* on a case page, with what the case is for: its aims and the minutes it takes."""

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

PLACE = "presenting"
"""Where the presented cases lie, below the shared files: each is fetched only when it is presented or printed."""

# Hidden until a script can do what the buttons say.
CONTROLS = """\
<div class="cb casebook-present" data-presentation="../{address}" hidden><div class="cb-tools">
<button type="button" data-ask="present">{present}</button>
<button type="button" data-ask="print">{summary}</button>
<span class="cb-said" role="status"></span></div></div>"""


def depend(app: Sphinx, doctree: nodes.document) -> None:
    """Have the page of a case made again when its file changes."""
    if path := _case_of(app, app.env.docname):
        app.env.note_dependency(str(path))


def offer(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put aims, minutes and controls before the first section of a case, and write what is presented.

    Raises
    ------
    ExtensionError
        If the case has faults, each with its place.
    """
    title = next(doctree.findall(nodes.title), None)
    path = _case_of(app, docname)
    if app.builder.format != "html" or title is None or path is None:
        return
    try:
        case = load_case(path)
    except FaultError as error:
        raise ExtensionError(str(error)) from error
    controls = nodes.raw(
        "",
        CONTROLS.format(
            address=escape(_written(app, case)), present=message("page-present"), summary=message("page-print")
        ),
        format="html",
    )
    page = title.parent
    first = next((place for place, child in enumerate(page) if isinstance(child, nodes.section)), len(page))
    page[first:first] = [*_aims(case), controls]


def _case_of(app: Sphinx, docname: str) -> Path | None:
    folder, _, name = docname.rpartition("/")
    path = Path(app.srcdir) / folder / f"{name}.yml"
    return path if folder == "cases" and path.is_file() else None


def _written(app: Sphinx, case: Case) -> str:
    """Write what is presented; return its address, which is another when it says something else."""
    text = script("presentation", presentation(case))
    address = f"{FOLDER}/{PLACE}/{case.id}.js"
    target = Path(app.outdir) / address
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return versioned(address, text.encode())


def _aims(case: Case) -> list[nodes.Node]:
    room = sum(step.minutes for step in case.steps)
    minutes = message("page-minutes", alone=case.minutes, group=room)
    if not case.aims:
        return [nodes.paragraph("", minutes)]
    listed = nodes.bullet_list("", *(nodes.list_item("", nodes.paragraph("", aim)) for aim in case.aims), bullet="-")
    return [nodes.paragraph("", message("page-aims")), listed, nodes.paragraph("", minutes)]


def register(app: Sphinx) -> None:
    """Connect to the reading and to the writing of pages."""
    app.connect("doctree-read", depend)
    app.connect("doctree-resolved", offer)
