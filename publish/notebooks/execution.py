"""Execution of notebooks with stored outputs: ``python -m publish.notebooks cases/*.ipynb``.

A widget view refers to a model that exists only as long as its kernel. Stored, it would be shown as an error, and would
be a difference after every run. It is removed, so that a notebook shows the static markup of the widget, and a run
without changes changes no file.
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
    """Return a client that runs a notebook in a folder, optionally with the manager of an existing kernel."""
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
        If a cell fails; the file is then not changed.
    """
    notebook = read(path)
    client(notebook, path.parent).execute()
    store(notebook, path)


def store(notebook: nbformat.NotebookNode, path: Path) -> bool:
    """Store a notebook that was run, and return whether its file has changed."""
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            # Other widgets keep their view, so that the build of the book can refuse them.
            if MARK in "".join(data.get("text/html", "")):
                data.pop(WIDGET_VIEW, None)
    text = nbformat.writes(notebook).rstrip("\n") + "\n"
    if path.read_text(encoding="utf-8") == text:
        return False
    files.write(path, text, replace=True)
    return True
