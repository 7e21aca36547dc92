"""The effect of a change of findings, and the rule that explains each difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from casebook.inference.assessment import Engine, engine
from casebook.inference.planner import PlanEntry
from casebook.messages import message
from casebook.messages.words import any_of, apart, cited, entry_outcome, extent, in_detail
from casebook.models.finding import Source
from casebook.models.rule import STANCES, Kind, Rule, Stance
from casebook.models.score_result import ScoreResult

MOST_MOVES = 3
"""Changes that the text names."""

MOST_BANDS = 2
"""Bands that the text names."""

_STATE, _EMERGENCIES, _SCORES, _LEFT = 0, 1, 5, 7
_KINDS: Mapping[Kind, int] = {"treatment": 2, "stabilisation": 3, "investigation": 4, "other": 6}
"""The order in which changes are reported."""


@dataclass(frozen=True, slots=True)
class Move:
    """The state of the patient, one score or one recommendation that differs.

    Attributes
    ----------
    kind : {"state", "score", "action"}
    id : str
        Of a state: the most important one after the change.
    from_, to : str
        In words: the label of a state, “6 to 9” of a score, “recommended within 7 days” of an action.
    because : tuple of str
        The rule that explains the difference; empty for a score, and where no single rule does.
    source : mapping of citation key to locator
        The sources of the rule.
    text : str
    """

    kind: Literal["state", "score", "action"]
    id: str
    from_: str
    to: str
    because: tuple[str, ...]
    source: Source
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the move."""
        return {
            "kind": self.kind,
            "id": self.id,
            "from": self.from_,
            "to": self.to,
            "because": list(self.because),
            "source": [list(pair) for pair in self.source.items()],
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two sets of findings.

    Attributes
    ----------
    moves : tuple of Move
        In order of importance: the state of the patient, new or ended emergencies, treatment, stabilisation,
        investigations, scores, other actions, and actions that are no longer listed. Within each group the
        strongest recommendation comes first.
    text : str
        The most important differences in words, and the number of the others.
    """

    moves: tuple[Move, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the change."""
        return {"text": self.text, "moves": [move.to_dict() for move in self.moves]}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """Compare the results of two sets of findings.

    Parameters
    ----------
    before, after : mapping of finding id to option id

    Returns
    -------
    Change

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary.

    Examples
    --------
    >>> changed({"pain": "none"}, {"pain": "none"}).text
    'No score and no recommendation changes.'
    """
    return _Changes(engine(), before, after).change()


class _Changes:
    """Two assessments and their traces."""

    def __init__(self, engine: Engine, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self.knowledge = engine.knowledge
        self.planner = engine.planner
        self.states = tuple(engine.state(findings) for findings in (before, after))
        self.was, self.is_ = (engine.assess_state(state) for state in self.states)

    def change(self) -> Change:
        placed: list[tuple[tuple[int, ...], Move]] = [((_STATE,), move) for move in self._state()]
        placed += [((_SCORES,), move) for id in self.knowledge.scores if (move := self._score(id))]
        for id, action in self.knowledge.actions.items():
            was, is_ = self.was.entry(id), self.is_.entry(id)
            if in_detail(was) != in_detail(is_):
                first = min(_rank(was), _rank(is_))
                placed.append(((_importance(action.kind, was, is_), first), self._action(id, was, is_)))
        placed.sort(key=lambda each: each[0])
        left = sum(importance[0] == _LEFT for importance, _ in placed)
        moves = tuple(move for _, move in placed)
        return Change(moves, _summary(moves, left))

    def _state(self) -> tuple[Move, ...]:
        """Return the change of the patient's state, if it changes."""
        if self.was.states == self.is_.states:
            return ()
        labels = {state.id: state.label for state in self.knowledge.emergencies.states}
        before, now = (apart([labels[id] for id in given.states]) for given in (self.was, self.is_))
        text = message("change-state", before=before, now=now)
        return (Move("state", self.is_.state, before, now, (), {}, text),)

    def _score(self, id: str) -> Move | None:
        was, is_ = self.was.scores[id], self.is_.scores[id]
        if (was.status, was.low, was.high, was.bands) == (is_.status, is_.low, is_.high, is_.bands):
            return None
        words = [extent(each.low, each.high) for each in (was, is_)]
        return Move("score", id, words[0], words[1], (), {}, self._score_text(id, was, is_, *words))

    def _score_text(self, id: str, was: ScoreResult, is_: ScoreResult, before: str, now: str) -> str:
        score = self.knowledge.scores[id]
        labels = [band.label for band in score.bands if band.id in is_.bands]
        if is_.status == "not_applicable":
            return message("change-score-ends", label=score.label)
        if was.status == "not_applicable":
            return message("change-score-begins", label=score.label, now=now, bands=any_of(labels))
        if was.bands == is_.bands:
            return message("change-score", label=score.label, before=before, now=now)
        if len(labels) > MOST_BANDS:
            return message("change-score-many-bands", label=score.label, before=before, now=now, count=len(labels))
        return message("change-score-band", label=score.label, before=before, now=now, bands=any_of(labels))

    def _action(self, id: str, was: PlanEntry | None, is_: PlanEntry | None) -> Move:
        before, now = (entry_outcome(each) for each in (was, is_))
        if before == now:  # what is possible has changed, and it is still open
            before, now = in_detail(was), in_detail(is_)
        if was is None:
            before = message("change-not-listed")
        if is_ is None:
            now = message("change-no-longer-listed")
        label = self.knowledge.actions[id].label
        rule, holds = self._account(id, was, is_)
        if rule is None:
            text = message("change-action", label=label, before=before, now=now)
            return Move("action", id, before, now, (), {}, text)
        short = {key: citation.short for key, citation in self.knowledge.sources.items()}
        sources = cited(rule.source, short)
        name = "change-action-because" if holds else "change-action-ended"
        text = message(name, label=label, before=before, now=now, rule=rule.title, sources=sources)
        return Move("action", id, before, now, (rule.id,), rule.source, text)

    def _account(self, id: str, was: PlanEntry | None, is_: PlanEntry | None) -> tuple[Rule | None, bool]:
        """Return a rule that became true, or else one that became false, and whether the rule is true now.

        If several rules changed, a rule with the stance of the entry is preferred.
        """
        before, after = self.states
        for entry, there, other in ((is_, after, before), (was, before, after)):
            if entry is None:
                continue
            turned = [
                rule
                for rule in (*entry.because, *entry.against)
                if self._says(rule, id, there) and not self._says(rule, id, other)
            ]
            if turned:
                best = next((rule for rule in turned if entry.stance in self._says(rule, id, there)), turned[0])
                return self.knowledge.rules[best], there is after
        return None, False

    def _says(self, rule: str, action: str, state: tuple[int, ...]) -> set[Stance]:
        """Return the stances of the clauses of a rule that are true in every completion."""
        clauses = [clause for clause in self.knowledge.rules[rule].clauses if action in clause.then]
        return {clause.then[action].stance for clause in clauses if self.planner.truth(clause.tree, state) is True}


def _rank(entry: PlanEntry | None) -> int:
    """Return the sort key of an entry: decided before undecided, then by strength; a missing entry is last."""
    if entry is None:
        return 2 * len(STANCES)
    return STANCES.index(entry.stance) + (0 if entry.status == "decided" else len(STANCES))


def _emergency(entry: PlanEntry | None) -> bool:
    return entry is not None and entry.status == "decided" and entry.stance == "emergency"


def _importance(kind: Kind, was: PlanEntry | None, is_: PlanEntry | None) -> int:
    if is_ is None:
        return _LEFT
    return _EMERGENCIES if _emergency(was) != _emergency(is_) else _KINDS[kind]


def _summary(moves: tuple[Move, ...], left: int) -> str:
    """Return the most important differences in words; an action that is only no longer listed is never the headline."""
    if not moves:
        return message("change-nothing")
    if left == len(moves):
        return message("change-only-left", count=left)
    first = [move.text for move in moves[: min(MOST_MOVES, len(moves) - left)]]
    more = len(moves) - len(first)
    return " ".join([*first, *([message("change-more", count=more)] if more else [])])
