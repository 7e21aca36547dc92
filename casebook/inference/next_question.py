"""Which finding to assess next: what each answer would settle."""

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
"""Actions that a question names."""


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
    """Orders the findings that are not assessed and on which something still hangs.

    Parameters
    ----------
    planner : Planner
    """

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self._question = lru_cache(maxsize=8192)(self._worded)

    def ask(self, state: State, scores: Mapping[str, ScoreResult], plan: tuple[PlanEntry, ...]) -> tuple[Question, ...]:
        """Return the questions that are open in a state.

        First those on which an emergency hangs; then by what every answer settles, by what some
        answer settles, by the scores with an open item, and as the vocabulary has them.
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
                    # What is open behind a finding that the action does not read is open after any answer.
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
        questions = []
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
        parts = []
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
