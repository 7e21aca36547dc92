"""Urgency never falls where a finding worsens, and what is unknown never reassures: by brute force, on the engine's plans.

`casebook verify` proves the first for complete patients. Here it is tried on patients of whom only a part is known,
on the strongest and on the weakest stance that is still possible.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import brute
import plain
import pytest
import states
from plain import consistent

from casebook.inference.assessment import engine
from casebook.inference.planner import PlanEntry, State
from casebook.knowledge_base import knowledge

Plan = Callable[[states.Findings], Mapping[str, PlanEntry | None]]
Step = tuple[str, Any, Any]

STEPS: dict[str, list[tuple[Any, Any]]] = {
    "cauda_equina_syndrome": [("absent", "suspected"), ("suspected", "present")],
    "bladder_bowel": [("normal", "retention"), ("retention", "incontinence")],
    "post_void_residual": [("under_200", "from_200")],
    "saddle_sensation": [("normal", "reduced")],
    "anal_tone": [("normal", "reduced")],
    "radicular_pain": [("none", "unilateral"), ("unilateral", "bilateral")],
    "motor_deficit": [("none", "unilateral"), ("unilateral", "bilateral")],
    "deficit_course": [("none", "stable"), ("stable", "over_7_days"), ("over_7_days", "within_7_days")],
    "frankel": [("E", "D"), ("D", "C"), ("C", "B"), ("B", "A")],
    "compression_by": [("none", "tumour"), ("none", "bone")],
    "suspected_cord_compression": [("no", "yes")],
    "fracture_pattern": [("none", "ala"), ("ala", "transverse"), ("transverse", "u_or_h")],
    "epidural": [("none", "indents"), ("indents", "effaces")],
    "escc": [("0", "1a"), ("1a", "1b"), ("1b", "1c"), ("1c", "2"), ("2", "3")],
}
"""For each finding that can worsen, from what to what; further worsening is several of these steps."""

NEVER_LESS = [
    "mri_full_spine", "urgent_consult", "decompression", "spine_surgery_consult", "radiation_oncology_consult",
    "dexamethasone", "immobilisation", "bladder_care", "thromboembolism_assessment",
]  # fmt: skip
ONE_OF_THEM = ["decompression", "conventional_radiotherapy"]
"""Of these the stronger never becomes weaker; radiotherapy may give way to the operation."""

IN_FAVOUR = {"emergency": 3, "recommended": 2, "consider": 1}
EACH = None if states.EVERY else 5
"""Steps tried from each random state, and pairs of steps; None for all."""

PARTIAL = 20_000 if states.EVERY else 2_000
"""Random partial states in which an unknown finding gets each of its options."""


class Urgency(NamedTuple):
    """The strongest and the weakest stance in favour that is possible, and the hours of one that is decided."""

    strongest: int
    weakest: int
    hours: int | None


def plan(findings: states.Findings) -> dict[str, PlanEntry | None]:
    """The engine's entries of the actions that are asked for here."""
    state = engine().knowledge.vocabulary.state(findings)
    return {action: engine().planner.by_id[action].entry(state) for action in {*NEVER_LESS, *ONE_OF_THEM}}


def urgency(entry: PlanEntry | None) -> Urgency:
    if entry is None:
        return Urgency(0, 0, None)
    ranks = [IN_FAVOUR.get(stance, 0) for stance in entry.possible]
    return Urgency(max(ranks), min(ranks), entry.within_hours if entry.status == "decided" and max(ranks) else None)


def falls(before: Urgency, after: Urgency) -> bool:
    """Whether an action is asked for less strongly, or later.

    Without hours the sources ask for an action at once, so that is not compared with hours.
    """
    if after.strongest < before.strongest or after.weakest < before.weakest:
        return True
    same = after.strongest == before.strongest
    return same and None not in (before.hours, after.hours) and after.hours > before.hours


def worse(findings: states.Findings) -> list[Step]:
    """Every step that makes one finding worse."""
    return [(id, to, at) for id, steps in STEPS.items() for at, to in steps if findings.get(id) == at]


def mildest(findings: states.Findings) -> states.Findings:
    """Findings, and each that is not assessed as mild as it can be, so that much can worsen."""
    for id, steps in STEPS.items():
        if id not in findings and states.exists(milder := {**findings, id: steps[0][0]}):
            findings = milder
    return findings


def fallen(findings: states.Findings, steps: Iterable[Step], plan: Plan) -> list[str]:
    """Return what becomes less urgent although findings have only become worse."""
    if findings.get("compression_by") == "none" and "escc" not in findings:
        # Grades 2 and 3 would contradict what is recorded: no patient has them.
        findings = {**findings, "escc": "0"}
    after = {**findings, **{id: to for id, to, _ in steps}}
    if not states.exists(after):
        return []
    was, is_ = plan(findings), plan(after)
    old, new = ({action: urgency(entry) for action, entry in each.items()} for each in (was, is_))
    found = [action for action in NEVER_LESS if falls(old[action], new[action])]
    # Radiotherapy does not relieve compression by bone.
    if after.get("compression_by") != "bone":
        strongest = [max(each[action].strongest for action in ONE_OF_THEM) for each in (old, new)]
        if strongest[1] < strongest[0]:
            found.append("decompression or conventional_radiotherapy")
    return [f"{each} after {list(steps)} from {findings}" for each in found]


