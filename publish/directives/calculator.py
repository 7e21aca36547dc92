"""Directives that place a live calculator in a page of prose."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from publish.directives.directive import KnowledgeDirective
from widgets import oswestry as disability
from widgets.calculator import markup


class ScoreCalculator(KnowledgeDirective):
    """``{score-calculator} sins``: the calculator, as text until the page's script brings it to life."""

    def run(self) -> list[nodes.Node]:
        """Return the calculator's markup."""
        return [nodes.raw("", str(markup(self.score().id)), format="html")]


class DisabilityCalculator(KnowledgeDirective):
    """``{disability-calculator}``: the disability index from ten numbers."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the calculator's markup."""
        return [nodes.raw("", str(disability.markup()), format="html")]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("score-calculator", ScoreCalculator)
    app.add_directive("disability-calculator", DisabilityCalculator)
