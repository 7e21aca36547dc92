"""Counterfactuals: the smallest changes of findings that change a recommendation or a score."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casebook.diagnostics.suggestions import nearest
from casebook.inference.assessment import Engine, engine
from casebook.inference.counterfactual import Counterfactuals, Replacement
from casebook.messages import message
from casebook.messages.words import all_of, any_if, hinted, inside, options, outcome, outcome_arguments
from casebook.models.finding import FindingError, Value
from casebook.models.rule import STANCES, Outcome

MOST_CHANGES = 3
MOST_NAMED = 2
"""Single changes that one sentence names, and larger sets that are named at all."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A finding and the options that satisfy the condition.

    Attributes
    ----------
    finding : str
    options : tuple of str or int
        In the order of the vocabulary.
    """

    finding: str
    options: tuple[Value, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the condition."""
        return {"finding": self.finding, "options": list(self.options)}


@dataclass(frozen=True, slots=True)
class Flip:
    """One result, and every minimal set of changes that leads to it.

    Attributes
    ----------
    to : str
        In words, such as “recommended”, “no rule applies”, the label of a band, or “undecided”
        for changes after which a decided target is undecided.
    sets : tuple of tuples of Condition
        Each set is sufficient by itself; all conditions of a set are needed.
    """

    to: str
    sets: tuple[tuple[Condition, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the flip."""
        return {"to": self.to, "sets": [[each.to_dict() for each in conditions] for conditions in self.sets]}


@dataclass(frozen=True, slots=True)
class Closest:
    """The smallest changes that change the result of a target.

    Attributes
    ----------
    target : str
        Id of an action or a score.
    standing : tuple of str
        Every result that is still possible, in words; a single one if the target is decided.
    flips : tuple of Flip
        By strength of the result, or in the order of the bands of a score. The flip to “undecided” is last.
    counts : tuple of int
        Smallest sets of one change, of two, and so on, that decide on another result, each choice
        of options counted.
    text : str
    """

    target: str
    standing: tuple[str, ...]
    flips: tuple[Flip, ...]
    counts: tuple[int, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the closest changes."""
        return {
            "target": self.target,
            "standing": list(self.standing),
            "flips": [flip.to_dict() for flip in self.flips],
            "text": self.text,
            "counts": list(self.counts),
        }


def closest(findings: Mapping[str, Any], target: str, changes: int = 2, reported: Iterable[str] = ()) -> Closest:
    """Return the smallest sets of changes after which a target has one certain result that differs from the present one.

    A change gives a finding another option, or assesses a finding that was unknown. All other
    unknown findings stay unknown. If the target is decided now, the smallest changes after which
    it is undecided are returned as well; the text names only single ones of these.

    Parameters
    ----------
    findings : mapping of finding id to option id
    target : str
        Id of an action or a score.
    changes : {1, 2, 3}
        The largest number of findings that may change together.
    reported : iterable of str
        Findings that the text calls “reported”, because a source states them.

    Returns
    -------
    Closest

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary, or the target is not an action or a score.
    ValueError
        If `changes` is not 1, 2 or 3.

    Examples
    --------
    >>> from casebook.cases import load_case
    >>> result = closest(load_case("colon-s1").findings, "sins")
    >>> result.standing, result.flips[0].to
    (('potentially unstable',), 'stable')
    """
    if changes not in range(1, MOST_CHANGES + 1):
        raise ValueError(message("counterfactual-how-many", changes=repr(changes)))
    return _Search(engine(), findings, target, changes, frozenset(reported)).closest()


class _Search:
    """One target in one state."""

    def __init__(
        self, engine: Engine, findings: Mapping[str, Any], target: str, changes: int, reported: Collection[str]
    ) -> None:
        known = engine.knowledge
        self.vocabulary = known.vocabulary
        self.state = engine.state(findings)
        for id in reported:
            self.vocabulary.finding(id)
        self.target, self.changes, self.reported = target, changes, reported
        self.score = known.scores.get(target)
        self.counterfactuals: Counterfactuals
        if self.score is not None:
            self.counterfactuals, self.label = engine.planner.bands(target), self.score.label
        elif target in known.actions:
            self.counterfactuals, self.label = engine.planner.by_id[target].counterfactuals, known.actions[target].label
        else:
            near = nearest(target, [*known.actions, *known.scores])
            raise FindingError(hinted(message("error-no-target", id=repr(target)), near), str(target), None, near)

    def closest(self) -> Closest:
        flips = self.counterfactuals.flips(self.counterfactuals.project(self.state), self.changes)
        counts = [0] * self.changes
        for sets in flips.decided.values():
            for chosen in sets:
                counts[len(chosen) - 1] += self._assignments(chosen)
        ends = sorted(flips.decided, key=self._rank)
        found = tuple(Flip(self._words(end), self._merged(flips.decided[end])) for end in ends)
        opened = Flip(message("outcome-name", **outcome_arguments(None, undecided=True)), self._merged(flips.opened))
        now = sorted(self.counterfactuals.now(self.state), key=self._rank)
        text = self._text(tuple(zip(ends, found, strict=True)), opened, is_decided=len(now) == 1)
        every = (*found, opened) if opened.sets else found
        return Closest(self.target, tuple(map(self._words, now)), every, tuple(counts), text)

    def _words(self, end: Any) -> str:
        if self.score is None:
            return outcome(end)
        return next((band.label for band in self.score.bands if band.id == end), message("score-not_applicable"))

    def _rank(self, end: Any) -> tuple[Any, ...]:
        if self.score is not None:
            return (self.score.band_ids.index(end) if end is not None else len(self.score.bands),)
        if not isinstance(end, Outcome):
            return (len(STANCES),)
        return STANCES.index(end.stance), end.within_hours or float("inf"), end.side or ""

    def _assignments(self, chosen: Sequence[Replacement]) -> int:
        number = 1
        for index, position in chosen:
            number *= len(self.counterfactuals.classes[index][position])
        return number

    def _merged(self, sets: Iterable[tuple[Replacement, ...]]) -> tuple[tuple[Condition, ...], ...]:
        """Join sets that change the same findings into as few products of options as the order gives."""
        grouped: dict[tuple[int, ...], list[tuple[int, ...]]] = {}
        for chosen in sets:
            grouped.setdefault(tuple(index for index, _ in chosen), []).append(
                tuple(position for _, position in chosen)
            )
        result: list[tuple[Condition, ...]] = []
        for indices in sorted(grouped, key=lambda each: (len(each), each)):
            for product in _products(grouped[indices]):
                result.append(
                    tuple(self._condition(index, positions) for index, positions in zip(indices, product, strict=True))
                )
        return tuple(result)

    def _condition(self, index: int, positions: Iterable[int]) -> Condition:
        finding = self.vocabulary.findings[self.counterfactuals.positions[index]]
        chosen = sorted(option for position in positions for option in self.counterfactuals.classes[index][position])
        return Condition(finding.id, tuple(finding.values[option] for option in chosen))

    # words -----------------------------------------------------------------------------------

    def _text(self, flips: tuple[tuple[Any, Flip], ...], opened: Flip, is_decided: bool) -> str:
        sentences = [each for end, flip in flips for each in self._singles(end, flip)]
        decided = bool(sentences)
        opening = self._opening(opened)
        sentences += [*opening, self._none_other(bool(flips), decided, bool(opened.sets), bool(opening), is_decided)]
        for size in range(2, self.changes + 1):
            for end, flip in flips:
                texts = [self._if(each) for each in flip.sets if len(each) == size]
                if not texts:
                    continue
                first, *more = texts
                sentences.append(self._becomes(end, first, size))
                left = len(more) - MOST_NAMED + 1
                if left > 0:
                    sentences.append(message("counterfactual-also-more", conditions=more[0], count=left))
                elif more:
                    sentences.append(message("counterfactual-also", conditions=more[0]))
        return " ".join(sentences)

    def _singles(self, end: Any, flip: Flip) -> list[str]:
        """Return sentences with every single change that leads to an end, none if there is none."""
        texts = self._few_singles(flip)
        if not texts:
            return []
        first, *more = texts
        return [self._becomes(end, first), *(message("counterfactual-also", conditions=each) for each in more)]

    def _opening(self, opened: Flip) -> list[str]:
        """Return sentences with every single change after which the target is no longer decided."""
        texts = self._few_singles(opened)
        if not texts:
            return []
        first, *more = texts
        if self.score is not None:
            start = message("counterfactual-score-opens", label=self.label, conditions=first)
        else:
            arguments = outcome_arguments(None, undecided=True)
            start = message("counterfactual-action", label=self.label, conditions=first, **arguments)
        return [start, *(message("counterfactual-also", conditions=each) for each in more)]

    def _few_singles(self, flip: Flip) -> list[str]:
        """Return the single changes of a flip, a few in each text."""
        singles = [self._if(each) for each in flip.sets if len(each) == 1]
        return [any_if(singles[position : position + MOST_NAMED]) for position in range(0, len(singles), MOST_NAMED)]

    def _becomes(self, end: Any, conditions: str, size: int = 1) -> str:
        """Return a sentence on what leads to an end; with more than one change, how many."""
        together = {} if size == 1 else {"changes": size}
        if self.score is not None:
            id = "counterfactual-score" if size == 1 else "counterfactual-together-score"
            return message(id, label=self.label, band=self._words(end), conditions=conditions, **together)
        id = "counterfactual-action" if size == 1 else "counterfactual-together-action"
        label = self.label if size == 1 else inside(self.label)
        return message(id, label=label, conditions=conditions, **outcome_arguments(end), **together)

    def _none_other(self, flips: bool, decided: bool, opens: bool, opening: bool, is_decided: bool) -> str:
        """Return a sentence on what no change does."""
        if not flips and self.changes > 1:
            extent = {2: "two", 3: "three"}[self.changes]
        else:
            extent = "further" if decided else "single"
        differs = not decided and (opening or (opens and not flips))
        effect = "differs" if differs else "changes" if is_decided else "decides"
        return message("counterfactual-none", extent=extent, effect=effect, label=inside(self.label))

    def _if(self, conditions: tuple[Condition, ...]) -> str:
        return all_of([self._is(condition) for condition in conditions])

    def _is(self, condition: Condition) -> str:
        finding = self.vocabulary.by_id[condition.finding]
        now = self.state[self.vocabulary.position[finding.id]]
        others = [value for position, value in enumerate(finding.values) if position != now]
        every = now >= 0 and len(others) > 2 and len(condition.options) == len(others)
        label = inside(finding.label)
        if finding.id in self.reported:
            label = message("counterfactual-reported", finding=label)
        chosen = message("counterfactual-anything") if every else options(finding, condition.options)
        return message("counterfactual-condition", finding=label, options=chosen)


def _products(chosen: Iterable[tuple[int, ...]]) -> list[tuple[tuple[int, ...], ...]]:
    """Return products of option classes that together are exactly `chosen`.

    First classes with the same rest are joined, and so on inward.
    """
    rest: dict[int, list[tuple[int, ...]]] = {}
    for first, *others in sorted(chosen):
        rest.setdefault(first, []).append(tuple(others))
    if not any(others for each in rest.values() for others in each):
        return [(tuple(rest),)]
    joined: dict[tuple[tuple[tuple[int, ...], ...], ...], list[int]] = {}
    for first, others in rest.items():
        joined.setdefault(tuple(_products(others)), []).append(first)
    return [(tuple(firsts), *inner) for inners, firsts in joined.items() for inner in inners]
