"""An assessment: every score and the whole plan for what is known of a patient."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from casebook import disability
from casebook.library import Knowledge, knowledge
from casebook.plan import PlanEntry, Planner, State
from casebook.reader import nearest
from casebook.scores import ScoreResult
from casebook.trace import Trace
from casebook.vocabulary import FindingError, Value


@dataclass(frozen=True, slots=True)
class Question:
    """A finding that is worth assessing next, and why.

    Attributes
    ----------
    finding : str
    why : str
    """

    finding: str
    why: str

    def to_dict(self) -> dict[str, str]:
        """Return the JSON of the question."""
        return {"finding": self.finding, "why": self.why}


@dataclass(frozen=True)
class Assessment:
    """What follows from a set of findings.

    Attributes
    ----------
    findings : mapping of str to str or int
        The findings that are assessed.
    scores : mapping of str to ScoreResult
    plan : tuple of PlanEntry
        By stance, emergencies first.
    ask_next : tuple of Question
        Findings not assessed on which something undecided depends, the most useful first.
    knowledge : str
        Version of the knowledge.
    """

    findings: Mapping[str, Value]
    scores: Mapping[str, ScoreResult]
    plan: tuple[PlanEntry, ...]
    ask_next: tuple[Question, ...]
    knowledge: str
    _engine: Engine = field(repr=False, compare=False)
    _state: State = field(repr=False, compare=False)

    @cached_property
    def trace(self) -> Trace:
        """Which rules and conflicts hold, and which comparison of which condition."""
        return Trace.of(self._engine.planner, self._state)

    def entry(self, action: str) -> PlanEntry | None:
        """Return what the plan says of an action, or None if it says nothing."""
        return next((entry for entry in self.plan if entry.action == action), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the assessment as JSON."""
        return {
            "scores": {id: score.to_dict() for id, score in self.scores.items()},
            "plan": [entry.to_dict() for entry in self.plan],
            "ask_next": [question.to_dict() for question in self.ask_next],
            "knowledge": self.knowledge,
        }


class Engine:
    """Assesses findings against one body of knowledge.

    Parameters
    ----------
    knowledge : Knowledge
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.planner = Planner(knowledge)
        self._question = lru_cache(maxsize=8192)(self._ask)

    def assess(self, findings: Mapping[str, Any]) -> Assessment:
        """Return the assessment of `findings`; see `casebook.assess`."""
        return self.assess_state(self.knowledge.vocabulary.state(findings))

    def assess_state(self, state: State) -> Assessment:
        """Return the assessment of a state of the vocabulary."""
        known = self.knowledge
        scores = {id: score.reading.derive(state) for id, score in known.scores.items()}
        plan = self.planner.plan(state)
        return Assessment(
            MappingProxyType(known.vocabulary.assessed(state)),
            MappingProxyType(scores),
            plan,
            self._ask_next(state, scores, plan),
            known.version,
            self,
            state,
        )

    def _ask_next(
        self, state: State, scores: Mapping[str, ScoreResult], plan: tuple[PlanEntry, ...]
    ) -> tuple[Question, ...]:
        position = self.knowledge.vocabulary.position
        actions: dict[str, list[str]] = {}
        urgent: Counter[str] = Counter()
        for entry in plan:
            for id in entry.depends_on:
                if state[position[id]] < 0:
                    actions.setdefault(id, []).append(entry.action)
                    urgent[id] += id in entry.urgent_on
        items: dict[str, list[str]] = {}
        for score in scores.values():
            for item in score.items:
                if item.option is None:
                    for id, value in item.findings.items():
                        if value is None:
                            items.setdefault(id, []).append(score.id)
        asked = sorted(
            {*actions, *items},
            key=lambda id: (-urgent[id], -len(actions.get(id, ())), -len(items.get(id, ())), position[id]),
        )
        return tuple([self._question(id, tuple(actions.get(id, ())), tuple(items.get(id, ()))) for id in asked])

    def _ask(self, id: str, actions: tuple[str, ...], scores: tuple[str, ...]) -> Question:
        parts = []
        if actions:
            labels = [_inside(self.knowledge.actions[action].label) for action in actions]
            shown = labels if len(labels) <= 2 else [*labels[:2], f"{len(labels) - 2} more"]
            parts.append(f"bears on {_listed(shown)}")
        if scores:
            parts.append(f"is an item of {_listed([self.knowledge.scores[score].label for score in scores])}")
        text = "; ".join(parts)
        return Question(id, text[:1].upper() + text[1:])


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


@lru_cache(maxsize=1)
def engine() -> Engine:
    """Return the engine over this casebook's knowledge, made once."""
    return Engine(knowledge())


def assess(findings: Mapping[str, Any]) -> Assessment:
    """Derive every score and the plan from findings.

    Parameters
    ----------
    findings : mapping of finding id to option id
        A finding that is absent, or None, is not assessed: a value of its own, never a zero.

    Returns
    -------
    Assessment

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary.
    FaultError
        If the knowledge itself cannot be read.

    Examples
    --------
    >>> assess({"cauda_equina_syndrome": "present"}).plan[0].stance
    'emergency'
    """
    return engine().assess(findings)


def score(name: str, items: Mapping[str, Any]) -> ScoreResult:
    """Score item options directly.

    Parameters
    ----------
    name : str
        Id of a score, e.g. ``"sins"``.
    items : mapping of item id to option id
        A missing item is unknown: the result is then a range and `total` is None. For ``"odi"``
        ``sections``, ten whole numbers from 0 to 5, or None where there is no answer.

    Returns
    -------
    ScoreResult

    Raises
    ------
    FindingError
        If there is no such score, item or option.
    """
    known = knowledge()
    if name == disability.ID and name in known.instruments:
        return disability.disability_index(known.instruments[name], items)
    scores = known.scores
    if name not in scores:
        near = nearest(name, scores)
        raise FindingError(
            f"there is no score {name!r}" + (f"; did you mean {near}?" if near else f"; one of {', '.join(scores)}"),
            str(name),
            None,
            near,
        )
    return scores[name].of_items(items)


__all__ = ["Assessment", "Engine", "Question", "assess", "engine", "score"]
