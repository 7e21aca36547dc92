"""Every sentence that explains: plain to read, and without an id."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import states
import textstat

from casebook import explain
from casebook.knowledge_base import knowledge
from casebook.messages import message, words
from casebook.models.rule import STANCES

HARDEST = 12
"""School years, by Flesch and Kincaid."""

STATES = 25

PLAIN = {"no", "yes", "none", "one", "two", "other"}
"""Names that are plain words already, and stand in sentences as such."""


def names() -> list[str]:
    """Words that are given: what the clinic and the sources call things."""
    known = knowledge()
    labels = [part.label for part in (*known.vocabulary, *known.actions.values(), *known.scores.values(), *known.terms)]
    labels += [str(option.label) for finding in known.vocabulary for option in finding.options]
    labels += [band.label for score in known.scores.values() for band in score.bands]
    labels += [state.label for state in known.emergencies.states]
    labels += [rule.title for rule in known.rules.values()]
    labels += [citation.short for citation in known.sources.values()]
    labels += [state.label for state in known.emergencies.states]
    return sorted({*labels, *map(words.inside, labels), *map(words.sentence, labels)} - PLAIN, key=len, reverse=True)


NAMES = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name.removesuffix(".")) for name in names()) + r")(?!\w)")


OUTCOMES = re.compile("|".join(message("outcome-name", stance=each, limit="none") for each in (*STANCES, "none")))
OPEN = message("outcome-name", stance="undecided", limit="none")
POSSIBLE = re.compile(rf"{OPEN} \(([^()]+)\)")
"""What is still possible: outcomes by their names, as the plan shows them."""

CHANGED = re.compile(r": ([\w ]+) → ([\w ]+)(?=[,.])")
"""What an option was, and what it is now: outcomes by their names, too."""


def masked(text: str) -> str:
    """The text with each name as one plain word."""
    text = POSSIBLE.sub(lambda found: f"{OPEN} ({OUTCOMES.sub('pain', found[1])})", text)
    text = CHANGED.sub(": pain → pain", text)
    return NAMES.sub("pain", text)


def texts() -> Iterator[str]:
    cases = [states.case(name) for name in states.CASES]
    for findings in [{}, *cases, *states.random_states()[:STATES]]:
        targets = [*knowledge().scores, *knowledge().actions]
        yield from (explain.closest(findings, target, reported=["pain", "level"]).text for target in targets)
        for action in knowledge().actions:
            told = explain.argument(findings, action)
            yield told.text
            yield from told.in_the_way
            for rule in (*told.for_, *told.against):
                yield from (leaf.text for clause in rule.clauses for leaf in clause.leaves)
        found = explain.open_points(findings)
        yield found.text
        yield from (each.why for each in found.ask)
        firm = explain.firmness(findings)
        yield firm.text
        yield from (each.text for each in firm.findings)
        for other in [*cases, {}]:
            change = explain.changed(other, findings)
            yield change.text
            yield from (move.text for move in change.moves)
    for findings in cases[:1]:
        yield from (explain.closest(findings, target, 3).text for target in targets)


@pytest.fixture(scope="module")
def sentences() -> set[str]:
    """Every sentence, names masked; the same sentence once."""
    return {each for text in set(texts()) for each in re.split(r"(?<=[.?]) ", masked(text))}


def test_every_sentence_can_be_read_after_twelve_years_of_school(sentences):
    assert len(sentences) > 500
    grades = {each: textstat.flesch_kincaid_grade(each) for each in sentences}
    assert {each: grade for each, grade in grades.items() if grade > HARDEST} == {}


@pytest.mark.parametrize("id", knowledge().tensions)
def test_what_pulls_apart_can_be_read_too(id):
    given = knowledge().tensions[id]
    text = " ".join(
        words.sentence(each) for each in (given.title, *(side.text for side in given.sides), given.tie.text)
    )
    assert textstat.flesch_kincaid_grade(masked(text)) <= HARDEST


def test_no_sentence_holds_an_id(sentences):
    known = knowledge()
    ids = {*known.rules, *known.conflicts, *known.tensions, *known.actions, *known.vocabulary.by_id}
    ids = {id for id in ids if "_" in id or re.fullmatch(r"[RCP]\d.*", id)}
    levels = set(known.vocabulary.by_id["level"].values)
    found = {word for each in sentences for word in re.findall(r"[\w.]+", each) if word.rstrip(".") in ids - levels}
    assert found == set()
    assert not any("_" in each for each in sentences)
