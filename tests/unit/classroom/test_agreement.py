"""Agreement between readers, against the definition counted out pair by pair."""

from __future__ import annotations

import math
import random
from fractions import Fraction
from itertools import combinations

import pytest
from rooms import CASE, OTHER, READING

from casebook.knowledge_base import knowledge
from casebook.messages import message
from classroom.server.agreement import agreement
from classroom.server.kappa import agreeing_pairs, interval, kappa
from classroom.server.results import tally


def counted_out(readings: list[list[str]]) -> Fraction | None:
    """Fleiss' kappa from its definition, in whole numbers: every pair of readers, every pair of drawn answers."""
    patients = list(zip(*readings, strict=True))
    agreeing = sum(one == other for answers in patients for one, other in combinations(answers, 2))
    observed = Fraction(agreeing, len(patients) * math.comb(len(readings), 2))
    answers = [answer for each in patients for answer in each]
    by_chance = Fraction(sum(answers.count(answer) for answer in answers), len(answers) ** 2)
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def drawn(chance: random.Random) -> list[list[str]]:
    """Votes of 2 to 12 readers on 2 to 6 patients, who agree more or less."""
    options = "abcdefg"[: chance.randint(2, 7)]
    patients = [chance.choice(options) for _ in range(chance.randint(2, 6))]
    lean = chance.random()
    return [
        [truth if chance.random() < lean else chance.choice(options) for truth in patients]
        for _ in range(chance.randint(2, 12))
    ]


def test_kappa_is_what_counting_pairs_gives_on_a_thousand_random_vote_sets():
    chance = random.Random(1971)
    undefined = 0
    for _ in range(1000):
        readings = drawn(chance)
        given, right = kappa(readings), counted_out(readings)
        if right is None:
            undefined += 1
            assert given is None
        else:
            assert given == pytest.approx(float(right), abs=1e-9)
    assert undefined < 100


def test_kappa_is_that_of_statsmodels_itself():
    from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

    chance = random.Random(2026)
    for _ in range(200):
        readings = drawn(chance)
        if (given := kappa(readings)) is not None:
            table, _ = aggregate_raters(list(zip(*[map(ord, answers) for answers in readings], strict=True)))
            assert given == pytest.approx(fleiss_kappa(table), abs=1e-12)


def test_the_interval_is_that_of_leaving_out_one_reader_at_a_time():
    from scipy.stats import t

    chance = random.Random(3)
    met = 0
    for _ in range(200):
        readings = drawn(chance)
        value, number = counted_out(readings), len(readings)
        without = (
            [counted_out([*readings[:out], *readings[out + 1 :]]) for out in range(number)] if number > 2 else [None]
        )
        if value is None or None in without:
            assert value is None or interval(readings, float(value)) is None
            continue
        met += 1
        mean = sum(without) / number
        error = math.sqrt((number - 1) * sum((each - mean) ** 2 for each in without) / number)
        half = t.ppf(0.975, number - 1) * error
        low, high = interval(readings, float(value))
        assert low == pytest.approx(max(-1, float(value) - half), abs=1e-9)
        assert high == pytest.approx(min(1, float(value) + half), abs=1e-9)
    assert met > 100


def test_with_one_patient_kappa_would_be_the_same_whatever_is_said():
    chance = random.Random(4)
    for _ in range(100):
        readings = [[chance.choice("abc")] for _ in range(chance.randint(2, 40))]
        value = kappa(readings)
        assert value is None or value == pytest.approx(-1 / (len(readings) - 1))


def test_pairs_that_agree_are_counted_without_a_reader_twice():
    chance = random.Random(5)
    for _ in range(100):
        answers = [chance.choice("abcd") for _ in range(chance.randint(2, 20))]
        counts = {answer: answers.count(answer) for answer in "abcd"}
        right = [one == other for one, other in combinations(answers, 2)]
        assert agreeing_pairs(counts) == pytest.approx(sum(right) / len(right))
    assert agreeing_pairs({"a": 1, "b": 0}) is None


