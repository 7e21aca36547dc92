"""Questions in a case or a chapter, answered before the key is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from traitlets import Dict, List, Unicode, validate

from casebook import FindingError
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.suggestions import did_you_mean, nearest
from casebook.messages import message
from casebook.quiz.questions import QuizQuestion, questions_of
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
        By question id, a list: the chosen option or, for a ranking, all options in order; empty while the answer is
        incomplete.
    committed : list of str
        Ids of the questions whose answers the reader has submitted.

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
        found = questions_of(name)
        if not found:
            fault = Fault(f"{name}", message("error-no-questions"), message("error-no-questions-hint"))
            raise FaultError([fault])
        self._questions = {question.id: question for question in found}
        self._name = found[0].name
        self.set_trait("questions", [question_json(question) for question in found])
        super().__init__(_kind=KIND, **traits)

    @validate("answers")
    def _are_answers(self, proposal: Any) -> dict[str, list[str]]:
        for question, answer in proposal["value"].items():
            self._check_id(question)
            options = [option.id for option in self._questions[question].written.options]
            if isinstance(answer, str) or not isinstance(answer, Sequence):
                raise FindingError(
                    message("error-answer-list", question=question, answer=repr(answer)), question, answer
                )
            for option in cast("Sequence[str]", answer):
                if option not in options:
                    hint = did_you_mean(option, options)
                    text = message("error-no-answer", question=question, answer=repr(option), hint=hint)
                    raise FindingError(text, question, option, nearest(option, options))
        return proposal["value"]

    @validate("committed")
    def _are_answered(self, proposal: Any) -> list[str]:
        for question in proposal["value"]:
            self._check_id(question)
            if self._answer(question) is None:
                raise FindingError(message("error-not-answered", question=question), question)
        return proposal["value"]

    def _check_id(self, question: str) -> None:
        if question not in self._questions:
            hint = did_you_mean(question, self._questions)
            text = message("error-no-question", question=repr(question), hint=hint)
            raise FindingError(text, question, None, nearest(question, self._questions))

    def _answer(self, question: str) -> str | list[str] | None:
        """Return a complete answer, or None."""
        answer = self.answers.get(question, [])
        if self._questions[question].kind != "rank":
            return answer[0] if len(answer) == 1 else None
        wanted = sorted(option.id for option in self._questions[question].written.options)
        return list(answer) if sorted(answer) == wanted else None

    @property
    def grades(self) -> Mapping[str, bool | float]:
        """The grade of each submitted answer; see `QuizQuestion.grade`."""
        return {
            question: self._questions[question].grade(answer)
            for question in self.committed
            if (answer := self._answer(question)) is not None
        }

    def static(self) -> Html:
        """Return the questions with folded answers."""
        return questions_markup(self.questions)

    def __repr__(self) -> str:
        return f"Quiz({self._name!r}, questions={len(self.questions)}, committed={len(self.committed)})"


def question_json(question: QuizQuestion) -> dict[str, Any]:
    """Return a question with its key and feedback, as plain JSON."""
    public, reveal = question.public(), question.reveal()
    feedback = {option["id"]: option for option in reveal["options"]}
    options = [option | feedback[option["id"]] for option in public["options"]]
    return {**public, "options": options, "key": reveal["key"], "source": reveal["source"]}


def markup(found: Sequence[QuizQuestion]) -> Html:
    """Return questions for a page, without creating a widget."""
    questions = [question_json(question) for question in found]
    return live_element(KIND, {"questions": questions, "answers": {}, "committed": []}, questions_markup(questions))


def questions_markup(questions: Sequence[Mapping[str, Any]]) -> Html:
    """Return questions with folded answers, as markup that needs no script."""
    return tag("ol", *map(_question, questions))


def _question(question: Mapping[str, Any]) -> Html:
    options = {option["id"]: option for option in question["options"]}
    ranked = question["kind"] == "rank"
    order = question["key"] if ranked else [question["key"]]
    explained = (
        tag("li", tag("strong", option["label"]), ": ", option["feedback"], " ", tag("cite", f"({option['source']})"))
        for option in ([options[name] for name in order] if ranked else options.values())
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
            join([answer, tag("ol" if ranked else "ul", *explained), source]),
        ),
        id=f"quiz-{question['id'].partition('/')[2]}",
    )
