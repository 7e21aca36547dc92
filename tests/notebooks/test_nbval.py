"""What guards the notebooks: strict nbval, and a book build that refuses a dead widget."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
CASES = sorted((ROOT / "cases").glob("*.ipynb"))
EXPLORERS = {path.stem: path for path in CASES}


ALTERED = {
    "untouched": ("text/plain", "sins=9", "sins=9"),
    "score_in_words": ("text/plain", "sins=9", "sins=8"),
    "score_in_markup": ("text/html", 'data-low="9"', 'data-low="8"'),
    "stance": ("text/plain", "recommended", "contraindicated"),
}
"""Copies of a case: in each one stored output of its explorer is another."""


@pytest.fixture(scope="module")
def validated(tmp_path_factory) -> dict[str, list[str]]:
    """What strict nbval, run as ``make test`` runs it, makes of the cells of each copy."""
    folder = tmp_path_factory.mktemp("altered")
    for name, (mime, stored, instead) in ALTERED.items():
        notebook = nbformat.read(EXPLORERS["colon-s1"], as_version=4)
        notebook.cells = [cell for cell in notebook.cells if cell.id in ("vignette", "explorer")]
        explorer = notebook.cells[-1].outputs[0].data
        assert stored in explorer[mime]
        explorer[mime] = explorer[mime].replace(stored, instead, 1)
        nbformat.write(notebook, folder / f"{name}.ipynb")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-p", "no:cacheprovider"]
    place = [
        "--rootdir",
        str(folder),
        "-c",
        "/dev/null",
        "--junitxml",
        "told.xml",
        *(f"{name}.ipynb" for name in ALTERED),
    ]
    subprocess.run([*command, *place], cwd=folder, capture_output=True, text=True, check=False)
    told: dict[str, list[str]] = {name: [] for name in ALTERED}
    for cell in ElementTree.parse(folder / "told.xml").iter("testcase"):
        told[cell.get("classname").removesuffix(".ipynb").split(".")[-1]].append("".join(cell.itertext()))
    return told


def test_nbval_passes_what_is_stored(validated):
    assert validated["untouched"] == ["", ""]


@pytest.mark.parametrize("name", [name for name in ALTERED if name != "untouched"])
def test_nbval_fails_when_a_stored_score_or_stance_is_altered(validated, name):
    vignette, explorer = validated[name]
    assert vignette == ""
    assert ALTERED[name][2] in explorer


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
        "sphinx:\n  extra_extensions: [widgets.publish]\n"
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
