"""Directives that print remarks on a score: use, misuse, reliability, and rules that only inform."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message
from casebook.models.rule import Rule
from publish.directives.directive import KnowledgeDirective, bullets

KINDS = ("use", "misuse", "reliability", "ambiguities", "conventions")


class ScoreNotes(KnowledgeDirective):
    """``{score-notes} sins misuse``: the remarks of one kind on a score, with their sources."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        kind = self.arguments[1]
        if kind not in KINDS:
            raise self.error(message("directive-remarks", name=kind, kinds=", ".join(KINDS)))
        remarks = getattr(self.score(), kind)
        if not remarks:
            raise self.error(message("directive-no-remarks", score=self.arguments[0], kind=kind))
        return [bullets([self.cited(remark.text, remark.source)] for remark in remarks)]


class ScoreAudit(KnowledgeDirective):
    """``{score-audit} sins``: the date of the last check of the points, and the source of comparison."""

    def run(self) -> list[nodes.Node]:
        """Return the sentence."""
        audit = self.score().audit
        return [nodes.paragraph("", message("book-audit", date=f"{audit.date:%d %B %Y}", source=audit.against))]


class StatementList(KnowledgeDirective):
    """``{statements} score sins``: the rules on a score or an action that inform without a condition."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        kind, subject = self.arguments
        statements = self.knowledge.statements(**{kind: subject})
        if not statements:
            raise self.error(message("directive-no-statement", kind=kind, subject=subject))
        items = (
            nodes.list_item("", *self.statement(rule), ids=[f"statement-{rule.id.lower()}"]) for rule in statements
        )
        return [nodes.bullet_list("", *items)]

    def statement(self, rule: Rule) -> list[nodes.Node]:
        """Return a statement with its source, then its interpretation and notes."""
        paragraph = nodes.paragraph("", "", nodes.strong("", rule.title.rstrip(".") + "."), nodes.Text(" "))
        paragraph.extend(self.cited(rule.text, rule.source).children)
        return [paragraph, *(nodes.paragraph("", remark) for remark in (rule.reading, rule.note) if remark)]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("score-notes", ScoreNotes)
    app.add_directive("score-audit", ScoreAudit)
    app.add_directive("statements", StatementList)
