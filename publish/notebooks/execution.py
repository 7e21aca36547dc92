"""Run notebooks and store what they show: ``python -m publish.notebooks cases/*.ipynb``.

A stored widget view names a model that lives only as long as its kernel: on opening the notebook
it would be an error message, and on every run a difference. It is left out, so that a notebook
that was not run yet shows the widget's readable markup, and a run that changes nothing changes
no file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import nbformat
from nbclient import NotebookClient

from casebook.diagnostics import files

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MARK = 'class="casebook-widget"'


def client(notebook: nbformat.NotebookNode, folder: Path, **kernel: Any) -> NotebookClient:
    """Return what runs a notebook in a folder; with the manager of a kernel that is there already, if it is given."""
    return NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(folder)}},
        store_widget_state=False,
        record_timing=False,
        **kernel,
    )


def read(path: Path) -> nbformat.NotebookNode:
    """Return a notebook in the present form of notebooks."""
    return cast("nbformat.NotebookNode", nbformat.read(path, as_version=4))


def run(path: Path) -> None:
    """Run one notebook in its own folder and store its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails; the file is then left as it was.
    """
    notebook = read(path)
    client(notebook, path.parent).execute()
    store(notebook, path)


def store(notebook: nbformat.NotebookNode, path: Path) -> bool:
    """Write a notebook that was run, and return whether that changed its file."""
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            # Any other widget keeps its view, so that the book's build can refuse it by name.
            if MARK in "".join(data.get("text/html", "")):
                data.pop(WIDGET_VIEW, None)
    text = nbformat.writes(notebook).rstrip("\n") + "\n"
    if path.read_text(encoding="utf-8") == text:
        return False
    files.write(path, text, replace=True)
    return True
