"""Notebook outputs: live widgets and passages of a case use the whole width; widgets that need a kernel are refused."""

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
PASSAGE = 'class="casebook-section'
FRAME = "text_html"
UNPRINTED = {"remove-output", "remove-cell"}


def text_of(data: dict[str, Any], kind: str) -> str:
    """Return one MIME type of an output as a string; notebooks store it as a string or as lines."""
    value = data.get(kind, "")
    return value if isinstance(value, str) else "".join(value)


def dead_outputs(notebook: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield the number (from 1) of each cell with a widget that needs a kernel, and the text of its output."""
    for number, cell in enumerate(notebook.get("cells", []), start=1):
        if UNPRINTED.intersection(cell.get("metadata", {}).get("tags", [])):
            continue
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if WIDGET_VIEW in data and MARKER not in text_of(data, "text/html"):
                yield number, text_of(data, "text/plain") or message("build-no-text")


def read(app: Sphinx, docname: str, source: list[str]) -> None:
    """Refuse widgets that need a kernel, and remove stored widget states, which live widgets do not need.

    Raises
    ------
    ExtensionError
        With the notebook, the cell and the possible remedies.
    """
    path = Path(app.env.doc2path(docname))
    if path.suffix != ".ipynb":
        return
    notebook = json.loads(source[0])
    for number, text in dead_outputs(notebook):
        where = path.relative_to(app.srcdir)
        raise ExtensionError(message("build-dead-widget", notebook=str(where), number=number, text=text[:80]))
    # Stored by some editors; it would put a copy of the code of every widget into the page.
    if notebook.get("metadata", {}).pop("widgets", None):
        source[0] = json.dumps(notebook)


def remove_frames(app: Sphinx, doctree: nodes.document) -> None:
    """Take live widgets and passages of a case out of the frame of other outputs, which scrolls and has no dark mode."""
    for raw in doctree.findall(nodes.raw):
        if FRAME in raw["classes"] and (MARKER in raw.astext() or PASSAGE in raw.astext()):
            raw["classes"] = []


def register(app: Sphinx) -> None:
    """Connect to the reading of sources."""
    app.connect("source-read", read)
    app.connect("doctree-read", remove_frames)
