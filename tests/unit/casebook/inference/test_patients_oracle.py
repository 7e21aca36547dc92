"""The second entry of the rules and the knowledge as a plain evaluator reads it agree on every patient.

Neither uses the engine. One reads the YAML, the other was entered by hand; both settle rules that differ by the
same six steps, written out once more in `plain`.
"""

from __future__ import annotations

import random

import brute
import contradictions_again
import patients_again
import plain
import published
import pytest
import rules_again
import scopes_again
import strategies
from hypothesis import given, settings
from partly_known import NotAssessedError, PartlyKnown, answers, certain, may_be
from rules_again import NEVER_KNOWN, F

import casebook
from casebook.inference.assessment import engine
from casebook.knowledge_base import knowledge
from casebook.models.contradiction import ContradictionError

PATIENTS = 1000


@pytest.fixture(scope="module")
def complete() -> list[dict]:
    """Random complete patients who can exist; half of them are no emergency to begin with."""
    chance, found = random.Random("everything known"), []
    calm = {"cauda_equina_syndrome": "absent", "bladder_bowel": "normal", "motor_deficit": "none"}
    for place in range(PATIENTS):
        findings = {id: chance.choice(options) for id, options in published.FINDINGS.items()}
        found.append(contradictions_again.consistent(findings | (calm if place % 2 else {})))
    return found


def test_the_two_speak_of_the_same_actions_and_order_the_same_rules():
    assert patients_again.VOICES.keys() == plain.VOICES.keys()
    for action, edges in patients_again.EDGES.items():
        assert edges.keys() == plain.EDGES[action].keys(), action


def test_they_say_the_same_of_every_complete_patient(complete):
    chance, switched = random.Random("never known"), 0
    for findings in complete:
        seen = chance.choice(NEVER_KNOWN["bone_lesion_on_ct"]) if findings["bone_lesion"] == "ct_occult" else None
        as_one = [score for score in plain.two_totals(findings) if chance.random() < 0.5]
        one = plain.Patient(findings, seen, as_one)
        other = F(findings | {"bone_lesion_on_ct": seen} | {f"{score}_as_one": True for score in as_one})
        assert {score: getattr(other, score) for score in published.POINTS} == {
            score: int(one.words[score]) for score in published.POINTS
        }
        for action in plain.VOICES:
            assert one.of_the_rules(action) == patients_again.of_the_rules(action, other), (action, findings)
            left = scopes_again.left(action, findings, {patients_again.of_the_rules(action, other)})
            assert {one.outcome(action)} == left, (action, findings)
            switched += one.outcome(action) != one.of_the_rules(action)
    assert switched > PATIENTS


def test_they_refuse_the_same_contradictions():
    chance, met = random.Random("contradictions"), set()
    assert set(contradictions_again.PAIRS) == set(plain.CONTRADICTIONS) == set(contradictions_again.READ)
    for _ in range(PATIENTS):
        findings = {id: chance.choice(options) for id, options in published.FINDINGS.items()}
        refused = plain.refused(findings)
        assert contradictions_again.refused(findings) == refused
        met.update(refused)
    assert met == set(plain.CONTRADICTIONS)


@pytest.mark.parametrize("id", contradictions_again.PAIRS)
def test_a_pair_is_refused_only_where_all_that_it_needs_is_recorded(id):
    chance, read = random.Random(id), contradictions_again.READ[id]
    when, unless = contradictions_again.PAIRS[id]
    met = set()
    for _ in range(300):
        findings = {each: chance.choice(published.FINDINGS[each]) for each in read if chance.random() < 0.8}
        refused = id in contradictions_again.refused(findings)
        met.add(refused)
        assert refused is (certain(when, findings) and not certain(unless, findings))
        if refused:
            with pytest.raises(ContradictionError) as error:
                casebook.assess(findings)
            assert id in {refusal.id for refusal in error.value.refusals}
        elif not contradictions_again.refused(findings):
            engine().state(findings)
    assert met == {True, False}


