"""Scores derived from findings, as exact ranges over the findings that are not assessed."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from casebook.inference.compiler import State
from casebook.inference.roots import counted
from casebook.inference.rulebook import Root, Rulebook, StateCache
from casebook.inference.rulebook_store import rulebook_of
from casebook.knowledge_base import Knowledge
from casebook.models.score import Score
from casebook.models.score_result import OneLesion, ScoreResult


@lru_cache(maxsize=16)
def scoring_of(knowledge: Knowledge) -> Scoring:
    """Return the scoring of a body of knowledge. It is cached."""
    return Scoring(rulebook_of(knowledge))


class Scoring:
    """Derives every score of the knowledge.

    Parameters
    ----------
    rulebook : Rulebook
    """

    def __init__(self, rulebook: Rulebook) -> None:
        known = rulebook.knowledge
        one_lesion = zip(rulebook.of("one_lesion"), rulebook.of("total_as_one"), strict=True)
        as_one = {score.id: pair for score, pair in zip(counted(known), one_lesion, strict=True)}
        columns = zip(*map(rulebook.of, ("applies", "total", "item", "note")), strict=True)
        self.derivations = {
            id: Derivation(rulebook, score, roots, as_one.get(id))
            for (id, score), roots in zip(known.scores.items(), columns, strict=True)
        }

    def derive(self, id: str, state: State) -> ScoreResult:
        """Return a score in a state of the vocabulary."""
        return self.derivations[id].result(state)

    def all(self, state: State) -> dict[str, ScoreResult]:
        """Return every score in a state of the vocabulary."""
        return {id: derivation.result(state) for id, derivation in self.derivations.items()}


class Derivation:
    """The derivation of one score.

    Attributes
    ----------
    result : callable
        Returns the score in a state of the vocabulary.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        score: Score,
        roots: tuple[Root[bool], Root[int | None], list[Root[int]], list[Root[bool]]],
        as_one: tuple[Root[bool | None], Root[int | None]] | None,
    ) -> None:
        vocabulary = rulebook.knowledge.vocabulary
        reading = rulebook.knowledge.readings[score.id]
        self.score, self._as_one = score, as_one
        self._applies, self._total, self._items, self._notes = roots
        self._reads = [[vocabulary.position[id] for id in ids] for ids in reading.reads]
        self._findings = vocabulary.findings
        self.result = StateCache([vocabulary.position[id] for id in reading.finding_ids], self._derive)

    def _derive(self, state: State) -> ScoreResult:
        score = self.score
        if self._applies.truth(state) is False:
            return score.inapplicable()
        result = score.result(
            [item.ends(state) for item in self._items],
            self._total.ends(state),
            (note.text for note, root in zip(score.notes, self._notes, strict=True) if root.truth(state)),
            [
                {
                    (finding := self._findings[index]).id: finding.values[state[index]] if state[index] >= 0 else None
                    for index in positions
                }
                for positions in self._reads
            ],
        )
        if not self._as_one or not self._as_one[0].applies(state):
            return result
        totals = frozenset(total for total in self._as_one[1].ends(state) if total is not None)
        return replace(result, as_one_lesion=OneLesion(min(totals), max(totals), score.bands_of(totals)))
