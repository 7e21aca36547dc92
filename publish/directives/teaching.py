"""Directives for those who teach: how a case is shown step by step, and how far readers of a score agreed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook.cases.case import Case, load_case
from casebook.diagnostics.fault import FaultError
from casebook.messages import message
from casebook.messages.words import one_after_another
from casebook.models.case import CONSTRUCTED
from casebook.models.presentation import Step
from publish.directives.directive import KnowledgeDirective
from publish.directives.tables import cell, table, words

NOTES = ("ask", "error", "say")
"""What only the speaker sees."""


class SessionPlan(KnowledgeDirective):
    """``{session-plan} colon-s1``: the steps of a case as its file has them, with the minute at which each begins."""

    def run(self) -> list[nodes.Node]:
        """Return what the case is for, and one entry of a list for each step."""
        path = Path(self.env.srcdir) / "cases" / f"{self.arguments[0]}.yml"
        self.env.note_dependency(str(path))
        try:
            case = load_case(path)
        except FaultError as error:
            raise self.error(str(error)) from None
        return [*self.head(case), nodes.enumerated_list("", *self.steps(case), enumtype="arabic", suffix=".")]

    def head(self, case: Case) -> Iterator[nodes.Node]:
        """Yield what the session is for, how long it takes, and that nobody lived it, where nobody did."""
        minutes = sum(step.minutes for step in case.steps)
        yield nodes.paragraph(
            "", message("teaching-length", teaches=case.teaches, minutes=minutes, steps=len(case.steps))
        )
        if case.constructed:
            yield nodes.paragraph("", CONSTRUCTED)
        if case.aims:
            yield nodes.paragraph("", message("teaching-aims"))
            yield nodes.bullet_list("", *(nodes.list_item("", words(aim)) for aim in case.aims))

    def steps(self, case: Case) -> Iterator[nodes.list_item]:
        """Yield each step: from which minute, what is shown, and what its speaker asks, expects and says."""
        begins = 0
        for step in case.steps:
            times = {"begins": begins, "ends": begins + step.minutes}
            heading = message("teaching-step", **times, shown=message(f"teaching-shown-{step.show}"))
            shown = nodes.paragraph("", "", nodes.strong("", heading))
            shown += nodes.Text(f": {about}" if (about := self.about(case, step)) else "")
            yield nodes.list_item("", shown, *self.notes(step))
            begins += step.minutes

    def about(self, case: Case, step: Step) -> str:
        """Return the question that a step puts, or the findings that it changes."""
        if step.findings:
            return one_after_another([self.knowledge.vocabulary.by_id[id].label for id in step.findings])
        asked = {"reading": case.reading, "what_if": case.what_ifs}.get(step.show, ())
        return next((" ".join(each.question.split()) for each in asked if each.id == step.id), "")

    def notes(self, step: Step) -> Iterator[nodes.paragraph]:
        """Yield the notes of a step; where they come from stands after the last."""
        lines = []
        for name in NOTES:
            if text := getattr(step, name):
                label = nodes.emphasis("", message(f"teaching-note-{name}"))
                lines.append(nodes.paragraph("", "", label, nodes.Text(f" {text.strip()}")))
        if lines:
            lines[-1].extend(self.citation(step.source))
        yield from lines


class AgreementFigures(KnowledgeDirective):
    """``{agreement-figures} sins``: how far readers agreed on each item, as a source printed it."""

    def run(self) -> list[nodes.Node]:
        """Return the table, the items on which they agreed least first."""
        score = self.score()
        given = [(item, item.agreement) for item in score.items if item.agreement]
        if not given:
            raise self.error(message("directive-no-agreement", score=score.id))
        given.sort(key=lambda each: float(each[1].value))
        rows = [
            [
                cell(words(item.label)),
                cell(words(agreed.statistic)),
                cell(words(agreed.value)),
                cell(nodes.paragraph("", "", *self.source(agreed.source))),
            ]
            for item, agreed in given
        ]
        return [
            table(
                tuple(message(f"book-column-{id}") for id in ("item", "figure", "value", "source")),
                (30, 15, 15, 40),
                rows,
            )
        ]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("session-plan", SessionPlan)
    app.add_directive("agreement-figures", AgreementFigures)
