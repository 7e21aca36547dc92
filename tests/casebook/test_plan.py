"""The plan: against every completion of what is unknown, and in its order."""

from collections.abc import Iterable
from typing import Any

import plain
import published
import pytest
import strategies
from hypothesis import example, given, settings

import casebook
from casebook import PlanEntry
from casebook.library import knowledge

ACTIONS = list(knowledge().actions)
RANK = {stance: rank for rank, stance in enumerate(published.STANCES)}


def said(entry: PlanEntry) -> plain.Outcome:
    return plain.Outcome(entry.stance, entry.within_hours, entry.side)


def strongest_first(outcomes: Iterable[plain.Outcome | None]) -> tuple[str, ...]:
    stances = {outcome.stance for outcome in outcomes if outcome}
    return (*sorted(stances, key=RANK.__getitem__), *(["none"] if None in outcomes else []))


MELANOMA = {
    **{id: options[0] for id, options in published.FINDINGS.items()},
    **{
        "cauda_equina_syndrome": "present",
        "primary": "melanoma",
        "level": "S2",
        "pain": "occasional",
        "bone_lesion": "ct_occult",
    },
    **{
        "alignment": "normal",
        "collapse": "none",
        "compression_by": "tumour",
        "epidural": "effaces",
        "prior_radiotherapy": "none",
    },
}
"""The first published patient with every gap filled, so that a few findings can be taken away."""


def without(*ids: str) -> dict[str, Any]:
    return {id: value for id, value in MELANOMA.items() if id not in ids}


# against every completion


@given(findings=strategies.nearly_complete_findings())
@example(findings=without("cauda_equina_syndrome", "bladder_bowel", "posterolateral"))
@example(findings=without("posterolateral", "pain"))
@example(findings=without("bone_lesion", "pain", "collapse"))
@example(findings=without("fit_for_surgery", "prior_radiotherapy", "sbrt_available", "karnofsky"))
@example(findings=without("expected_survival", "metastasis_extent", "primary"))
@example(findings=MELANOMA)
def test_an_entry_says_what_every_completion_says_and_is_decided_only_if_they_agree(findings):
    patients = list(plain.completions(findings))
    plan = {entry.action: entry for entry in casebook.assess(findings).plan}
    for action in ACTIONS:
        pairs = [(patient, patient.outcome(action) if action in plain.VOICES else None) for patient in patients]
        outcomes = {outcome for _, outcome in pairs}
        entry = plan.get(action)
        if outcomes == {None}:
            assert entry is None, action
            continue
        assert entry is not None, action
        assert entry.possible == strongest_first(outcomes), action
        assert entry.stance == entry.possible[0]
        assert set(entry.depends_on) == plain.depends_on(findings, pairs), action
        if len(outcomes) == 1:
            assert (entry.status, said(entry)) == ("decided", outcomes.pop()), action
        else:
            assert entry.status == "undecided", action
            assert entry.depends_on, action
            assert entry.decided_by is None, action


@given(findings=strategies.nearly_complete_findings())
@example(findings=without("posterolateral", "pain"))
@example(findings=without("cauda_equina_syndrome", "motor_deficit"))
def test_every_rule_that_may_speak_is_shown_on_its_side(findings):
    patients = list(plain.completions(findings))
    for entry in casebook.assess(findings).plan:
        voices = [
            {(voice.rule, voice.outcome.stance in plain.FOR) for voice in patient.voices(entry.action)}
            for patient in patients
        ]
        may, must = set().union(*voices), set.intersection(*voices)
        side = entry.stance in plain.FOR
        shown = {(rule, side) for rule in entry.because} | {(rule, not side) for rule in entry.against}
        assert must <= shown <= may, entry.action
        assert entry.because, entry.action
        if entry.status == "undecided":
            assert shown == may, entry.action


@given(findings=strategies.nearly_complete_findings())
@example(findings=without("posterolateral", "pain"))
@example(findings=without("cauda_equina_syndrome", "motor_deficit", "epidural"))
def test_a_rule_and_a_conflict_are_true_false_or_open_as_the_completions_are(findings):
    patients = list(plain.completions(findings))
    assessment = casebook.assess(findings)

    def truth(values: Iterable[bool]) -> bool | None:
        values = set(values)
        return values.pop() if len(values) == 1 else None

    assert assessment.trace.rules == {id: truth(patient.rule(id) for patient in patients) for id in plain.CLAUSES}
    conflicts = {id: truth(patient.conflict(id) for patient in patients) for id in plain.CONFLICTS}
    assert assessment.trace.conflicts == conflicts
    for entry in assessment.plan:
        shown = [
            id for id, conflict in plain.CONFLICTS.items() if conflicts[id] and entry.action in conflict["actions"]
        ]
        assert list(entry.conflicts) == shown, entry.action


