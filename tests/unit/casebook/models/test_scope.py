"""What the book covers: switches that take entries out of a finished plan where they are recorded, and nowhere else."""

from __future__ import annotations

import pandas as pd
import plain
import pytest
import strategies
from hypothesis import given, settings

import casebook
from casebook import Assessment
from casebook.cohort import assess_frame
from casebook.explain import argument, changed, closest, firmness
from casebook.knowledge_base import knowledge

EMERGENCY = {
    "cauda_equina_syndrome": "present",
    "bladder_bowel": "retention",
    "deficit_course": "within_7_days",
    "epidural": "effaces",
    "compression_by": "tumour",
    "spine_mri": "lesion_only",
    "fit_for_surgery": "yes",
    "expected_survival": "over_12_months",
    "primary": "breast",
}
"""Compression with signs, an operation that is possible, and time to live."""

PAINFUL = {
    "pain": "mechanical",
    "pain_intensity": 7,
    "prior_radiotherapy": "given",
    "epidural": "none",
    "compression_by": "none",
    "spine_mri": "full_spine",
    "bone_lesion": "blastic",
    "alignment": "normal",
    "collapse": "none",
    "posterolateral": "none",
    "fracture": "none",
}
"""A painful lesion with a free canal after radiotherapy, for which cement is recommended."""

EVERYWHERE = {each["id"] for each in plain.FILES["actions.yml"] if each.get("scope") == "everywhere"}


def plan(**findings: object) -> dict[str, str]:
    """Return the decided stance, or "undecided", by action."""
    return stances(casebook.assess(findings))


def stances(assessment: Assessment) -> dict[str, str]:
    return {entry.action: entry.stance if entry.status == "decided" else entry.status for entry in assessment.plan}


# the level


def test_the_sacrum_has_every_entry():
    assert plan(**EMERGENCY, level="S1")["decompression"] == "emergency"
    assert plan(**PAINFUL, level="S2")["sacroplasty"] == "recommended"


@pytest.mark.parametrize("level", ["C1", "T8", "L1", "L4"])
def test_above_the_junction_the_call_the_scan_and_dexamethasone_stand_and_no_treatment_is_named(level):
    here, there = plan(**EMERGENCY, level=level), plan(**EMERGENCY, level="S1")
    assert set(here) <= EVERYWHERE < set(there) | EVERYWHERE
    assert here == {action: stance for action, stance in there.items() if action in here}
    assert {here[action] for action in ("urgent_consult", "mri_full_spine")} == {"emergency"}
    assert {here[action] for action in ("dexamethasone", "bladder_care")} == {"recommended"}


def test_the_first_line_says_that_the_level_is_outside_this_book():
    (line,) = casebook.assess({**EMERGENCY, "level": "T8"}).first_line
    assert "Treatment here is outside this book: the surgeon and the radiation oncologist decide now." in line.text
    assert line.text.endswith(
        "T8 is outside this book. The line above applies at every level; which operation or radiotherapy is right "
        "there is not covered."
    )


def test_the_last_lumbar_vertebra_is_fixed_and_irradiated_like_the_sacrum_but_has_no_cement():
    assert plan(**EMERGENCY, level="L5")["decompression"] == "emergency"
    painful = plan(**PAINFUL, level="L5")
    assert not {"sacroplasty", "en_bloc_resection", "aortic_balloon_occlusion"} & set(painful)
    assert "lumbopelvic_fixation" in painful
    assert "outside this book" not in str(casebook.assess({**EMERGENCY, "level": "L5"}).first_line[0])


def test_a_level_that_is_not_assessed_withdraws_nothing():
    """Not even where most levels would: the book's premise is a lesion of the sacrum."""
    assert plan(**EMERGENCY)["decompression"] == "emergency"
    assert "none" not in casebook.assess(EMERGENCY).entry("decompression").possible
    assert plan(**PAINFUL)["sacroplasty"] == "undecided"
    assert "none" not in casebook.assess(PAINFUL).entry("sacroplasty").possible


# the compartment


def test_intradural_tumour_keeps_its_emergency_and_loses_its_treatment():
    given_ = plan(**EMERGENCY, level="S1", tumour_compartment="intradural")
    assert set(given_) <= EVERYWHERE
    assert given_["urgent_consult"] == "emergency"
    assert given_["dexamethasone"] == "recommended"
    (line,) = casebook.assess({**EMERGENCY, "tumour_compartment": "intradural"}).first_line
    assert "Treatment here is outside this book" in line.text
    assert line.text.endswith(
        "Intradural and leptomeningeal tumour is outside this book. The line above applies; its treatment is not covered."
    )


