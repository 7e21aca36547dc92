"""Directives that print where sources disagree, and in what order the book settles it."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message
from casebook.models.rule import Conflict
from publish.directives.directive import KnowledgeDirective, bullets


class Conflicts(KnowledgeDirective):
    """``{conflicts}``: every disagreement; ``{conflicts} sins``: those that concern a score or an action."""

    required_arguments = 0
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return one section for each disagreement."""
        chosen = [conflict for conflict in self.knowledge.conflicts.values() if self.concerns(conflict)]
        if not chosen:
            raise self.error(message("directive-no-disagreement", id=self.arguments[0]))
        return [self.section(conflict) for conflict in chosen]

    def concerns(self, conflict: Conflict) -> bool:
        """Tell whether a disagreement is about what the argument names; without one, all are."""
        return not self.arguments or self.arguments[0] in (*conflict.scores, *conflict.actions)

    def section(self, conflict: Conflict) -> nodes.section:
        """Return title, sides and resolution, under an address of their own."""
        resolution = nodes.paragraph("", "", nodes.emphasis("", message("book-position")), nodes.Text(" "))
        resolution.extend(self.cited(conflict.resolution, conflict.authority).children)
        sides = bullets([self.cited(position.text, position.source)] for position in conflict.positions)
        title = nodes.title("", conflict.title)
        address = f"conflict-{conflict.id.lower()}"
        section = nodes.section("", title, sides, resolution, ids=[address], names=[address])
        if not self.arguments:  # the full list is where references lead
            self.state.document.note_explicit_target(section)
        return section


class Precedence(KnowledgeDirective):
    """``{precedence}``: the order in which rules that differ on an action are settled."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return a numbered list."""
        steps = [self.cited(principle.text, principle.source) for principle in self.knowledge.principles]
        return [
            nodes.enumerated_list("", *(nodes.list_item("", step) for step in steps), enumtype="arabic", suffix=".")
        ]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("conflicts", Conflicts)
    app.add_directive("precedence", Precedence)
