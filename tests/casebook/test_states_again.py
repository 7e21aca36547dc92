"""The first line of the explorer, beside a second entry of its states and of the order in which they are asked."""

from __future__ import annotations

from collections import Counter

import brute
import plain
import pytest
import states
import states_again
import strategies
from hypothesis import given, settings
from partly_known import answers

import casebook

NEAR = None if states.EVERY else 150
"""States around each case; None for all."""


@pytest.mark.parametrize("id", states_again.STATES)
@settings(max_examples=60)
@given(findings=strategies.partial_findings)
def test_a_state_holds_where_its_second_entry_does(id, findings):
    """Exact on both sides: every completion, by the conditions of the knowledge and by the predicates."""
    when = next(state["when"] for state in plain.yaml("emergencies.yml")["states"] if state["id"] == id)
    found: set[bool] = set()
    for truth in answers(states_again.STATES[id], findings):
        found.add(truth)
        if len(found) == 2:
            break
    assert brute.truth(when, findings) is (found.pop() if len(found) == 1 else None)


def test_the_states_are_asked_in_the_same_order():
    asked = [state["id"] for state in plain.yaml("emergencies.yml")["states"] if "when" in state]
    assert asked == list(states_again.STATES)


def shown(findings: states.Findings) -> tuple[str, ...]:
    return casebook.assess(findings).states


@pytest.mark.parametrize("name", states.CASES)
def test_the_first_line_of_a_case_and_around_it_is_that_of_the_second_entry(name):
    around = [states.case(name), *states.Sample(f"first line {name}", 2 * len(states.CASES) * (NEAR or 4000))]
    for findings in around:
        assert shown(findings) == states_again.first_lines(findings), findings


def test_the_first_line_of_random_patients_is_that_of_the_second_entry():
    met: Counter[tuple[str, ...]] = Counter()
    for findings in states.random_states():
        lines = states_again.first_lines(findings)
        assert shown(findings) == lines, findings
        met[lines] += 1
    assert {line for lines in met for line in lines} >= {*states_again.STATES, "presumed", "open"}


@given(findings=strategies.complete_findings)
def test_the_first_line_of_a_complete_patient_is_that_of_the_second_entry(findings):
    lines = shown(findings)
    assert lines == states_again.first_lines(findings)
    assert not {"open", "open_instability", "presumed"} & {*lines} or findings["bone_lesion"] == "ct_occult"


def test_with_nothing_known_an_emergency_is_not_ruled_out():
    assert shown({}) == states_again.first_lines({}) == ("open",)
