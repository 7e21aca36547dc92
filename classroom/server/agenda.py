"""What can be opened in a room: the cases and chapters of the built book that is served."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.cases.case import load_case
from casebook.quiz.questions import SUFFIX, questions_of
from classroom.server import ballots
from classroom.server.ballots import Ballot
from classroom.server.limits import RefusalError

BUILT = Path("_build/html")
LABELS = {"reading": "A reading of each SINS item", "plan": "A plan"}


class Agenda:
    """Every ballot of a book, made when the room starts, so that an edit in between changes no vote.

    Parameters
    ----------
    book : Path
        The folder of the book; it has been built.

    Raises
    ------
    FaultError
        With the faults of its cases and questions, each with its line.
    """

    def __init__(self, book: Path) -> None:
        self._ballots = {(each.kind, each.place, each.question): each for each in _ballots(book)}

    def ballot(self, kind: str, place: str, question: str | None = None) -> Ballot:
        """Return a ballot.

        Raises
        ------
        RefusalError
            If the book has no such thing.
        """
        found = self._ballots.get((kind, place, question))
        if found is None:
            raise RefusalError(422, "This book has no such thing to vote on; the agenda lists what it has.")
        return found

    @property
    def first(self) -> str:
        """Address of the page to wait on: that of the first case."""
        return next((each.page for each in self._ballots.values()), "index.html")

    def public(self) -> dict[str, Any]:
        """Return all that can be opened, by case and chapter, as plain JSON."""
        places: dict[str, dict[str, Any]] = {}
        for each in self._ballots.values():
            place = places.setdefault(
                each.place, {"id": each.place, "title": each.title, "page": each.page, "items": []}
            )
            label = LABELS.get(each.kind) or each.fields[0]["label"]
            asked = {"fields": each.fields, "rank": each.rank}
            place["items"].append({"kind": each.kind, "question": each.question, "label": label, **asked})
        return {"cases": list(places.values())}


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
    """Return the first heading of a page."""
    lines = page.read_text("utf-8").splitlines()
    return next((line.lstrip("# ").strip() for line in lines if line.startswith("# ")), page.stem)
