"""Aims and presentations: what each case of the book has, and what is said of steps that cannot be shown."""

import shutil
from pathlib import Path

import pytest
from folders import Folder, place

from casebook import FaultError
from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge
from classroom.presentation import presentation

CASES = sorted(path.stem for path in (Path(__file__).resolve().parents[4] / "cases").glob("*.yml"))


@pytest.fixture
def cases(root, tmp_path) -> Folder:
    shutil.copytree(root / "cases", tmp_path / "cases")
    return Folder(tmp_path / "cases")


def fault_of(cases: Folder, name: str = "colon-s1"):
    with pytest.raises(FaultError) as raised:
        load_case(cases.path / f"{name}.yml")
    (fault,) = raised.value.faults
    return fault


# the cases of the book


@pytest.mark.parametrize("id", CASES)
def test_a_case_has_two_to_four_aims_in_short_lines(id):
    aims = load_case(id).aims
    assert 2 <= len(aims) <= 4
    assert len(set(aims)) == len(aims)


@pytest.mark.parametrize("id", CASES)
def test_a_case_is_presented_in_thirty_minutes_with_something_to_say_at_every_step(id):
    case = load_case(id)
    assert sum(step.minutes for step in case.presenting) == 30
    for step in case.presenting:
        assert step.say, step
        if step.show in ("reading", "what_if", "findings", "scores", "plan"):
            assert step.ask, step


@pytest.mark.parametrize("id", CASES)
def test_every_question_is_asked_and_the_room_decides_before_it_hears_what_was_done(id):
    case = load_case(id)
    shown = [(step.show, step.id) for step in case.presenting]
    assert {question.id for question in case.reading} <= {id for kind, id in shown if kind == "reading"}
    if case.treatment:
        done = shown.index(("treatment", None))
        assert ("reading", "operation") not in shown or shown.index(("reading", "operation")) < done
        assert done < shown.index(("outcome", None))


@pytest.mark.parametrize("id", CASES)
def test_what_a_step_cites_is_a_source_of_the_case_with_its_place(id):
    case = load_case(id)
    for step in case.presenting:
        assert set(step.source) <= set(case.sources)
        assert all(locator.strip() for locator in step.source.values())


@pytest.mark.parametrize("id", CASES)
def test_what_a_page_fetches_holds_the_steps_and_the_short_names_of_their_sources(id):
    given = presentation(load_case(id))
    assert [step["show"] for step in given["steps"]] == [step.show for step in load_case(id).presenting]
    assert given["sources"] == {key: knowledge().sources[key].short for key in load_case(id).sources}
    assert ("constructed" in given) == load_case(id).constructed


# a case that names no steps


@pytest.mark.parametrize("id", CASES)
def test_a_case_without_steps_is_presented_with_all_that_it_has(id):
    case = load_case(id).model_copy(update={"presenting": ()})
    assert case.presenting == ()
    assert case.steps[0].show in ("aims", "vignette")
    shown = [(step.show, step.id) for step in case.steps]
    assert {id for kind, id in shown if kind == "reading"} == {question.id for question in case.reading}
    assert {id for kind, id in shown if kind == "what_if"} == {entry.id for entry in case.what_ifs}
    assert (("outcome", None) in shown) == (case.outcome is not None)
    assert shown.index(("vignette", None)) < shown.index(("scores", None)) < shown.index(("plan", None))


# what is wrong


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        (
            "  - show: reading\n    id: pain\n",
            "  - show: reading\n    id: pian\n",
            "    id: pian",
            "did you mean pain?",
        ),
        (
            "    id: level-s2\n    minutes",
            "    id: level-s3\n    minutes",
            "    id: level-s3",
            "did you mean level-s2?",
        ),
        (
            "  - show: reading\n    id: pain\n",
            "  - show: reading\n",
            "  - show: reading\n    minutes",
            "add id: pain, emergency or",
        ),
        ("  - show: plan\n", "  - show: plan\n    id: all\n", "    id: all", "remove it"),
        ("[level, pain, collapse,", "[level, pane, collapse,", "[level, pane", "did you mean pain?"),
        (
            "    findings: [level, pain, collapse, fracture_pattern]\n",
            "",
            "  - show: findings",
            "add findings: [pain, …]",
        ),
        ("  - show: plan\n", "  - show: plan\n    findings: [pain]\n", "    findings: [pain]", "remove them"),
        ("  - show: plan\n", "  - show: plans\n", "  - show: plans", "plan"),
        ("  - show: plan\n    minutes: 2\n", "  - show: plan\n    minutes: 0\n", "    minutes: 0", "greater than 0"),
        ("    ask: What would you plan first, if", "    aks: What would you plan first, if", "    aks:", "ask"),
        ('{zoccali2016: "abstract"}', '{zoccali2016: ""}', '{zoccali2016: ""}', "has no locator"),
    ],
)
def test_a_step_that_cannot_be_shown_is_a_fault_with_its_line_and_what_would_be_right(cases, old, new, at, said):
    cases.edit("colon-s1.yml", old, new)
    text = (cases.path / "colon-s1.yml").read_text("utf-8")
    assert text.count(at) == 1
    fault = fault_of(cases)
    assert place(fault) == ("colon-s1.yml", text[: text.index(at)].count("\n") + 1)
    assert said in str(fault)


def test_a_step_cannot_show_what_a_constructed_case_has_not(cases):
    line = cases.edit("sacral-ala-cement.yml", "  - show: plan\n", "  - show: outcome\n")
    fault = fault_of(cases, "sacral-ala-cement")
    assert place(fault) == ("sacral-ala-cement.yml", line)
    assert "the case has no outcome to show" in str(fault)


def test_one_aim_alone_is_a_fault(cases):
    text = (cases.path / "colon-s1.yml").read_text("utf-8")
    start, end = text.index("aims:"), text.index("source:")
    cases.write("colon-s1.yml", f"{text[:start]}aims: [Score pain by load.]\n{text[end:]}")
    assert "aims" in str(fault_of(cases))


def test_an_aim_longer_than_a_line_is_a_fault(cases):
    cases.edit("colon-s1.yml", "Score pain in SINS by load", f"Score {'very carefully ' * 8}pain in SINS by load")
    assert "120 characters" in str(fault_of(cases))
