"""The tree of all patients, beside each of some patients by itself and beside a walk without a tree."""

from __future__ import annotations

import itertools
import random

import brute
import numpy as np
import plain
import pytest
from patients import certain
from plain import consistent
from rulebook import KNOWLEDGE

from casebook.knowledge_base import knowledge

LEFT_OPEN = [
    "bone_lesion", "alignment", "epidural", "cauda_equina_syndrome", "fit_for_surgery", "sbrt_available",
    "compression_by", "motor_deficit", "fracture_pattern", "tumour_compartment", "vertebral_metastases",
    "expected_survival", "prior_radiotherapy", "spine_mri",
]  # fmt: skip


def test_a_part_of_the_tree_is_what_each_completion_by_itself_reaches():
    chance = random.Random("each by itself")
    for _ in range(40):
        open_ = chance.sample(LEFT_OPEN, 2)
        findings = {id: chance.choice(options) for id, options in plain.FINDINGS.items() if id not in open_}
        if chance.random() < 0.5:
            findings |= {"level": "S1", "one_continuous_lesion": "yes"}
        patients = list(plain.completions(findings))
        for action in plain.SPOKEN_OF:
            outcomes = {patient.of_the_rules(action) for patient in patients}
            assert brute.action(action).now(findings) == plain.left(action, findings, outcomes)
        for score in plain.POINTS:
            one_lesion = plain.SCORES[score].one_lesion
            bands = {patient[score].band for patient in patients if not patient.get(one_lesion)}
            assert brute.score(score).now(findings) == bands
        for id in ("C3", "C32", "C35", "C36"):
            text = plain.CONFLICTS[id]["when"]
            truths = {patient.conflict(id) for patient in patients}
            assert brute.truth(text, findings) is (truths.pop() if len(truths) == 1 else None)


@pytest.mark.parametrize("action", knowledge().actions)
def test_random_patients_of_whom_all_is_known_have_one_outcome_each(action):
    """Many more patients than each by itself could be compared: the tree is walked for all at once."""
    target, chance = brute.action(action), random.Random(action)
    for _ in range(150):
        findings = {id: chance.choice(options) for id, options in plain.FINDINGS.items()}
        never_known = {id: chance.choice(KNOWLEDGE.options(id)) for id in KNOWLEDGE.variables if id not in findings}
        patient = plain.Patient(findings, never_known)
        known = findings | never_known
        state = [next(at for at, each in enumerate(target.classes[id]) if known[id] in each) for id in target.variables]
        reached = target.reading.patients.reached_by(target.root, state)
        assert target.named(reached) == {patient.of_the_rules(action) if target.voices else None}


@pytest.mark.parametrize("changes", [1, 2, 3])
def test_what_is_reached_after_changes_is_what_is_reached_by_the_findings_changed(changes):
    chance, refused = random.Random(f"changed {changes}"), 0
    for action in ("decompression", "dexamethasone", "sacroplasty", "mri_full_spine"):
        target = brute.action(action)
        for _ in range(3):
            findings = consistent(
                {id: chance.choice(options) for id, options in plain.FINDINGS.items() if chance.random() < 0.7}
            )
            sets = target.sets(findings, changes)
            reached = target.after(findings, sets)
            for row in chance.sample(range(len(reached)), min(150, len(reached))):
                options = [
                    (id, chance.choice(target.classes[id][to]))
                    for id, to in (
                        (target.variables[axis], to) for axis, to in map(sets.singles.__getitem__, sets.chosen[row])
                    )
                ]
                after = {**findings, **dict(options)}
                assert len(after.items() - findings.items()) == changes
                expected = 0 if plain_refused(after) else target.at(target.project(after))
                assert reached[row] == expected, (action, options)
                refused += not expected
    assert refused > 20


def plain_refused(findings: dict) -> list[str]:
    """Contradictions by the YAML, in findings partly known."""
    return [
        id
        for id, (when, unless) in plain.CONTRADICTIONS.items()
        if certain(when, findings) and not certain(unless, findings)
    ]


def test_sets_of_changes_are_all_there_each_once():
    for name in ("sins", "tomita"):
        target = brute.score(name)
        findings = {"level": "S2", "pain": "none", "visceral_metastases": "none"}
        every = [
            (id, to)
            for id in target.ids
            for to in range(len(target.classes[id]))
            if to != target.class_of[id][findings.get(id)]
        ]
        for size in (1, 2, 3):
            sets = target.sets(findings, size)
            found = [
                frozenset((target.variables[sets.singles[place][0]], sets.singles[place][1]) for place in row)
                for row in sets.chosen
            ]
            expected = {
                frozenset(each) for each in itertools.combinations(every, size) if len({id for id, _ in each}) == size
            }
            assert len(found) == len(set(found))
            assert set(found) == expected


def test_the_smallest_sets_are_those_without_a_part_that_is_wanted_too():
    chance, smallest = random.Random("smallest"), brute.Smallest()
    wanted: dict[int, set[frozenset[int]]] = {}
    for size in (1, 2, 3):
        chosen = np.array(list(itertools.combinations(range(9), size)), dtype=np.int16)
        marks = np.array([chance.random() < 0.1 * size for _ in chosen])
        wanted[size] = {frozenset(row) for row in chosen[marks].tolist()}
        found = {frozenset(row) for row in chosen[smallest.among(chosen, marks)].tolist()}
        every = set().union(*wanted.values())
        assert found == {each for each in wanted[size] if not any(other < each for other in every)}


def test_options_that_nothing_tells_apart_are_one_class():
    chance = random.Random("classes")
    target = brute.action("decompression")
    told = [id for id in target.ids if max(map(len, target.classes[id])) > 1]
    assert {"level", "primary"} <= set(told)
    for _ in range(300):
        findings = {id: chance.choice(plain.FINDINGS[id]) for id in plain.FINDINGS}
        id = chance.choice(told)
        options = chance.choice([each for each in target.classes[id] if len(each) > 1])
        one, other = (
            plain.Patient({**findings, "bone_lesion": "lytic", id: option}) for option in chance.sample(options, 2)
        )
        assert one.outcome("decompression") == other.outcome("decompression")
