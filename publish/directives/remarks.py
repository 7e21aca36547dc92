"""Directives that print what is said of a score: use and misuse, reliability, rules that only inform."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

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
            raise self.error(f"{kind} is not a kind of remark; choose one of {', '.join(KINDS)}")
        remarks = getattr(self.score(), kind)
        if not remarks:
            raise self.error(f"{self.arguments[0]} has no {kind}; take this directive out")
        return [bullets([self.cited(remark.text, remark.source)] for remark in remarks)]


class ScoreAudit(KnowledgeDirective):
    """``{score-audit} sins``: when the points were last checked, and against what."""

    def run(self) -> list[nodes.Node]:
        """Return the sentence."""
        audit = self.score().audit
        return [nodes.paragraph("", f"Last checked on {audit.date:%d %B %Y}: {audit.against}")]


class Statements(KnowledgeDirective):
    """``{statements} score sins``: the rules that no finding decides, where they inform."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        kind, id = self.arguments
        statements = self.knowledge.statements(**{kind: id})
        if not statements:
            raise self.error(f"no statement is about {kind} {id}; take this directive out")
        items = (
            nodes.list_item("", *self.statement(rule), ids=[f"statement-{rule.id.lower()}"]) for rule in statements
        )
        return [nodes.bullet_list("", *items)]

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
