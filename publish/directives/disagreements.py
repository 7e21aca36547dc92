"""Directives that print where sources disagree, and the order of precedence between rules."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message
from casebook.models.rule import Conflict
from publish.directives.directive import KnowledgeDirective, bullets


class ConflictList(KnowledgeDirective):
    """``{conflicts}``: every disagreement; ``{conflicts} sins``: those on one score or action."""

    required_arguments = 0
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return one section for each disagreement."""
        chosen = [conflict for conflict in self.knowledge.conflicts.values() if self.concerns(conflict)]
        if not chosen:
            raise self.error(message("directive-no-conflict", subject=self.arguments[0]))
        return [self.section(conflict) for conflict in chosen]

    def concerns(self, conflict: Conflict) -> bool:
        """Return whether a disagreement is about the score or action in the argument; without an argument, all are."""
        return not self.arguments or self.arguments[0] in (*conflict.scores, *conflict.actions)

    def section(self, conflict: Conflict) -> nodes.section:
        """Return title, positions and resolution, with an anchor."""
        resolution = nodes.paragraph("", "", nodes.emphasis("", message("book-position")), nodes.Text(" "))
        resolution.extend(self.cited(conflict.resolution, conflict.authority).children)
        sides = bullets([self.cited(position.text, position.source)] for position in conflict.positions)
        title = nodes.title("", conflict.title)
        address = f"conflict-{conflict.id.lower()}"
        section = nodes.section("", title, sides, resolution, ids=[address], names=[address])
        if not self.arguments:  # references lead to the full list
            self.state.document.note_explicit_target(section)
        return section


class PrecedenceList(KnowledgeDirective):
    """``{precedence}``: the principles that decide between rules that differ on an action, in order."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return a numbered list."""
        steps = [self.cited(principle.text, principle.source) for principle in self.knowledge.principles]
        return [
            nodes.enumerated_list("", *(nodes.list_item("", step) for step in steps), enumtype="arabic", suffix=".")
        ]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("conflicts", ConflictList)
    app.add_directive("precedence", PrecedenceList)
