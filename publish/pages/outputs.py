"""Notebook outputs: a widget that lives is given room, one that needs a kernel must not look alive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from casebook.messages import message

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MARKER = 'class="casebook-widget'
FRAME = "text_html"
UNPRINTED = {"remove-output", "remove-cell"}


def text_of(data: dict[str, Any], kind: str) -> str:
    """Give one MIME type of an output as a string; notebooks store it as one or as lines."""
    value = data.get(kind, "")
    return value if isinstance(value, str) else "".join(value)


def dead_outputs(notebook: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield the number (from 1) of each cell with a widget that no page can bring to life, and its text."""
    for number, cell in enumerate(notebook.get("cells", []), start=1):
        if UNPRINTED.intersection(cell.get("metadata", {}).get("tags", [])):
            continue
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if WIDGET_VIEW in data and MARKER not in text_of(data, "text/html"):
                yield number, text_of(data, "text/plain") or message("page-without-text")


def read(app: Sphinx, docname: str, source: list[str]) -> None:
    """Refuse dead widgets, and leave out the stored state of live ones, which carry their own.

    Raises
    ------
    ExtensionError
        Naming the notebook, the cell, and what to do.
    """
    path = Path(app.env.doc2path(docname))
    if path.suffix != ".ipynb":
        return
    notebook = json.loads(source[0])
    for number, text in dead_outputs(notebook):
        where = path.relative_to(app.srcdir)
        raise ExtensionError(message("page-dead-widget", notebook=str(where), number=number, text=text[:80]))
    # Saved by some editors; it would put a copy of every widget's code into the page.
    if notebook.get("metadata", {}).pop("widgets", None):
        source[0] = json.dumps(notebook)


def give_room(app: Sphinx, doctree: nodes.document) -> None:
    """Take live widgets out of the frame of other outputs, which scrolls and stays light in the dark."""
    for raw in doctree.findall(nodes.raw):
        if FRAME in raw["classes"] and MARKER in raw.astext():
            raw["classes"] = []


def register(app: Sphinx) -> None:
    """Connect to the reading of sources."""
    app.connect("source-read", read)
    app.connect("doctree-read", give_room)