@settings(max_examples=300)
@given(findings=strategies.complete_findings)
def test_with_everything_known_all_rules_that_hold_are_shown_and_what_settled_them_is_named(findings):
    if findings["bone_lesion"] == "ct_occult":
        findings = {**findings, "bone_lesion": "blastic"}
    patient = plain.Patient(findings)
    for entry in casebook.assess(findings).plan:
        voices = patient.voices(entry.action)
        outcome, settled = plain.in_force(entry.action, voices)
        assert (entry.status, said(entry)) == ("decided", outcome)
        side = entry.stance in plain.FOR
        assert set(entry.because) == {voice.rule for voice in voices if (voice.outcome.stance in plain.FOR) == side}
        assert set(entry.against) == {voice.rule for voice in voices if (voice.outcome.stance in plain.FOR) != side}
        assert entry.decided_by in settled


@given(findings=strategies.complete_findings)
def test_with_everything_known_nothing_is_open_but_what_sins_has_no_option_for(findings):
    for entry in casebook.assess(findings).plan:
        if findings["bone_lesion"] == "ct_occult":
            assert set(entry.depends_on) <= {"bone_lesion"}
        else:
            assert entry.status == "decided"


@given(findings=strategies.partial_findings)
def test_an_entry_leaves_open_exactly_what_its_parts_leave_open(findings):
    """One unknown finding taken at each of its values: together they say what the unknown says."""
    unknown = plain.unknown(findings)
    if not unknown:
        return
    id = unknown[len(findings) % len(unknown)]
    whole = {entry.action: entry for entry in casebook.assess(findings).plan}
    parts = [
        {entry.action: entry for entry in casebook.assess({**findings, id: option}).plan}
        for option in published.FINDINGS[id]
    ]
    for action in ACTIONS:
        entries = [part.get(action) for part in parts]
        possible = {stance for entry in entries for stance in (entry.possible if entry else ("none",))}
        entry = whole.get(action)
        assert set(entry.possible if entry else ("none",)) == possible, action
        decided = {(each.status, said(each)) if each else None for each in entries}
        if len(decided) == 1 and (each := decided.pop()) and each[0] == "decided":
            assert (entry.status, said(entry)) == each, action
        elif entry and entry.status == "decided":
            pytest.fail(f"{action} is decided although {id} decides it")


# what more knowledge may change


