"""The ballot of a round: what is asked, and which answers are valid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from casebook.cases.case import Case
from casebook.knowledge_base import knowledge
from casebook.messages import message
from casebook.models.score import Score
from casebook.quiz.questions import QuizQuestion
from classroom.server.refusal import RefusalError

Kind = Literal["reading", "plan", "quiz"]

Answer = dict[str, Any]
"""An option id by field id; for a ranking, all option ids of the field in order."""

UNKNOWN = "unknown"
"""Id of the answer that the value of a finding cannot be determined."""


@dataclass(frozen=True)
class Ballot:
    """The question of a round.

    Attributes
    ----------
    kind : {"reading", "plan", "quiz"}
    subject : str
        Id of the case, or of the chapter of the book, that the question is about.
    page : str
        Address of the page of that case or chapter inside the book.
    title : str
    fields : tuple of dict
        id, label, optional help, and options with id and label.
    question : str or None
        Id of a quiz question.
    rank : bool
        Whether the answer to the only field is an order of all its options.
    case : Case or None
    key : dict or None
        Answer key of a quiz question, which is shown once the round is closed.
    """

    kind: Kind
    subject: str
    page: str
    title: str
    fields: tuple[dict[str, Any], ...]
    question: str | None = None
    rank: bool = False
    case: Case | None = field(default=None, repr=False)
    key: dict[str, Any] | None = field(default=None, repr=False)

    def parse(self, value: object) -> Answer:
        """Return a value from a request as an answer.

        Raises
        ------
        RefusalError
            If the value is not exactly one listed option for every field or, for a ranking, all options in order.
        """
        answer = cast("Mapping[str, object]", value if isinstance(value, Mapping) else {})
        if set(answer) != {each["id"] for each in self.fields}:
            fields = ", ".join(each["id"] for each in self.fields)
            raise RefusalError(422, message("room-refusal-fields", fields=fields))
        for each in self.fields:
            given, listed = answer[each["id"]], [option["id"] for option in each["options"]]
            if self.rank:
                if not _is_ranking(given, listed):
                    raise RefusalError(422, message("room-refusal-ranking", field=each["id"]))
            elif not isinstance(given, str) or given not in listed:
                raise RefusalError(422, message("room-refusal-option", field=each["id"], options=", ".join(listed)))
        return {each["id"]: answer[each["id"]] for each in self.fields}

    def cells(self, answer: Answer) -> dict[str, str]:
        """Return an answer as one option for each column; the columns of a ranking are the ranks, from 1."""
        if not self.rank:
            return dict(answer)
        (order,) = answer.values()
        return {str(rank): option for rank, option in enumerate(order, 1)}

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The possible options of each column of `cells`."""
        listed = {each["id"]: tuple(option["id"] for option in each["options"]) for each in self.fields}
        if not self.rank:
            return listed
        (options,) = listed.values()
        return {str(rank): options for rank in range(1, len(options) + 1)}

    def findings(self, answer: Answer) -> dict[str, Any]:
        """Return the findings of the case with those of a reading; “cannot tell” makes a finding unknown."""
        read = {field_id: None if option == UNKNOWN else option for field_id, option in answer.items()}
        return {**self.patient.findings, **read}

    @property
    def patient(self) -> Case:
        """The case of a reading or of a plan."""
        assert self.case is not None, self.kind
        return self.case


def _is_ranking(given: object, listed: Sequence[str]) -> bool:
    """Return whether a value is a list of all the options, each once."""
    if not isinstance(given, list):
        return False
    options = cast("list[object]", given)
    return all(isinstance(option, str) for option in options) and sorted(map(str, options)) == sorted(listed)


def score_of_readings() -> Score:
    """Return the score whose findings are read in a room: the one for whose items observer agreement is published."""
    return next(score for score in knowledge().scores.values() if any(item.agreement for item in score.items))


def reading(case: Case) -> Ballot:
    """Return the ballot that asks for every finding of `score_of_readings`."""
    vocabulary = knowledge().vocabulary
    fields: list[dict[str, Any]] = []
    for finding in (
        vocabulary.by_id[field_id] for ids in knowledge().readings[score_of_readings().id].reads for field_id in ids
    ):
        options = [{"id": str(option.id), "label": option.label} for option in finding.options]
        options.append({"id": UNKNOWN, "label": message("room-cannot-tell")})
        fields.append({"id": finding.id, "label": finding.label, "help": finding.help, "options": options})
    return Ballot("reading", case.id, page_of(case), case.title, tuple(fields), case=case)


def plan(case: Case) -> Ballot:
    """Return the ballot that asks for one action of the case's plan."""
    actions = knowledge().actions
    listed = {entry.action for entry in case.assess().plan}
    # In the order of the knowledge, because the order of the plan would give the answer away.
    options = [{"id": action.id, "label": action.label} for action in actions.values() if action.id in listed]
    only = {"id": "plan", "label": message("room-plan-question"), "options": options}
    return Ballot("plan", case.id, page_of(case), case.title, (only,), case=case)


def quiz(question: QuizQuestion, page: str, title: str) -> Ballot:
    """Return the ballot of a quiz question.

    Parameters
    ----------
    question : QuizQuestion
    page, title : str
        Address and title of the page that asks the question.
    """
    public = question.public()
    only = {"id": "answer", "label": public["question"], "options": public["options"]}
    if public["setting"]:
        only["help"] = public["setting"]
    rank = question.kind == "rank"
    return Ballot("quiz", question.name, page, title, (only,), question.id, rank, question.case, question.reveal())


def page_of(case: Case) -> str:
    """Return the address of a case's page inside the book."""
    return f"cases/{case.id}.html"
