"""Whole sessions of a teaching room in a browser: a presenter and three phones play what there is on each case."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from classroom import READINGS, Phone, Wall
from playwright.sync_api import Locator, expect
from reader import CASES

import casebook
from casebook.cases import load_case
from casebook.questions import Question, questions_of

AFTER = (READINGS[0], READINGS[0], READINGS[1])


@pytest.mark.parametrize("case", CASES)
def test_a_presenter_and_three_phones_play_a_whole_session(case, wall, phones, tmp_path):
    expect(wall.page.locator(".room-arrived")).to_have_text("3 phones are here")
    held: list[tuple[str, list[Any]]] = []

    play(wall, phones, f"reading {case}", READINGS, goes_to=case)
    held.append(("1", list(READINGS)))
    counted_as_voted(wall, case, READINGS)
    wall.button("Second vote").click()
    vote(wall, phones, AFTER)
    held.append(("2", list(AFTER)))
    both_side_by_side(wall, READINGS, AFTER)

    actions = [{"plan": entry.action} for entry in load_case(case).assess().plan[:2]]
    plans = [actions[0], actions[1], actions[1]]
    play(wall, phones, f"plan {case}", plans)
    held.append(("1", plans))
    told = wall.bars("What would you do first?")
    assert {id: numbers for id, numbers in told.items() if numbers != [0]} == {
        actions[0]["plan"]: [1],
        actions[1]["plan"]: [2],
    }

    for question in questions_of(case):
        answers = [{"answer": answer} for answer in answers_to(question)]
        play(wall, phones, f"quiz {question.id}", answers)
        held.append(("1", answers))
        expect(wall.page.locator(".room-outcome")).not_to_contain_text("✓ key")
        wall.button("Key and reasons").click()
        for option in question.written.options:
            expect(wall.page.locator(".room-key")).to_contain_text(" ".join(option.feedback.split()))
        wall.button("Answers").click()
        expect(wall.page.locator(".room-mark")).to_have_count(len(question.written.key))

    exported_as_voted(wall, held)
    for each in phones:
        assert each.heard
        assert any(each.replies)
        assert each.heard_early() == []
        assert not each.errors, each.errors
    assert not wall.errors, wall.errors

    wall.button("Agenda").click()
    wall.button("End the room…").click()
    expect(wall.page.get_by_role("alert")).to_contain_text("delete its file with every vote?")
    wall.button("Keep the room").click()
    assert list(tmp_path.glob("*.sqlite"))
    wall.button("End the room…").click()
    wall.button("End and delete").click()
    expect(wall.page.get_by_role("heading", name="The room has ended")).to_be_visible()
    phones[0].sees("ended")
    assert list(tmp_path.iterdir()) == []


def play(wall: Wall, phones: list[Phone], what: str, answers: Any, goes_to: str | None = None) -> None:
    """Open something, let each phone commit an answer, one on the page it is about, and close."""
    wall.opens(what)
    if goes_to:
        goes, *others = phones
        for phone in phones:
            phone.sees("open")
        for phone in others:
            expect(the_way(phone)).to_have_count(0 if at(goes_to, phone) else 1)
        if not at(goes_to, goes):
            the_way(goes).click()
            goes.page.wait_for_url(f"**/cases/{goes_to}.html*")
        expect(the_way(goes)).to_have_count(0)
        goes.sees("open")
    vote(wall, phones, answers)


def at(case: str, phone: Phone) -> bool:
    """Whether a phone shows the page of a case."""
    return f"/cases/{case}.html" in phone.page.url


def the_way(phone: Phone) -> Locator:
    """The link to the page that the question is about."""
    return phone.sheet.get_by_role("link", name="Open the page it is about")


def vote(wall: Wall, phones: list[Phone], answers: Any) -> None:
    """Let each phone commit; the wall shows how many have, and nothing else, until it is closed."""
    for phone, answer, key in zip(phones, answers, ("", "Enter", "Enter"), strict=True):
        phone.sees("open")
        phone.commits(answer, key)
    wall.sees_committed(len(phones), of=len(phones))
    expect(wall.page.locator(".room-bars")).to_have_count(0)
    wall.closes()
    for phone in phones:
        phone.sees("closed")
        expect(phone.sheet.locator(".room-bars").first).to_be_visible()


def answers_to(question: Question) -> list[Any]:
    """Two right answers and a wrong one."""
    ids = [option.id for option in question.written.options]
    key = list(question.written.key)
    if question.kind == "rank":
        return [key, key, key[::-1]]
    return [key[0], key[0], next(id for id in ids if id != key[0])]


def counted_as_voted(wall: Wall, case: str, answers: Any) -> None:
    """Check each reading, and the totals that the engine gives for each vote."""
    labels = {id: casebook.library.knowledge().vocabulary.by_id[id].label for id in answers[0]}
    for id, label in labels.items():
        counts = {option: [number] for option, number in Counter(answer[id] for answer in answers).items()}
        assert {option: n for option, n in wall.bars(label).items() if n != [0]} == counts
    wall.button("Totals, bands, plans").click()
    findings = load_case(case).findings
    scores = [
        casebook.assess({**findings, **{id: None if v == "unknown" else v for id, v in answer.items()}}).scores["sins"]
        for answer in answers
    ]
    named = Counter(str(one.low) if one.low == one.high else f"{one.low}–{one.high}" for one in scores)
    assert wall.totals() == {name: [number] for name, number in named.items()}
    assert sum(number for (number,) in wall.bars("SINS band").values()) == len(answers)
    assert sum(number for (number,) in wall.bars("Where the plan stands").values()) == len(answers)
    wall.button("Agreement").click()
    shares = wall.page.locator("[data-pairs]")
    expect(shares).to_have_count(6)
    expect(wall.page.locator('[data-pairs="alignment"]')).to_contain_text("100 %")
    expect(wall.page.locator('[data-pairs="level"]')).to_contain_text("33 %")
    expect(wall.page.locator('[data-pairs="bone_lesion"]')).to_contain_text("κ 0.244")
    expect(wall.page.locator(".room-agreed")).to_contain_text("Fourney")
    expect(wall.page.locator(".room-agreed")).to_contain_text("With one patient it is not defined")


def both_side_by_side(wall: Wall, first: Any, second: Any) -> None:
    """Check that each option has the numbers of both votes."""
    for id in ("pain", "collapse"):
        label = casebook.library.knowledge().vocabulary.by_id[id].label
        before, after = (Counter(answer[id] for answer in answers) for answers in (first, second))
        for option, numbers in wall.bars(label).items():
            assert numbers == [before[option], after[option]], (id, option)


def exported_as_voted(wall: Wall, held: list[tuple[str, list[Any]]]) -> None:
    """Check that the file has every vote, and nobody in it."""
    wall.button("Agenda").click()
    with wall.page.expect_download() as download:
        wall.page.get_by_role("link", name="Export the votes").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8"))))
    assert list(rows[0]) == ["round", "vote", "kind", "case", "question", "reader", "field", "answer"]
    assert len({row["reader"] for row in rows}) == 3
    for number, (turn, answers) in enumerate(held, 1):
        mine = [row for row in rows if row["round"] == str(number)]
        assert {row["vote"] for row in mine} == {turn}
        wanted = Counter(cell for answer in answers for cell in cells(answer))
        assert Counter((row["field"], row["answer"]) for row in mine) == wanted


def cells(answer: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field, option in answer.items():
        if isinstance(option, list):
            yield from ((str(place), one) for place, one in enumerate(option, 1))
        else:
            yield field, option


def test_over_two_patients_the_same_readers_have_a_kappa(wall, phones):
    play(wall, phones, "reading colon-s1", READINGS)
    wall.button("Agreement").click()
    expect(wall.page.locator(".room-kappa")).to_have_count(0)
    play(wall, phones, "reading sacral-ala-cement", READINGS[1:] + READINGS[:1])
    wall.button("Agreement").click()
    expect(wall.page.locator(".room-kappa")).to_contain_text(re.compile(r"^−?-?\d\.\d\d"))
    expect(wall.page.locator(".room-agreed")).to_contain_text("3 readers of 2 patients")
    expect(wall.page.locator(".room-agreed")).to_contain_text("jackknife")
