"""A case that is edited while its notebook is open: seen at once, and told in words where it is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[3]
CASE = "colon-s1"
ADDRESSED = (
    "from pathlib import Path\nfrom widgets import CaseExplorer\nfile = Path('colon-s1.yml')\ntext = file.read_text()"
)


@pytest.fixture(scope="module")
def kernel() -> Iterator[NotebookClient]:
    """A kernel that lives on while its reader goes from folder to folder."""
    client = NotebookClient(nbformat.v4.new_notebook(), kernel_name="python3", allow_errors=True)
    with client.setup_kernel():
        yield client


@pytest.fixture
def shown(kernel: NotebookClient, tmp_path: Path) -> Callable[..., list[str]]:
    """Runs cells in a folder with a case, and returns what each shows, errors as they are printed."""
    shutil.copy2(ROOT / "cases" / f"{CASE}.yml", tmp_path)

    def shown(*codes: str) -> list[str]:
        begin = f"%cd -q {tmp_path}\n%reset -f\n{ADDRESSED}"
        kernel.nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in (begin, *codes)])
        for place, cell in enumerate(kernel.nb.cells):
            kernel.execute_cell(cell, place)
        addressed, *cells = kernel.nb.cells
        assert not addressed.outputs
        return ["\n".join(map(printed, cell.outputs)) for cell in cells]

    return shown


def printed(output: nbformat.NotebookNode) -> str:
    if output.output_type == "error":
        return "\n".join(output.traceback)
    return output.get("text") or output.data["text/plain"]


def test_an_edited_case_is_seen_when_one_cell_is_run_again(shown):
    edit = "done = file.write_text(text.replace('value: S1', 'value: S2').replace('total: 9', 'total: 6'))"
    before, _, after = shown("CaseExplorer('colon-s1')", edit, "CaseExplorer('colon-s1')")
    assert "sins=9" in before
    assert "sins=6" in after


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("value: lytic", "value: lytik", "did you mean lytic?"),
        ("  pain:\n", "  pian:\n", "there is no finding 'pian'"),
        ("title: Colon cancer at S1", "title: [Colon", "not valid YAML"),
    ],
)
def test_a_broken_case_is_told_by_line_without_a_traceback_and_the_kernel_goes_on(shown, old, new, told):
    edit = f"done = file.write_text(text.replace({old!r}, {new!r}))"
    _, broken, mended = shown(
        edit, "CaseExplorer('colon-s1')", "done = file.write_text(text)\nCaseExplorer('colon-s1')"
    )
    assert told in broken
    assert "colon-s1.yml:" in broken
    assert "Traceback" not in broken
    assert "cases.py" not in broken
    assert "sins=9" in mended


def test_a_case_that_is_not_there_is_told_with_the_nearest_name(shown):
    (told,) = shown("CaseExplorer('colon-s2')")
    assert told == "colon-s2: there is no case of this name; did you mean colon-s1?"


def test_a_finding_set_wrongly_is_told_without_a_traceback_and_changes_nothing(shown):
    told, kept = shown(
        "explorer = CaseExplorer('colon-s1')\nexplorer.findings = {**explorer.findings, 'pain': 'mechancal'}",
        "explorer.findings['pain']",
    )
    assert told == "FindingError: finding pain: 'mechancal' is not an option; did you mean mechanical?"
    assert kept == "'occasional'"
