"""What guards the notebooks: strict nbval, and a book build that refuses a dead widget."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "cases").glob("*.ipynb"))
EXPLORERS = {path.stem: path for path in CASES}


ALTERED = {
    "untouched": ("text/plain", "sins=9", "sins=9"),
    "score_in_words": ("text/plain", "sins=9", "sins=8"),
    "score_in_markup": ("text/html", 'data-low="9"', 'data-low="8"'),
    "stance": ("text/html", 'data-stance="recommended"', 'data-stance="contraindicated"'),
    "first_line": ("text/plain", "An emergency is not ruled out", "No neurological emergency is identified"),
    "untouched_after_these": ("text/plain", "sins=9", "sins=9"),
}
"""The explorer of a case several times over: in each cell a stored output is another."""


@pytest.fixture(scope="module")
def validated(tmp_path_factory) -> dict[str, str]:
    """What strict nbval, run as ``make test`` runs it, makes of the vignette of a case and of each cell."""
    folder = tmp_path_factory.mktemp("altered")
    notebook = nbformat.read(EXPLORERS["colon-s1"], as_version=4)
    vignette, stored = (cell for cell in notebook.cells if cell.id in ("vignette", "explorer"))
    notebook.cells = [vignette]
    for name, (mime, was, instead) in ALTERED.items():
        explorer = copy.deepcopy(stored)
        explorer.id = name
        data = explorer.outputs[0].data
        assert was in data[mime]
        data[mime] = data[mime].replace(was, instead, 1)
        notebook.cells.append(explorer)
    nbformat.write(notebook, folder / "altered.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-p", "no:cacheprovider"]
    place = ["--rootdir", str(folder), "-c", "/dev/null", "--junitxml", "told.xml", "altered.ipynb"]
    run = subprocess.run([*command, *place], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stdout
    told = ["".join(cell.itertext()) for cell in ElementTree.parse(folder / "told.xml").iter("testcase")]
    assert "4 failed, 3 passed" in run.stdout
    return dict(zip(["vignette", *ALTERED], told, strict=True))


@pytest.mark.parametrize("name", ["vignette", "untouched", "untouched_after_these"])
def test_nbval_passes_what_is_stored(validated, name):
    assert validated[name] == ""


@pytest.mark.parametrize("name", [name for name in ALTERED if "untouched" not in name])
def test_nbval_fails_when_a_stored_score_stance_or_first_line_is_altered(validated, name):
    mime, _, instead = ALTERED[name]
    assert f"mismatch '{mime}'" in validated[name]
    # Of a long line nbval shows where it begins to differ; a stance begins too far behind it.
    assert name == "stance" or instead in validated[name]


# What is stored


def outputs(notebook: Path) -> list[tuple[str, nbformat.NotebookNode]]:
    """Every output of a notebook with the id of its cell."""
    cells = nbformat.read(notebook, as_version=4).cells
    return [(cell.id, output) for cell in cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.mark.parametrize("notebook", CASES, ids=lambda path: path.stem)
def test_no_memory_address_is_stored(notebook):
    addressed = [id for id, output in outputs(notebook) if re.search(r"0x[0-9a-f]{6,}", json.dumps(output))]
    assert addressed == []


@pytest.mark.parametrize("notebook", CASES, ids=lambda path: path.stem)
def test_every_cell_was_run_and_none_failed(notebook):
    cells = [cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert [id for id, output in outputs(notebook) if output.output_type == "error"] == []


@pytest.mark.parametrize("notebook", CASES, ids=lambda path: path.stem)
def test_every_widget_is_stored_in_words_and_in_markup_that_reads_alone(notebook):
    live = {id: output.data for id, output in outputs(notebook) if "casebook-widget" in str(output.get("data", ""))}
    assert {"reading", "explorer", "what-if", "quiz"} <= set(live)
    for data in live.values():
        assert re.match(r"Case(Explorer|Reading)\(|WhatIfs\(|Quiz\(", data["text/plain"])
        assert "data-state=" in data["text/html"]
    assert not nbformat.read(notebook, as_version=4).metadata.get("widgets")


# The book


@pytest.fixture
def tiny_book(tmp_path) -> Path:
    """A book of one notebook, built as this book is."""
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: lesson\n")
    (tmp_path / "_config.yml").write_text(
        "title: A lesson\nonly_build_toc_files: true\n"
        "execute: {execute_notebooks: 'off'}\n"
        "sphinx:\n  extra_extensions: [publish]\n"
        "  config:\n    nb_ipywidgets_js: {}\n    nb_mime_priority_overrides: [[html, text/html, 1]]\n"
    )
    return tmp_path


def build(book: Path, *cells: nbformat.NotebookNode) -> subprocess.CompletedProcess[str]:
    """Build a tiny book of these cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A lesson"), *cells])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, book / "lesson.ipynb")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", str(book), "-q"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def shown(code: str, **data: object) -> nbformat.NotebookNode:
    """A cell that has been run, with what it shows."""
    output = nbformat.v4.new_output("execute_result", data, execution_count=1)
    return nbformat.v4.new_code_cell(code, outputs=[output], execution_count=1)


SLIDER = {
    "text/plain": "IntSlider(value=3)",
    "application/vnd.jupyter.widget-view+json": {"model_id": "0", "version_major": 2, "version_minor": 0},
}


def test_a_stock_widget_stops_the_build_with_its_notebook_and_cell(tiny_book):
    built = build(tiny_book, shown("1 + 1", **{"text/plain": "2"}), shown("IntSlider(3)", **SLIDER))
    told = built.stdout + built.stderr
    assert built.returncode != 0
    assert "lesson.ipynb, cell 3" in told
    assert "IntSlider(value=3)" in told
    assert not list((tiny_book / "_build").rglob("lesson.html"))


def test_a_casebook_widget_is_published(tiny_book):
    cells = [cell for cell in nbformat.read(EXPLORERS["colon-s1"], as_version=4).cells if cell.id == "explorer"]
    built = build(tiny_book, *cells)
    assert built.returncode == 0, built.stdout + built.stderr
    page = (tiny_book / "_build" / "html" / "lesson.html").read_text("utf-8")
    assert 'data-casebook-widget="explorer"' in page
    assert "casebook/page.js" in page
    shutil.rmtree(tiny_book / "_build")
