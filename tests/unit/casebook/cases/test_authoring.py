"""A new case from the command line: asked for, or given by options, and valid at once."""

import json
import shutil
import subprocess
import sys

import pytest
from folders import Folder
from typer.testing import CliRunner

from casebook.cases import authoring as drafts
from casebook.cases.case import load_case
from casebook.cli import app
from casebook.diagnostics import files
from casebook.knowledge_base import knowledge
from casebook.review.check import check

GIVEN = {
    "--title": "Lung cancer at S2: a first look",
    "--teaches": "Silence is not a normal finding.",
    "--vignette": "A woman of 60 has pain in the sacrum on walking.",
    "--treatment": "Radiotherapy.",
    "--outcome": "Not stated.",
    "--source": "mika2018: Fig. 9, l. 1",
}
WORDS = [word for pair in GIVEN.items() for word in pair]
FINDINGS = ["--reported", "pain=mechanical", "--derived", "escc=0", "--assumed", "level=S2: the picture: S2"]


@pytest.fixture
def book(root, tmp_path, monkeypatch) -> Folder:
    for folder in ("cases", "book"):
        shutil.copytree(root / folder, tmp_path / folder)
    shutil.copy(root / "_toc.yml", tmp_path / "_toc.yml")
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)


def new(*words, typed=None):
    ran = CliRunner().invoke(app, ["new", *words], input=typed)
    assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
    return ran


def test_a_case_given_by_options_is_valid_and_states_what_was_given_and_nothing_else(book):
    ran = new("lung-s2", *WORDS, *FINDINGS, "--minutes", "10", "--yes")
    assert ran.exit_code == 0, ran.output
    case = load_case(book.path / "cases" / "lung-s2.yml")
    assert (case.title, case.minutes) == (GIVEN["--title"], 10)
    assert case.vignette.strip() == GIVEN["--vignette"]
    assert case.findings == {"pain": "mechanical", "escc": "0", "level": "S2"}
    assert list(case.recorded) == [finding.id for finding in knowledge().vocabulary]
    assert {id: entry.provenance for id, entry in case.recorded.items() if entry.value is not None} == {
        "pain": "reported",
        "escc": "derived",
        "level": "assumed",
    }
    assert case.recorded["level"].note == "the picture: S2"
    assert case.recorded["pain"].source == case.source == {"mika2018": "Fig. 9, l. 1"}


def test_a_new_case_has_its_aims_and_the_steps_of_a_presentation_to_be_written_on(book):
    new("lung-s2", *WORDS, "--aim", "Score pain by load.", "--aim", "Ask about the bladder.", "--yes")
    case = load_case(book.path / "cases" / "lung-s2.yml")
    assert case.aims == ("Score pain by load.", "Ask about the bladder.")
    assert [step.show for step in case.presenting] == [
        "aims",
        "vignette",
        "provenance",
        "scores",
        "plan",
        "treatment",
        "outcome",
    ]


def test_the_book_has_the_new_case_after_the_others_and_keeps_every_other_line(book, root):
    new("lung-s2", *WORDS, "--yes")
    before = (root / "_toc.yml").read_text("utf-8")
    last = next(line for line in reversed(before.splitlines(keepends=True)) if "- file: cases/" in line)
    assert (book.path / "_toc.yml").read_text("utf-8") == before.replace(last, f"{last}      - file: cases/lung-s2\n")


def test_of_a_new_case_only_the_outputs_of_its_notebook_are_wanting_and_running_it_stores_them(book):
    new("lung-s2", *WORDS, *FINDINGS, "--yes")
    (fault,) = check()
    assert fault.where.startswith("cases/lung-s2.ipynb:")
    assert "python -m publish.notebooks cases/lung-s2.ipynb" in fault.right
    command = [sys.executable, "-m", "publish.notebooks", "cases/lung-s2.ipynb"]
    subprocess.run(command, check=True, capture_output=True)
    assert check() == []
    notebook = json.loads((book.path / "cases" / "lung-s2.ipynb").read_text("utf-8"))
    explorer = next(cell for cell in notebook["cells"] if cell["id"] == "explorer")
    assert "CaseExplorer('lung-s2'" in "".join(explorer["outputs"][0]["data"]["text/plain"])


def test_what_is_not_given_is_asked_and_asked_again_until_it_can_be_used(book):
    answers = [
        "",
        "Colon cancer at S1",
        "Lung cancer at S2",
        "It teaches.",
        "mika2081: l. 1",
        "mika2018",
        "mika2018: l. 1",
        "A patient.",
        "None.",
        "Unknown.",
        "20",
        "Score pain by load, " * 8,
        "Score pain by load.",
        "",
        "Keep the unknown unknown.",
        "",
        "pane=mechanical",
        "pain=mechanic",
        "pain=mechanical",
        "reported",
        "fracture=none",
        "assumed",
        "the picture shows none",
        "collapse=over_50",
        "reported",
        "",
    ]
    ran = new("lung-s2", typed="\n".join(answers) + "\n")
    assert ran.exit_code == 0, ran.output
    for said in (
        "is missing",
        "already has the title “Colon cancer at S1”",
        "did you mean mika2018?",
        "mika2018 has no locator",
        "write it in 120 characters",
        "is the only one",
        "did you mean pain?",
        "did you mean mechanical?",
        "has lost height is fractured",
    ):
        assert said in " ".join(ran.output.split()), said
    case = load_case(book.path / "cases" / "lung-s2.yml")
    assert (case.title, case.minutes) == ("Lung cancer at S2", 20)
    assert case.aims == ("Score pain by load.", "Keep the unknown unknown.")
    assert case.findings == {"pain": "mechanical", "fracture": "none"}


