"""An assessment: every score and the whole plan for what is known of a patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from casebook import disability
from casebook.asking import Asker, Question
from casebook.library import Knowledge, knowledge
from casebook.plan import PlanEntry, Planner, State
from casebook.reader import nearest
from casebook.scores import ScoreResult
from casebook.trace import Trace
from casebook.vocabulary import FindingError, Value


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
    knowledge : str
        Version of the knowledge.
    """

    findings: Mapping[str, Value]
    scores: Mapping[str, ScoreResult]
    plan: tuple[PlanEntry, ...]
    knowledge: str
    _engine: Engine = field(repr=False, compare=False)
    _state: State = field(repr=False, compare=False)

    @cached_property
    def ask_next(self) -> tuple[Question, ...]:
        """Findings not assessed on which something undecided depends, the most useful first."""
        return self._engine.asker.ask(self._state, self.scores, self.plan)

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
        self.asker = Asker(self.planner)

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
            known.version,
            self,
            state,
        )


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
