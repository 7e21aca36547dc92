"""The page and Python explain the same in the same words, to the last character of the JSON.

A patient is asked everything, but a target only where what it reads has not been asked before.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pytest
import states
from parity import (
    REFUSED_IN_THE_PAGE,
    Hash,
    changed,
    differ,
    hashed,
    nothing_thrown_away,
    opened,
    pairs_of_changes,
    random_patient,
    single_changes,
    written,
)
from playwright.sync_api import Error
from reader import CASES, Reader

import casebook
from casebook import explain
from casebook.cases.case import load_case
from casebook.inference.assessment import engine

Findings = Mapping[str, Any]
Question = Sequence[Any]
"""The name that the page gives an explanation, and what it is asked besides the findings."""

BATCH = 100
RANDOM = 1_000 if states.EVERY else 300
PAIRS = None if states.EVERY else 100
"""Pairs of changes of a case, taken from more than ten thousand of them."""

TURNS = 1 if states.EVERY else 3
"""Random patients differ in all that a target reads, so each target is asked of every third of them."""

IN_PYTHON = {
    "changed": lambda findings, before: explain.changed(before, findings).to_dict(),
    "argument": lambda *asked: explain.argument(*asked).to_dict(),
    "closest": lambda *asked: explain.closest(*asked).to_dict(),
    "openPoints": lambda *asked: explain.open_points(*asked).to_dict(),
    "firmness": lambda *asked: explain.firmness(*asked).to_dict(),
    "disagreements": lambda *asked: [each.to_dict() for each in explain.disagreements(*asked)],
}

IN_THE_PAGE = f"""(given) => {{
  const [published, batch] = JSON.parse(given);
  const {{ explain }} = window.casebook;
  const answer = (findings, name, besides) =>
    name === 'changed' ? explain.changed(published, findings) : explain[name](findings, ...besides);
  return batch.flatMap(([findings, asked]) => asked.map(([name, ...besides]) =>
    ({REFUSED_IN_THE_PAGE})(() => JSON.stringify(answer(findings, name, besides)))));
}}"""


@pytest.fixture
def page(online: Reader) -> Reader:
    """Any page with a widget, its long texts fetched."""
    opened(online)
    # The sides of a disagreement come with the long texts, which are fetched when the focus enters the explorer.
    online.explorer.locator("summary").first.focus()
    online.until("() => window.casebook.live.book.later.left === 0")
    return online


def in_python(published: Findings, findings: Findings, question: Question) -> str:
    name, *besides = question
    try:
        return written(IN_PYTHON[name](findings, *([published] if name == "changed" else besides)))
    except casebook.FindingError as error:
        return str(error)


class Asking:
    """Puts every question to a patient who would not give an answer that was given before."""

    def __init__(self, turns: int = 1) -> None:
        self.asked: set[tuple[Any, ...]] = set()
        self.turns, self.turn = turns, 0

    def __call__(self, findings: Findings) -> list[Question]:
        state = engine().knowledge.vocabulary.state(findings)
        questions: list[Question] = [["changed"], ["openPoints"], ["firmness"], ["disagreements"]]
        for question, positions in TARGETS[self.turn :: self.turns]:
            seen = (*question, *(state[place] for place in positions))
            if seen not in self.asked:
                self.asked.add(seen)
                questions.append(question)
        self.turn = (self.turn + 1) % self.turns
        return questions


def targets() -> Iterator[tuple[Question, tuple[int, ...]]]:
    """Every question about one action or score, and the places of the findings that its answer reads."""
    planner = engine().planner
    for action, plan in planner.by_id.items():
        yield ("argument", action), tuple(plan.positions)
        yield ("closest", action), plan.counterfactuals.positions
    for score in engine().knowledge.scores:
        yield ("closest", score), planner.bands(score).positions


TARGETS = tuple(targets())


def assert_equal(page: Reader, published: Findings, patients: Iterable[Findings], questions: Any) -> int:
    """Compare every answer, a batch at a time by its hash; return how many there were."""
    count = 0
    left = iter(patients)
    with nothing_thrown_away():
        while batch := [(findings, questions(findings)) for findings in islice(left, BATCH)]:
            found = Hash(page, IN_THE_PAGE, [dict(published), batch])
            asked = [(findings, question) for findings, questions in batch for question in questions]
            texts = [in_python(published, findings, question) for findings, question in asked]
            if hashed(texts) != str(found):
                show_first_difference(asked, texts, page.page.evaluate(IN_THE_PAGE, written([dict(published), batch])))
            count += len(texts)
    return count


def show_first_difference(asked: Sequence[tuple[Findings, Question]], python: list[str], page: list[str]) -> None:
    for (findings, question), expected, found in zip(asked, python, page, strict=True):
        differ(f"{question} of {dict(findings)}", expected, found)
    pytest.fail("the hashes differ and the texts do not")


def around(published: Findings) -> Iterator[Findings]:
    """A case, every single change of it, and pairs of changes: all, or some that chance chose."""
    yield published
    pairs = list(pairs_of_changes(published))
    random.Random("pairs").shuffle(pairs)
    for changes in [*([change] for change in single_changes(published)), *pairs[:PAIRS]]:
        yield changed(published, changes)


@pytest.mark.parametrize("case", CASES)
def test_every_explanation_around_a_case(page, case):
    published = load_case(case).findings
    patients = list(around(published))
    assert assert_equal(page, published, patients, Asking()) > 4 * len(patients)


def test_every_explanation_of_random_patients(page):
    choose, questions = random.Random("explained"), Asking(TURNS)
    patients = [random_patient(choose) for _ in range(RANDOM)]
    for place, case in enumerate(CASES):
        part = patients[place :: len(CASES)]
        assert assert_equal(page, load_case(case).findings, part, questions) > 4 * len(part)


def test_three_changes_of_each_case_and_what_is_called_reported(page):
    for case in CASES:
        published = load_case(case).findings
        questions = [[*question, 3, list(published)[::2]] for question, _ in TARGETS if question[0] == "closest"]
        assert assert_equal(page, published, [published], lambda _, asked=questions: asked) == len(questions) > 30


@pytest.mark.parametrize(
    "question",
    [
        "argument({}, 'no_action')",
        "closest({}, 'no_target')",
        "firmness({ pian: 'none' })",
        "openPoints({ pain: 'no' })",
    ],
)
def test_what_is_not_in_the_vocabulary_raises_in_the_page_too(page, question):
    with pytest.raises(Error, match="FindingError"):
        page.page.evaluate(f"() => window.casebook.explain.{question}")


def test_what_is_not_in_the_vocabulary_raises_in_python():
    for asked in (lambda: explain.argument({}, "no_action"), lambda: explain.closest({}, "no_target")):
        with pytest.raises(casebook.FindingError):
            asked()
