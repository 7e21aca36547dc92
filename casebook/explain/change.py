"""What a change of findings moves, and the rule that accounts for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from casebook.inference.assessment import Engine, engine
from casebook.inference.planner import PlanEntry
from casebook.messages.words import any_of, cited, count, extent, in_detail, inside, said, sentence, standing
from casebook.models.finding import Source
from casebook.models.rule import STANCES, Rule, Stance
from casebook.models.score import ScoreResult


@dataclass(frozen=True, slots=True)
class Move:
    """The state of the patient, one score or one recommendation that differs.

    Attributes
    ----------
    kind : {"state", "score", "action"}
    id : str
        Of a state: the one that is said first now.
    from_, to : str
        In words: the label of a state, “6 to 9” of a score, “recommended within 7 days” of an action.
    because : tuple of str
        The rule that accounts for it; empty where none does, and for a score.
    source : mapping of citation key to locator
        That of the rule.
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
        The state of the patient, emergencies won or lost, scores, and other recommendations, the strongest first.
    text : str
        The first move, and how many follow.
    """

    moves: tuple[Move, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the change."""
        return {"text": self.text, "moves": [move.to_dict() for move in self.moves]}


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    """Say what differs between the results of two sets of findings.

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
        scores = [move for id in self.knowledge.scores if (move := self._score(id))]
        actions = []
        for place, id in enumerate(self.knowledge.actions):
            was, is_ = self.was.entry(id), self.is_.entry(id)
            if in_detail(was) != in_detail(is_):
                actions.append((min(_rank(was), _rank(is_)), place, self._action(id, was, is_), was, is_))
        actions.sort(key=lambda each: each[:2])
        urgent = [move for *_, move, was, is_ in actions if _emergency(was) != _emergency(is_)]
        calm = [move for *_, move, was, is_ in actions if _emergency(was) == _emergency(is_)]
        moves = (*self._state(), *urgent, *scores, *calm)
        return Change(moves, _summary(moves))

    def _state(self) -> tuple[Move, ...]:
        """Return the change of the patient's state, if it changes."""
        if self.was.states == self.is_.states:
            return ()
        labels = {state.id: state.label for state in self.knowledge.emergencies.states}
        from_, to = ("; ".join(labels[id] for id in given.states) for given in (self.was, self.is_))
        text = f"The patient's state is now: {to}. It was: {from_}."
        return (Move("state", self.is_.state, from_, to, (), {}, text),)

    def _score(self, id: str) -> Move | None:
        was, is_ = self.was.scores[id], self.is_.scores[id]
        if (was.status, was.low, was.high, was.bands) == (is_.status, is_.low, is_.high, is_.bands):
            return None
        words = [extent(each.low, each.high) for each in (was, is_)]
        return Move("score", id, words[0], words[1], (), {}, self._score_text(id, was, is_, *words))

    def _score_text(self, id: str, was: ScoreResult, is_: ScoreResult, from_: str, to: str) -> str:
        score = self.knowledge.scores[id]
        labels = [band.label for band in score.bands if band.id in is_.bands]
        if is_.status == "not_applicable":
            return f"{score.label} no longer applies."
        if was.status == "not_applicable":
            return f"{score.label} now applies: {to}, {any_of(labels)}."
        same = was.bands == is_.bands
        if was.total is not None and is_.total is not None:
            verb = "rises" if is_.total > was.total else "falls"
            band = "" if same else f" and is now {labels[0]}"
            return f"{score.label} {verb} from {from_} to {to}{band}."
        text = f"{score.label} is now {to}, was {from_}."
        if same:
            return text
        if len(labels) > 2:
            return f"{text} Now {len(labels)} bands are possible."
        return f"{text} It {'is now' if len(labels) == 1 else 'may be'} {any_of(labels)}."

    def _action(self, id: str, was: PlanEntry | None, is_: PlanEntry | None) -> Move:
        from_, to = standing(was), standing(is_)
        if from_ == to:  # what is possible has changed, and it is still open
            from_, to = in_detail(was), in_detail(is_)
        rule, holds = self._account(id, was, is_)
        text = f"{self.knowledge.actions[id].label} is now {said(to)}; it was {said(from_)}"
        if rule is not None:
            short = {key: citation.short for key, citation in self.knowledge.sources.items()}
            ceased = "" if holds else "this no longer applies: "
            text = f"{text}: {ceased}{inside(rule.title)} {cited(rule.source, short)}"
        because = () if rule is None else (rule.id,)
        return Move("action", id, from_, to, because, {} if rule is None else rule.source, sentence(text))

    def _account(self, id: str, was: PlanEntry | None, is_: PlanEntry | None) -> tuple[Rule | None, bool]:
        """Return a rule that came to hold, else one that ceased to, and whether it holds now.

        Of several it is the first that says the stance itself, else the first.
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
        """Return what the clauses of a rule that surely hold say of the action."""
        clauses = [clause for clause in self.knowledge.rules[rule].clauses if action in clause.then]
        return {clause.then[action].stance for clause in clauses if self.planner.truth(clause.tree, state) is True}


def _rank(entry: PlanEntry | None) -> int:
    """Return the place of a standing: decided ones first, each by strength; nothing said is last."""
    if entry is None:
        return 2 * len(STANCES)
    return STANCES.index(entry.stance) + (0 if entry.status == "decided" else len(STANCES))


def _emergency(entry: PlanEntry | None) -> bool:
    return entry is not None and entry.status == "decided" and entry.stance == "emergency"


def _summary(moves: tuple[Move, ...]) -> str:
    if not moves:
        return "No score and no recommendation changes."
    first, *rest = moves
    if not rest:
        return first.text
    kinds = [move.kind for move in rest]
    parts = [
        count(kinds.count(kind), noun)
        for kind, noun in (("score", "score"), ("action", "recommendation"))
        if kind in kinds
    ]
    return f"{first.text} {' and '.join(parts)} {'changes' if len(rest) == 1 else 'change'} too."
