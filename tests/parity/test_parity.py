"""The page and Python derive the same from the same findings, to the last character of the JSON."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest
import states
from parity import (
    assert_equal,
    assert_written_equal,
    opened,
    pairs_of_changes,
    random_patient,
    single_changes,
    values,
    written,
)
from playwright.sync_api import Error
from reader import CASES, Reader

import casebook
from casebook.cases.case import load_case
from casebook.export.browser import bundle
from casebook.inference.assessment import engine
from casebook.inference.refusals import refusals

Findings = Mapping[str, Any]

PAIRS = 3_000
"""Pairs of changes tried from each case; all of them, more than ten thousand, where every state is asked for."""


@pytest.fixture
def page(online: Reader) -> Reader:
    return opened(online)


# Every case, and every pair of changes to it


@pytest.mark.parametrize("case", CASES)
def test_the_published_case_and_every_single_change(page, case):
    base = load_case(case).findings
    assert_written_equal(page, base, [[], *([change] for change in single_changes(base))])


@pytest.mark.parametrize("case", CASES)
def test_pairs_of_changes(page, case):
    base = load_case(case).findings
    pairs = list(pairs_of_changes(base))
    assert len(pairs) > 10_000
    assert assert_equal(page, base, pairs if states.EVERY else random.Random(case).sample(pairs, PAIRS)) >= PAIRS


# What is not in the vocabulary


def said_in_python(findings: Findings) -> str:
    with pytest.raises(casebook.FindingError) as caught:
        casebook.assess(findings)
    return str(caught.value)


SAID_IN_THE_PAGE = """(given) => given.map((findings) => {
  try { return `assessed ${JSON.stringify(window.casebook.assess(findings))}`; }
  catch (error) { return error.message; }
})"""


@pytest.mark.parametrize(
    "findings",
    [
        {"pian": "mechanical"},
        {"nothing like it": 1},
        {"pain": "mechancal"},
        {"pain": ["mechanical", None, 3]},
        {"pain": {"is": True}},
        {"pain": "it's"},
        {"pain": 'the "worst"\n\\'},
        {"pain": ""},
        {"fit_for_surgery": True},
        {"fit_for_surgery": False},
        {"pain": True},
        {"karnofsky": 75},
        {"karnofsky": 74.5},
        {"karnofsky": " 12 "},
        {"karnofsky": "good"},
        {"pain_intensity": -1},
        {"pain_intensity": []},
        {"level": "S9"},
        {"level": "coccyx"},
        {"primary": "z" * 300},
        {"level": "S1", "pane": "none", "pain": "x"},
    ],
    ids=str,
)
def test_an_unknown_id_or_option_is_told_in_the_page_as_in_python(page, findings):
    assert page.page.evaluate(SAID_IN_THE_PAGE, [findings]) == [said_in_python(findings)]


def test_a_thousand_misspelt_ids_and_options_have_the_same_nearest_in_the_page_as_in_python(page):
    choose = random.Random(20261123)
    ids = [finding["id"] for finding in bundle()["findings"]]
    states: list[Findings] = []
    while len(states) < 1_000:
        finding = choose.choice(bundle()["findings"])
        id, option = finding["id"], str(choose.choice(finding["options"])["id"])
        wrong = misspelt(choose, id)
        states.append({wrong: option} if wrong not in ids else {id: f"{misspelt(choose, option)}~"})
        states.append({id: f"{misspelt(choose, option)}~"})
    assert page.page.evaluate(SAID_IN_THE_PAGE, states) == [said_in_python(state) for state in states]


def misspelt(choose: random.Random, word: str) -> str:
    """Swap, drop and change a few letters of a word."""
    letters = list(word)
    for _ in range(choose.randint(1, 3)):
        place = choose.randrange(len(letters) or 1)
        letters[place : place + 2] = choose.choice(
            [
                letters[place : place + 2][::-1],
                letters[place : place + 1],
                [choose.choice("aeimnrst_"), *letters[place + 1 : place + 2]],
            ]
        )
    return "".join(letters)


@pytest.mark.parametrize("id", ["__proto__", "constructor", "toString"])
def test_names_that_javascript_gives_every_object_are_unknown_findings(page, id):
    with pytest.raises(Error, match=id):
        page.page.evaluate('(id) => window.casebook.assess(JSON.parse(`{"${id}": "x"}`))', id)


def test_null_is_not_assessed_in_the_page_as_in_python(page):
    findings = {"pain": None, "level": "S1"}
    found = page.page.evaluate("(findings) => JSON.stringify(window.casebook.assess(findings))", findings)
    assert found == written(casebook.assess({"level": "S1"}).to_dict())
    assert found == written(casebook.assess(findings).to_dict())


def test_undefined_is_not_assessed_either(page):
    # A kernel in the page hands a null over so.
    found = page.page.evaluate("() => JSON.stringify(window.casebook.assess({ pain: undefined, level: 'S1' }))")
    assert found == written(casebook.assess({"level": "S1"}).to_dict())


# What no patient has together


def contradictory() -> list[Findings]:
    """For each contradiction a patient who holds it, and a few who hold several."""
    known = engine().knowledge
    choose = random.Random("contradictory")
    found = {}
    while len(found) < len(known.contradictions):
        finding = choose.choice(bundle()["findings"])
        patient = random_patient(choose) | {finding["id"]: choose.choice(values(finding)[:-1])}
        for refusal in refusals(known, patient):
            found.setdefault(refusal.id, patient)
    many = [{finding["id"]: choose.choice(values(finding)[:-1]) for finding in bundle()["findings"]} for _ in range(20)]
    return [*found.values(), *many]


def test_what_contradicts_itself_is_refused_in_the_page_with_the_words_of_python(page):
    patients = contradictory()
    assert page.page.evaluate(SAID_IN_THE_PAGE, patients) == [said_in_python(patient) for patient in patients]


def test_the_page_names_the_contradictions_of_what_it_can_read(page):
    patients = contradictory()
    found = page.page.evaluate(
        "(given) => given.map((findings) => window.casebook.live.book.engine.validate(findings))",
        [{**patient, "no_such_finding": 1} for patient in patients],
    )
    for patient, validation in zip(patients, found, strict=True):
        assert validation["findings"] == patient
        assert len(validation["errors"]) == 1
        assert validation["contradictions"] == [each.to_dict() for each in refusals(engine().knowledge, patient)]
