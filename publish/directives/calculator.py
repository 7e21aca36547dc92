"""Directives that insert a calculator into a page."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx

from publish.directives.directive import KnowledgeDirective
from widgets import oswestry
from widgets.calculator import markup


class ScoreCalculatorDirective(KnowledgeDirective):
    """``{score-calculator} sins``: the calculator of a score, as text until the page's script renders it."""

    def run(self) -> list[nodes.Node]:
        """Return the calculator's markup."""
        return [nodes.raw("", str(markup(self.score().id)), format="html")]


class OswestryCalculatorDirective(KnowledgeDirective):
    """``{disability-calculator}``: the Oswestry Disability Index from the values of its ten sections."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the calculator's markup."""
        return [nodes.raw("", str(oswestry.markup()), format="html")]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("score-calculator", ScoreCalculatorDirective)
    app.add_directive("disability-calculator", OswestryCalculatorDirective)
