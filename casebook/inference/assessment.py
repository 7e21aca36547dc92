"""An assessment: every score and the whole plan for what is known of a patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from casebook.diagnostics.suggestions import did_you_mean, nearest
from casebook.inference import oswestry as disability
from casebook.inference.next_question import Asker, Question
from casebook.inference.planner import PlanEntry, Planner, State
from casebook.inference.refusals import refusing
from casebook.inference.rulebook_store import rulebook_of
from casebook.inference.scoring import scoring_of
from casebook.inference.trace import Trace
from casebook.inference.triage import AssessedPatient, Line, Triage, shown
from casebook.knowledge_base import Knowledge, knowledge
from casebook.messages import message
from casebook.models.contradiction import ContradictionError
from casebook.models.finding import FindingError, Value
from casebook.models.score_result import ScoreResult


@dataclass(frozen=True)
class Assessment:
    """The scores, the state and the plan of a patient.

    Attributes
    ----------
    findings : mapping of str to str or int
        The findings that are assessed.
    scores : mapping of str to ScoreResult
    plan : tuple of PlanEntry
        The strongest stance first. In an emergency, treatment that protects the nerves comes first, in its own order.
    states : tuple of str
        The states of the patient, the most important first.
    knowledge : str
        Version of the knowledge.
    """

    findings: Mapping[str, Value]
    scores: Mapping[str, ScoreResult]
    plan: tuple[PlanEntry, ...]
    states: tuple[str, ...]
    knowledge: str
    _engine: Engine = field(repr=False, compare=False)
    _state: State = field(repr=False, compare=False)

    @property
    def state(self) -> str:
        """The most important state of the patient: an id of emergencies.yml."""
        return shown(self.states[0])

    @cached_property
    def first_line(self) -> tuple[Line, ...]:
        """The opening lines of the result, one for each state of the patient."""
        entries = {entry.action: entry for entry in self.plan}
        return self._engine.triage.lines(
            self.states, AssessedPatient(self._state, self.scores, entries, lambda: self.ask_next)
        )

    @cached_property
    def ask_next(self) -> tuple[Question, ...]:
        """Findings not assessed on which something undecided depends, the most useful first."""
        return self._engine.asker.ask(self._state, self.scores, self.plan)

    @cached_property
    def trace(self) -> Trace:
        """Whether each rule, each conflict and each comparison in a condition is true."""
        return Trace.of(self._engine.planner, self._state)

    def entry(self, action: str) -> PlanEntry | None:
        """Return the plan's entry for an action, or None if the action is not listed."""
        return next((entry for entry in self.plan if entry.action == action), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the assessment as JSON."""
        return {
            "state": self.state,
            "first_line": [line.to_dict() for line in self.first_line],
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
        self.rulebook = rulebook_of(knowledge)
        self.planner = Planner(self.rulebook)
        self.scoring = scoring_of(knowledge)
        self.asker = Asker(self.planner)
        self.triage = Triage(self.planner)
        self.refused = refusing(knowledge)

    def state(self, findings: Mapping[str, Any]) -> State:
        """Return findings as a state of the vocabulary.

        Raises
        ------
        FindingError
            If an id or an option is not in the vocabulary.
        ContradictionError
            If no patient can have the findings together.
        """
        state = self.knowledge.vocabulary.state(findings)
        if found := self.refused(state):
            raise ContradictionError(found)
        return state

    def score(self, id: str, findings: Mapping[str, Any]) -> ScoreResult:
        """Derive one score, also from findings that contradict each other in what the score does not read.

        Raises
        ------
        FindingError
            If an id or an option is not in the vocabulary.
        """
        return self.scoring.derive(id, self.knowledge.vocabulary.state(findings))

    def assess(self, findings: Mapping[str, Any]) -> Assessment:
        """Return the assessment of `findings`; see `casebook.assess`."""
        return self.assess_state(self.state(findings))

    def assess_state(self, state: State) -> Assessment:
        """Return the assessment of a state of the vocabulary, without a check for contradictory findings."""
        known = self.knowledge
        scores = self.scoring.all(state)
        plan = self.planner.plan(state)
        states = self.triage.states(state, {entry.action: entry for entry in plan})
        return Assessment(
            MappingProxyType(known.vocabulary.assessed(state)),
            MappingProxyType(scores),
            self.triage.ordered(plan, states[0]),
            states,
            known.version,
            self,
            state,
        )


def engine(known: Knowledge | None = None) -> Engine:
    """Return the engine for a body of knowledge, by default that of this casebook. Engines are cached."""
    return _engine(known or knowledge())


_engine = lru_cache(maxsize=4)(Engine)


def assess(findings: Mapping[str, Any]) -> Assessment:
    """Return every score and the plan of recommendations for a set of findings.

    Parameters
    ----------
    findings : mapping of finding id to option id
        A finding that is absent, or None, is not assessed. It is treated as unknown, never as zero or normal.

    Returns
    -------
    Assessment

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary.
    ContradictionError
        If no patient can have these findings together. It is a FindingError and names the findings that conflict.
    FaultError
        If the knowledge itself cannot be read.

    Examples
    --------
    >>> assess({"cauda_equina_syndrome": "present"}).plan[0].stance
    'emergency'
    """
    return engine().assess(findings)


def score(name: str, items: Mapping[str, Any]) -> ScoreResult:
    """Return a score from the options of its items.

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

    Examples
    --------
    >>> result = score("sins", {"pain": "mechanical"})
    >>> result.low, result.high, result.total
    (3, 18, None)
    """
    known = knowledge()
    if name == disability.ID and name in known.instruments:
        return disability.disability_index(known.instruments[name], items)
    scores = known.scores
    if name not in scores:
        near = nearest(name, scores)
        what = message("error-no-score", id=repr(name))
        raise FindingError(message("error-hint", what=what, hint=did_you_mean(name, scores)), str(name), None, near)
    return scores[name].of_items(items)


__all__ = ["Assessment", "Engine", "Question", "assess", "engine", "score"]
