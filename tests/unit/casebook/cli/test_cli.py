"""The command line, as a reader types it."""

import json
import re
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import casebook
from casebook.cases.case import load_case
from casebook.cli import app
from casebook.explain import changed


@pytest.fixture
def run(root, monkeypatch):
    monkeypatch.chdir(root)

    def run(*words: str, typed: str | bytes | None = None):
        return CliRunner().invoke(app, list(words), input=typed)

    return run


def test_a_case_is_assessed_by_its_name_with_the_emergency_first(run):
    ran = run("assess", "melanoma-cauda-equina")
    assert ran.exit_code == 0
    first, heading, call, *rest = ran.stdout.splitlines()
    assert first == " ".join(map(str, load_case("melanoma-cauda-equina").assess().first_line))
    assert first.startswith("Emergency. Cauda equina syndrome, with compression on imaging. Call the spine surgeon")
    assert heading == "EMERGENCY"
    assert call.startswith("  Spine surgeon and radiation oncologist together: ")
    assert rest[0].startswith("  MRI of the full spine within 12 hours: ")
    assert "  Decompression of the sacral canal: " in "\n".join(rest)
    assert "SINS 1 to 6 of 18: stable" in ran.stdout
    assert "sources disagree" in ran.stdout


def test_a_case_is_assessed_by_its_path(run):
    assert run("assess", "cases/colon-s1.yml").stdout == run("assess", "colon-s1").stdout
    assert "SINS 9 of 18: potentially unstable" in run("assess", "colon-s1").stdout


def test_an_assessment_as_json_is_that_of_python(run):
    ran = run("assess", "colon-s1", "--json")
    assert ran.exit_code == 0
    assert json.loads(ran.stdout) == load_case("colon-s1").assess().to_dict()


@pytest.mark.parametrize("typed", ["pain: mechanical\nlevel: S1\n", '{"pain": "mechanical", "level": "S1"}'])
def test_findings_are_read_from_standard_input_as_yaml_or_json(run, typed):
    ran = run("assess", "-", "--json", typed=typed)
    assert ran.exit_code == 0
    assert json.loads(ran.stdout) == casebook.assess({"pain": "mechanical", "level": "S1"}).to_dict()


def test_findings_are_read_from_a_file(run, tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text("karnofsky: 70\nfit_for_surgery: yes\npain:\n", encoding="utf-8")
    ran = run("assess", str(path), "--json")
    assert json.loads(ran.stdout) == casebook.assess({"karnofsky": 70, "fit_for_surgery": "yes"}).to_dict()


def test_what_is_not_decided_says_what_it_hangs_on(run):
    ran = run("assess", "-", typed="level: S1\n")
    assert "NOT YET DECIDED" in ran.stdout
    assert "depends on" in ran.stdout


CALM = (
    "level: S2\nspine_mri: lesion_only\nepidural: none\ncompression_by: none\nfracture: none\npain: occasional\n"
    "cauda_equina_syndrome: absent\nbladder_bowel: normal\nsaddle_sensation: normal\nmotor_deficit: none\n"
    "deficit_course: none\nsuspected_cord_compression: no\n"
)


@pytest.mark.parametrize(
    ("pain", "limit"),
    [
        ("radicular_pain: none", "within 14 days"),
        ("radicular_pain: unilateral", "within 7 days"),
        ("radicular_pain: bilateral", "within 12 hours"),
    ],
)
def test_a_time_limit_has_one_wording_in_the_plan_the_first_line_and_what_changed(run, pain, limit):
    findings = f"{CALM}{pain}\n"
    printed = run("assess", "-", typed=findings).stdout
    assert f"  MRI of the full spine {limit}: " in printed
    assert not re.search(r"within (168|336) hours|within \d+ ?h\b", printed)
    known = dict(line.split(": ") for line in findings.splitlines())
    (move,) = [move for move in changed({}, known).moves if move.id == "mri_full_spine"]
    assert move.to.endswith(limit)
    assert limit in move.text


def test_a_survival_band_is_printed_with_its_poor_calibration(run):
    for ran in (run("assess", "colon-s1"), run("score", "tokuhashi", "primary=colon"), run("score", "tomita")):
        assert "poorly calibrated" in ran.stdout


@pytest.mark.parametrize(
    ("typed", "line", "said"),
    [
        ("level: S1\npain: mechanic\n", 2, "did you mean mechanical"),
        ("level: S1\npane: mechanical\n", 2, "did you mean pain"),
        ("level: S1\nfit_for_surgery: true\n", 2, "did you mean yes"),
        ("level: S1\npain: [mechanical\n", 3, "not valid YAML"),
        ("level: S1\npain: none\nlevel: S2\n", 3, "is repeated here"),
        ("- level\n", 1, "findings are expected"),
        ("", 1, "findings are expected"),
    ],
)
def test_findings_that_cannot_be_read_are_one_plain_line_with_its_place(run, typed, line, said):
    ran = run("assess", "-", typed=typed)
    assert ran.exit_code == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith(f"standard input:{line}:")
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_bytes_that_are_no_text_are_one_plain_line(run):
    ran = run("assess", "-", typed=b"level: S1\npain: \xff\n")
    assert ran.exit_code == 2
    assert ran.stderr.startswith("standard input:2:")


def test_a_file_that_is_not_there_is_one_plain_line(run):
    ran = run("assess", "colon-s9")
    assert ran.exit_code == 2
    assert "did you mean colon-s1" in ran.stderr


def test_a_case_is_read_from_standard_input(run, root):
    ran = run("assess", "-", "--json", typed=(root / "cases" / "colon-s1.yml").read_text(encoding="utf-8"))
    assert ran.exit_code == 0
    assert json.loads(ran.stdout) == load_case("colon-s1").assess().to_dict()


# score


SINS_9 = [
    "location=junctional",
    "pain=occasional",
    "bone_lesion=lytic",
    "alignment=normal",
    "collapse=under_50",
    "posterolateral=unilateral",
]


def test_a_score_is_told_with_its_band_and_items(run):
    ran = run("score", "sins", *SINS_9)
    assert ran.exit_code == 0
    assert ran.stdout.startswith("SINS 9 of 18: potentially unstable\n")
    assert "  Location: junctional" in ran.stdout


def test_a_score_as_json_is_that_of_python(run):
    ran = run("score", "sins", *SINS_9, "--json")
    assert json.loads(ran.stdout) == casebook.score("sins", dict(item.split("=") for item in SINS_9)).to_dict()


def test_a_missing_item_leaves_a_range_and_is_called_unknown(run):
    ran = run("score", "sins", *SINS_9[1:])
    assert ran.stdout.startswith("SINS 6 to 9 of 18: stable or potentially unstable\n")
    assert "  Location: unknown (0 to 3)" in ran.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["sinss"], "did you mean sins"),
        (["glasgow"], "there is no score"),
        (["sins", "pane=mechanical"], "did you mean pain"),
        (["sins", "pain=mechanic"], "did you mean mechanical"),
        (["sins", "pain"], "item=option"),
        (["sins", "pain="], "item=option"),
        (["sins", "pain=none", "pain=mechanical"], "gives pain twice"),
    ],
)
def test_what_cannot_be_scored_is_one_plain_line(run, words, said):
    ran = run("score", *words)
    assert ran.exit_code == 2
    assert ran.stdout == ""
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


