"""The agreement of the readers of a room, in one round and over all patients they have read, beside published figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.knowledge_base import knowledge
from casebook.messages import message
from casebook.quiz.questions import sources_in_words
from classroom.server.ballots import Answer, Ballot, score_of_readings
from classroom.server.kappa import Readings, agreeing_pairs, interval, kappa
from classroom.server.results import band_of

Votes = Mapping[int, Answer]
"""Answers by reader."""


def agreement(
    ballot: Ballot, counts: Mapping[str, Mapping[str, int]], read: Sequence[tuple[Ballot, Votes]]
) -> dict[str, Any]:
    """Return the agreement in a round, and over all patients that the room has read.

    Parameters
    ----------
    ballot : Ballot
        The ballot of the round.
    counts : mapping
        How often each option of each field was chosen in the round.
    read : sequence of (Ballot, votes)
        The readings of different patients, including the round if it is a reading.

    Returns
    -------
    dict
        Keys: pairs, the share of agreeing pairs by field, or None; kappa, for the band of the score, or None; kappas,
        by finding; why_not, the reason if there is no kappa; published, the published figures by finding.
    """
    result: dict[str, Any] = {
        "pairs": {field: agreeing_pairs(count) for field, count in counts.items()},
        "kappa": None,
        "kappas": {},
        "why_not": None,
        "published": [],
    }
    if ballot.kind != "reading":
        return result
    result["published"] = published(ballot)
    readers = sorted(set[int].intersection(*(set(votes) for _, votes in read)))
    if len(read) < 2:
        return result | {"why_not": message("room-kappa-one-patient")}
    if len(readers) < 2:
        return result | {"why_not": message("room-kappa-few-readers")}
    result["kappa"] = _kappa([[band_of(patient, votes[reader]) for patient, votes in read] for reader in readers])
    for field in (each["id"] for each in ballot.fields):
        result["kappas"][field] = _kappa([[votes[reader][field] for _, votes in read] for reader in readers])
    return result | {"why_not": None if result["kappa"] else message("room-kappa-no-variation")}


def _kappa(readings: Readings) -> dict[str, Any] | None:
    value = kappa(readings)
    if value is None:
        return None
    low, high = interval(readings, value) or (None, None)
    return {"value": value, "low": low, "high": high, "readers": len(readings), "patients": len(readings[0])}


def published(ballot: Ballot) -> list[dict[str, str]]:
    """Return the published agreement on each item of the score, with the finding that the item reads."""
    score = score_of_readings()
    asked = {each["id"] for each in ballot.fields}
    return [
        {
            "field": reads[0],
            "what": item.label,
            "statistic": figure.statistic,
            "value": figure.value,
            "source": sources_in_words(figure.source),
        }
        for item, reads in zip(score.items, knowledge().readings[score.id].reads, strict=True)
        if (figure := item.agreement) is not None and reads[0] in asked
    ]
