"""Run notebooks and store what they show: ``python -m widgets.notebooks cases/*.ipynb``.

A stored widget view names a model that lives only as long as its kernel: on opening the notebook
it would be an error message, and on every run a difference. It is left out, so that a notebook
that was not run yet shows the widget's readable markup, and a run that changes nothing changes
no file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from casebook import files

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MARK = 'class="casebook-widget"'


def run(path: Path) -> None:
    """Run one notebook in its own folder and store its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell fails; the file is then left as it was.
    """
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        store_widget_state=False,
        record_timing=False,
    )
    client.execute()
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            # Any other widget keeps its view, so that the book's build can refuse it by name.
            if MARK in "".join(data.get("text/html", "")):
                data.pop(WIDGET_VIEW, None)
    files.write(path, nbformat.writes(notebook) + "\n", replace=True)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        run(Path(name))