def asked(agenda, *votes: dict[int, str], cases: tuple[str, ...] = (CASE, OTHER)) -> dict:
    """The agreement on the pain of patients, by reader; everything else is read alike."""
    read = [
        (agenda.ballot("reading", case), {reader: {**READING, "pain": pain} for reader, pain in each.items()})
        for case, each in zip(cases, votes, strict=False)
    ]
    ballot, last = read[-1]
    return agreement(ballot, tally(ballot, last.values())["fields"], read)


def test_one_patient_gives_the_share_of_pairs_and_the_reason_why_there_is_no_kappa(agenda):
    told = asked(agenda, {1: "none", 2: "none", 3: "mechanical"})
    assert told["kappa"] is None
    assert told["kappas"] == {}
    assert told["why_not"] == message("room-kappa-one-patient")
    assert told["pairs"]["pain"] == pytest.approx(1 / 3)
    assert told["pairs"]["collapse"] == 1


def test_only_readers_who_read_every_patient_count(agenda):
    told = asked(agenda, {1: "none", 2: "none", 3: "mechanical", 4: "none"}, {1: "none", 2: "mechanical", 3: "none"})
    found = told["kappas"]["pain"]
    assert (found["readers"], found["patients"]) == (3, 2)
    right = counted_out([["none", "none"], ["none", "mechanical"], ["mechanical", "none"]])
    assert found["value"] == pytest.approx(float(right), abs=1e-9)
    assert found["low"] <= found["value"] <= found["high"]
    assert told["kappas"]["collapse"] is None  # all alike
    few = asked(agenda, {1: "none", 2: "none"}, {2: "none", 3: "none"})
    assert (few["kappa"], few["why_not"]) == (None, message("room-kappa-few-readers"))


def test_readers_who_all_say_the_same_leave_nothing_to_compare_chance_with(agenda):
    told = asked(agenda, {1: "none", 2: "none"}, {1: "none", 2: "none"})
    assert (told["kappa"], told["why_not"]) == (None, message("room-kappa-no-variation"))
    assert told["pairs"]["pain"] == 1


def test_cannot_tell_is_an_answer_of_its_own(agenda):
    told = asked(agenda, {1: "unknown", 2: "none"}, {1: "unknown", 2: "none"})
    assert told["pairs"]["pain"] == 0
    assert told["kappas"]["pain"]["value"] == pytest.approx(-1)


def test_beside_it_stands_what_a_source_printed_of_each_item(agenda):
    told = asked(agenda, {1: "none", 2: "none"})["published"]
    items = {item.label: item.agreement for item in knowledge().scores["sins"].items}
    assert {each["what"]: each["value"] for each in told} == {what: given.value for what, given in items.items()}
    assert {each["field"] for each in told} == set(READING)
    assert all(each["source"] == "Fourney et al. 2011, reliability results" for each in told)


def test_a_session_compares_first_votes_with_first_and_second_with_second(presenter, phones):
    voters = phones(3)

    def play(case: str, pains: list[str], **again: int) -> tuple[int, dict]:
        round = presenter.opens("reading", case, **again)
        for phone, pain in zip(voters, pains, strict=True):
            phone.votes(round, pain=pain)
        return round, presenter.closes(round)["agreement"]

    first, alone = play(CASE, ["none", "none", "mechanical"])
    other, both = play(OTHER, ["none", "mechanical", "mechanical"])
    assert alone["why_not"] == message("room-kappa-one-patient")
    right = counted_out([["none", "none"], ["none", "mechanical"], ["mechanical", "mechanical"]])
    assert both["kappas"]["pain"]["value"] == pytest.approx(float(right), abs=1e-9)
    _, second = play(CASE, ["none"] * 3, again=first)
    assert second["why_not"] == message("room-kappa-one-patient")
    _, seconds = play(OTHER, ["mechanical"] * 3, again=other)
    assert seconds["kappas"]["pain"]["value"] == pytest.approx(1)