def test_whoever_asks_is_told_the_findings_and_their_options_and_a_reason_is_asked_for_once(book):
    answers = ["15", "", "?", "pain", "pain=mechanical", "derived", "Standing brings it on.", "level", "level=S2: seen"]
    ran = new("lung-s2", *WORDS, typed="\n".join([*answers, "assumed", ""]) + "\n")
    assert ran.exit_code == 0, ran.output
    for finding in knowledge().vocabulary:
        assert f"\n{finding.id}: {finding.label} (" in ran.output.replace("Finding: ", "\n")
    for said in ("pain=occasional: not mechanical; occasional or any other pain", "level=S5: S5; rigid"):
        assert said in " ".join(ran.output.split())
    case = load_case(book.path / "cases" / "lung-s2.yml")
    assert {id: entry.note for id, entry in case.recorded.items() if entry.value is not None} == {
        "pain": "Standing brings it on.",
        "level": "seen",
    }


def test_without_anyone_to_answer_nothing_is_written(book):
    ran = new("lung-s2", typed="Only a title\n")
    assert ran.exit_code == 2
    assert "--yes" in ran.stderr
    assert not list(book.path.glob("cases/lung*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["lung-s2", "--yes"], "--title: is missing"),
        (["Lung S2", *WORDS, "--yes"], "write lung-s2"),
        (["../lung", *WORDS, "--yes"], "write lung"),
        (["colon-s1", *WORDS, "--yes"], "cases/colon-s1.yml: already exists, and was not changed"),
        (["lung-s2", *WORDS, "--title", "colon cancer at s1", "--yes"], "already has the title “Colon cancer at S1”"),
        (["lung-s2", *WORDS, "--source", "mika: l. 1", "--yes"], "did you mean mika2018?"),
        (["lung-s2", *WORDS, "--reported", "pain", "--yes"], "write finding=option"),
        (["lung-s2", *WORDS, "--reported", "pane=none", "--yes"], "did you mean pain?"),
        (["lung-s2", *WORDS, "--reported", "pain=nun", "--yes"], "did you mean none?"),
        (["lung-s2", *WORDS, "--assumed", "pain=none", "--yes"], "assumed without a reason"),
        (["lung-s2", *WORDS, "--reported", "pain=none", "--derived", "pain=none", "--yes"], "gives pain twice"),
        (["lung-s2", *WORDS, "--reported", "fracture=none", "--reported", "collapse=over_50", "--yes"], "is fractured"),
        (["lung-s2", *WORDS, "--minutes", "0", "--yes"], "minutes"),
        (["lung-s2", *WORDS, "--aim", "One alone.", "--yes"], "aims"),
    ],
)
def test_what_cannot_be_a_case_is_told_and_nothing_is_written(book, words, said):
    before = {path: path.read_bytes() for path in book.path.rglob("*") if path.is_file()}
    ran = new(*words)
    assert ran.exit_code == 2, ran.output
    assert said in ran.stderr
    assert {path: path.read_bytes() for path in book.path.rglob("*") if path.is_file()} == before


def test_a_case_is_replaced_only_when_that_is_asked_for_or_confirmed(book):
    old = (book.path / "cases" / "colon-s1.yml").read_bytes()
    assert new("colon-s1", *WORDS, typed="n\n").exit_code == 2
    assert (book.path / "cases" / "colon-s1.yml").read_bytes() == old
    assert new("colon-s1", *WORDS, typed="y\n15\n\n\n").exit_code == 0
    assert load_case(book.path / "cases" / "colon-s1.yml").title == GIVEN["--title"]
    assert new("colon-s1", *WORDS, "--title", "Third", "--yes", "--force").exit_code == 0
    assert load_case(book.path / "cases" / "colon-s1.yml").title == "Third"
    assert (book.path / "_toc.yml").read_text("utf-8").count("cases/colon-s1") == 1


def test_a_broken_table_of_contents_is_left_as_it_is_and_no_case_is_written(book):
    book.edit("_toc.yml", "root: book", "root: [book")
    broken = (book.path / "_toc.yml").read_bytes()
    ran = new("lung-s2", *WORDS, "--yes")
    assert ran.exit_code == 2
    assert "_toc.yml:" in ran.stderr
    assert (book.path / "_toc.yml").read_bytes() == broken
    assert not list(book.path.glob("cases/lung*"))


def test_what_was_typed_is_printed_if_it_cannot_be_written(book, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device", "cases/lung-s2.yml")

    monkeypatch.setattr(files, "write", full)
    assert drafts.files.write is full
    ran = new("lung-s2", *WORDS, *FINDINGS, "--yes")
    assert ran.exit_code == 2
    assert GIVEN["--vignette"] in ran.stdout
    assert "value: mechanical" in ran.stdout
    assert "No space left on device" in ran.stderr
