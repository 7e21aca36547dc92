"""Patients of whom all is known, in whom the conditions of a knowledge are evaluated one by one."""

from __future__ import annotations

from casebook.inference.rulebook_store import rulebook_of
from casebook.knowledge_base import Knowledge
from casebook.models.finding import Value


class Completion:
    """A patient of whom all is known: what conditions are evaluated in."""

    def __init__(self, knowledge: Knowledge, state: tuple[int, ...]) -> None:
        self.knowledge, self.state = knowledge, state

    def option(self, finding: str) -> Value | None:
        place = self.knowledge.vocabulary.position[finding]
        return None if self.state[place] < 0 else self.knowledge.vocabulary.findings[place].values[self.state[place]]

    def totals(self, score: str) -> frozenset[int | None]:
        rulebook = rulebook_of(self.knowledge)
        return rulebook.root(rulebook.compiler.compared(score)).ends(self.state)
