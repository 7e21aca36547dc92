"""The plan: against every completion of what is unknown, and in its order."""

from collections.abc import Iterable
from typing import Any

import plain
import pytest
import states
import strategies
from hypothesis import example, given, settings

import casebook
from casebook import PlanEntry
from casebook.knowledge_base import knowledge

ACTIONS = list(knowledge().actions)
RANK = {stance: rank for rank, stance in enumerate(plain.STANCES)}


def said(entry: PlanEntry) -> plain.Outcome:
    return plain.Outcome(entry.stance, entry.within_hours, entry.side)


def strongest_first(outcomes: Iterable[plain.Outcome | None]) -> tuple[str, ...]:
    stances = {outcome.stance for outcome in outcomes if outcome}
    return (*sorted(stances, key=RANK.__getitem__), *(["none"] if None in outcomes else []))


MELANOMA = {
    **{id: options[0] for id, options in plain.FINDINGS.items()},
    **{
        "cauda_equina_syndrome": "present",
        "deficit_course": "stable",
        "frankel": "E",
        "pain_intensity": 4,
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
        gone = plain.withdrawn(action, findings)
        pairs = [
            (patient, None if outcome is None or outcome.stance in gone else outcome)
            for patient in patients
            for outcome in [patient.of_the_rules(action) if action in plain.VOICES else None]
        ]
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
            weakest = max((outcome.stance if outcome else "none" for outcome in outcomes), key=[*RANK, "none"].index)
            assert entry.at_least == (weakest if weakest in plain.FOR else None), action
            assert entry.to_dict().get("at_least") == entry.at_least
            assert entry.decided_by is None, action


@given(findings=strategies.nearly_complete_findings())
@example(findings=without("posterolateral", "pain"))
@example(findings=without("cauda_equina_syndrome", "motor_deficit"))
def test_every_rule_that_may_speak_is_shown_on_its_side(findings):
    patients = list(plain.completions(findings))
    for entry in casebook.assess(findings).plan:
        gone = plain.withdrawn(entry.action, findings)
        voices = [
            {
                (voice.rule, voice.outcome.stance in plain.FOR)
                for voice in patient.voices(entry.action)
                if voice.outcome.stance not in gone
            }
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
    if plain.two_totals(findings):
        findings = {**findings, "one_continuous_lesion": "no"}
    patient = plain.Patient(findings)
    for entry in states.assessed(findings).plan:
        gone = plain.withdrawn(entry.action, findings)
        voices = tuple([each for each in patient.voices(entry.action) if each.outcome.stance not in gone])
        outcome, settled = plain.in_force(entry.action, voices)
        assert (entry.status, said(entry)) == ("decided", outcome)
        side = entry.stance in plain.FOR
        assert set(entry.because) == {voice.rule for voice in voices if (voice.outcome.stance in plain.FOR) == side}
        assert set(entry.against) == {voice.rule for voice in voices if (voice.outcome.stance in plain.FOR) != side}
        assert entry.decided_by in settled


@given(findings=strategies.complete_findings)
def test_with_everything_known_nothing_is_open_but_what_sins_has_no_option_for(findings):
    open_ = {"bone_lesion"} if findings["bone_lesion"] == "ct_occult" else set()
    open_ |= {"one_continuous_lesion"} if plain.two_totals(findings) else set()
    for entry in casebook.assess(findings).plan:
        assert set(entry.depends_on) <= open_
        assert (entry.status == "decided") is (not entry.depends_on)


@given(findings=strategies.partial_findings)
def test_an_entry_leaves_open_exactly_what_its_parts_leave_open(findings):
    """One unknown finding taken at each of its values: together they say what the unknown says."""
    unknown = plain.unknown(findings)
    if not unknown:
        return
    id = unknown[len(findings) % len(unknown)]
    whole = {entry.action: entry for entry in casebook.assess(findings).plan}
    parts = [
        ({entry.action: entry for entry in states.assessed(after).plan}, after)
        for option in plain.FINDINGS[id]
        for after in [{**findings, id: option}]
    ]
    for action in ACTIONS:
        # What a scope withdraws once the option is recorded is not withdrawn while it is unknown.
        gone = plain.withdrawn(action, findings)
        entries = [part.get(action) for part, after in parts if plain.withdrawn(action, after) == gone]
        if len(entries) < len(parts):
            continue
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
    added = {**findings, **{id: more[id] for id in unknown[: 1 + len(unknown) // 2]}}
    before, after = casebook.assess(findings), states.assessed(added)
    for score in plain.POINTS:
        assert after.scores[score].totals <= before.scores[score].totals
        assert (
            before.scores[score].low <= after.scores[score].low <= after.scores[score].high <= before.scores[score].high
        )
        assert set(after.scores[score].bands) <= set(before.scores[score].bands)
    for action in ACTIONS:
        old, new = before.entry(action), after.entry(action)
        if plain.withdrawn(action, added) != plain.withdrawn(action, findings):
            continue  # a scope that is recorded withdraws; it decides nothing
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
        for entry in states.assessed(rest).plan:
            scope = plain.withdrawn(entry.action, findings) == plain.withdrawn(entry.action, rest)
            if entry.status == "decided" and scope:
                assert said(known[entry.action]) == said(entry)


def test_nothing_known_excludes_no_emergency():
    entry = casebook.assess({}).entry("decompression")
    assert (entry.stance, entry.status) == ("emergency", "undecided")
    assert {"cauda_equina_syndrome", "bladder_bowel"} <= set(entry.depends_on)
    call = casebook.assess({}).entry("urgent_consult")
    assert (call.stance, call.status) == ("emergency", "undecided")


@pytest.mark.parametrize("id", plain.FINDINGS)
def test_a_missing_finding_is_not_read_as_any_of_its_options(id):
    """The plan without a finding differs from the plan with it wherever two options differ."""
    blank = casebook.assess({})
    assessed = [({id: option}, casebook.assess({id: option})) for option in plain.FINDINGS[id]]
    for action in ACTIONS:
        ends = {each.entry(action) for findings, each in assessed if not plain.withdrawn(action, findings)}
        statuses = {(entry.status, entry.possible) if entry else None for entry in ends}
        if len(statuses) > 1:
            assert blank.entry(action).status == "undecided"


# order


FIRST = (
    "urgent_consult mri_full_spine dexamethasone decompression conventional_radiotherapy bladder_care immobilisation"
)
LATER = "sacroplasty radiofrequency_ablation embolisation iliosacral_screws"


@given(findings=strategies.partial_findings)
def test_a_plan_runs_from_the_strongest_stance_decided_before_undecided(findings):
    assessment = casebook.assess(findings)
    plan = assessment.plan
    assert len({entry.action for entry in plan}) == len(plan)
    keys = {
        entry.action: (RANK[entry.stance], entry.status == "undecided", ACTIONS.index(entry.action)) for entry in plan
    }
    if assessment.state not in ("compressed", "unexplained", "presumed"):
        assert list(keys.values()) == sorted(keys.values())
        return
    decided = [entry.action for entry in plan if entry.status == "decided" and entry.stance in plain.FOR]
    sure = {*decided, *(entry.action for entry in plan if entry.at_least)}
    first = [action for action in FIRST.split() if action in sure]
    later = [action for action in decided if action in LATER.split()]
    between = [action for action in decided if action not in (*first, *later)]
    rest = [action for action in keys if action not in (*first, *decided)]
    order = [*first, *sorted(between, key=keys.get), *sorted(later, key=keys.get), *sorted(rest, key=keys.get)]
    assert [entry.action for entry in plan] == order


@given(findings=strategies.partial_findings)
def test_an_emergency_comes_first_and_nothing_outranks_it(findings):
    assessment = casebook.assess(findings)
    emergencies = {
        action
        for rule in knowledge().rules.values()
        for clause, trace in zip(rule.clauses, assessment.trace.clauses.get(rule.id, ()), strict=True)
        if trace.truth
        for action, outcome in clause.then.items()
        if outcome.stance == "emergency" and not plain.withdrawn(action, findings)
    }
    for action in emergencies:
        entry = assessment.entry(action)
        assert (entry.stance, entry.status, entry.possible) == ("emergency", "decided", ("emergency",))
    if "urgent_consult" in emergencies or assessment.state not in ("compressed", "unexplained", "presumed"):
        assert {entry.action for entry in assessment.plan[:1] if emergencies} <= emergencies


@pytest.mark.parametrize("total", range(19))
def test_cauda_equina_is_an_emergency_at_any_sins(total):
    sacral = {"rigid": "S2", "junctional": "S1"}
    items = next(
        items
        for items in plain.SCORES["sins"].every_input()
        if plain.SCORES["sins"].sum(items) == total and items["location"] in sacral
    )
    findings = plain.SCORES["sins"].findings_for(items) | {"level": sacral[items["location"]]}
    operable = {"epidural": "effaces", "fit_for_surgery": "yes", "expected_survival": "from_3_to_6_months"}
    assessment = casebook.assess({**findings, **operable, "cauda_equina_syndrome": "present", "primary": "breast"})
    assert assessment.scores["sins"].total == total
    for action in ("urgent_consult", "decompression"):
        entry = assessment.entry(action)
        assert (entry.stance, entry.status) == ("emergency", "decided")
    assert assessment.plan[0].action == "urgent_consult"


def test_cauda_equina_is_an_emergency_with_nothing_else_known():
    assessment = casebook.assess({"cauda_equina_syndrome": "present"})
    assert (assessment.plan[0].action, assessment.plan[0].stance, assessment.plan[0].status) == (
        "urgent_consult",
        "emergency",
        "decided",
    )
    assert assessment.plan[0].because == ("R130",)


@given(findings=strategies.partial_findings)
def test_cauda_equina_is_an_emergency_whatever_else_is_known(findings):
    first = states.assessed({**findings, "cauda_equina_syndrome": "present"}).plan[0]
    assert (first.action, first.stance, first.status) == ("urgent_consult", "emergency", "decided")
    assert "R130" in first.because


@pytest.mark.parametrize("radiotherapy", ["given", "progressed_after"])
def test_what_speaks_against_an_emergency_is_shown_beside_it_and_does_not_outrank_it(radiotherapy):
    operable = {"epidural": "effaces", "fit_for_surgery": "yes", "expected_survival": "over_12_months"}
    findings = {**operable, "cauda_equina_syndrome": "present", "prior_radiotherapy": radiotherapy}
    entry = casebook.assess(findings).entry("decompression")
    assert (entry.stance, entry.status) == ("emergency", "decided")
    assert entry.against == ("R091",)
    assert entry.decided_by == "P1"


def test_an_operation_that_is_not_possible_is_no_emergency_but_the_call_is():
    findings = {"cauda_equina_syndrome": "present", "epidural": "effaces", "fit_for_surgery": "no"}
    assessment = casebook.assess(findings)
    assert (assessment.plan[0].action, assessment.plan[0].stance) == ("urgent_consult", "emergency")
    entry = assessment.entry("decompression")
    assert (entry.stance, entry.status) == ("not_indicated", "decided")
    assert "R135" in entry.because


def test_incontinence_alone_is_an_emergency_until_mri_shows_otherwise():
    assessment = casebook.assess({"bladder_bowel": "incontinence"})
    assert assessment.state == "presumed"
    call = assessment.entry("urgent_consult")
    assert (call.stance, call.status) == ("emergency", "undecided")
    entry = assessment.entry("bladder_care")
    assert (entry.stance, entry.status) == ("recommended", "decided")


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


def test_epidural_disease_rules_out_cement_however_severe_the_pain():
    entry = casebook.assess({"epidural": "effaces", "prior_radiotherapy": "given", "pain_intensity": 8}).entry(
        "sacroplasty"
    )
    assert (entry.stance, entry.status) == ("contraindicated", "decided")
    assert (entry.because, entry.against) == (("R105",), ())
    assert "C14" in entry.conflicts


def test_radiotherapy_in_cauda_equina_syndrome_shows_both_sources():
    findings = {
        "cauda_equina_syndrome": "present", "fit_for_surgery": "no", "compression_by": "tumour", "epidural": "effaces",
        "prior_radiotherapy": "none", "tolerates_radiotherapy": "yes",
    }  # fmt: skip
    entry = casebook.assess(findings).entry("conventional_radiotherapy")
    assert (entry.stance, entry.status, entry.within_hours) == ("emergency", "decided", 24)
    assert {"C1.1", "R029", "R134"} <= set(entry.because)
    assert "R028" in entry.against
    assert "C1" in entry.conflicts
    assert entry.decided_by == "P1"


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
