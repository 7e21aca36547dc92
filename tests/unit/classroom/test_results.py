"""What a closed round shows: each vote through the engine, and nothing unknown taken for zero."""

from __future__ import annotations

from rooms import CASE, READING

from casebook import assess
from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge
from casebook.messages import message
from classroom.server.results import tally


def test_the_ballot_asks_for_every_finding_that_sins_scores_and_lets_each_be_unknown(agenda):
    ballot = agenda.ballot("reading", CASE)
    score = knowledge().scores["sins"]
    assert [each["id"] for each in ballot.fields] == [id for ids in knowledge().readings[score.id].reads for id in ids]
    for each in ballot.fields:
        assert [option["id"] for option in each["options"][:-1]] == list(
            knowledge().vocabulary.by_id[each["id"]].values
        )
        assert each["options"][-1] == {"id": "unknown", "label": "cannot tell"}


def test_what_cannot_be_told_makes_a_range_and_never_a_zero(agenda):
    found = tally(agenda.ballot("reading", CASE), [{**READING, "pain": "unknown"}, {**READING, "pain": "none"}])
    assert found["totals"] == [{"low": 8, "high": 8, "n": 1}, {"low": 8, "high": 11, "n": 1}]
    nothing = tally(agenda.ballot("reading", CASE), [dict.fromkeys(READING, "unknown")])
    assert nothing["totals"] == [{"low": 0, "high": 18, "n": 1}]
    assert nothing["bands"] == {"stable, potentially unstable or unstable": 1}


def test_every_vote_is_assessed_as_the_engine_does(agenda):
    ballot = agenda.ballot("reading", CASE)
    for each in ballot.fields:
        for option in each["options"]:
            answer = {**READING, each["id"]: option["id"]}
            read = {id: None if value == "unknown" else value for id, value in answer.items()}
            right = assess({**ballot.case.findings, **read}).scores["sins"]
            (total,) = tally(ballot, [answer])["totals"]
            assert (total["low"], total["high"]) == (right.low, right.high)


def test_a_reading_like_the_cases_own_leads_to_its_plan_and_another_says_what_moves(agenda):
    ballot = agenda.ballot("reading", CASE)
    own = {id: str(load_case(CASE).findings.get(id, "unknown")) for id in READING}
    assert tally(ballot, [own, own])["plans"] == {message("room-plan-same"): 2}
    (moved,) = tally(ballot, [{**own, "level": "S2"}])["plans"]
    assert "Minimally invasive screws: " in moved


def test_votes_that_are_missing_are_not_made_up(agenda):
    found = tally(agenda.ballot("reading", CASE), [])
    assert found["votes"] == 0
    assert found["totals"] == []
    assert set(found["fields"]["pain"].values()) == {0}


def test_the_options_of_a_plan_stand_in_no_order_that_gives_the_answer_away(agenda):
    (field,) = agenda.ballot("plan", CASE).fields
    known = list(knowledge().actions)
    listed = [option["id"] for option in field["options"]]
    assert listed == sorted(listed, key=known.index)
    assert set(listed) == {entry.action for entry in load_case(CASE).assess().plan}
