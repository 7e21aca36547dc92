"""A directive that asks the questions of a chapter."""

from __future__ import annotations

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook.diagnostics.fault import FaultError
from casebook.quiz.questions import SUFFIX, questions_of
from publish.directives.directive import KnowledgeDirective
from widgets.quiz import markup


class ChapterQuiz(KnowledgeDirective):
    """``{quiz}``: the questions in the file beside the page, as text until the page's script renders them."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the markup of the questions, or fail with all faults of their file."""
        path = Path(self.env.doc2path(self.env.docname)).with_suffix(SUFFIX)
        self.env.note_dependency(str(path))
        self.knowledge  # noqa: B018 - records that the page depends on it
        try:
            questions = questions_of(path)
        except FaultError as error:
            raise self.error(str(error)) from None
        for question in questions:
            if question.case is not None:
                self.env.note_dependency(str(Path(self.env.srcdir) / "cases" / f"{question.case.id}.yml"))
        return [nodes.raw("", str(markup(questions)), format="html")]


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("quiz", ChapterQuiz)
