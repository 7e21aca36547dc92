"""The first line of the explorer, beside a second account of the order in which states are asked and of what is said of the treatment."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import first_line
import plain
import states
import strategies
from hypothesis import given
from plain import consistent

import casebook

NEAR = 20_000 if states.EVERY else 800
"""States, half of them around the cases."""

OPEN = ("open", "open_nerves", "open_instability")

COMPRESSED = 10_000 if states.EVERY else 1_000
"""Random patients among whom those in the first state are looked for."""


def shown(findings: states.Findings) -> tuple[str, ...]:
    return casebook.assess(findings).states


def test_the_first_line_of_the_cases_and_around_them_is_that_of_the_second_entry():
    for findings in states.Sample("first line", NEAR):
        assert shown(findings) == first_line.first_lines(findings), findings


def test_the_first_line_of_random_patients_is_that_of_the_second_entry():
    met: Counter[tuple[str, ...]] = Counter()
    for findings in states.random_states():
        lines = first_line.first_lines(findings)
        assert shown(findings) == lines, findings
        met[lines] += 1
    assert {line for lines in met for line in lines} >= {*plain.STATES, "presumed", "open"}


@given(findings=strategies.complete_findings)
def test_the_first_line_of_a_complete_patient_is_that_of_the_second_entry(findings):
    lines = shown(findings)
    assert lines == first_line.first_lines(findings)
    assert not {*OPEN, "presumed"} & {*lines} or findings["bone_lesion"] == "ct_occult"


def test_with_nothing_known_an_emergency_is_not_ruled_out():
    assert shown({}) == first_line.first_lines({}) == ("open",)


# what is said


def compressed_patients() -> Iterator[states.Findings]:
    """Random patients in the first state, mostly in scope; most of what decides the treatment is known."""
    chance = random.Random("compressed")
    signs = [
        {"bladder_bowel": "retention", "deficit_course": "stable"},
        {"motor_deficit": "bilateral", "deficit_course": "stable"},
        {"cauda_equina_syndrome": "suspected"},
        {"cauda_equina_syndrome": "suspected", "bladder_bowel": "normal", "saddle_sensation": "normal", "motor_deficit": "none"},
    ]  # fmt: skip
    for _ in range(COMPRESSED):
        known = chance.choice([0.6, 0.9, 1])
        findings = {id: chance.choice(options) for id, options in plain.FINDINGS.items() if chance.random() < known}
        if chance.random() < 0.8:
            findings |= {"level": chance.choice(["L5", "S1", "S2", "S3", "S4"]), "tumour_compartment": "epidural"}
        if chance.random() < 0.3:
            findings |= {"primary": "lymphoma", "tissue_diagnosis": "confirmed", "prior_radiotherapy": "none"}
        if chance.random() < 0.2:
            findings |= {"compression_by": "tumour", "epidural": "none", "tumour_compartment": "plexus"}
        else:
            findings |= {"epidural": chance.choice(["indents", "effaces"])}
        findings = consistent({**findings, **chance.choice(signs)})
        if first_line.first_lines(findings) == ("compressed",):
            yield findings


def test_the_treatment_that_the_first_line_names_is_that_of_the_second_entry():
    met: Counter[str] = Counter()
    for findings in compressed_patients():
        (line,) = casebook.assess(findings).first_line
        words = first_line.treatment(findings)
        assert words in line.text, (findings, line.text)
        met[words] += 1
        told = [each for each in first_line.EVERY_TREATMENT if each in line.text]
        assert told == [words] or words.startswith("Start"), (told, words)
        legs = first_line.weak_legs(findings)
        assert ("Weak legs" in line.text) is (legs is not None)
        if legs:
            assert line.text.index(legs) < line.text.index(words)
    assert met.keys() >= set(first_line.EVERY_TREATMENT)


@given(findings=strategies.partial_findings)
def test_the_first_line_orders_only_what_the_plan_has_decided(findings):
    """A scan, a steroid or a bladder scan is asked for only where the plan recommends it, and with its time limit."""
    assessment = casebook.assess(findings)
    text = " ".join(str(line) for line in assessment.first_line)
    for words, action in (
        ("Give dexamethasone", "dexamethasone"),
        ("Scan the bladder", "bladder_care"),
        ("MRI of the whole spine now", "mri_full_spine"),
        ("MRI within", "mri_full_spine"),
        ("MRI of the whole spine within", "mri_full_spine"),
    ):
        if words in text:
            entry = assessment.entry(action)
            assert entry is not None, text
            assert (entry.status, entry.stance in plain.FOR) == ("decided", True), text
            if "within" in words:
                assert entry.within_hours is not None
    assert "!" not in text
