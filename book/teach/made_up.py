"""Writes the session that the page on a session's votes analyses: ``python made_up.py`` in this folder.

Nobody voted. Each reader is a row of chances: to give the value with which the case works, to say that it
cannot be told, or else to choose anything. The chances were picked to make a file of the usual shape, and
rest on no observation; the same seed writes the same file.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.cases.case import Case, load_case
from casebook.models.rule import FOR
from casebook.quiz.questions import questions_of
from classroom.server.ballots import UNKNOWN, Ballot, plan, quiz, reading
from classroom.server.vote_export import COLUMNS

FILE = "made-up-session.csv"
NOTE = "# Made up: nobody voted. Written by made_up.py.\n"
SEED = 1811
NUMBERS = random.Random(SEED).sample(range(100_000, 1_000_000), 24)
"""Of the readers."""

STAYS = 0.9
"""Chance that a reader takes part in a round."""

KEEPS = 0.6
"""Chance that a reader stays with the first answer in a second vote."""

AGREES, DOUBTS = {1: 0.65, 2: 0.85}, {1: 0.1, 2: 0.25}
"""By vote: the chance of the case's own value, and of saying that an assumed one cannot be told."""


def rounds() -> Iterator[tuple[int, Ballot]]:
    """Yield the rounds in their order, each with the number of its vote."""
    for name, votes in (
        ("melanoma-cauda-equina", 1),
        ("colon-s1", 2),
        ("endometrial-ilium", 2),
        ("sacral-ala-cement", 1),
    ):
        for vote in range(1, votes + 1):
            yield vote, reading(load_case(name))
    case = load_case("colon-s1")
    for vote in (1, 2):
        yield vote, plan(case)
    for question in questions_of("colon-s1"):
        if question.kind in ("single", "rank"):
            yield 1, quiz(question, "cases/colon-s1.html", case.title)


def answer(ballot: Ballot, vote: int, chance: random.Random) -> dict[str, Any]:
    """Return the answer of one made-up reader."""
    given = {}
    for field in ballot.fields:
        options = [option["id"] for option in field["options"]]
        if ballot.rank:
            order = list(ballot.key["key"])
            one, other = chance.sample(range(len(order)), 2)
            order[one], order[other] = order[other], order[one]
            given[field["id"]] = order
        else:
            given[field["id"]] = _one(ballot, field["id"], options, vote, chance)
    return ballot.parse(given)


def _one(ballot: Ballot, field: str, options: list[str], vote: int, chance: random.Random) -> str:
    if ballot.kind == "reading":
        right, stated = _recorded(ballot.case, field)
        if not stated and chance.random() < DOUBTS[vote]:
            return UNKNOWN
    else:
        right = ballot.key["key"] if ballot.key else "lumbopelvic_fixation"
    if right in options and chance.random() < AGREES[vote]:
        return right
    if ballot.kind == "plan":  # whoever errs, errs within the plan, so that no action beside it changes the votes
        options = _recommended(ballot.case)
    if field == "level":  # whoever errs, errs by a segment
        here = options.index(right)
        return chance.choice(options[max(0, here - 1) : here + 2])
    return chance.choice(options)


def _recommended(case: Case) -> list[str]:
    return [entry.action for entry in case.assess().plan if entry.status == "decided" and entry.stance in FOR]


def _recorded(case: Case, finding: str) -> tuple[str, bool]:
    """Return the value with which a case works, and whether its source gives it."""
    entry = case.recorded[finding]
    if case.findings.get(finding) is None:
        return UNKNOWN, False
    return str(case.findings[finding]), entry.provenance in ("reported", "derived")


def lines() -> Iterator[tuple[object, ...]]:
    """Yield the lines of the file below its heads, as the room writes them."""
    chance = random.Random(SEED)
    first: dict[tuple[object, ...], str] = {}
    for id, (vote, ballot) in enumerate(rounds(), 1):
        for reader in NUMBERS:
            if chance.random() > STAYS:
                continue
            for field, option in ballot.cells(answer(ballot, vote, chance)).items():
                before = (ballot.kind, ballot.subject, ballot.question, reader, field)
                if vote == 2 and before in first and chance.random() < KEEPS:
                    option = first[before]
                first.setdefault(before, option)
                yield id, vote, ballot.kind, ballot.subject, ballot.question or "", reader, field, option


def write(path: Path) -> None:
    """Write the file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(NOTE)
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        table.writerows(lines())


if __name__ == "__main__":
    write(Path(__file__).with_name(FILE))
