"""A whole session of a teaching room in a browser: a presenter and three phones play all there is on every case."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, expect
from reader import CASES, one_line
from room_people import READINGS, Phone, Wall

import casebook
from casebook.cases.case import load_case
from casebook.messages import message
from casebook.quiz.questions import QuizQuestion, questions_of

Votes = list[tuple[str, Sequence[Any]]]
"""For each vote on a question, whether it was the first or the second, and the answers."""

AFTER = (READINGS[0], READINGS[0], READINGS[1])


def test_a_presenter_and_three_phones_play_all_there_is_on_every_case(wall, phones, tmp_path):
    expect(wall.page.locator(".room-arrived")).to_have_text(message("room-join-phones", phones=3, number=3))
    questions = {case: questions_of(case) for case in CASES}
    offers(wall, questions)
    held: Votes = []
    for patients, case in enumerate(CASES, 1):
        held += read(wall, phones, case, patients)
        held += read_again(wall, phones)
        held += plan(wall, phones, case)
        for question in questions[case]:
            held += ask(wall, phones, question)
    exported_as_voted(wall, held)
    for each in phones:
        assert each.heard
        assert any(each.replies)
        assert each.heard_early() == []
        assert not each.errors, each.errors
    assert not wall.errors, wall.errors

    wall.button(message("room-end")).click()
    expect(wall.page.get_by_role("alert")).to_contain_text(message("room-end-question"))
    wall.button(message("room-end-cancel")).click()
    assert list(tmp_path.glob("*.sqlite"))
    wall.button(message("room-end")).click()
    wall.button(message("room-end-confirm")).click()
    expect(wall.page.get_by_role("heading", name=message("room-console-ended"))).to_be_visible()
    phones[0].sees("ended")
    assert list(tmp_path.iterdir()) == []


def offers(wall: Wall, questions: dict[str, tuple[QuizQuestion, ...]]) -> None:
    """Check that the agenda has the reading, the plan and every question of each case."""
    wall.button("Agenda").press("Enter")
    for case, asked in questions.items():
        offered = wall.page.locator(f'[data-case="{case}"]').evaluate(
            "(part) => [...part.querySelectorAll('[data-opens]')].map((each) => each.dataset.opens)"
        )
        assert offered == [f"reading {case}", f"plan {case}", *(f"quiz {question.id}" for question in asked)]


def read(wall: Wall, phones: list[Phone], case: str, patients: int) -> Votes:
    """Vote on the reading of one more patient; one phone goes to the page of the case."""
    wall.opens(f"reading {case}")
    goes, *others = phones
    for phone in phones:
        phone.sees("open")
    for phone in others:
        expect(the_way(phone)).to_have_count(1)
    if f"/cases/{case}.html" not in goes.page.url:
        the_way(goes).click()
        goes.page.wait_for_url(f"**/cases/{case}.html*")
    goes.sees("open")
    expect(the_way(goes)).to_have_count(0)
    vote(wall, phones, READINGS)
    counted_as_voted(wall, case, READINGS)
    agreed(wall, patients)
    return [("1", READINGS)]


def read_again(wall: Wall, phones: list[Phone]) -> Votes:
    """Vote on the same patient a second time."""
    wall.button(message("room-vote-again")).press("Enter")
    vote(wall, phones, AFTER)
    both_side_by_side(wall, READINGS, AFTER)
    return [("2", AFTER)]


def the_way(phone: Phone) -> Locator:
    """The link to the page that the question is about."""
    return phone.sheet.get_by_role("link", name=message("room-open-page"))


def plan(wall: Wall, phones: list[Phone], case: str) -> Votes:
    """Vote on what is to be done first."""
    one, other = (entry.action for entry in load_case(case).assess().plan[:2])
    answers = [{"plan": one}, {"plan": other}, {"plan": other}]
    wall.opens(f"plan {case}")
    vote(wall, phones, answers)
    told = wall.bars(message("room-plan-question"))
    assert {id: numbers for id, numbers in told.items() if numbers != [0]} == {one: [1], other: [2]}
    return [("1", answers)]


def ask(wall: Wall, phones: list[Phone], question: QuizQuestion) -> Votes:
    """Vote on a question, whose key is not marked before the presenter has turned to it."""
    answers = [{"answer": answer} for answer in answers_to(question)]
    wall.opens(f"quiz {question.id}")
    vote(wall, phones, answers)
    expect(wall.page.locator(".room-outcome")).not_to_contain_text(message("room-key-mark"))
    wall.button(message("room-part-key")).press("Enter")
    reasons = [one_line(option.feedback) for option in question.written.options]
    expect(wall.page.locator(".room-key dd")).to_contain_text(reasons)
    wall.button("Answers").press("Enter")
    expect(wall.page.locator(".room-mark")).to_have_count(len(question.written.key))
    return [("1", answers)]


def vote(wall: Wall, phones: list[Phone], answers: Sequence[Any]) -> None:
    """Let each phone commit; the wall shows how many have, and nothing else, until it is closed.

    One commits by hand, as long as it is at the page of the first case; all cases ask in the same ways.
    """
    for place, (phone, answer) in enumerate(zip(phones, answers, strict=True)):
        phone.awaits('.room[data-phase="open"] form')
        if place == 0 and CASES[0] in phone.page.url:
            phone.commits(answer, "Enter")
        else:
            phone.commits_at_once(answer)
    wall.sees_committed(len(phones), of=len(phones))
    expect(wall.page.locator(".room-bars")).to_have_count(0)
    wall.closes()
    for phone in phones:
        phone.sees_the_result()


def answers_to(question: QuizQuestion) -> list[Any]:
    """Two right answers and a wrong one."""
    ids = [option.id for option in question.written.options]
    key = list(question.written.key)
    if question.kind == "rank":
        return [key, key, key[::-1]]
    return [key[0], key[0], next(id for id in ids if id != key[0])]


def counted_as_voted(wall: Wall, case: str, answers: Any) -> None:
    """Check each reading, and the totals that the engine gives for each vote."""
    told = wall.all_bars()
    for id in answers[0]:
        counts = {option: [number] for option, number in Counter(answer[id] for answer in answers).items()}
        assert {option: n for option, n in told[label(id)].items() if n != [0]} == counts
    wall.button(message("room-part-consequences")).press("Enter")
    findings = load_case(case).findings
    # A reading has its total also where it contradicts what else is recorded of the patient.
    engine = casebook.inference.assessment.engine()
    read = [{**findings, **answer} for answer in answers]
    scores = [engine.score("sins", {id: v for id, v in each.items() if v != "unknown"}) for each in read]
    named = Counter(str(one.low) if one.low == one.high else f"{one.low}–{one.high}" for one in scores)
    assert wall.totals() == {name: [number] for name, number in named.items()}
    told = wall.all_bars()
    for what in (message("room-bands", score="SINS"), message("room-plans")):
        assert sum(number for (number,) in told[what].values()) == len(answers)


def label(id: str) -> str:
    return casebook.knowledge_base.knowledge().vocabulary.by_id[id].label


def agreed(wall: Wall, patients: int) -> None:
    """Check how far the three agree: over two patients and more, the same readers have a kappa."""
    wall.button("Agreement").press("Enter")
    shares = wall.page.locator("[data-pairs]")
    expect(shares).to_have_count(6)
    expect(wall.page.locator('[data-pairs="alignment"]')).to_contain_text("100 %")
    expect(wall.page.locator('[data-pairs="level"]')).to_contain_text("33 %")
    expect(wall.page.locator('[data-pairs="bone_lesion"]')).to_contain_text("κ 0.244")
    told = wall.page.locator(".room-agreed")
    expect(told).to_contain_text("Fourney")
    if patients == 1:
        expect(told).to_contain_text(message("room-kappa-one-patient"))
        expect(wall.page.locator(".room-kappa")).to_have_count(0)
    else:
        expect(wall.page.locator(".room-kappa")).to_contain_text(re.compile(r"^−?-?\d\.\d\d"))
        expect(told).to_contain_text(f"3 readers of {patients} patients")
        expect(told).to_contain_text("jackknife")


def both_side_by_side(wall: Wall, first: Any, second: Any) -> None:
    """Check that each option has the numbers of both votes."""
    told = wall.all_bars()
    for id in ("pain", "collapse"):
        before, after = (Counter(answer[id] for answer in answers) for answers in (first, second))
        for option, numbers in told[label(id)].items():
            assert numbers == [before[option], after[option]], (id, option)


def exported_as_voted(wall: Wall, held: Votes) -> None:
    """Check that the file has every vote, and nobody in it."""
    wall.button("Agenda").click()
    with wall.page.expect_download() as download:
        wall.page.get_by_role("link", name=message("room-export")).click()
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