def up_to_two(steps: Sequence[Step]) -> Iterator[tuple[Step, ...]]:
    """Each step, and every two of different findings, or of one finding in a row."""
    yield from ((step,) for step in steps)
    for one, other in itertools.combinations(steps, 2):
        if one[0] != other[0]:
            yield one, other
    for id, to, at in steps:
        yield from (((id, further, at),) for start, further in STEPS[id] if start == to)


def test_what_can_worsen_is_what_the_knowledge_marks():
    marked = {}
    for finding in knowledge().vocabulary:
        if finding.worsens:
            pairs = finding.worsens if isinstance(finding.worsens, tuple) else itertools.pairwise(finding.values)
            marked[finding.id] = list(pairs)
    assert marked == STEPS


@pytest.mark.parametrize("name", states.CASES)
def test_nothing_becomes_less_urgent_where_one_or_two_findings_of_a_case_worsen(name):
    findings = states.case(name)
    tried = 0
    for start in (findings, mildest(findings)):
        for steps in up_to_two(worse(start)):
            assert fallen(start, steps, plan) == []
            tried += 1
    assert tried > 50


@pytest.mark.parametrize("sort", ["one", "two"])
def test_nothing_becomes_less_urgent_where_findings_of_random_patients_worsen(sort):
    chance, found, tried = random.Random(f"worse {sort}"), [], 0
    for findings in states.random_states():
        each = [steps for steps in up_to_two(worse(findings)) if (len(steps) == 1) is (sort == "one")]
        for steps in each if EACH is None else chance.sample(each, min(EACH, len(each))):
            found += fallen(findings, steps, plan)
            tried += 1
    assert found == []
    assert tried > 3000


def test_a_plan_that_calls_later_for_a_worse_patient_is_found_out():
    """The check can fail: a plan is spoilt in one entry, for the worst patients only."""

    def spoilt(findings: states.Findings) -> dict[str, PlanEntry | None]:
        found = plan(findings)
        entry = found["urgent_consult"]
        if findings.get("motor_deficit") == "bilateral" and entry is not None:
            found["urgent_consult"] = replace(entry, stance="recommended", possible=("recommended",), within_hours=24)
        return found

    legs = {"motor_deficit": "unilateral", "deficit_course": "within_7_days", "epidural": "effaces"}
    steps = [("motor_deficit", "bilateral", "unilateral")]
    assert fallen(legs, steps, plan) == []
    assert [each.split()[0] for each in fallen(legs, steps, spoilt)] == ["urgent_consult"]


def test_a_plan_that_scans_later_for_a_worse_patient_is_found_out():
    legs = {
        "spine_mri": "lesion_only", "deficit_course": "over_7_days", "motor_deficit": "unilateral",
        "cauda_equina_syndrome": "absent", "bladder_bowel": "normal", "saddle_sensation": "normal",
        "radicular_pain": "none", "suspected_cord_compression": "no",
    }  # fmt: skip

    def spoilt(findings: states.Findings) -> dict[str, PlanEntry | None]:
        found = plan(findings)
        if findings["deficit_course"] == "within_7_days":
            found["mri_full_spine"] = replace(found["mri_full_spine"], within_hours=72)
        return found

    steps = [("deficit_course", "within_7_days", "over_7_days")]
    assert (plan(legs)["mri_full_spine"].status, plan(legs)["mri_full_spine"].within_hours) == ("decided", 48)
    assert fallen(legs, steps, plan) == []
    assert [each.split()[0] for each in fallen(legs, steps, spoilt)] == ["mri_full_spine"]


# what is unknown


def partial_states() -> Iterator[states.Findings]:
    chance = random.Random("unknown")
    for _ in range(PARTIAL):
        known = chance.uniform(0.2, 0.95)
        yield consistent(
            {id: chance.choice(options) for id, options in plain.FINDINGS.items() if chance.random() < known}
        )


def possible(action: str, state: State) -> set[str]:
    """The stances that the engine's entry of an action still has."""
    entry = engine().planner.by_id[action].entry(state)
    return set(entry.possible) if entry else {"none"}


def reassured(findings: states.Findings, id: str, option: Any) -> list[str]:
    """Return actions of which an option of an unknown finding makes a stance possible that was not possible before.

    That an action has no entry counts too, unless a scope withdraws it once the option is recorded.
    """
    after = {**findings, id: option}
    before, now = map(engine().knowledge.vocabulary.state, (findings, after))
    found = []
    for action in knowledge().actions:
        if id not in brute.action(action).ids:  # nothing of the knowledge reads it for this action
            continue
        new = possible(action, now) - possible(action, before)
        if new == {"none"} and plain.withdrawn(action, after):
            continue
        if new:
            found.append(action)
    return found


def test_what_a_finding_could_still_change_stays_possible_while_it_is_unknown():
    chance, tried = random.Random("any option"), 0
    for findings in partial_states():
        open_ = [id for id in plain.FINDINGS if id not in findings]
        if open_:
            id = chance.choice(open_)
            option = chance.choice(plain.FINDINGS[id])
            assert reassured(findings, id, option) == [], (findings, id, option)
            tried += 1
    assert tried > 0.9 * PARTIAL
