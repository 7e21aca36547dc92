"""What is open and what settles most, beside the second evaluator."""

from __future__ import annotations

from collections import Counter

import brute
import plain
import pytest
import states
from plain import consistent

import casebook
from casebook.explain import Open, open_points
from casebook.knowledge_base import knowledge
from casebook.messages import message

STATES = 120


@pytest.fixture(scope="module", params=states.parts("open", STATES))
def every(request: pytest.FixtureRequest) -> list[tuple[states.Findings, Open]]:
    return [(findings, open_points(findings)) for findings in request.param]


def test_what_is_decided_and_what_is_not_is_what_every_completion_says(every):
    for findings, found in every:
        ends = {action: brute.action(action).now(findings) for action in knowledge().actions}
        assert set(found.decided) == {id for id, each in ends.items() if len(each) == 1 and each != {None}}
        assert {each.action for each in found.undecided} == {id for id, each in ends.items() if len(each) > 1}


def test_a_finding_settles_what_every_answer_decides_and_may_settle_what_some_answer_does(every):
    """Answers that contradict other findings are none: nobody can give them."""
    asked, impossible = 0, Counter()
    for findings, found in every:
        for question in found.ask:
            id, settles, may = question.finding, 0, 0
            given = [value for value in plain.FINDINGS[id] if states.exists({**findings, id: value})]
            for open_ in found.undecided:
                if id in open_.depends_on:  # a scope that would withdraw an entry settles nothing by itself
                    of = brute.action(open_.action)
                    firsts = {of.class_of[id][value]: value for value in given}.values()
                    decided = [len(of.read_as(findings, id, value)) == 1 for value in firsts]
                    settles += all(decided) and decided != []
                    may += any(decided) and not all(decided)
            assert (question.settles, question.may) == (settles, may), (findings, id)
            asked += 1
            impossible[len(given) < len(plain.FINDINGS[id])] += 1
    assert (asked > 400 and impossible[True] > 40) or states.EVERY


def items(findings: states.Findings, id: str) -> int:
    """Scores with an item that reads a finding and is not settled."""
    return sum(
        any(
            id in ids and len(plain.SCORES[score].reachable(item, findings)) > 1
            for item, ids in plain.READS[score].items()
        )
        for score in plain.READS
    )


def test_questions_stand_by_emergency_then_by_what_they_settle_then_by_scores(every):
    order = list(knowledge().vocabulary.position)
    for findings, found in every:
        urgent = dict.fromkeys(order, 0)
        for entry in casebook.assess(findings).plan:
            for id in entry.urgent_on:
                urgent[id] += 1
        keys = [
            (-urgent[each.finding], -each.settles, -each.may, -items(findings, each.finding), order.index(each.finding))
            for each in found.ask
        ]
        assert keys == sorted(keys)


def test_what_an_emergency_hangs_on_is_what_changes_whether_there_is_one(every):
    for findings, found in every:
        first = found.ask[0].finding if found.ask else None
        at_stake = [
            action
            for action in plain.SPOKEN_OF
            if {outcome is not None and outcome.stance == "emergency" for outcome in brute.action(action).now(findings)}
            == {True, False}
        ]
        if at_stake and first is not None:
            assert any(first in casebook.assess(findings).entry(action).urgent_on for action in at_stake)


def test_a_question_says_in_words_what_it_settles(every):
    for _, found in every:
        total = len(found.undecided)
        for each in found.ask:
            numbers = {"decides": each.settles, "may": each.may, "undecided": total}
            if each.settles and each.may:
                assert each.why.startswith(message("question-decides-may", **numbers))
            elif each.settles:
                assert each.why.startswith(message("question-decides", **numbers))
            elif each.may:
                assert each.why.startswith(message("question-may", **numbers))
            else:
                assert each.why.startswith(("An answer affects ", "Needed to score "))


def test_the_summary_counts_and_names_the_first_question():
    found = open_points(states.case("endometrial-ilium"))
    counts = f"{len(found.decided)} recommendations are decided and {len(found.undecided)} are open."
    assert found.text == f"{counts} Ask about saddle sensation first."
    assert open_points({"level": "S1"}).to_dict()["ask"][0].keys() == {"finding", "settles", "may", "why"}


def test_a_patient_of_whom_all_is_known_leaves_nothing_open():
    findings = consistent({id: options[0] for id, options in plain.FINDINGS.items()})
    found = open_points(findings)
    assert (found.undecided, found.ask) == ((), ())
    assert found.text == f"{len(found.decided)} recommendations are decided and none is open."
