"""Findings that no patient has together: everything that takes findings refuses them, with the same sentence."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from traitlets import TraitError
from typer.testing import CliRunner

import casebook
from casebook import FaultError, FindingError, explain
from casebook.cases.case import load_case
from casebook.cli import app
from casebook.cohort import assess_frame
from casebook.inference.refusals import refusals
from casebook.knowledge_base import knowledge
from casebook.models.contradiction import ContradictionError
from widgets import CaseExplorer

KNOWN = knowledge()

PAIRS: dict[str, tuple[dict, str]] = {
    "collapse-without-fracture": ({"fracture": "none", "collapse": "over_50"}, "set fracture to present"),
    "effaced-by-nothing": ({"compression_by": "none", "epidural": "effaces"}, "what effaces the thecal sac"),
    "weakness-without-course": ({"deficit_course": "none", "motor_deficit": "unilateral"}, "has a course"),
    "syndrome-without-course": ({"deficit_course": "none", "cauda_equina_syndrome": "present"}, "has a course"),
    "normal-grade-with-weakness": ({"frankel": "E", "motor_deficit": "bilateral"}, "set frankel to D or lower"),
    "foramen-or-canal": ({"compression_by": "tumour", "epidural": "none"}, "tumour presses on roots, yet the canal is free"),
    "free-without-mri": ({"spine_mri": "not_done", "epidural": "none"}, "can only be seen on MRI (or on CT myelography"),
    "syndrome-with-a-free-canal": (
        {"cauda_equina_syndrome": "present", "spine_mri": "full_spine", "epidural": "none", "compression_by": "none"},
        "set cauda_equina_syndrome to suspected and look for another cause",
    ),
    "residual-without-retention": (
        {"post_void_residual": "from_200", "bladder_bowel": "normal"},
        "200 ml or more left after voiding is retention",
    ),
    "tone-without-suspicion": ({"anal_tone": "reduced", "cauda_equina_syndrome": "absent"}, "set cauda_equina_syndrome to suspected or present"),
    "sphincter-without-course": ({"deficit_course": "none", "saddle_sensation": "reduced"}, "is a deficit and has a course"),
    "low-grade-without-weakness": ({"frankel": "B", "motor_deficit": "none"}, "strength is lost"),
    "grade-without-deficit": (
        {"frankel": "D", "motor_deficit": "none", "bladder_bowel": "normal", "saddle_sensation": "normal"},
        "record the deficit, or set frankel to E",
    ),
    "painless-with-a-number": ({"pain": "none", "pain_intensity": 1}, "pain down a leg counts as occasional"),
    "pain-without-a-number": ({"pain": "mechanical", "pain_intensity": 0}, "set pain to none, or pain_intensity to 1 or more"),
    "isolated-with-others": (
        {"metastasis_extent": "isolated", "extraspinal_bone_metastases": "one_or_two"},
        "isolated means one lesion in the whole body",
    ),
    "isolated-with-vertebrae": (
        {"metastasis_extent": "isolated", "vertebral_metastases": "three_or_more"},
        "if one tumour spans the segments, set one_continuous_lesion to yes",
    ),
    "pattern-without-fracture": ({"fracture": "none", "fracture_pattern": "u_or_h"}, "a pattern needs a fracture"),
    "fracture-without-pattern": ({"fracture": "present", "fracture_pattern": "none"}, "leave fracture_pattern not assessed"),
    "wing-free-with-wing-fracture": ({"sacral_ala": "no", "fracture_pattern": "ala"}, "this fracture runs through the wing"),
    "sacral-pattern-elsewhere": ({"level": "T8", "fracture_pattern": "u_or_h"}, "these patterns are of the sacrum"),
    "cord-compressed-by-nothing": ({"compression_by": "none", "escc": "2"}, "what compresses the cord presses on it"),
    "cord-grade-without-cord": ({"level": "S1", "escc": "3"}, "there is no cord at this level"),
}  # fmt: skip
"""Of each contradiction findings that hold it, none of which can be left out, and words of its sentence."""

EXCUSES: dict[str, list[dict]] = {
    "foramen-or-canal": [{"tumour_compartment": each} for each in ("foraminal", "plexus", "intradural")],
    "syndrome-with-a-free-canal": [{"tumour_compartment": "intradural"}],
    "isolated-with-others": [{"one_continuous_lesion": "yes", "visceral_metastases": "none"}],
    "isolated-with-vertebrae": [{"one_continuous_lesion": "yes"}],
}
"""What excuses a contradiction, once it is recorded."""


def ids(findings: dict) -> set[str]:
    return {refusal.id for refusal in refusals(KNOWN, findings)}


# each of them


def test_every_contradiction_of_the_book_is_tried():
    assert list(PAIRS) == [each.id for each in KNOWN.contradictions]
    assert set(EXCUSES) == {each.id for each in KNOWN.contradictions if each.unless}


@pytest.mark.parametrize("id", PAIRS)
def test_a_contradiction_is_refused_in_a_sentence_that_names_both_findings_and_what_would_be_right(id):
    findings, words = PAIRS[id]
    with pytest.raises(ContradictionError) as refused:
        casebook.assess(findings)
    assert [refusal.id for refusal in refused.value.refusals] == [id]
    (refusal,) = refused.value.refusals
    assert set(refusal.findings) == set(findings)
    assert words in refusal.text
    assert refusal.right
    for finding, value in findings.items():
        assert f"{KNOWN.vocabulary.by_id[finding].label} ({finding}) {value}" in refusal.what
    assert str(refused.value) == refusal.text
    assert isinstance(refused.value, FindingError)


@pytest.mark.parametrize("id", PAIRS)
def test_no_finding_of_a_contradiction_is_refused_without_the_others(id):
    findings, _ = PAIRS[id]
    for left_out in findings:
        assert id not in ids({finding: value for finding, value in findings.items() if finding != left_out})
        assert id not in ids({**findings, left_out: None})


@pytest.mark.parametrize(("id", "excuse"), [(id, excuse) for id, each in EXCUSES.items() for excuse in each])
def test_an_excuse_excuses_only_once_the_whole_of_it_is_recorded(id, excuse):
    findings, _ = PAIRS[id]
    assert id not in ids({**findings, **excuse})
    for part in excuse:
        rest = {finding: value for finding, value in excuse.items() if finding != part}
        assert id in ids({**findings, **rest}), "what is not assessed excuses nothing"


def test_tumour_in_the_epidural_space_is_no_excuse_for_a_free_canal():
    assert "foramen-or-canal" in ids({**PAIRS["foramen-or-canal"][0], "tumour_compartment": "epidural"})


def test_more_than_two_foci_are_no_excuse_for_an_isolated_lesion():
    many = {"metastasis_extent": "isolated", "extraspinal_bone_metastases": "three_or_more"}
    assert "isolated-with-others" in ids({**many, "one_continuous_lesion": "yes", "visceral_metastases": "none"})


# what is not refused, because the signs take precedence or the patient can exist


@pytest.mark.parametrize(
    "findings",
    [
        {"cauda_equina_syndrome": "absent", "bladder_bowel": "retention", "saddle_sensation": "reduced"},
        {
            "cauda_equina_syndrome": "present", "spine_mri": "full_spine", "epidural": "none", "compression_by": "none",
            "tumour_compartment": "intradural",
        },
        {"frankel": "E", "bladder_bowel": "retention"},
        {"anal_tone": "normal", "cauda_equina_syndrome": "present"},
        {"post_void_residual": "under_200", "bladder_bowel": "retention"},
        {"level": "T8", "escc": "3"},
        {"spine_mri": "lesion_only", "epidural": "none"},
    ],
)  # fmt: skip
def test_signs_beside_the_label_absent_and_other_patients_who_exist_are_assessed(findings):
    assert casebook.assess(findings).plan


# everything that takes findings


IMPOSSIBLE = {"level": "S1", "fracture": "none", "collapse": "over_50"}
SENTENCE = (
    "Pathological fracture (fracture) none and Collapse of the vertebral body (collapse) over_50: a vertebral body that "
    "has lost height is fractured; set fracture to present, or collapse to none or body_over_50"
)

EXPLAINED = {
    "argument": lambda findings: explain.argument(findings, "sacroplasty"),
    "changed to": lambda findings: explain.changed({"level": "S1"}, findings),
    "changed from": lambda findings: explain.changed(findings, {"level": "S1"}),
    "closest": lambda findings: explain.closest(findings, "sacroplasty"),
    "closest of a score": lambda findings: explain.closest(findings, "sins"),
    "disagreements": explain.disagreements,
    "firmness": explain.firmness,
    "open_points": explain.open_points,
    "relevant": explain.relevant,
}


def test_every_explanation_is_tried():
    functions = {name for name in explain.__all__ if name[0].islower()}
    assert functions == {name.split(" ")[0] for name in EXPLAINED}


@pytest.mark.parametrize("name", EXPLAINED)
def test_nothing_is_explained_of_a_patient_who_cannot_exist(name):
    with pytest.raises(ContradictionError) as refused:
        EXPLAINED[name](IMPOSSIBLE)
    assert str(refused.value) == SENTENCE


def test_an_explorer_keeps_its_patient_where_a_change_would_make_an_impossible_one():
    explorer = CaseExplorer("colon-s1")
    before, assessment = dict(explorer.findings), explorer.assessment
    heard = []
    explorer.observe(heard.append, "findings")
    for change in ({"fracture": "none"}, {"frankel": "D"}, {"epidural": "none"}):
        with pytest.raises(FindingError):
            explorer.findings = {**before, **change}
        assert explorer.findings == before
        assert explorer.assessment == assessment
    assert heard == []


def test_an_explorer_tells_both_findings_and_refuses_what_if_and_a_start_alike():
    explorer = CaseExplorer("colon-s1")
    with pytest.raises((FindingError, TraitError), match=r"Pathological fracture .* none and Collapse"):
        explorer.findings = {**explorer.findings, "fracture": "none"}
    with pytest.raises(FindingError, match="set fracture to present"):
        explorer.what_if(fracture="none")
    with pytest.raises(FindingError, match="set fracture to present"):
        CaseExplorer("colon-s1", findings=IMPOSSIBLE)


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_the_command_refuses_a_file_at_the_line_of_the_first_finding(tmp_path, words):
    path = tmp_path / "mine.yml"
    path.write_text("".join(f"{id}: {value}\n" for id, value in IMPOSSIBLE.items()), encoding="utf-8")
    ran = CliRunner().invoke(app, ["assess", str(path), *words])
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"{path}:2:")
    assert SENTENCE in " ".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr


def test_a_case_file_is_refused_at_the_first_finding(root, tmp_path):
    text = (root / "cases" / "colon-s1.yml").read_text("utf-8")
    old = "  fracture:\n    value: present\n"
    assert text.count(old) == 1
    path = tmp_path / "colon-s1.yml"
    path.write_text(text.replace(old, "  fracture:\n    value: none\n"), "utf-8")
    with pytest.raises(FaultError, match="has lost height is fractured") as refused:
        load_case(path)
    (fault,) = refused.value.faults
    assert "set fracture to present" in fault.right
    assert int(fault.where.split(":")[1]) == text[: text.index(old)].count("\n") + 1


def test_a_frame_is_refused_by_its_first_impossible_row_and_says_how_many_more_there_are():
    frame = pd.DataFrame([{"level": "S1"}, IMPOSSIBLE, {"level": "S2"}, IMPOSSIBLE], index=["a", "b", "c", "d"])
    with pytest.raises(ContradictionError, match=r"row b \(and one more row\): Pathological fracture") as refused:
        assess_frame(frame)
    assert [refusal.id for refusal in refused.value.refusals] == ["collapse-without-fracture"]
    assert len(assess_frame(frame.loc[["a", "c"]])) == 2


@pytest.mark.parametrize("id", PAIRS)
def test_a_frame_refuses_what_a_single_assessment_refuses(id):
    findings, _ = PAIRS[id]
    with pytest.raises(ContradictionError):
        assess_frame(pd.DataFrame([{}, findings], dtype=object))
    for excuse in EXCUSES.get(id, []):
        if not ids({**findings, **excuse}):
            assert len(assess_frame(pd.DataFrame([{**findings, **excuse}], dtype=object))) == 1


def test_several_contradictions_are_all_told_each_once():
    findings = {**IMPOSSIBLE, "deficit_course": "none", "motor_deficit": "bilateral"}
    with pytest.raises(ContradictionError) as refused:
        casebook.assess(findings)
    assert [refusal.id for refusal in refused.value.refusals] == [
        "collapse-without-fracture",
        "weakness-without-course",
    ]
    assert len(str(refused.value).splitlines()) == 2
    assert json.dumps([refusal.to_dict() for refusal in refused.value.refusals])
