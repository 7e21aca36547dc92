"""The agenda of a room: every question that the cases and chapters of the served book offer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.cases.case import load_case
from casebook.messages import message
from casebook.quiz.questions import SUFFIX, questions_of
from classroom.server import ballots
from classroom.server.ballots import Ballot
from classroom.server.refusal import RefusalError

BUILT = Path("_build/html")


class Agenda:
    """The ballots of a book, made when the room starts, so that a later edit of the book changes no vote.

    Parameters
    ----------
    book : Path
        Folder of the book, which has been built.

    Raises
    ------
    FaultError
        With the faults of its cases and questions.
    """

    def __init__(self, book: Path) -> None:
        self._ballots = {(each.kind, each.subject, each.question): each for each in _ballots(book)}

    def ballot(self, kind: str, subject: str, question: str | None = None) -> Ballot:
        """Return the ballot on a case or chapter.

        Raises
        ------
        RefusalError
            If the book has no such question.
        """
        found = self._ballots.get((kind, subject, question))
        if found is None:
            raise RefusalError(422, message("room-refusal-agenda"))
        return found

    @property
    def first_page(self) -> str:
        """Address of the page on which phones wait for the first question: that of the first case."""
        return next((each.page for each in self._ballots.values()), "index.html")

    def to_json(self) -> dict[str, Any]:
        """Return everything that can be opened, by case and chapter, as plain JSON."""
        subjects: dict[str, dict[str, Any]] = {}
        for each in self._ballots.values():
            subject = subjects.setdefault(
                each.subject, {"id": each.subject, "title": each.title, "page": each.page, "items": []}
            )
            item = {"kind": each.kind, "question": each.question, "label": _label(each)}
            subject["items"].append({**item, "fields": each.fields, "rank": each.rank})
        return {"cases": list(subjects.values())}


def _label(ballot: Ballot) -> str:
    match ballot.kind:
        case "reading":
            return message("room-agenda-reading", score=ballots.score_of_readings().label)
        case "plan":
            return message("room-agenda-plan")
        case _:
            return ballot.fields[0]["label"]


def _ballots(book: Path) -> Iterator[Ballot]:
    for path in sorted((book / "cases").glob("*.yml")):
        if (book / BUILT / "cases" / f"{path.stem}.html").is_file():
            case = load_case(path)
            yield ballots.reading(case)
            yield ballots.plan(case)
            for question in questions_of(path):
                yield ballots.quiz(question, ballots.page_of(case), case.title)
    for path in sorted((book / "book").rglob(f"*{SUFFIX}")):
        page = path.relative_to(book).with_name(path.name.removesuffix(SUFFIX) + ".html").as_posix()
        if (book / BUILT / page).is_file():
            for question in questions_of(path):
                yield ballots.quiz(question, page, _title(path.with_name(Path(page).stem + ".md")))


def _title(page: Path) -> str:
    """Return the first heading of a Markdown page."""
    lines = page.read_text("utf-8").splitlines()
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("# ")), page.stem)
