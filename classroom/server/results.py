"""The result of a round: how often each option was chosen, and what the engine makes of each vote."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from typing import Any

from casebook.inference.assessment import Assessment, assess, engine
from casebook.knowledge_base import knowledge
from casebook.messages import message, words
from casebook.models.contradiction import ContradictionError
from casebook.models.score_result import ScoreResult
from classroom.server.ballots import Answer, Ballot, score_of_readings


def tally(ballot: Ballot, answers: Collection[Answer]) -> dict[str, Any]:
    """Return the counts of a round and the consequences of its votes.

    Returns
    -------
    dict
        Keys: votes; fields, the count of every listed option (for a ranking, by rank from 1); score, the label and
        bands of the score that is read; totals, the ranges of that score with the number of votes for each, the
        lowest first; bands and plans, in words, with the number of votes for each, the most frequent plan first;
        key, the answer key of a quiz question.
    """
    cells = [ballot.cells(answer) for answer in answers]
    fields = {
        column: {option: sum(cell[column] == option for cell in cells) for option in options}
        for column, options in ballot.columns.items()
    }
    totals: Counter[tuple[float | None, float | None]] = Counter()
    bands: Counter[tuple[str, ...]] = Counter()
    plans: Counter[str] = Counter()
    if ballot.kind == "reading":
        published = ballot.patient.assess()
        for answer, number in _distinct(answers):
            score = score_of(ballot, answer)
            totals[score.low, score.high] += number
            bands[score.bands] += number
            plans[plan_of(ballot, answer, published)] += number
    elif ballot.kind == "plan":
        published = ballot.patient.assess()
        for answer, number in _distinct(answers):
            action = answer["plan"]
            plans[_action_with_stance(action, words.entry_outcome(published.entry(action)))] += number
    order = score_of_readings().band_ids
    return {
        "votes": len(cells),
        "fields": fields,
        "score": _scale() if ballot.kind == "reading" else None,
        "totals": [
            {"low": low, "high": high, "n": number}
            for (low, high), number in sorted(
                totals.items(), key=lambda each: [end is not None and end for end in each[0]]
            )
        ],
        "bands": {
            bands_text(reached): number
            for reached, number in sorted(bands.items(), key=lambda each: [order.index(band) for band in each[0]])
        },
        "plans": dict(plans.most_common()),
        "key": ballot.key,
    }


def band_of(ballot: Ballot, answer: Answer) -> str:
    """Return the possible bands of a reading, in words."""
    return bands_text(score_of(ballot, answer).bands)


def score_of(ballot: Ballot, answer: Answer) -> ScoreResult:
    """Return the score of a reading, even if the reading contradicts other findings of the case."""
    return engine().score(score_of_readings().id, ballot.findings(answer))


def plan_of(ballot: Ballot, answer: Answer, published: Assessment) -> str:
    """Return how the plan of a reading differs from the published one, in words.

    A reading that contradicts other findings of the case has no plan; the contradiction is returned.
    """
    try:
        return plan_difference(published, assess(ballot.findings(answer)))
    except ContradictionError as error:
        return message("room-plan-contradiction", reason=error.refusals[0].what)


def bands_text(reached: tuple[str, ...]) -> str:
    """Return bands in words, such as “stable or potentially unstable”."""
    labels = {band.id: band.label for band in score_of_readings().bands}
    return words.any_of([labels[band] for band in reached]) if reached else message("score-not_applicable")


def plan_difference(published: Assessment, read: Assessment) -> str:
    """Return every action whose recommendation differs from the published plan, with its new recommendation."""
    differences: list[str] = []
    for action in knowledge().actions.values():
        before, after = (words.entry_outcome(plan.entry(action.id)) for plan in (published, read))
        if before != after:
            differences.append(_action_with_stance(action.id, after))
    return "; ".join(differences) or message("room-plan-same")


def _action_with_stance(action: str, stance: str) -> str:
    return message("room-plan-action", action=knowledge().actions[action].label, stance=stance)


def _scale() -> dict[str, Any]:
    score = score_of_readings()
    bands = [{"id": band.id, "label": band.label, "low": band.low, "high": band.high} for band in score.bands]
    return {"label": score.label, "bands": bands}


def _distinct(answers: Collection[Answer]) -> list[tuple[Answer, int]]:
    """Return each different answer with the number of times that it was given."""
    counted = Counter(json.dumps(answer, sort_keys=True) for answer in answers)
    return [(json.loads(text), number) for text, number in counted.items()]
