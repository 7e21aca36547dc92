"""How far readers agree: the share of pairs of readers, and Fleiss' kappa over several patients.

The subjects of kappa are patients, and only readers who read all of them count. With one patient
kappa is -1/(n - 1) for n readers whatever they say, unless all say the same: it tells nothing, so
there is none. Each reading that cannot be told is a category of its own: to say so is an answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from casebook.knowledge_base import knowledge
from casebook.quiz.questions import sources_said
from classroom.server.ballots import SCORE, Answer, Ballot
from classroom.server.results import band_of

ONE_PATIENT = (
    "Kappa compares the agreement with chance over several patients. With one patient it is not defined in any "
    "useful sense, so the share of pairs of readers who agree is shown instead."
)
FEW_READERS = "Kappa needs two readers or more who read every patient."
NO_CHANCE = "Every reader gave the same answer for every patient: there is nothing to compare chance with."
INTERVAL = "95 % interval by leaving out one reader at a time (jackknife, t distribution)"


def prepare() -> None:
    """Load what computes kappa, which takes seconds."""
    import_module("scipy.stats")
    import_module("statsmodels.stats.inter_rater")


def pairs(counts: Mapping[str, int]) -> float | None:
    """Return the share of pairs of readers who chose the same option; None for less than two readers."""
    readers = sum(counts.values())
    if readers < 2:
        return None
    return sum(number * (number - 1) for number in counts.values()) / (readers * (readers - 1))


def kappa(readings: Sequence[Sequence[str]]) -> float | None:
    """Return Fleiss' kappa.

    Parameters
    ----------
    readings : sequence of sequence of str
        For each reader, of whom there are at least two, the answer for each patient.

    Returns
    -------
    float or None
        None where all answers are the same, and kappa is not defined.
    """
    return _kappa(_table(readings))


def interval(readings: Sequence[Sequence[str]], value: float) -> tuple[float, float] | None:
    """Return a 95 % interval around a kappa by the jackknife over readers.

    The standard error is that of kappa with each of n readers left out in turn; the quantile is that
    of t with n - 1 degrees of freedom. Ends beyond -1 and 1 are cut off.

    Returns
    -------
    (float, float) or None
        None for less than three readers, or where kappa without one of them is not defined.
    """
    from scipy.stats import t

    readers = len(readings)
    if readers < 3:
        return None
    options, whole = _options(readings), _table(readings)
    without: list[tuple[float, int]] = []
    for answers, alike in Counter(map(tuple, readings)).items():  # one of those who answer alike stands for them
        table = [
            [count - (option == answer) for option, count in zip(options, row, strict=True)]
            for answer, row in zip(answers, whole, strict=True)
        ]
        left = _kappa(table)
        if left is None:
            return None
        without.append((left, alike))
    mean = sum(left * alike for left, alike in without) / readers
    squares = sum((left - mean) ** 2 * alike for left, alike in without)
    half = float(t.ppf(0.975, readers - 1)) * math.sqrt((readers - 1) / readers * squares)
    return max(-1.0, value - half), min(1.0, value + half)


def _options(readings: Sequence[Sequence[str]]) -> list[str]:
    return sorted({option for reader in readings for option in reader})


def _table(readings: Sequence[Sequence[str]]) -> list[list[int]]:
    """Return how many readers chose each option, by patient."""
    options = _options(readings)
    counts = [Counter(answers) for answers in zip(*readings, strict=True)]
    return [[count[option] for option in options] for count in counts]


def _kappa(table: list[list[int]]) -> float | None:
    from statsmodels.stats import inter_rater

    chosen = sum(any(column) for column in zip(*table, strict=True))
    return None if chosen < 2 else float(inter_rater.fleiss_kappa(table))


Votes = Mapping[int, Answer]
"""Answers by reader."""


def agreement(
    ballot: Ballot, counts: Mapping[str, Mapping[str, int]], read: Sequence[tuple[Ballot, Votes]]
) -> dict[str, Any]:
    """Return how far readers agree in a round, and over all patients that they have read.

    Parameters
    ----------
    ballot : Ballot
        Of the round.
    counts : mapping
        How often each option of each field was chosen in it.
    read : sequence of (Ballot, votes)
        The readings of different patients, that of the round among them if it is one.

    Returns
    -------
    dict
        Keys: pairs, the share of pairs that agree by field, or None; kappa, of the band of SINS, or
        None; kappas, by finding; why_not, a sentence where there is no kappa; published, what a
        source prints, by finding.
    """
    result: dict[str, Any] = {
        "pairs": {id: pairs(count) for id, count in counts.items()},
        "kappa": None,
        "kappas": {},
        "why_not": None,
        "published": [],
    }
    if ballot.kind != "reading":
        return result
    result["published"] = published(ballot)
    everyone = sorted(set[int].intersection(*(set(votes) for _, votes in read)))
    if len(read) < 2:
        return result | {"why_not": ONE_PATIENT}
    if len(everyone) < 2:
        return result | {"why_not": FEW_READERS}
    labels = {each["id"]: each["label"] for each in ballot.fields}
    bands = [[band_of(patient, votes[reader]) for patient, votes in read] for reader in everyone]
    result["kappa"] = _told("Band of SINS", bands)
    for id, label in labels.items():
        result["kappas"][id] = _told(label, [[votes[reader][id] for _, votes in read] for reader in everyone])
    return result | {"why_not": None if result["kappa"] else NO_CHANCE}


def _told(what: str, readings: list[list[str]]) -> dict[str, Any] | None:
    value = kappa(readings)
    if value is None:
        return None
    low, high = interval(readings, value) or (None, None)
    return {
        "value": value,
        "low": low,
        "high": high,
        "readers": len(readings),
        "patients": len(readings[0]),
        "what": what,
        "interval": INTERVAL,
    }


def published(ballot: Ballot) -> list[dict[str, str]]:
    """Return what sources print of the agreement on each item, with the finding that answers it."""
    score = knowledge().scores[SCORE]
    return [
        {
            "field": reads[0],
            "what": item.label,
            "statistic": given.statistic,
            "value": given.value,
            "source": sources_said(given.source),
        }
        for item, reads in zip(score.items, score.reading.reads, strict=True)
        if (given := item.agreement) is not None and reads[0] in {each["id"] for each in ballot.fields}
    ]