@settings(max_examples=40)
@given(findings=strategies.nearly_complete_findings())
def test_what_is_possible_is_what_the_second_entry_says_of_every_completion(findings):
    for action in plain.VOICES:
        assert patients_again.outcomes(action, findings) == brute.action(action).now(findings), action


@settings(max_examples=100)
@given(findings=strategies.partial_findings, more=strategies.complete_findings)
def test_what_a_completion_says_is_possible(findings, more):
    """However much is unknown: the outcome of any one completion, after what is withdrawn, is among the possible ones."""
    patient = F({**more, **findings, "bone_lesion_on_ct": "mixed", "tokuhashi_as_one": True, "tomita_as_one": False})
    assessment = casebook.assess(findings)
    for action in plain.VOICES:
        (outcome,) = scopes_again.left(action, findings, {patients_again.of_the_rules(action, patient)})
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
    for score in published.POINTS:
        totals = patients_again.totals_as_one_lesion(score, findings)
        told = assessment.scores[score].to_dict().get("as_one_lesion")
        if totals is None:
            assert told is None
        else:
            bands = [name for name, low, high in published.BANDS[score] if any(low <= each <= high for each in totals)]
            assert told == {"low": min(totals), "high": max(totals), "bands": bands}


def test_the_second_total_is_at_most_so_much_better():
    """Two points for the segments in Tokuhashi and one for the ilium; one in Tomita, where less is better."""
    furthest = {"tokuhashi": 0, "tomita": 0}
    for vertebrae in ("two", "three_or_more"):
        for foci in published.FINDINGS["extraspinal_bone_metastases"]:
            for ilium in published.FINDINGS["iliac_or_si_involvement"]:
                findings = {
                    **{id: options[0] for id, options in published.FINDINGS.items()},
                    "level": "S1",
                    "vertebral_metastases": vertebrae,
                    "one_continuous_lesion": "yes",
                    "extraspinal_bone_metastases": foci,
                    "iliac_or_si_involvement": ilium,
                }
                for score in furthest:
                    (as_one,) = patients_again.totals_as_one_lesion(score, findings)
                    furthest[score] = max(furthest[score], abs(as_one - getattr(F(findings), score)))
    assert furthest == {"tokuhashi": 3, "tomita": 1}


def test_a_comparison_on_which_the_two_totals_differ_stays_open_and_hangs_on_the_one_lesion():
    seven = {
        "level": "S1", "vertebral_metastases": "three_or_more", "extraspinal_bone_metastases": "one_or_two",
        "iliac_or_si_involvement": "left", "karnofsky": 70, "visceral_metastases": "none", "primary": "colon",
        "frankel": "D", "metastasis_extent": "limited",
    }  # fmt: skip
    assert F({**seven, "one_continuous_lesion": "yes"}).tokuhashi == 7
    assert patients_again.totals_as_one_lesion("tokuhashi", seven) == {10}
    open_ = [None, "no", "yes"]
    truths = [
        brute.truth("tokuhashi <= 8", {**seven, "one_continuous_lesion": each} if each else seven) for each in open_
    ]
    assert truths == [None, True, None]
    judged = engine().planner.truth(knowledge().rules["R052"].clauses[0].tree, knowledge().vocabulary.state(seven))
    assert judged is None


# partly known


def test_a_predicate_is_answered_as_soon_as_what_is_known_suffices():
    asked = []

    def red(f: F) -> bool:
        asked.append(f)
        return rules_again.red_flag(f)

    assert list(answers(red, {"bladder_bowel": "retention"})) == [True]
    assert len(asked) == 1
    assert set(answers(red, {"bladder_bowel": "normal"})) == {True, False}
    assert may_be(red, {})
    assert not certain(red, {})
    with pytest.raises(NotAssessedError, match="bladder_bowel"):
        red(PartlyKnown({}))
