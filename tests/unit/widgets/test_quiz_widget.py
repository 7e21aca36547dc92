"""The quiz as a widget: what may be answered, what a commitment needs, and what it leaves in a notebook."""

from __future__ import annotations

import json
import re

import pytest
from ipywidgets import VBox, link

from casebook import FaultError, FindingError
from casebook.cases.case import FOLDERS
from casebook.quiz.questions import questions_of
from widgets import Quiz
from widgets.quiz import markup

LEVEL, POINTS = "colon-s1/level", "colon-s1/points"
ORDER = ["level", "lytic", "one_side", "alignment"]


def test_a_quiz_says_how_many_questions_it_has_and_how_many_are_committed():
    quiz = Quiz("colon-s1")
    assert repr(quiz) == "Quiz('colon-s1', questions=6, committed=0)"
    quiz.answers = {LEVEL: ["lower"]}
    quiz.committed = [LEVEL]
    assert repr(quiz) == "Quiz('colon-s1', questions=6, committed=1)"


def test_a_committed_answer_is_graded_and_no_other():
    quiz = Quiz("colon-s1")
    quiz.answers = {LEVEL: ["same"], POINTS: ["lytic", "level", "one_side", "alignment"]}
    assert quiz.grades == {}
    quiz.committed = [LEVEL, POINTS]
    assert quiz.grades == {LEVEL: False, POINTS: pytest.approx(5 / 6)}
    quiz.answers = {LEVEL: ["lower"], POINTS: ORDER}
    assert quiz.grades == {LEVEL: True, POINTS: 1}


@pytest.mark.parametrize(
    ("answers", "help"),
    [
        ({"colon-s1/levle": ["lower"]}, "did you mean colon-s1/level?"),
        ({LEVEL: ["lowr"]}, "did you mean lower?"),
        ({LEVEL: "lower"}, "is not a list; write"),
        ({LEVEL: 3}, "is not a list"),
        ({POINTS: ["level", "lytick"]}, "did you mean lytic?"),
    ],
)
def test_a_wrong_answer_is_refused_and_the_present_ones_stay(answers, help):
    quiz = Quiz("colon-s1", answers={LEVEL: ["same"]})
    with pytest.raises(FindingError, match=re.escape(help)):
        quiz.answers = answers
    assert quiz.answers == {LEVEL: ["same"]}


@pytest.mark.parametrize("answer", [[], ["level", "lytic", "one_side"], ["level", "level", "lytic", "one_side"]])
def test_nobody_commits_to_half_an_order(answer):
    quiz = Quiz("colon-s1", answers={POINTS: answer})
    with pytest.raises(FindingError, match="is not answered yet"):
        quiz.committed = [POINTS]
    assert quiz.committed == []


def test_a_question_that_is_not_cannot_be_committed():
    with pytest.raises(FindingError, match="did you mean colon-s1/level"):
        Quiz("colon-s1").committed = ["colon-s1/levels"]


def test_a_kernel_hears_what_is_answered_in_a_linked_quiz():
    one, other = Quiz("colon-s1"), Quiz("colon-s1")
    heard = []
    other.observe(lambda change: heard.append(change["new"]), "answers")
    link((one, "answers"), (other, "answers"))
    VBox([one, other])
    one.answers = {LEVEL: ["lower"]}
    assert heard == [{LEVEL: ["lower"]}]


def test_without_a_script_every_answer_is_folded_and_every_question_can_be_read():
    data, _ = Quiz("colon-s1")._repr_mimebundle_()
    text = data["text/html"].partition(">")[2]  # the state of the script stands in the opening tag
    open_text = re.sub(r"<details>.*?</details>", "", text, flags=re.DOTALL)
    for question in questions_of("colon-s1"):
        assert question.public()["question"] in open_text
        for option in question.reveal()["options"]:
            assert option["feedback"] in text
            assert option["feedback"] not in open_text
    assert "<strong>Correct answer" not in open_text
    assert text.count("<details>") == 6


def test_a_page_starts_without_an_answer_and_a_chapter_has_the_same_markup_as_a_case():
    quiz = Quiz("colon-s1")
    assert quiz.page_state()["answers"] == {}
    assert json.loads(json.dumps(quiz.page_state())) == quiz.page_state()
    assert markup(questions_of("colon-s1")) == quiz.page_element()


def test_a_case_without_questions_is_told_and_not_shown_empty(tmp_path):
    text = (FOLDERS[-1] / "colon-s1.yml").read_text("utf-8")
    head, _, rest = text.partition("\nquestions:\n")
    case = tmp_path / "colon-s1.yml"
    case.write_text(head + "\nsources: " + rest.partition("\nsources: ")[2], "utf-8")
    with pytest.raises(FaultError, match="add questions: …, or remove the cell"):
        Quiz(case)
