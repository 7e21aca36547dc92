"""A directive that verifies the knowledge while the book is built, and prints the results."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from casebook.inference.assessment import engine
from casebook.knowledge_base import FOLDER
from casebook.messages import message
from casebook.review.verification import Flaw, Proof, verify
from publish.directives.directive import KnowledgeDirective, bullets
from publish.directives.tables import cell, table, words

logger = logging.getLogger(__name__)


class Verification(KnowledgeDirective):
    """``{verification}``: every claim with its scope and its result."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the table; a failed claim is a warning, which makes a strict build fail."""
        for path in FOLDER.parent.rglob("*.py"):  # the result depends on the engine, too
            self.env.note_dependency(str(path))
        proofs = verify(engine())
        for proof in proofs:
            for flaw in proof.flaws:
                logger.warning("%s %s", proof.claim, flaw, location=self.get_location())
        rows = [
            [cell(words(proof.claim)), cell(words(proof.covers)), cell(words(self.verdict(proof)), *self.flaws(proof))]
            for proof in proofs
        ]
        held = sum(proof.holds for proof in proofs)
        return [
            nodes.paragraph(
                "",
                message("book-verification", held=held, claims=len(proofs), version=self.knowledge.version),
            ),
            table((message("book-claim"), message("book-scope"), message("book-result")), (45, 35, 20), rows),
        ]

    @staticmethod
    def verdict(proof: Proof) -> str:
        """Return the result in words."""
        return message("book-holds") if proof.holds else message("book-fails")

    @staticmethod
    def flaws(proof: Proof) -> list[nodes.Node]:
        """Return the counterexamples to a claim."""
        return [bullets([[words(flaw_text(flaw))] for flaw in proof.flaws])] if proof.flaws else []


def flaw_text(flaw: Flaw) -> str:
    """Return a flaw without the path of its file on this machine."""
    if not flaw.example:
        return flaw.what
    return message("book-flaw", flaw=flaw.what, example=flaw.example)


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("verification", Verification)
