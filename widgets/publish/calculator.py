"""A directive that places the live calculator of one score in a page of prose."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from widgets.calculator import markup
from widgets.publish.directive import KnowledgeDirective


class ScoreCalculator(KnowledgeDirective):
    """``{score-calculator} sins``: the calculator, as text until the page's script brings it to life."""

    def run(self) -> list[nodes.Node]:
        """Return the calculator's markup."""
        return [nodes.raw("", str(markup(self.score().id)), format="html")]


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("score-calculator", ScoreCalculator)
