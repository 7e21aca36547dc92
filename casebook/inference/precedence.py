"""Conflict resolution: the explicit order of precedence between rules that differ on one action."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.knowledge_base import Knowledge
from casebook.models.rule import FOR, REFUSALS, STANCES, TIERS, Outcome


def _differs(outcome: Outcome, winner: Outcome) -> bool:
    """Return whether an overruled outcome is more than a weaker form of the winning one."""
    if (outcome.stance in FOR) != (winner.stance in FOR):
        return True
    return STANCES.index(outcome.stance) <= STANCES.index(winner.stance)


class Precedence:
    """Resolves differences between the rules on one action."""

    def __init__(self, knowledge: Knowledge, action: str) -> None:
        self.clauses = list(knowledge.outcomes(action))
        self.edges = knowledge.overrides[action]
        self.principles = [(principle.id, principle.by) for principle in knowledge.principles]

    def resolve(self, holding: Iterable[int]) -> tuple[int, str | None]:
        """Return the index of the clause that prevails, and the principle or rule that decided.

        Parameters
        ----------
        holding : iterable of int
            Indices of the clauses that are true; at least one.
        """
        left = list(holding)
        steps: list[tuple[str, set[Outcome]]] = []
        for id, by in self.principles:
            if len({self.outcome(index) for index in left}) == 1:
                break
            preferred = self._declared(left) if by == "declared" else self._best(left, by)
            gone = {self.outcome(index) for index in left} - {self.outcome(index) for index in preferred}
            if gone:
                steps.append((self._edge(left, preferred) if by == "declared" else id, gone))
            left = preferred
        winner = self.outcome(left[0])
        deciders = [id for id, gone in steps if any(_differs(outcome, winner) for outcome in gone)]
        return left[0], deciders[-1] if deciders else None

    def outcome(self, index: int) -> Outcome:
        """Return the outcome of the clause at `index`."""
        return self.clauses[index][2]

    def _best(self, positions: list[int], by: str) -> list[int]:
        rank = {index: self._rank(index, by) for index in positions}
        best = min(rank.values())
        return [index for index in positions if rank[index] == best]

    def _rank(self, index: int, by: str) -> float:
        rule, _, outcome = self.clauses[index]
        match by:
            case "emergency":
                return outcome.stance != "emergency"
            case "tier":
                return TIERS.index(rule.tier)
            case "caution":
                return outcome.stance not in REFUSALS
            case "stance":
                return STANCES.index(outcome.stance)
            case "soonest":
                return outcome.within_hours or float("inf")
            case _:
                raise LookupError(by)

    def _declared(self, positions: list[int]) -> list[int]:
        rules = {self.clauses[index][0].id for index in positions}
        beaten = {loser for winner, loser in self.edges if winner in rules and loser in rules}
        return [index for index in positions if self.clauses[index][0].id not in beaten]

    def _edge(self, before: list[int], after: list[int]) -> str:
        winners = {self.clauses[index][0].id for index in after}
        losers = {self.clauses[index][0].id for index in before} - winners
        direct = [why for (winner, loser), why in self.edges.items() if winner in winners and loser in losers]
        return direct[0] if direct else next(why for (_, loser), why in self.edges.items() if loser in losers)
