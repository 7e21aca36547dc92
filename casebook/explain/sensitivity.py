"""Sensitivity analysis: the effect of reading one finding one step differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from casebook.inference.assessment import Engine, engine
from casebook.inference.counterfactual import Counterfactuals
from casebook.messages import message
from casebook.messages.words import all_of, cited, inside, options
from casebook.models.finding import Value
from casebook.models.score import Agreement

Ends = frozenset[Any]
"""Possible results: bands of a score, or outcomes of an action."""

MOST = 3
"""Findings that the summary names."""


@dataclass(frozen=True, slots=True)
class FindingFirmness:
    """The scores and actions that depend on the reading of one finding.

    Attributes
    ----------
    finding : str
    steps : tuple of str or int
        The options one step away that contradict no other finding.
    score, item : str or None
        The score and the item of which `agreement` was measured.
    agreement : casebook.models.score.Agreement or None
        How far observers agree on the finding, where a source measured it.
    scores : tuple of str
        Scores whose possible bands change with some step.
    actions : tuple of str
        Actions whose status changes with some step.
    text : str
    """

    finding: str
    steps: tuple[Value, ...]
    score: str | None
    item: str | None
    agreement: Agreement | None
    scores: tuple[str, ...]
    actions: tuple[str, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the finding."""
        given = self.agreement
        return {
            "finding": self.finding,
            "steps": list(self.steps),
            "agreement": given
            and {
                "statistic": given.statistic,
                "value": float(given.value),
                "score": self.score,
                "item": self.item,
                "source": [list(pair) for pair in given.source.items()],
            },
            "scores": list(self.scores),
            "actions": list(self.actions),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Firmness:
    """The sensitivity of the result to the reading of each finding.

    Attributes
    ----------
    findings : tuple of FindingFirmness
        Those that are assessed, in the order of the vocabulary.
    firm, fragile : int
        Numbers of findings for which no step, or some step, changes a band or a recommendation.
    text : str
    """

    findings: tuple[FindingFirmness, ...]
    firm: int
    fragile: int
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the firmness."""
        return {
            "findings": [finding.to_dict() for finding in self.findings],
            "text": self.text,
            "firm": self.firm,
            "fragile": self.fragile,
        }


def firmness(findings: Mapping[str, Any]) -> Firmness:
    """Return how the result changes if each assessed finding is read one step differently.

    A step is an adjacent option in the order of the finding, or any other option if the finding has no order.
    Steps that contradict other findings are left out.

    Parameters
    ----------
    findings : mapping of finding id to option id

    Returns
    -------
    Firmness

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary.

    Examples
    --------
    >>> from casebook.cases import load_case
    >>> result = firmness(load_case("colon-s1").findings)
    >>> result.firm + result.fragile == len(result.findings)
    True
    """
    return _Steps(engine(), findings).firmness()


class _Steps:
    """The steps away from one state."""

    def __init__(self, engine: Engine, findings: Mapping[str, Any]) -> None:
        self.knowledge, self.planner = engine.knowledge, engine.planner
        self.state = engine.state(findings)
        self.short = {key: citation.short for key, citation in self.knowledge.sources.items()}
        read = self.knowledge.vocabulary.findings
        self.steps = {
            index: tuple(
                step
                for step in read[index].steps(read[index].values[option])
                if not engine.refused((*self.state[:index], read[index].index[str(step)], *self.state[index + 1 :]))
            )
            for index, option in enumerate(self.state)
            if option >= 0
        }
        self.options = {index: [read[index].index[str(step)] for step in steps] for index, steps in self.steps.items()}

    def firmness(self) -> Firmness:
        bands = {id: self._moving(self.planner.bands(id), lambda now, ends: True) for id in self.knowledge.scores}
        # An action that stays undecided does not count as changed.
        standings = {
            id: self._moving(self.planner.by_id[id].counterfactuals, lambda now, ends: len(now) == 1 or len(ends) == 1)
            for id in self.knowledge.actions
        }
        each = tuple(self._finding(index, _moved(bands, index), _moved(standings, index)) for index in self.steps)
        fragile = sum(bool(one.scores or one.actions) for one in each)
        return Firmness(each, len(each) - fragile, fragile, self._summary(each, fragile))

    def _moving(self, counterfactuals: Counterfactuals, counts: Callable[[Ends, Ends], bool]) -> set[int]:
        """Return the positions of the findings with a step that changes the possible results in a way that counts."""
        now = counterfactuals.now(self.state)
        return {
            index
            for index, after in counterfactuals.with_each(self.state, self.options).items()
            if any(ends != now and counts(now, ends) for ends in after)
        }

    def _finding(self, index: int, scores: tuple[str, ...], actions: tuple[str, ...]) -> FindingFirmness:
        finding, steps = self.knowledge.vocabulary.findings[index], self.steps[index]
        score, item, agreement = self._agreement(finding.id)
        text = self._consequence(options(finding, steps), scores, actions) if steps else message("sensitivity-fixed")
        if agreement is not None:
            sources = cited(agreement.source, self.short)
            figures = {"statistic": agreement.statistic, "value": str(agreement.value), "sources": sources}
            text = f"{text} {message('sensitivity-agreement', **figures)}"
        return FindingFirmness(finding.id, steps, score, item, agreement, scores, actions, text)

    def _agreement(self, finding: str) -> tuple[str | None, str | None, Agreement | None]:
        for score in self.knowledge.scores.values():
            for item, reads in zip(score.items, self.knowledge.readings[score.id].reads, strict=True):
                if item.agreement is not None and finding in reads:
                    return score.id, item.id, item.agreement
        return None, None, None

    def _consequence(self, options: str, scores: tuple[str, ...], actions: tuple[str, ...]) -> str:
        if not scores and not actions:
            return message("sensitivity-nothing", options=options)
        if not scores:
            return message("sensitivity-actions", options=options, actions=len(actions))
        labels = all_of([self.knowledge.scores[id].label for id in scores])
        if not actions:
            return message("sensitivity-scores", options=options, count=len(scores), scores=labels)
        return message("sensitivity-both", options=options, count=len(scores), scores=labels, actions=len(actions))

    def _summary(self, each: tuple[FindingFirmness, ...], fragile: int) -> str:
        if not each:
            return message("sensitivity-none-assessed")
        if not fragile:
            return message("sensitivity-none-fragile")
        text = message("sensitivity-fragile", fragile=fragile, count=len(each))
        weighty = sorted((one for one in each if one.actions), key=lambda one: -len(one.actions))[:MOST]
        if not weighty:
            return text
        labels = [inside(self.knowledge.vocabulary.by_id[one.finding].label) for one in weighty]
        return f"{text} {message('sensitivity-most', findings=all_of(labels))}"


def _moved(moving: Mapping[str, Set[int]], index: int) -> tuple[str, ...]:
    """Return the ids of the targets that depend on the finding at `index`."""
    return tuple(id for id, positions in moving.items() if index in positions)
