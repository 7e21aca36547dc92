"""The plain evaluator, and the engine beside it: contradictions, what a completion reaches, two totals of a score."""

from __future__ import annotations

import random

import brute
import plain
import pytest
import strategies
from hypothesis import given, settings
from patients import NotAssessedError, Patient, answers, certain, may_be
from rulebook import ENTRY, KNOWLEDGE

import casebook
from casebook.inference.assessment import engine
from casebook.knowledge_base import knowledge
from casebook.models.contradiction import ContradictionError

# contradictions


@pytest.mark.parametrize("id", plain.CONTRADICTIONS)
def test_a_pair_is_refused_only_where_all_that_it_needs_is_recorded(id):
    chance, read = random.Random(id), plain.read_by_pair(id)
    met = set()
    for _ in range(300):
        findings = {each: chance.choice(plain.FINDINGS[each]) for each in read if chance.random() < 0.8}
        refused = id in plain.refused(findings)
        met.add(refused)
        if refused:
            with pytest.raises(ContradictionError) as error:
                casebook.assess(findings)
            assert id in {refusal.id for refusal in error.value.refusals}
        elif not plain.refused(findings):
            engine().state(findings)
    assert met == {True, False}


# what completions reach


@settings(max_examples=40)
@given(findings=strategies.nearly_complete_findings())
def test_what_is_possible_is_what_every_completion_by_itself_says(findings):
    for action in plain.VOICES:
        assert plain.possible(action, findings) == brute.action(action).now(findings), action


@settings(max_examples=100)
@given(findings=strategies.partial_findings, more=strategies.complete_findings)
def test_what_a_completion_says_is_possible(findings, more):
    """However much is unknown: the outcome of any one completion, after what is withdrawn, is among the possible ones."""
    completion = {**more, **findings}
    patient = plain.Patient(completion, next(plain.left_open(completion)))
    assessment = casebook.assess(findings)
    for action in plain.VOICES:
        (outcome,) = plain.left(action, findings, {patient.of_the_rules(action)})
        entry = assessment.entry(action)
        possible = entry.possible if entry else ("none",)
        assert (outcome.stance if outcome else "none") in possible, action
        if entry and entry.status == "decided":
            assert outcome == plain.Outcome(entry.stance, entry.within_hours, entry.side)


# one lesion of several segments


@settings(max_examples=150)
@given(findings=strategies.partial_findings)
def test_a_score_has_a_second_total_only_where_several_segments_may_be_one_lesion(findings):
    assessment = casebook.assess(findings)
    for id, score in plain.SCORES.items():
        totals = score.totals_as_one(findings)
        given = assessment.scores[id].to_dict().get("as_one_lesion")
        if totals is None:
            assert given is None
        else:
            bands = [name for name, low, high in score.bands if any(low <= each <= high for each in totals)]
            assert given == {"low": min(totals), "high": max(totals), "bands": bands}


def test_the_second_total_is_at_most_so_much_better():
    """Two points for the segments in Tokuhashi and one for the ilium; one in Tomita, where less is better."""
    furthest = {"tokuhashi": 0, "tomita": 0}
    for vertebrae in ("two", "three_or_more"):
        for foci in plain.FINDINGS["extraspinal_bone_metastases"]:
            for ilium in plain.FINDINGS["iliac_or_si_involvement"]:
                findings = {
                    **{id: options[0] for id, options in plain.FINDINGS.items()},
                    "level": "S1",
                    "vertebral_metastases": vertebrae,
                    "one_continuous_lesion": "yes",
                    "extraspinal_bone_metastases": foci,
                    "iliac_or_si_involvement": ilium,
                }
                for id in furthest:
                    (as_one,) = plain.SCORES[id].totals_as_one(findings)
                    (by_segments,) = plain.SCORES[id].totals(findings)
                    furthest[id] = max(furthest[id], abs(as_one - by_segments))
    assert furthest == {"tokuhashi": 3, "tomita": 1}


def test_a_comparison_on_which_the_two_totals_differ_stays_open_and_depends_on_the_one_lesion():
    seven = {
        "level": "S1", "vertebral_metastases": "three_or_more", "extraspinal_bone_metastases": "one_or_two",
        "iliac_or_si_involvement": "left", "karnofsky": 70, "visceral_metastases": "none", "primary": "colon",
        "frankel": "D", "metastasis_extent": "limited",
    }  # fmt: skip
    assert plain.SCORES["tokuhashi"].totals(seven) == {7}
    assert plain.SCORES["tokuhashi"].totals_as_one(seven) == {10}
    open_ = [None, "no", "yes"]
    truths = [
        brute.truth("tokuhashi <= 8", {**seven, "one_continuous_lesion": each} if each else seven) for each in open_
    ]
    assert truths == [None, True, None]
    judged = engine().planner.truth(knowledge().rules["R052"].clauses[0].tree, knowledge().vocabulary.state(seven))
    assert judged is None


# partly known


def test_a_condition_is_answered_as_soon_as_what_is_known_suffices():
    asked, red_flag = [], ENTRY.terms["red_flag"]

    def red(patient: Patient) -> bool:
        asked.append(patient)
        return red_flag.holds(patient)

    assert list(answers(red, {"bladder_bowel": "retention"}, ENTRY)) == [True]
    assert len(asked) == 1
    assert set(answers(red, {"bladder_bowel": "normal"}, ENTRY)) == {True, False}
    assert may_be(red_flag, {})
    assert not certain(red_flag, {})
    with pytest.raises(NotAssessedError, match="bladder_bowel"):
        red(Patient(ENTRY, {}))


def test_an_option_may_have_the_name_of_a_finding_and_a_numeral_may_be_a_grade():
    assert KNOWLEDGE.condition("tumour_compartment == epidural").holds({"tumour_compartment": "epidural"})
    assert KNOWLEDGE.condition("escc in {2, 3}").holds({"escc": "2"})
    assert not KNOWLEDGE.condition("pain_intensity == 2").holds({"pain_intensity": 3})
