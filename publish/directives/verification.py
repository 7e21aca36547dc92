"""A directive that proves the knowledge while the book is built, and prints the proofs."""

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
    """``{verification}``: every claim, how much it covers, and whether it holds."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the table; a claim that fails is a warning, so that a strict build fails with it."""
        for path in FOLDER.parent.glob("*.py"):  # a proof is about the engine as well
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
                "", message("proofs-summary", held=held, count=len(proofs), version=self.knowledge.version)
            ),
            table(tuple(message(f"book-column-{id}") for id in ("claim", "covers", "result")), (45, 35, 20), rows),
        ]

    @staticmethod
    def verdict(proof: Proof) -> str:
        """Return the result in a word or two."""
        return message("proofs-holds" if proof.holds else "proofs-fails")

    @staticmethod
    def flaws(proof: Proof) -> list[nodes.Node]:
        """Return what speaks against a claim, with a patient who shows it."""
        return [bullets([[words(said(flaw))] for flaw in proof.flaws])] if proof.flaws else []


def said(flaw: Flaw) -> str:
    """Return a flaw without the path of the machine it was found on."""
    return message("proofs-example", what=flaw.what, example=flaw.example) if flaw.example else flaw.what


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("verification", Verification)
