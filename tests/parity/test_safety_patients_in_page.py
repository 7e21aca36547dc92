"""Patients whose treatment must be safe, in a page: the same lines are asked of Python in `tests/unit`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from parity import opened
from reader import ROOT, Reader

Json = dict[str, Any]

LINES = Path(ROOT, "tests/oracle/safety_patients.jsonl").read_text(encoding="utf-8").splitlines()
PATIENTS: list[Json] = [json.loads(line) for line in LINES]

CONCLUDED_IN_THE_PAGE = """(given) => given.map((findings) => {
  const refused = window.casebook.live.book.engine.validate(findings).contradictions.map(({ id }) => id);
  try { return { assessment: JSON.parse(JSON.stringify(window.casebook.assess(findings))), refused }; }
  catch (error) {
    if (error.name !== 'FindingError') throw error;
    return { assessment: null, refused };
  }
})"""


@pytest.fixture(scope="module")
def concluded(window: Any, http: str) -> dict[str, Json]:
    """What one page concludes of every patient."""
    page: Reader = opened(window("safety", http))
    found = page.page.evaluate(CONCLUDED_IN_THE_PAGE, [patient.get("in", {}) for patient in PATIENTS])
    return {patient["id"]: each for patient, each in zip(PATIENTS, found, strict=True)}


@pytest.mark.parametrize("patient", [pytest.param(each, id=f"{each['id']} {each['why']}") for each in PATIENTS])
def test_the_advice_of_the_page_is_safe(concluded: dict[str, Json], patient: Json):
    found = concluded[patient["id"]]
    faults = list(unsafe(patient, found["assessment"], found["refused"]))
    assert not faults, f"{patient['id']}: {patient['why']} But {'; '.join(faults)}. Source: {patient['source']}."


def unsafe(patient: Json, assessment: Json | None, refused: list[str]) -> Iterator[str]:
    """Yield in words where what the page says of a patient differs from what must be said."""
    if "refused" in patient:
        if assessment is not None:
            yield "the findings are accepted although they contradict each other"
        yield from (f"{id} is not named among the contradictions" for id in patient["refused"] if id not in refused)
        return
    if assessment is None:
        yield f"the findings are refused: {', '.join(refused)}"
        return
    plan: dict[str, Json] = {entry["action"]: entry for entry in assessment["plan"]}
    nothing: Json = {"possible": [], "against": []}

    def stance(action: str) -> str | None:
        if action not in plan:
            return None
        return plan[action]["stance"] if plan[action]["status"] == "decided" else "undecided"

    for action, allowed in patient.get("expect", {}).items():
        if stance(action) not in allowed:
            yield f"{action} is {stance(action)}, and should be {' or '.join(map(str, allowed))}"
    for action, forbidden in patient.get("forbid", {}).items():
        if stance(action) in forbidden:
            yield f"{action} is {stance(action)}, which is forbidden"
    for action, hours in patient.get("hours", {}).items():
        if (found := plan.get(action, nothing).get("within_hours")) != hours:
            yield f"{action} is due within {found} hours, and should be within {hours}"
    for action, side in patient.get("side", {}).items():
        if (found := plan.get(action, nothing).get("side")) != side:
            yield f"{action} is for the side {found}, and should be for the {side}"
    for action, wanted in patient.get("possible", {}).items():
        if wanted not in plan.get(action, nothing)["possible"]:
            yield f"{action} can no longer be {wanted}, and should be possible"
    for action, rules in patient.get("against", {}).items():
        lost = [rule for rule in rules if rule not in plan.get(action, nothing)["against"]]
        yield from (f"{rule} is not shown against {action}" for rule in lost)
    if "first" in patient and assessment["state"] != patient["first"]:
        yield f"the first line is {assessment['state']}, and should be {patient['first']}"
