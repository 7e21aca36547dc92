"""The reader's own reading of a case, submitted before the published one is shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from traitlets import Bool, Dict, List, Unicode, validate

from casebook import FindingError
from casebook.cases.case import Case, load_case
from casebook.diagnostics.suggestions import did_you_mean, nearest
from casebook.messages import message
from widgets.core.base import CasebookWidget
from widgets.core.markup import Html, paragraphs, tag


class CaseReading(CasebookWidget):
    """Questions on a case; after submission, the published answers are shown beside the reader's.

    Parameters
    ----------
    case : str, Path or Case

    Attributes
    ----------
    answers : dict
        Chosen option ids by question id.
    committed : bool
        Whether the reader has submitted them.
    constructed : bool
        Whether the case is constructed, so that the answers are those of the rules.
    """

    case = Unicode(read_only=True).tag(sync=True)
    questions = List[dict[str, Any]](read_only=True).tag(sync=True)
    answers = Dict().tag(sync=True)
    committed = Bool(False).tag(sync=True)
    constructed = Bool(False, read_only=True).tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ("case", "questions", "answers", "committed")

    def __init__(self, case: str | Path | Case, **traits: Any) -> None:
        given = case if isinstance(case, Case) else load_case(case)
        self.set_trait("case", given.id)
        self.set_trait("constructed", given.constructed)
        self.set_trait("questions", [question.model_dump(mode="json") for question in given.reading])
        super().__init__(_kind="reading", **traits)

    @validate("answers")
    def _are_options(self, proposal: Any) -> dict[str, str]:
        options = {question["id"]: [option["id"] for option in question["options"]] for question in self.questions}
        for question, answer in proposal["value"].items():
            if question not in options:
                hint = did_you_mean(question, options)
                text = message("error-no-question", question=repr(question), hint=hint)
                raise FindingError(text, question, None, nearest(question, options))
            if answer not in options[question]:
                hint = did_you_mean(answer, options[question])
                text = message("error-no-answer", question=question, answer=repr(answer), hint=hint)
                raise FindingError(text, question, answer, nearest(answer, options[question]))
        return proposal["value"]

    def page_state(self) -> dict[str, Any]:
        """Return the initial state of the widget in a page."""
        return {**super().page_state(), **({"constructed": True} if self.constructed else {})}

    def static(self) -> Html:
        """Return the questions with folded answers: the published ones, or those of the rules."""
        summary = message("reading-static", case="constructed" if self.constructed else "published")
        return tag("ol", *(_question(question, summary) for question in self.questions))

    def __repr__(self) -> str:
        state = "committed" if self.committed else f"{len(self.answers)} answered"
        return f"CaseReading({self.case!r}, questions={len(self.questions)}, {state})"


def _question(question: dict[str, Any], summary: str) -> Html:
    labels = {option["id"]: option["label"] for option in question["options"]}
    return tag(
        "li",
        tag("p", tag("strong", question["question"])),
        tag("ul", *(tag("li", label) for label in labels.values())),
        tag(
            "details",
            tag("summary", summary),
            tag("p", tag("strong", labels[question["published"]])),
            paragraphs(question["feedback"]),
        ),
    )
