"""The table of every patient, beside each of some patients by itself."""

from __future__ import annotations

import random

import brute
import plain
import published

LEFT_OPEN = ["bone_lesion", "alignment", "epidural", "cauda_equina_syndrome", "fit_for_surgery", "sbrt_available"]


def test_a_part_of_the_table_is_what_each_completion_by_itself_reaches():
    chance = random.Random("each by itself")
    for _ in range(12):
        open_ = chance.sample(LEFT_OPEN, 2)
        findings = {id: chance.choice(options) for id, options in published.FINDINGS.items() if id not in open_}
        patients = list(plain.completions(findings))
        for action in plain.SPOKEN_OF:
            assert brute.action(action).now(findings) == {patient.outcome(action) for patient in patients}
        for score in published.POINTS:
            assert brute.score(score).now(findings) == {patient.words[score].band for patient in patients}
