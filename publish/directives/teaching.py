"""Directives for teachers: the plan of a session, and published figures of agreement."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook.cases.case import Case, load_case
from casebook.diagnostics.fault import FaultError
from casebook.messages import message
from casebook.models.case import CONSTRUCTED
from casebook.models.presentation import Step
from publish.directives.directive import KnowledgeDirective
from publish.directives.tables import cell, table, words

NOTES = ("ask", "error", "say")


class SessionPlan(KnowledgeDirective):
    """``{session-plan} colon-s1``: the steps in the presentation of a case, each with the minutes that it takes."""

    def run(self) -> list[nodes.Node]:
        """Return the purpose of the session, and a list of its steps."""
        path = Path(self.env.srcdir) / "cases" / f"{self.arguments[0]}.yml"
        self.env.note_dependency(str(path))
        try:
            case = load_case(path)
        except FaultError as error:
            raise self.error(str(error)) from None
        return [*self.head(case), nodes.enumerated_list("", *self.steps(case), enumtype="arabic", suffix=".")]

    def head(self, case: Case) -> Iterator[nodes.Node]:
        """Yield purpose, duration and aims, and a notice if the patient was constructed."""
        minutes = sum(step.minutes for step in case.steps)
        duration = message("book-session", minutes=minutes, steps=len(case.steps))
        yield nodes.paragraph("", f"{case.teaches} {duration}")
        if case.constructed:
            yield nodes.paragraph("", CONSTRUCTED)
        if case.aims:
            yield nodes.paragraph("", message("book-session-aims"))
            yield nodes.bullet_list("", *(nodes.list_item("", words(aim)) for aim in case.aims))

    def steps(self, case: Case) -> Iterator[nodes.list_item]:
        """Yield each step: its minutes, what is shown, and the speaker's notes."""
        start = 0
        for step in case.steps:
            end = start + step.minutes
            heading = message("book-step", start=start, end=end, step=message(f"book-step-{step.show}"))
            shown = nodes.paragraph("", "", nodes.strong("", heading))
            shown += nodes.Text(f": {subject}" if (subject := self.subject(case, step)) else "")
            yield nodes.list_item("", shown, *self.notes(step))
            start = end

    def subject(self, case: Case, step: Step) -> str:
        """Return the question of a step, or the findings that can be changed in it."""
        if step.findings:
            return ", ".join(self.knowledge.vocabulary.by_id[name].label for name in step.findings)
        questions = {"reading": case.reading, "what_if": case.what_ifs}.get(step.show, ())
        return next((" ".join(each.question.split()) for each in questions if each.id == step.id), "")

    def notes(self, step: Step) -> Iterator[nodes.paragraph]:
        """Yield the notes of a step; the last ends with the sources."""
        lines = []
        for name in NOTES:
            if text := getattr(step, name):
                label = nodes.emphasis("", message(f"book-note-{name}"))
                lines.append(nodes.paragraph("", "", label, nodes.Text(f" {text.strip()}")))
        if lines:
            lines[-1].extend(self.citation(step.source))
        yield from lines


class AgreementFigures(KnowledgeDirective):
    """``{agreement-figures} sins``: the published agreement on each item of a score."""

    def run(self) -> list[nodes.Node]:
        """Return the table, with the lowest agreement first."""
        score = self.score()
        figures = [(item, item.agreement) for item in score.items if item.agreement]
        if not figures:
            raise self.error(message("directive-no-agreement", score=score.id))
        figures.sort(key=lambda each: float(each[1].value))
        rows = [
            [
                cell(words(item.label)),
                cell(words(agreed.statistic)),
                cell(words(agreed.value)),
                cell(nodes.paragraph("", "", *self.source(agreed.source))),
            ]
            for item, agreed in figures
        ]
        return [
            table(
                (message("book-item"), message("book-figure"), message("book-value"), message("book-source")),
                (30, 15, 15, 40),
                rows,
            )
        ]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("session-plan", SessionPlan)
    app.add_directive("agreement-figures", AgreementFigures)
