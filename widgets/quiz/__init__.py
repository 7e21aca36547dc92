"""Questions to commit to before their answers are shown, in a case and in a chapter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from traitlets import Dict, List, Unicode, validate

from casebook import FindingError
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean, nearest
from casebook.messages import message
from casebook.quiz.questions import Question, questions_of
from widgets.core.base import CasebookWidget
from widgets.core.markup import Html, join, live_element, tag

KIND = "quiz"


class Quiz(CasebookWidget):
    """The questions of a case, or of a chapter.

    Parameters
    ----------
    name : str or Path
        As `casebook.quiz.questions.questions_of` takes it: a case, its file, or a file of questions.

    Attributes
    ----------
    answers : dict
        By the id of a question a list: the chosen option alone; of an order all options, first to last.
        Empty while there is no whole answer.
    committed : list of str
        Ids of the questions to which the reader has committed.

    Raises
    ------
    FaultError
        If the file has faults, or no questions.
    """

    questions = List[dict[str, Any]](read_only=True).tag(sync=True)
    answers = Dict().tag(sync=True)
    committed = List(Unicode()).tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ("questions", "answers", "committed")

    def __init__(self, name: str | Path, **traits: Any) -> None:
        asked = questions_of(name)
        if not asked:
            fault = Fault(f"{name}", message("error-no-questions"), message("error-no-questions-hint"))
            raise FaultError([fault])
        self._asked = {question.id: question for question in asked}
        self._name = asked[0].name
        self.set_trait("questions", [shown(question) for question in asked])
        super().__init__(_kind=KIND, **traits)

    @validate("answers")
    def _are_answers(self, proposal: Any) -> dict[str, list[str]]:
        for id, answer in proposal["value"].items():
            self._expect(id)
            options = [option.id for option in self._asked[id].written.options]
            if isinstance(answer, str) or not isinstance(answer, Sequence):
                raise FindingError(message("error-answer-list", question=id, answer=repr(answer)), id, answer)
            for option in cast("Sequence[str]", answer):
                if option not in options:
                    hint = did_you_mean(option, options)
                    text = message("error-no-answer", question=id, answer=repr(option), hint=hint)
                    raise FindingError(text, id, option, nearest(option, options))
        return proposal["value"]

    @validate("committed")
    def _are_answered(self, proposal: Any) -> list[str]:
        for id in proposal["value"]:
            self._expect(id)
            if self._answer(id) is None:
                raise FindingError(message("error-not-answered", question=id), id)
        return proposal["value"]

    def _expect(self, id: str) -> None:
        if id not in self._asked:
            hint = did_you_mean(id, self._asked)
            text = message("error-no-question", question=repr(id), hint=hint)
            raise FindingError(text, id, None, nearest(id, self._asked))

    def _answer(self, id: str) -> str | list[str] | None:
        """Return a whole answer, or None where something of it is missing."""
        answer = self.answers.get(id, [])
        if self._asked[id].kind != "rank":
            return answer[0] if len(answer) == 1 else None
        wanted = sorted(option.id for option in self._asked[id].written.options)
        return list(answer) if sorted(answer) == wanted else None

    @property
    def grades(self) -> Mapping[str, bool | float]:
        """What each committed answer is worth; see `Question.grade`."""
        return {id: self._asked[id].grade(answer) for id in self.committed if (answer := self._answer(id)) is not None}

    def static(self) -> Html:
        """Return the questions with their answers folded."""
        return printed(self.questions)

    def __repr__(self) -> str:
        return f"Quiz({self._name!r}, questions={len(self.questions)}, committed={len(self.committed)})"


def shown(question: Question) -> dict[str, Any]:
    """Return all of a question, its key too, as plain JSON."""
    public, reveal = question.public(), question.reveal()
    said = {option["id"]: option for option in reveal["options"]}
    options = [option | said[option["id"]] for option in public["options"]]
    return {**public, "options": options, "key": reveal["key"], "source": reveal["source"]}


def markup(asked: Sequence[Question]) -> Html:
    """Return questions as a page of prose holds them."""
    questions = [shown(question) for question in asked]
    return live_element(KIND, {"questions": questions, "answers": {}, "committed": []}, printed(questions))


def printed(questions: Sequence[Mapping[str, Any]]) -> Html:
    """Return questions with their answers folded, as markup that needs no script."""
    return tag("ol", *map(_question, questions))


def _question(question: Mapping[str, Any]) -> Html:
    options = {option["id"]: option for option in question["options"]}
    ranked = question["kind"] == "rank"
    order = question["key"] if ranked else [question["key"]]
    said = (
        tag("li", tag("strong", option["label"]), ": ", option["feedback"], " ", tag("cite", f"({option['source']})"))
        for option in ([options[id] for id in order] if ranked else options.values())
    )
    source = tag("p", message("quiz-source", source=question["source"])) if question["source"] else None
    correct = message("quiz-answer-is", answer=options[order[0]]["label"])
    answer = None if ranked else tag("p", tag("strong", correct))
    return tag(
        "li",
        tag("p", tag("strong", question["question"])),
        tag("p", question["setting"]) if question["setting"] else None,
        tag("ul", *(tag("li", option["label"]) for option in options.values())),
        tag(
            "details",
            tag("summary", message("quiz-answer-order") if ranked else message("quiz-answer")),
            join([answer, tag("ol" if ranked else "ul", *said), source]),
        ),
        id=f"quiz-{question['id'].partition('/')[2]}",
    )
