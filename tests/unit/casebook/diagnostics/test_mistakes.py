"""Mistakes that people make when they edit a book: each is told with its file and line, and with what would help."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from folders import Folder
from typer.testing import CliRunner

import casebook.review.check
from casebook.cli import app
from casebook.knowledge_base import load

ROOT = Path(__file__).resolve().parents[4]
CASE = "cases/colon-s1.yml"
NOTEBOOK = "cases/colon-s1.ipynb"
TOC = "_toc.yml"
QUESTIONS = "book/scores/sins.questions.yml"
KNOWLEDGE = "casebook/knowledge"
SURGERY = f"{KNOWLEDGE}/rules/surgery.yml"
SINS = f"{KNOWLEDGE}/scores/sins.yml"
TERMS = f"{KNOWLEDGE}/terms.yml"


@dataclass(frozen=True)
class Edit:
    """Text replaced once. The fault is where the new text begins, or where the text `at` stands then."""

    file: str
    old: str
    new: str
    at: str = ""

    def make(self, book: Folder) -> tuple[str, int]:
        line = book.edit(self.file, self.old, self.new)
        if not self.at:
            return self.file, line
        text = (book.path / self.file).read_text("utf-8")
        return self.file, text[: text.index(self.at)].count("\n") + 1


@dataclass(frozen=True)
class Whole:
    """A file that holds something else altogether."""

    file: str
    content: bytes
    line: int = 1

    def make(self, book: Folder) -> tuple[str, int]:
        path = book.path / self.file
        path.unlink(missing_ok=True)
        path.write_bytes(self.content)
        return self.file, self.line


@dataclass(frozen=True)
class Done:
    """Something done to a file."""

    file: str
    step: Callable[[Path], object]
    line: int = 1

    def make(self, book: Folder) -> tuple[str, int]:
        self.step(book.path / self.file)
        return self.file, self.line


def to_link(target: str) -> Callable[[Path], None]:
    def step(path: Path) -> None:
        path.unlink(missing_ok=True)
        path.symlink_to(target)

    return step


def to_folder(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def with_ends(path: Path) -> None:
    """Save with a byte order mark and the line ends of Windows, and mistype an option."""
    text = path.read_text("utf-8").replace("    value: lytic\n", "    value: lytik\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8"))


def line_of(file: str, text: str) -> int:
    whole = (ROOT / file).read_text("utf-8")
    assert text in whole
    return whole[: whole.index(text)].count("\n") + 1


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x, x]\n" + b"".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 10)}]\n".encode() for n in range(8)
)

MISTAKES: dict[str, tuple[Edit | Whole | Done, str]] = {
    # a case
    "an option is mistyped": (Edit(CASE, "    value: lytic\n", "    value: lytik\n"), "did you mean lytic?"),
    "a finding is mistyped": (Edit(CASE, "  sacral_ala: {", "  sacral_ale: {"), "did you mean sacral_ala?"),
    "a citation is mistyped": (
        Edit(
            CASE,
            "note: Of S1, on CT.\n    source: {mika2018:",
            "note: Of S1, on CT.\n    source: {mika2081:",
            "{mika2081:",
        ),
        "did you mean mika2018?",
    ),
    "a citation has no place": (
        Edit(
            CASE,
            'Of S1, on CT.\n    source: {mika2018: "Fig. 2, l. 85"}',
            'Of S1, on CT.\n    source: {mika2018: ""}',
            '{mika2018: ""}',
        ),
        "Pathological fracture (fracture): mika2018 has no locator",
    ),
    "the provenance is missing": (
        Edit(
            CASE, "  bone_lesion:\n    value: lytic\n    provenance: reported\n", "  bone_lesion:\n    value: lytic\n"
        ),
        "Bone lesion on CT (bone_lesion): “provenance” is missing; add provenance: …",
    ),
    "the provenance is mistyped": (
        Edit(
            CASE,
            "    value: lytic\n    provenance: reported\n",
            "    value: lytic\n    provenance: reproted\n",
            "reproted",
        ),
        "did you mean reported?",
    ),
    "what is reported has no source": (
        Edit(
            CASE,
            '    note: Of S1, on CT.\n    source: {mika2018: "Fig. 2, l. 85"}\n',
            "    note: Of S1, on CT.\n",
            "  fracture:",
        ),
        "Pathological fracture (fracture) is marked reported without a source",
    ),
    "what is assumed has no reason": (
        Edit(CASE, "    note: No deformity or displacement is mentioned.\n", "", "  alignment:"),
        "Alignment (alignment) is assumed without a reason",
    ),
    "an unknown finding has a value": (
        Edit(CASE, "  sacral_ala: {provenance: not_reported}", "  sacral_ala: {value: yes, provenance: not_reported}"),
        "is marked not_reported",
    ),
    "two findings contradict each other": (
        Edit(
            CASE,
            "    value: present\n    provenance: reported\n",
            "    value: none\n    provenance: reported\n",
            "  fracture:",
        ),
        "Pathological fracture (fracture) none and Collapse of the vertebral body (collapse) under_50",
    ),
    "the published total cannot be reached": (
        Edit(CASE, "sins: {total: 9,", "sins: {total: 19,"),
        "the published SINS is 19; the findings give 9;",
    ),
    "a line is indented too far": (
        Edit(
            CASE,
            "    value: lytic\n",
            "      value: lytic\n",
            '    provenance: reported\n    source: {mika2018: "Fig. 2, l. 85"}\n  alignment',
        ),
        "indentation",
    ),
    "a line begins with a tab": (Edit(CASE, "    value: lytic\n", "\t    value: lytic\n"), "spaces, not tabs"),
    "a finding stands twice": (
        Edit(CASE, "  sacral_ala: {", "  level: {provenance: not_reported}\n  sacral_ala: {"),
        "“level” is repeated here",
    ),
    "a key is mistyped": (Edit(CASE, "minutes: 15", "minuts: 15"), "did you mean minutes?"),
    "words stand where a number belongs": (Edit(CASE, "minutes: 15", "minutes: a while"), "is not a whole number"),
    "a number stands where text belongs": (
        Edit(CASE, "title: Colon cancer at S1", "title: 1"),
        'put it in quotes: "1"',
    ),
    "the id is not the file's name": (Edit(CASE, "id: colon-s1\n", "id: colon-s2\n"), "write id: colon-s1"),
    "a title is that of another case": (
        Edit(
            "cases/endometrial-ilium.yml",
            "title: Endometrial cancer in the right ilium and sacrum",
            "title: Colon cancer at S1",
        ),
        "that of colon-s1",
    ),
    "a tag has no meaning": (Edit(CASE, "    value: lytic\n", "    value: !bone lytic\n"), "the tag !bone"),
    "a label has HTML in it": (
        Edit(CASE, "label: Sacroplasty}", "label: <b>Sacroplasty</b>}"),
        "write it without <b>",
    ),
    "a what-if sets an option that is not": (
        Edit(CASE, "set: {pain: mechanical}", "set: {pain: mechanicl}"),
        "did you mean mechanical?",
    ),
    "a case is a list": (Whole(CASE, b"- id: colon-s1\n"), "a case is a mapping"),
    "a case is empty": (Whole(CASE, b""), "a case is a mapping"),
    "aliases of aliases make millions of values": (Whole(CASE, BOMB, 5), "write out what the aliases repeat"),
    "a case holds ten megabytes": (Whole(CASE, b"id: colon-s1 # " + b"x" * 10_000_000), "more than 1,000,000 bytes"),
    "a case is not UTF-8": (
        Whole(CASE, "id: colon-s1\ntitle: Übergang\n".encode("latin-1"), 2),
        "save the file as UTF-8",
    ),
    "a case has null bytes": (Whole(CASE, b"id: colon-s1\ntitle: \x00\n", 2), "U+0000"),
    "a case was saved on Windows, and an option is mistyped": (
        Done(CASE, with_ends, line_of(CASE, "    value: lytic\n")),
        "did you mean lytic?",
    ),
    "a case is a link that leads to itself": (Done(CASE, to_link("colon-s1.yml")), "cannot be read"),
    "a case is a link that leads nowhere": (Done(CASE, to_link("nowhere.yml")), "cannot be read"),
    "a case is a folder": (Done(CASE, to_folder), "cannot be read: Is a directory; name the file inside it"),
    # a notebook
    "a case has no notebook": (Done(NOTEBOOK, Path.unlink), "add colon-s1.ipynb beside it"),
    "a notebook has no case": (Done(CASE, Path.unlink), "add colon-s1.yml beside it"),
    "a notebook is not JSON": (Whole(NOTEBOOK, b'{\n "cells": [,]\n}', 2), "not a notebook: expecting value"),
    "a notebook is JSON, and no notebook": (Whole(NOTEBOOK, b"[]"), "not a notebook of format 4"),
    "a notebook shows a case that is not": (
        Edit(NOTEBOOK, 'CaseReading(\\"colon-s1\\")', 'CaseReading(\\"colon-s2\\")'),
        "did you mean colon-s1?",
    ),
    "a notebook shows another case only": (
        Done(
            NOTEBOOK,
            lambda path: path.write_text(path.read_text("utf-8").replace("colon-s1", "endometrial-ilium"), "utf-8"),
            2,
        ),
        'add a cell: CaseExplorer("colon-s1")',
    ),
    "a notebook names another kernel": (
        Edit(NOTEBOOK, '   "name": "python3"', '   "name": "julia"'),
        "choose python3 in JupyterLab",
    ),
    "a notebook was not run": (
        Edit(
            NOTEBOOK,
            '   "execution_count": 2,\n   "id": "reading"',
            '   "execution_count": null,\n   "id": "reading"',
            '"CaseReading(\\"colon-s1\\")"',
        ),
        "run python -m publish.notebooks",
    ),
    # the table of contents
    "the contents name a page that is not": (
        Edit(TOC, "book/scores/tomita", "book/scores/tomata"),
        "did you mean book/scores/tomita?",
    ),
    "the contents leave out a case": (
        Edit(TOC, "      - file: cases/colon-s1\n", "", "    chapters:\n      - file: cases"),
        "add “- file: cases/colon-s1”",
    ),
    "the contents name a page twice": (Edit(TOC, "book/scores/tomita", "book/scores/sins"), "is repeated here"),
    "the contents cannot be read": (
        Edit(TOC, "root: book/introduction", "root: [book/introduction", "parts:"),
        "not valid YAML",
    ),
    "the contents are missing": (Done(TOC, Path.unlink), "cannot be read: No such file or directory"),
    # the knowledge
    "a rule names an option that is not": (
        Edit(TERMS, "pain in {mechanical", "pain in {mechanicl"),
        "did you mean mechanical?",
    ),
    "a rule names an action that is not": (
        Edit(SURGERY, "{thromboembolism_assessment: consider}", "{thromboembolism_asessment: consider}"),
        "did you mean thromboembolism_assessment?",
    ),
    "a rule names a finding that is not": (
        Edit(SURGERY, "when: root_symptoms or fracture == present", "when: root_symptoms or fractur == present"),
        "did you mean fracture?",
    ),
    "a rule has a stance that is not": (
        Edit(SURGERY, "{thromboembolism_assessment: consider}", "{thromboembolism_assessment: considr}"),
        "did you mean consider?",
    ),
    "a rule echoes a rule that is not": (
        Edit(SURGERY, "echoes: [R039]", "echoes: [R93]"),
        "R93 is not a rule; did you mean R093?",
    ),
    "a rule has no source": (
        Edit(SURGERY, '  source: {mika2018: "Introduction, l. 19"}\n', "", "- id: R002"),
        "Consider thromboembolism if mobility is reduced (R002): “source” is missing",
    ),
    "a rule cites a source that is not": (
        Edit(SURGERY, '{mika2018: "Introduction, l. 19"}', '{mika2081: "Introduction, l. 19"}'),
        "did you mean mika2018?",
    ),
    "an id of a rule stands twice": (Edit(SURGERY, "- id: R083", "- id: R082"), "rule R082 is defined twice"),
    "two exceptions run in a circle": (
        Edit(
            SURGERY,
            "Elsewhere the paper also names deficits and failed radiotherapy.\n",
            "Elsewhere the paper also names deficits.\n  exception_to: [R090]\n",
            "  exception_to: [R090]",
        ),
        "is circular",
    ),
    "a conflict names a rule that is not": (
        Edit(f"{KNOWLEDGE}/conflicts.yml", "rules: [R028]", "rules: [R28]"),
        "R28 is not a rule; did you mean R",
    ),
    "the bands of a score leave a gap": (
        Edit(SINS, "    low: 7\n", "    low: 8\n", "  - id: potentially_unstable"),
        "the band should start at 7",
    ),
    "the bands of a score overlap": (
        Edit(SINS, "    low: 7\n", "    low: 6\n", "  - id: potentially_unstable"),
        "the band should start at 7",
    ),
    "two options of an item overlap": (
        Edit(
            SINS,
            'when: "level in {C3, C4, C5, C6, L2, L3, L4}"',
            'when: "level in {C2, C3, C4, C5, C6, L2, L3, L4}"',
            "  - id: location",
        ),
        "C2",
    ),
    "points are words": (
        Edit(SINS, '"not mechanical", points: 1', '"not mechanical", points: one'),
        "points: 'one' is not a whole number",
    ),
    "a label of the knowledge has HTML in it": (
        Edit(SINS, "label: potentially unstable", "label: <i>potentially</i> unstable"),
        "write it without <i>",
    ),
    "a file of the knowledge is empty": (Whole(TERMS, b"# nothing\n"), "is empty; write [] if there are none"),
    "a file of the knowledge is a mapping": (Whole(TERMS, b"id: painful\n"), "a list of terms is expected here"),
    "a file of the knowledge is missing": (Done(TERMS, Path.unlink), "No such file or directory"),
    "a table of the knowledge is not UTF-8": (
        Done(f"{KNOWLEDGE}/evidence.csv", lambda path: path.write_bytes(path.read_bytes() + b"E99,\xff\n"), 0),
        "save the file as UTF-8",
    ),
}


def copied(folder: Path, *left_out: str) -> Folder:
    """A copy of the book without files of some names."""
    for name in ("cases", "book", KNOWLEDGE):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", *left_out))
    shutil.copy(ROOT / TOC, folder / TOC)
    return Folder(folder)


@pytest.fixture
def whole(tmp_path, monkeypatch) -> Folder:
    """A copy of the book that a test may break; the command runs in it."""
    monkeypatch.chdir(tmp_path)
    return copied(tmp_path)


ELSEWHERE = ("melanoma-cauda-equina", "sacral-ala-cement")
"""Cases in which no mistake is made."""


@pytest.fixture(scope="module")
def part(tmp_path_factory) -> Folder:
    """The same with two cases and the questions of one chapter: a run reads no more than it takes to find a mistake."""
    part = copied(tmp_path_factory.mktemp("part"), "images", "*.questions.yml", *(f"{case}.*" for case in ELSEWHERE))
    shutil.copy(ROOT / QUESTIONS, part.path / QUESTIONS)
    for case in ELSEWHERE:
        part.edit(TOC, f"      - file: cases/{case}\n", "")
    return part


@pytest.fixture
def book(part, monkeypatch) -> Folder:
    """This part, copied once: a test puts back what it breaks. The command runs in it."""
    monkeypatch.chdir(part.path)
    return part


def test_a_book_without_a_mistake_has_no_fault(book):
    ran = CliRunner().invoke(app, ["check"])
    assert ran.exit_code == 0, ran.output


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_file_and_line_and_with_what_helps(book, monkeypatch, mistake):
    made, help = MISTAKES[mistake]
    if made.file.startswith(KNOWLEDGE):
        monkeypatch.setattr(casebook.review.check, "knowledge", lambda: load(KNOWLEDGE))
    with book.broken(made.file):
        file, line = made.make(book)
        ran = CliRunner().invoke(app, ["check"])
    assert ran.exit_code == 1, ran.output
    assert ran.exception is None or isinstance(ran.exception, SystemExit)
    told = [said for said in ran.stdout.splitlines() if help in said]
    assert told, ran.stdout
    where = told[0].split(": ")[0].rsplit(":", 2)
    assert len(where) == 3, told[0]
    assert Path(where[0]).with_suffix("") == Path(file).with_suffix("")
    assert line in (0, int(where[1])), told[0]
    assert int(where[2]) >= 1


def test_a_file_that_one_may_not_read_is_told(book, monkeypatch):
    opened = Path.open

    def refusing(path, *words, **named):
        if path.name == "colon-s1.yml":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *words, **named)

    monkeypatch.setattr(Path, "open", refusing)
    ran = CliRunner().invoke(app, ["check"])
    assert "cases/colon-s1.yml:1:1: cannot be read: Permission denied; check" in ran.stdout


def test_every_mistake_of_a_book_is_told_in_one_run_and_none_is_a_traceback(whole):
    """Run as its own process, with its own knowledge, as in a copy of the whole project."""
    shutil.copytree(ROOT / "casebook", whole.path / "casebook", dirs_exist_ok=True)
    names = [
        "a rule names an action that is not",
        "a rule cites a source that is not",
        "a conflict names a rule that is not",
        "a rule has a stance that is not",
        "the provenance is missing",
        "a title is that of another case",
        "a notebook shows a case that is not",
        "the contents name a page that is not",
    ]
    made = []
    for name in names:
        mistake, help = MISTAKES[name]
        if name == "a rule has a stance that is not":
            mistake = Edit(
                SURGERY,
                "{lumbopelvic_fixation: recommended}\n  tier: directive\n  source: {mika2018",
                "{lumbopelvic_fixation: recomended}\n  tier: directive\n  source: {mika2018",
            )
            help = "did you mean recommended?"
        made.append((*mistake.make(whole), help.rpartition("): ")[2]))
    command = [sys.executable, "-m", "casebook.cli", "check"]
    environment = {**os.environ, "PYTHONPATH": str(whole.path)}
    ran = subprocess.run(command, cwd=whole.path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr == ""
    for file, line, help in made:
        assert any(f"{file}:{line}:" in said and help in said for said in ran.stdout.splitlines()), (file, line, help)
    assert len(ran.stdout.splitlines()) == len(made) + 1, ran.stdout


def test_any_bytes_at_all_are_told_plainly(book):
    """A case, a notebook and the table of contents, each with something put in, left out or turned round."""
    chance = random.Random("any bytes")
    for place in range(120):
        file = [CASE, NOTEBOOK, TOC][place % 3]
        raw = bytearray((ROOT / file).read_bytes())
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(raw))
            raw[at : at + chance.choice([0, 1, 5])] = chance.choice(
                [
                    b"",
                    b"\xff",
                    b"\0",
                    b"&a ",
                    b"*a",
                    b"!!python/object:os.system ",
                    b"\t",
                    b"{",
                    b"]",
                    b"- ",
                    b"? ",
                    b'"',
                    b"%Y",
                    b"<<: ",
                ]
            )
        with book.broken(file):
            (book.path / file).write_bytes(raw)
            ran = CliRunner().invoke(app, ["check", file])
        assert ran.exception is None or isinstance(ran.exception, SystemExit), (file, bytes(raw[at - 40 : at + 40]))