EXCLUDED_BY_MRI = {
    "bladder_bowel": "retention",
    "deficit_course": "stable",
    "spine_mri": "full_spine",
    "epidural": "none",
    "compression_by": "none",
    "level": "S1",
}
"""A red flag, and a canal that MRI of the whole spine shows to be free."""


def test_a_free_canal_refuses_dexamethasone_unless_the_tumour_is_in_the_dura():
    assert plan(**EXCLUDED_BY_MRI)["dexamethasone"] == "not_indicated"
    assert "dexamethasone" not in plan(**EXCLUDED_BY_MRI, tumour_compartment="intradural")
    assert plan(**EXCLUDED_BY_MRI, tumour_compartment="epidural")["dexamethasone"] == "not_indicated"


OUTSIDE = {
    **EMERGENCY,
    "level": "S1",
    "epidural": "none",
    "prior_radiotherapy": "none",
    "tolerates_radiotherapy": "yes",
}


@pytest.mark.parametrize("compartment", ["foraminal", "plexus"])
def test_tumour_outside_the_canal_is_irradiated_within_a_day_and_not_decompressed(compartment):
    assessment = casebook.assess({**OUTSIDE, "tumour_compartment": compartment})
    assert assessment.entry("decompression") is None
    entry = assessment.entry("conventional_radiotherapy")
    assert (entry.stance, entry.status, entry.within_hours) == ("emergency", "decided", 24)
    assert (
        "because the tumour is outside the canal, where laminectomy does not reach it" in assessment.first_line[0].text
    )


def test_bone_in_the_canal_is_decompressed_whatever_compartment_the_tumour_is_in():
    bone = {**EMERGENCY, "compression_by": "bone", "tumour_compartment": "plexus", "level": "S1"}
    assert plan(**bone)["decompression"] == "emergency"
    free = {**OUTSIDE, "compression_by": "bone", "tumour_compartment": "foraminal"}
    assert plan(**free)["decompression"] == "emergency"


# everywhere that asks


def test_a_change_of_level_withdraws_an_entry_and_is_among_the_closest_changes():
    found = closest({**EMERGENCY, "level": "S1"}, "decompression", changes=1)
    (gone,) = [flip for flip in found.flips if flip.to == "no rule applies"]
    ways = {each.finding: each.options for (each,) in gone.sets}
    assert ways["level"][0] == "C1"
    assert ways["level"][-1] == "L4"
    assert ways["tumour_compartment"] == ("intradural",)
    assert "would not be listed if level scored were C1 to L4" in found.text


def test_one_level_higher_a_recommendation_for_cement_is_not_firm():
    told = {each.finding: each for each in firmness({**PAINFUL, "level": "S1"}).findings}
    assert "sacroplasty" in told["level"].actions


def test_what_changed_says_that_a_treatment_is_no_longer_mentioned():
    move = next(
        move
        for move in changed({**EMERGENCY, "level": "S1"}, {**EMERGENCY, "level": "T8"}).moves
        if move.id == "decompression"
    )
    assert (move.from_, move.to) == ("emergency", "no longer listed")


def test_the_argument_of_an_action_out_of_scope_calls_it_not_mentioned():
    assert argument({**EMERGENCY, "level": "T8"}, "decompression").standing == "no rule applies"


@settings(max_examples=40)
@given(findings=strategies.partial_findings)
def test_what_is_withdrawn_has_no_entry_and_a_cohort_says_the_same(findings):
    assessment = casebook.assess(findings)
    (row,) = assess_frame(pd.DataFrame([findings], index=[0], dtype=object)).to_dict("records")
    for action in knowledge().actions:
        entry = assessment.entry(action)
        if plain.withdrawn(action, findings) == {*plain.STANCES}:
            assert entry is None, action
        assert row[action] == (entry.stance if entry else "none"), action
        assert row[f"{action}.decided"] == (entry is None or entry.status == "decided"), action


def test_a_cohort_withdraws_row_by_row():
    rows = [{**EMERGENCY, "level": level} for level in ("T8", "L5", "S1", None)]
    rows.append({**OUTSIDE, "tumour_compartment": "foraminal"})
    rows.append({**EXCLUDED_BY_MRI, "tumour_compartment": "intradural"})
    frame = assess_frame(pd.DataFrame(rows, dtype=object))
    assert frame["decompression"].tolist() == ["none", "emergency", "emergency", "emergency", "none", "none"]
    assert frame["dexamethasone"].tolist() == [*["recommended"] * 5, "none"]
    for row, findings in zip(frame.to_dict("records"), rows, strict=True):
        for entry in casebook.assess(findings).plan:
            assert row[entry.action] == entry.stance
