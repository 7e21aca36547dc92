"""Patients whose treatment must be safe: what the plan must recommend, what it must not, and what is shown first.

Each line of ``safety_patients.jsonl`` is one patient. `in` are the findings. `expect` lists for an action the stances
that are acceptable; null is no entry, "undecided" an entry that must stay open. `forbid` lists stances that must not
be in force. `first` is the state of the first line, `hours` a time limit, `side` the side of an implant, `possible`
a stance that must still be possible, and `against` the rules that must be shown against an action. A patient with
`refused` cannot exist: nothing else is asked then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import first_line
import pytest

import casebook
from casebook import Assessment
from casebook.models.contradiction import ContradictionError

Patient = dict[str, Any]

PATIENTS: list[Patient] = [
    json.loads(line)
    for line in (Path(__file__).parents[3] / "oracle" / "safety_patients.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("patient", [pytest.param(each, id=f"{each['id']} {each['why']}") for each in PATIENTS])
def test_the_advice_is_safe(patient: Patient):
    faults = list(unsafe(patient))
    assert not faults, f"{patient['id']}: {patient['why']} But {'; '.join(faults)}. Source: {patient['source']}."


def unsafe(patient: Patient) -> Iterator[str]:
    """Yield in words where what is said of a patient differs from what must be said."""
    findings = patient.get("in", {})
    if "refused" in patient:
        try:
            casebook.assess(findings)
        except ContradictionError as error:
            lost = set(patient["refused"]) - {refusal.id for refusal in error.refusals}
            yield from (f"{id} is not named among the contradictions" for id in sorted(lost))
        else:
            yield "the findings are accepted although they contradict each other"
        return
    assessment = casebook.assess(findings)
    for action, allowed in patient["expect"].items():
        if (found := stance(assessment, action)) not in allowed:
            yield f"{action} is {found}, and should be {' or '.join(map(str, allowed))}"
    for action, forbidden in patient.get("forbid", {}).items():
        if (found := stance(assessment, action)) in forbidden:
            yield f"{action} is {found}, which is forbidden"
    for action, hours in patient.get("hours", {}).items():
        entry = assessment.entry(action)
        if entry is None or entry.within_hours != hours:
            yield f"{action} is due within {entry and entry.within_hours} hours, and should be within {hours}"
    for action, side in patient.get("side", {}).items():
        entry = assessment.entry(action)
        if entry is None or entry.side != side:
            yield f"{action} is for the side {entry and entry.side}, and should be for the {side}"
    for action, wanted in patient.get("possible", {}).items():
        entry = assessment.entry(action)
        if entry is None or wanted not in entry.possible:
            yield f"{action} can no longer be {wanted}, and should be possible"
    for action, rules in patient.get("against", {}).items():
        entry = assessment.entry(action)
        lost = set(rules) - set(entry.against if entry else ())
        yield from (f"{rule} is not shown against {action}" for rule in sorted(lost))
    if "first" in patient and assessment.state != patient["first"]:
        yield f"the first line is {assessment.state}, and should be {patient['first']}"


def stance(assessment: Assessment, action: str) -> str | None:
    """The stance of an action as a patient's line names it: "undecided" while it is open, None without an entry."""
    entry = assessment.entry(action)
    return None if entry is None else "undecided" if entry.status == "undecided" else entry.stance


def test_a_patient_has_an_id_of_its_own_a_reason_and_a_source():
    assert len({patient["id"] for patient in PATIENTS}) == len(PATIENTS)
    assert all(patient["why"].endswith(".") and patient["source"] for patient in PATIENTS)


@pytest.mark.parametrize("patient", [pytest.param(each, id=each["id"]) for each in PATIENTS if "first" in each])
def test_the_second_entry_shows_the_same_line_first(patient: Patient):
    first = first_line.first_lines(patient.get("in", {}))[0]
    assert ("open" if first == "open_instability" else first) == patient["first"]


def test_a_wrong_expectation_is_found():
    """Each kind of expectation can fail."""
    patient = next(each for each in PATIENTS if each["id"] == "SV01")
    wrong = {
        "expect": {"decompression": [None], "sacroplasty": ["recommended"]},
        "forbid": {"decompression": ["emergency"]},
        "hours": {"mri_full_spine": 4},
        "side": {"unilateral_lumbopelvic_fixation": "left"},
        "possible": {"decompression": "consider"},
        "against": {"decompression": ["R130"]},
        "first": "none",
    }
    assert len(list(unsafe({**patient, **wrong}))) == 8
    assert list(unsafe({**patient, "refused": ["effaced-by-nothing"]})) != []
