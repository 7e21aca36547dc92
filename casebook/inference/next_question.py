"""The findings to assess next, ordered by the number of recommendations that each would decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from casebook.inference.planner import PlanEntry, Planner, State
from casebook.messages import message
from casebook.messages.words import all_of, few, inside
from casebook.models.score_result import ScoreResult

MOST_NAMED = 2
"""The largest number of actions that a question names."""


@dataclass(frozen=True, slots=True)
class Question:
    """A finding that is worth assessing next, and why.

    Attributes
    ----------
    finding : str
    settles : int
        Undecided recommendations that every answer decides.
    may : int
        Further ones that some answer decides.
    why : str
    """

    finding: str
    settles: int
    may: int
    why: str

    def to_dict(self) -> dict[str, str]:
        """Return the JSON of the question."""
        return {"finding": self.finding, "why": self.why}


class Asker:
    """Orders the unassessed findings on which a recommendation or a score depends.

    Parameters
    ----------
    planner : Planner
    """

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self._question = lru_cache(maxsize=8192)(self._worded)

    def ask(self, state: State, scores: Mapping[str, ScoreResult], plan: tuple[PlanEntry, ...]) -> tuple[Question, ...]:
        """Return the open questions of a state, the most useful first.

        Findings that decide about an emergency come first. The others are ordered by the number of
        recommendations that every answer decides, then that some answer decides, then by the number
        of scores with an open item, then by the vocabulary.
        """
        position = self.planner.knowledge.vocabulary.position
        affected: dict[str, list[str]] = {}
        urgent: Counter[str] = Counter()
        settles: Counter[str] = Counter()
        may: Counter[str] = Counter()
        for entry in plan:
            if not entry.depends_on:
                continue
            deciding = self.planner.by_id[entry.action].counterfactuals.deciding(state)
            for id in entry.depends_on:
                if state[position[id]] < 0:
                    affected.setdefault(id, []).append(entry.action)
                    urgent[id] += id in entry.urgent_on
                    # The action does not read this finding, so no answer decides the action.
                    every, some = deciding.get(position[id], (False, False))
                    settles[id] += every
                    may[id] += some and not every
        items: dict[str, list[str]] = {}
        for score in scores.values():
            for item in score.items:
                if item.option is None:
                    for id, value in item.findings.items():
                        if value is None:
                            items.setdefault(id, []).append(score.id)
        undecided = sum(entry.status == "undecided" for entry in plan)
        questions: list[Question] = []
        for id in {*affected, *items}:
            actions, of = tuple(affected.get(id, ())), tuple(items.get(id, ()))
            questions.append(self._question(id, settles[id], may[id], undecided, actions, of))
        questions.sort(
            key=lambda each: (
                -urgent[each.finding],
                -each.settles,
                -each.may,
                -len(items.get(each.finding, ())),
                position[each.finding],
            )
        )
        return tuple(questions)

    def _worded(
        self, id: str, settles: int, may: int, undecided: int, actions: tuple[str, ...], scores: tuple[str, ...]
    ) -> Question:
        knowledge = self.planner.knowledge
        parts: list[str] = []
        if settles and may:
            parts.append(message("question-decides-may", decides=settles, may=may, undecided=undecided))
        elif settles:
            parts.append(message("question-decides", decides=settles, undecided=undecided))
        elif may:
            parts.append(message("question-may", may=may, undecided=undecided))
        elif actions:
            labels = [inside(knowledge.actions[action].label) for action in actions]
            parts.append(message("question-affects", actions=all_of(few(labels, MOST_NAMED))))
        if scores:
            labels = [knowledge.scores[score].label for score in scores]
            parts.append(message("question-scores", scores=all_of(labels)))
        return Question(id, settles, may, " ".join(parts))
