"""What a round asks, and how an answer is read: from the listed options only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from casebook.cases.case import Case
from casebook.knowledge_base import knowledge
from casebook.quiz.questions import Question
from classroom.server.limits import RefusalError

Kind = Literal["reading", "plan", "quiz"]
Answer = dict[str, Any]
"""An option by field; for a ranking, the field's options in order."""

SCORE = "sins"
UNKNOWN = "unknown"
CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Ballot:
    """What is asked in a round.

    Attributes
    ----------
    kind : {"reading", "plan", "quiz"}
    place : str
        Name of the case, or of the page of the book, that it is asked about.
    page : str
        Address of that page inside the book.
    title : str
    fields : tuple of dict
        id, label, perhaps help, and options with id and label.
    question : str or None
        Id of a quiz question.
    rank : bool
        Whether the one field is answered by all its options in order.
    case : Case or None
    key : dict or None
        What is told of a quiz question once the round is closed.
    """

    kind: Kind
    place: str
    page: str
    title: str
    fields: tuple[dict[str, Any], ...]
    question: str | None = None
    rank: bool = False
    case: Case | None = field(default=None, repr=False)
    key: dict[str, Any] | None = field(default=None, repr=False)

    def read(self, offered: object) -> Answer:
        """Return an answer that was offered.

        Raises
        ------
        RefusalError
            If it is not exactly one listed option for every field, or not all of them in order.
        """
        answer = cast("Mapping[str, object]", offered if isinstance(offered, Mapping) else {})
        if set(answer) != {each["id"] for each in self.fields}:
            names = ", ".join(each["id"] for each in self.fields)
            raise RefusalError(422, f"An answer names each of these once, and nothing else: {names}.")
        for each in self.fields:
            given, listed = answer[each["id"]], [option["id"] for option in each["options"]]
            if self.rank:
                right = _orders(given, listed)
                what = "all its options, each once, in order"
            else:
                right, what = isinstance(given, str) and given in listed, f"one of {', '.join(listed)}"
            if not right:
                raise RefusalError(422, f"{each['id']} is answered by {what}.")
        return {each["id"]: answer[each["id"]] for each in self.fields}

    def cells(self, answer: Answer) -> dict[str, str]:
        """Return an answer as one option a field; of a ranking, the option at each place from 1."""
        if not self.rank:
            return dict(answer)
        (order,) = answer.values()
        return {str(place): option for place, option in enumerate(order, 1)}

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The options of each column of `cells`."""
        listed = {each["id"]: tuple(option["id"] for option in each["options"]) for each in self.fields}
        if not self.rank:
            return listed
        (options,) = listed.values()
        return {str(place): options for place in range(1, len(options) + 1)}

    def findings(self, answer: Answer) -> dict[str, Any]:
        """Return the findings of the case as a reading has them; what cannot be told is unknown."""
        read = {id: None if option == UNKNOWN else option for id, option in answer.items()}
        return {**self.patient.findings, **read}

    @property
    def patient(self) -> Case:
        """The case of a reading or of a plan."""
        assert self.case is not None, self.kind
        return self.case


def _orders(given: object, listed: Sequence[str]) -> bool:
    """Return whether a list holds all the options, each once."""
    if not isinstance(given, list):
        return False
    order = cast("list[object]", given)
    return all(isinstance(each, str) for each in order) and sorted(map(str, order)) == sorted(listed)


def reading(case: Case) -> Ballot:
    """Return the ballot on which every finding that SINS scores is read."""
    known = knowledge()
    fields: list[dict[str, Any]] = []
    for id in (id for ids in known.scores[SCORE].reading.reads for id in ids):
        finding = known.vocabulary.by_id[id]
        options = [{"id": str(option.id), "label": option.label} for option in finding.options]
        fields.append(
            {
                "id": id,
                "label": finding.label,
                "help": finding.help,
                "options": [*options, {"id": UNKNOWN, "label": CANNOT_TELL}],
            }
        )
    return Ballot("reading", case.id, page_of(case), case.title, tuple(fields), case=case)


def plan(case: Case) -> Ballot:
    """Return the ballot on which one action of the case's plan is chosen."""
    actions = knowledge().actions
    listed = {entry.action for entry in case.assess().plan}
    # In the order of the knowledge: that of the plan would give the answer away.
    options = [{"id": action.id, "label": action.label} for action in actions.values() if action.id in listed]
    field = {"id": "plan", "label": "What would you do first?", "options": options}
    return Ballot("plan", case.id, page_of(case), case.title, (field,), case=case)


def quiz(question: Question, page: str, title: str) -> Ballot:
    """Return the ballot of a question of the case or the chapter whose page is named."""
    public = question.public()
    asked = {"id": "answer", "label": public["question"], "options": public["options"]}
    if public["setting"]:
        asked["help"] = public["setting"]
    rank = question.kind == "rank"
    return Ballot("quiz", question.name, page, title, (asked,), question.id, rank, question.case, question.reveal())


def page_of(case: Case) -> str:
    """Return the address of a case's page inside the book."""
    return f"cases/{case.id}.html"
