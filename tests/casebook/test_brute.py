"""The tree of all patients, beside each of some patients by itself and beside a walk without a tree."""

from __future__ import annotations

import itertools
import random

import brute
import numpy as np
import plain
import published
import pytest

from casebook.library import knowledge

LEFT_OPEN = [
    "bone_lesion", "alignment", "epidural", "cauda_equina_syndrome", "fit_for_surgery", "sbrt_available",
    "compression_by", "motor_deficit", "fracture_pattern", "tumour_compartment", "vertebral_metastases",
    "expected_survival", "prior_radiotherapy", "spine_mri",
]  # fmt: skip


def test_a_part_of_the_tree_is_what_each_completion_by_itself_reaches():
    chance = random.Random("each by itself")
    for _ in range(40):
        open_ = chance.sample(LEFT_OPEN, 2)
        findings = {id: chance.choice(options) for id, options in published.FINDINGS.items() if id not in open_}
        if chance.random() < 0.5:
            findings |= {"level": "S1", "one_continuous_lesion": "yes"}
        patients = list(plain.completions(findings))
        for action in plain.SPOKEN_OF:
            outcomes = {patient.of_the_rules(action) for patient in patients}
            assert brute.action(action).now(findings) == plain.left(action, findings, outcomes)
        for score in published.POINTS:
            bands = {patient.words[score].band for patient in patients if not patient.as_one}
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
        findings = {id: chance.choice(options) for id, options in published.FINDINGS.items()}
        seen = chance.choice(brute.values(brute.OPEN))
        as_one = [score for score in plain.two_totals(findings) if chance.random() < 0.5]
        patient = plain.Patient(findings, seen if findings["bone_lesion"] == "ct_occult" else None, as_one)
        known = {**findings, brute.OPEN: seen, **{name: score in as_one for score, name in brute.AS_ONE.items()}}
        state = [
            next(at for at, each in enumerate(target.classes[id]) if brute.values(id).index(known[id]) in each)
            for id in target.variables
        ]
        reached = target.reading.patients.reached(target.root, np.array([state], dtype=np.int8))
        assert target.named(int(reached[0])) == {patient.of_the_rules(action) if target.voices else None}


def test_what_is_reached_after_changes_is_what_is_reached_by_the_findings_changed():
    chance = random.Random("changed")
    for action in ("decompression", "dexamethasone", "sacroplasty", "mri_full_spine"):
        target = brute.action(action)
        for _ in range(4):
            findings = {
                id: chance.choice(options) for id, options in published.FINDINGS.items() if chance.random() < 0.7
            }
            now, reach = target.at(target.project(findings)), target.reach(findings, 2)
            singles = [(id, options) for id in target.ids for options in target.classes[id]]
            pairs = [each for each in itertools.combinations(singles, 2) if each[0][0] != each[1][0]]
            for each in [*((single,) for single in singles), *chance.sample(pairs, 150)]:
                if any(published.FINDINGS[id].index(findings[id]) in options for id, options in each if id in findings):
                    continue
                after = {**findings, **{id: published.FINDINGS[id][options[0]] for id, options in each}}
                key = frozenset(brute.Change(id, target.classes[id].index(options)) for id, options in each)
                assert reach.get(key, now) == target.at(target.project(after)), (action, each)


def test_options_that_nothing_tells_apart_are_one_class():
    chance = random.Random("classes")
    target = brute.action("decompression")
    told = [id for id in target.ids if max(map(len, target.classes[id])) > 1]
    assert {"level", "primary"} <= set(told)
    for _ in range(300):
        findings = {id: chance.choice(published.FINDINGS[id]) for id in published.FINDINGS}
        id = chance.choice(told)
        options = chance.choice([each for each in target.classes[id] if len(each) > 1])
        one, other = (
            plain.Patient({**findings, "bone_lesion": "lytic", id: published.FINDINGS[id][place]})
            for place in chance.sample(options, 2)
        )
        assert one.outcome("decompression") == other.outcome("decompression")
