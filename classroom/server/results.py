"""What a round came to: how often each option was chosen, and where each vote leads through the engine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from typing import Any

from casebook.inference.assessment import Assessment, assess
from casebook.knowledge_base import knowledge
from casebook.messages import message, words
from casebook.models.contradiction import ContradictionError
from casebook.models.score import ScoreResult
from classroom.server.ballots import SCORE, Answer, Ballot

SAME_PLAN = "the plan of the case as it stands"


def tally(ballot: Ballot, answers: Collection[Answer]) -> dict[str, Any]:
    """Count answers, and what follows from each of them.

    Returns
    -------
    dict
        Keys: votes; fields, how often each option was chosen, every listed option in its order (of a
        ranking, by the place from 1); totals of SINS as ranges with how many reach each, from the
        lowest up; bands and plans in words, with how many reach each, the most frequent plan first;
        key, what is told of a quiz question.
    """
    cells = [ballot.cells(answer) for answer in answers]
    fields = {
        id: {option: sum(cell[id] == option for cell in cells) for option in options}
        for id, options in ballot.columns.items()
    }
    totals: Counter[tuple[int | None, int | None]] = Counter()
    bands: Counter[tuple[str, ...]] = Counter()
    plans: Counter[str] = Counter()
    if ballot.kind == "reading":
        here = ballot.patient.assess()
        for answer, number in _alike(answers):
            score = score_of(ballot, answer)
            totals[score.low, score.high] += number
            bands[score.bands] += number
            plans[plan_of(ballot, answer, here)] += number
    elif ballot.kind == "plan":
        here = ballot.patient.assess()
        for answer, number in _alike(answers):
            action = answer["plan"]
            plans[f"{knowledge().actions[action].label}: {words.standing(here.entry(action))}"] += number
    order = knowledge().scores[SCORE].band_ids
    return {
        "votes": len(cells),
        "fields": fields,
        "totals": [
            {"low": low, "high": high, "n": number}
            for (low, high), number in sorted(
                totals.items(), key=lambda each: [end is not None and end for end in each[0]]
            )
        ],
        "bands": {
            band_in_words(reached): number
            for reached, number in sorted(bands.items(), key=lambda each: [order.index(band) for band in each[0]])
        },
        "plans": dict(plans.most_common()),
        "key": ballot.key,
    }


def band_of(ballot: Ballot, answer: Answer) -> str:
    """Return the band of SINS, or all that are possible, that a reading leads to, in words."""
    return band_in_words(score_of(ballot, answer).bands)


def score_of(ballot: Ballot, answer: Answer) -> ScoreResult:
    """Return SINS as a reading gives it, also where the reading contradicts what else is recorded."""
    return knowledge().scores[SCORE].of_findings(ballot.findings(answer))


def plan_of(ballot: Ballot, answer: Answer, here: Assessment) -> str:
    """Return where a reading leads, in words; no plan where it contradicts what else is recorded of the patient."""
    try:
        return plan_in_words(here, assess(ballot.findings(answer)))
    except ContradictionError as error:
        return f"no plan, because the reading contradicts what is recorded: {error.refusals[0].what}"


def band_in_words(reached: tuple[str, ...]) -> str:
    """Return “stable”, “stable or potentially unstable”, or “not applicable”."""
    labels = {band.id: band.label for band in knowledge().scores[SCORE].bands}
    return words.any_of([labels[band] for band in reached]) if reached else message("score-not_applicable")


def plan_in_words(here: Assessment, there: Assessment) -> str:
    """Return each action that stands otherwise in one plan than in another, as it stands there."""
    moved: list[str] = []
    for action in knowledge().actions.values():
        before, after = (words.standing(plan.entry(action.id)) for plan in (here, there))
        if before != after:
            moved.append(f"{action.label}: {after}")
    return "; ".join(moved) or SAME_PLAN


def _alike(answers: Collection[Answer]) -> list[tuple[Answer, int]]:
    """Return each different answer once, with how often it was given."""
    counted = Counter(json.dumps(answer, sort_keys=True) for answer in answers)
    return [(json.loads(text), number) for text, number in counted.items()]
