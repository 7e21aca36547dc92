"""Directives that print what is said of a score: use and misuse, reliability, rules that only inform."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message
from casebook.messages.words import any_of
from casebook.models.rule import Rule
from publish.directives.directive import KnowledgeDirective, bullets

KINDS = ("use", "misuse", "reliability", "ambiguities", "conventions")


class ScoreNotes(KnowledgeDirective):
    """``{score-notes} sins misuse``: one kind of remark on a score, each with its source."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        kind = self.arguments[1]
        if kind not in KINDS:
            raise self.error(message("directive-no-remark-kind", kind=kind, kinds=any_of(KINDS)))
        remarks = getattr(self.score(), kind)
        if not remarks:
            raise self.error(message("directive-no-remarks", score=self.arguments[0], kind=kind))
        return [bullets([self.cited(remark.text, remark.source)] for remark in remarks)]


class ScoreAudit(KnowledgeDirective):
    """``{score-audit} sins``: when the points were last checked, and against what."""

    def run(self) -> list[nodes.Node]:
        """Return the sentence."""
        audit = self.score().audit
        return [nodes.paragraph("", message("book-last-checked", date=f"{audit.date:%d %B %Y}", against=audit.against))]


class Statements(KnowledgeDirective):
    """``{statements} score sins``: the rules that no finding decides, where they inform."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        kind, id = self.arguments
        statements = self.knowledge.statements(**{kind: id})
        if not statements:
            raise self.error(message("directive-no-statement", kind=kind, id=id))
        listed = bullets(self.statement(rule) for rule in statements)
        for entry, rule in zip(listed.children, statements, strict=True):
            entry["ids"] = [f"statement-{rule.id.lower()}"]
        return [listed]

    def statement(self, rule: Rule) -> list[nodes.Node]:
        """Return a statement with its source, then how it was read and what is to be said against it."""
        paragraph = nodes.paragraph("", "", nodes.strong("", rule.title.rstrip(".") + "."), nodes.Text(" "))
        paragraph.extend(self.cited(rule.text, rule.source).children)
        return [paragraph, *(nodes.paragraph("", remark) for remark in (rule.reading, rule.note) if remark)]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("score-notes", ScoreNotes)
    app.add_directive("score-audit", ScoreAudit)
    app.add_directive("statements", Statements)