# check


def test_the_knowledge_and_the_cases_of_the_book_are_found_right(run):
    ran = run("check")
    assert (ran.exit_code, ran.stdout) == (0, "Nothing wrong was found.\n")
    assert json.loads(run("check", "--json").stdout) == []


def test_a_case_that_is_wrong_is_found_with_its_line(run, root, tmp_path):
    text = (root / "cases" / "colon-s1.yml").read_text(encoding="utf-8")
    path = tmp_path / "colon-s1.yml"
    path.write_text(text.replace("    value: lytic\n", "    value: lytik\n"), encoding="utf-8")
    line = text[: text.index("    value: lytic\n")].count("\n") + 1
    ran = run("check", str(path))
    assert ran.exit_code == 1
    assert f"colon-s1.yml:{line}:" in ran.stdout
    assert ran.stdout.endswith("1 fault found.\n")
    (fault,) = json.loads(run("check", str(path), "--json").stdout)
    assert list(fault) == ["where", "what", "right"]
    assert "lytic" in fault["right"]


def test_several_files_are_checked_together(run, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.yml").write_text("- x\n", encoding="utf-8")
    ran = run("check", str(tmp_path / "one.yml"), str(tmp_path / "two.yml"))
    assert ran.exit_code == 1
    assert "2 faults found." in ran.stdout


def test_a_notebook_the_contents_a_folder_and_a_part_of_the_knowledge_are_checked_by_name(run):
    for name in ("cases/colon-s1.ipynb", "_toc.yml", "cases", "casebook/knowledge/terms.yml"):
        assert run("check", name).stdout == "Nothing wrong was found.\n", name
    assert "cannot be read" in run("check", "cases/colon-s9.yml").stdout


def test_the_engine_starts_without_what_only_the_command_line_needs():
    needed = (
        "import sys, casebook, casebook.cases.case; print(sorted({'rich', 'typer', 'pandas'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", needed], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("command", ["assess", "score", "check", "diff"])
def test_every_command_explains_itself(run, command):
    ran = run(command, "--help")
    assert ran.exit_code == 0
    assert "--json" in ran.stdout


def test_the_command_says_that_it_is_for_teaching(run):
    assert "teaching" in run("--help").stdout