@given(findings=strategies.partial_findings, more=strategies.complete_findings)
def test_more_knowledge_only_narrows_what_is_possible(findings, more):
    unknown = plain.unknown(findings)
    added = {id: more[id] for id in unknown[: 1 + len(unknown) // 2]}
    before, after = casebook.assess(findings), casebook.assess({**findings, **added})
    for score in published.POINTS:
        assert after.scores[score].totals <= before.scores[score].totals
        assert (
            before.scores[score].low <= after.scores[score].low <= after.scores[score].high <= before.scores[score].high
        )
        assert set(after.scores[score].bands) <= set(before.scores[score].bands)
    for action in ACTIONS:
        old, new = before.entry(action), after.entry(action)
        assert set(new.possible if new else ("none",)) <= set(old.possible if old else ("none",))
        if old is None:
            assert new is None
        elif old.status == "decided":
            assert new is not None
            assert (new.status, said(new)) == ("decided", said(old))
    for id, truth in before.trace.rules.items():
        assert truth is None or after.trace.rules[id] is truth
    for id, truth in before.trace.conflicts.items():
        assert truth is None or after.trace.conflicts[id] is truth


@given(findings=strategies.complete_findings)
def test_taking_a_finding_away_never_decides_anything_new(findings):
    known = {entry.action: entry for entry in casebook.assess(findings).plan}
    for id in list(findings)[::6]:
        rest = {other: value for other, value in findings.items() if other != id}
        for entry in casebook.assess(rest).plan:
            if entry.status == "decided":
                assert said(known[entry.action]) == said(entry)


def test_nothing_known_excludes_no_emergency():
    entry = casebook.assess({}).entry("decompression")
    assert (entry.stance, entry.status) == ("emergency", "undecided")
    assert {"cauda_equina_syndrome", "bladder_bowel"} <= set(entry.depends_on)


@pytest.mark.parametrize("id", published.FINDINGS)
def test_a_missing_finding_is_not_read_as_any_of_its_options(id):
    """The plan without a finding differs from the plan with it wherever two options differ."""
    blank = casebook.assess({})
    assessed = [casebook.assess({id: option}) for option in published.FINDINGS[id]]
    for action in ACTIONS:
        ends = {each.entry(action) for each in assessed}
        statuses = {(entry.status, entry.possible) if entry else None for entry in ends}
        if len(statuses) > 1:
            assert blank.entry(action).status == "undecided"


# order


@given(findings=strategies.partial_findings)
def test_a_plan_runs_from_the_strongest_stance_decided_before_undecided(findings):
    plan = casebook.assess(findings).plan
    keys = [(RANK[entry.stance], entry.status == "undecided", ACTIONS.index(entry.action)) for entry in plan]
    assert keys == sorted(keys)
    assert len({entry.action for entry in plan}) == len(plan)


@given(findings=strategies.partial_findings)
def test_an_emergency_comes_first_and_nothing_outranks_it(findings):
    assessment = casebook.assess(findings)
    emergencies = {
        action
        for rule in knowledge().rules.values()
        for clause, trace in zip(rule.clauses, assessment.trace.clauses.get(rule.id, ()), strict=True)
        if trace.truth
        for action, outcome in clause.then.items()
        if outcome.stance == "emergency"
    }
    first = assessment.plan[: len(emergencies)]
    assert {entry.action for entry in first} == emergencies
    assert all(
        (entry.stance, entry.status, entry.possible) == ("emergency", "decided", ("emergency",)) for entry in first
    )


@pytest.mark.parametrize("total", range(19))
def test_cauda_equina_is_an_emergency_at_any_sins(total):
    findings = published.findings_for("sins", published.items_with_total("sins", total))
    assessment = casebook.assess({**findings, "cauda_equina_syndrome": "present"})
    assert assessment.scores["sins"].total == total
    assert (assessment.plan[0].action, assessment.plan[0].stance, assessment.plan[0].status) == (
        "decompression",
        "emergency",
        "decided",
    )


def test_cauda_equina_is_an_emergency_with_nothing_else_known():
    assessment = casebook.assess({"cauda_equina_syndrome": "present"})
    assert (assessment.plan[0].action, assessment.plan[0].stance, assessment.plan[0].status) == (
        "decompression",
        "emergency",
        "decided",
    )
    assert assessment.plan[0].because[0] in {"R026", "R027"}


@given(findings=strategies.partial_findings)
def test_cauda_equina_is_an_emergency_whatever_else_is_known(findings):
    first = casebook.assess({**findings, "cauda_equina_syndrome": "present"}).plan[0]
    assert (first.action, first.stance, first.status) == ("decompression", "emergency", "decided")
    assert "R027" in first.because


@pytest.mark.parametrize(
    "against",
    [
        {"expected_survival": "under_3_months"},
        {"fit_for_surgery": "no"},
        {"prior_radiotherapy": "given"},
        {"level": "S1", "epidural": "none"},
        published.findings_for("sins", published.items_with_total("sins", 0)),
    ],
)
def test_what_speaks_against_an_emergency_is_shown_beside_it_and_does_not_outrank_it(against):
    first = casebook.assess({**against, "cauda_equina_syndrome": "present"}).plan[0]
    assert (first.action, first.stance) == ("decompression", "emergency")
    if against != {"fit_for_surgery": "no"}:
        assert first.against
        assert first.decided_by == "P1"


def test_incontinence_alone_is_an_emergency():
    first = casebook.assess({"bladder_bowel": "incontinence"}).plan[0]
    assert (first.action, first.stance, first.status) == ("decompression", "emergency", "decided")


# time and side


@pytest.mark.parametrize(
    ("findings", "stance", "hours"),
    [
        ({"suspected_cord_compression": "yes"}, "emergency", 12),
        ({"cauda_equina_syndrome": "suspected"}, "emergency", 12),
        ({"cauda_equina_syndrome": "present"}, "emergency", 12),
        ({"saddle_sensation": "reduced"}, "emergency", 12),
        ({"bladder_bowel": "retention"}, "emergency", 12),
        ({"motor_deficit": "bilateral"}, "emergency", 12),
        ({"radicular_pain": "bilateral"}, "emergency", 12),
    ],
)
def test_a_sign_of_the_cauda_equina_calls_for_mri_within_12_hours(findings, stance, hours):
    entry = casebook.assess({**findings, "spine_mri": "not_done"}).entry("mri_full_spine")
    assert (entry.stance, entry.status, entry.within_hours) == (stance, "decided", hours)


NO_NERVE_SIGN = {
    "spine_mri": "not_done",
    "cauda_equina_syndrome": "absent",
    "bladder_bowel": "normal",
    "saddle_sensation": "normal",
    "radicular_pain": "none",
    "motor_deficit": "none",
    "suspected_cord_compression": "no",
    "deficit_course": "none",
    "plain_imaging": "positive",
    "pain": "occasional",
}


@pytest.mark.parametrize(
    ("change", "hours"),
    [
        ({}, 336),
        ({"radicular_pain": "unilateral"}, 168),
        ({"deficit_course": "over_7_days", "motor_deficit": "unilateral"}, 48),
        ({"deficit_course": "within_7_days", "motor_deficit": "unilateral"}, 24),
        ({"deficit_course": "within_7_days", "radicular_pain": "unilateral"}, 24),
    ],
)
def test_mri_is_the_sooner_the_more_the_nerves_are_in_danger(change, hours):
    entry = casebook.assess({**NO_NERVE_SIGN, **change}).entry("mri_full_spine")
    assert (entry.stance, entry.status, entry.within_hours) == ("recommended", "decided", hours)


def test_clear_plain_imaging_does_not_hide_how_soon_mri_is_due():
    entry = casebook.assess({**NO_NERVE_SIGN, "plain_imaging": "negative"}).entry("mri_full_spine")
    assert (entry.stance, entry.within_hours) == ("recommended", 336)


def test_a_limit_that_is_not_known_yet_leaves_mri_undecided():
    findings = {id: value for id, value in NO_NERVE_SIGN.items() if id != "deficit_course"}
    entry = casebook.assess(findings).entry("mri_full_spine")
    assert (entry.status, entry.possible) == ("undecided", ("recommended",))
    assert entry.depends_on == ("deficit_course",)


@pytest.mark.parametrize(("tumour", "implants"), [("right", "left"), ("left", "right")])
def test_implants_go_to_the_side_without_tumour(tumour, implants):
    entry = casebook.assess({"iliac_or_si_involvement": tumour, "pain": "mechanical"}).entry(
        "unilateral_lumbopelvic_fixation"
    )
    assert (entry.side, entry.possible[0]) == (implants, "consider")


def test_while_the_side_of_the_tumour_is_unknown_no_side_is_named():
    entry = casebook.assess({"pain": "mechanical"}).entry("unilateral_lumbopelvic_fixation")
    assert (entry.status, entry.side) == ("undecided", None)
    assert "iliac_or_si_involvement" in entry.depends_on


def test_what_ct_does_not_show_may_keep_an_entry_open_although_the_finding_is_known():
    findings = {
        "level": "S2",
        "pain": "mechanical",
        "bone_lesion": "ct_occult",
        "alignment": "normal",
        "collapse": "body_over_50",
    }
    findings |= {
        "posterolateral": "unilateral",
        "pain_intensity": 5,
        "fracture": "none",
        "cauda_equina_syndrome": "absent",
    }
    entry = casebook.assess(findings).entry("lumbopelvic_fixation")
    assert casebook.assess(findings).scores["sins"].low == 5
    assert entry.status == "undecided"
    assert "bone_lesion" in entry.depends_on


# cement, as an example of both sides


def test_epidural_disease_rules_out_cement_although_severe_pain_asks_for_it():
    entry = casebook.assess({"epidural": "effaces", "prior_radiotherapy": "given", "pain_intensity": 8}).entry(
        "sacroplasty"
    )
    assert (entry.stance, entry.status) == ("contraindicated", "decided")
    assert "R105" in entry.because
    assert "R104" in entry.against
    assert "C14" in entry.conflicts


def test_radiotherapy_in_cauda_equina_syndrome_shows_both_sources():
    entry = casebook.assess({"cauda_equina_syndrome": "present", "fit_for_surgery": "no"}).entry(
        "conventional_radiotherapy"
    )
    assert (entry.stance, entry.status) == ("recommended", "decided")
    assert {"C1.1", "R029"} <= set(entry.because)
    assert "R028" in entry.against
    assert "C1" in entry.conflicts
    assert entry.decided_by == "C1"


# what is known without knowing every part


def test_two_rules_that_complete_each_other_decide_although_neither_is_known_to_hold(tiny):
    for file in ("rules/cement.yml", "conflicts.yml"):
        (tiny.path / file).write_text("[]\n" if file == "conflicts.yml" else "", encoding="utf-8")
    for number, when in enumerate(("pain == mechanical", "pain != mechanical"), start=1):
        tiny.append(
            "rules/cement.yml",
            f"- {{id: R{number}, title: x, text: x, when: {when}, tier: directive, then: {{sacroplasty: caution}}, source: {{mika2018: 'l. 1'}}}}\n",
        )
    entry = tiny.engine().assess({}).entry("sacroplasty")
    assert (entry.stance, entry.status, entry.because, entry.depends_on) == ("caution", "decided", ("R1", "R2"), ())


def test_a_condition_that_can_never_hold_says_nothing(tiny):
    tiny.edit("rules/cement.yml", "when: epidural in {indents, effaces}", "when: painful and not painful")
    assert tiny.engine().assess({}).trace.rules["R105"] is False
    assert "R105" not in (tiny.engine().assess({}).entry("sacroplasty").against)
