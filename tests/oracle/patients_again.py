"""Patients judged by the second entry of the rules alone: outcomes, switches and both totals of a score."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import published
import rules_again
import scopes_again
from partly_known import PartlyKnown, answers, certain, may_be
from plain import Outcome, Voice, settled
from rules_again import F

VOICES = {
    action: [
        (when, Voice(rule, rules_again.TIERS[rule], Outcome(*then[action])))
        for rule, clauses in rules_again.RULES.items()
        for when, then in clauses
        if action in then
    ]
    for action in sorted({action for clauses in rules_again.RULES.values() for _, then in clauses for action in then})
}
EDGES = {action: dict.fromkeys(rules_again.YIELDS.get(action, ()), "second entry") for action in VOICES}


def of_the_rules(action: str, f: F) -> Outcome | None:
    """Return what the rules recommend for a complete patient, before anything is withdrawn."""
    voices = tuple([voice for when, voice in VOICES[action] if when(f)])
    return settled(voices, EDGES[action])[0] if voices else None


def outcomes(action: str, findings: Mapping[str, Any]) -> set[Outcome | None]:
    """Return every outcome that some completion reaches, after what the recorded findings withdraw.

    Only for findings that leave few completions open.
    """
    return scopes_again.left(action, findings, answers(lambda f: of_the_rules(action, f), findings))


def urgent(action: str, findings: Mapping[str, Any]) -> tuple[bool, bool]:
    """Return whether an action may be an emergency, and whether it is one in every completion."""
    clauses = [when for when, voice in VOICES[action] if voice.outcome.stance == "emergency"]
    if not clauses or scopes_again.withdrawn(action, findings):
        return False, False

    def emergency(f: F) -> bool:
        return any(when(f) for when in clauses)

    return may_be(emergency, findings), certain(emergency, findings)


def totals_as_one_lesion(score: str, findings: Mapping[str, Any]) -> set[int] | None:
    """Return the totals if several segments are one lesion; None where only segments are counted."""
    level, vertebrae = findings.get("level"), findings.get("vertebral_metastases")
    if (
        score == "sins"
        or level not in ("L5", "S1", "S2", "S3", "S4", "S5")
        or vertebrae not in ("two", "three_or_more")
    ):
        return None
    if findings.get("one_continuous_lesion") == "no":
        return None
    found: set[int] = set()
    open_ = [id for id in ("iliac_or_si_involvement", "extraspinal_bone_metastases") if findings.get(id) is None]
    for options in itertools.product(*(published.FINDINGS[id] for id in open_)):
        known = {**findings, **dict(zip(open_, options, strict=True))}
        counted = {**known, **rules_again.as_one_lesion(PartlyKnown(known))}
        found |= published.totals(
            score, {item: published.reachable_options(score, item, counted) for item in published.POINTS[score]}
        )
    return found
