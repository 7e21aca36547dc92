"""The first line shown, a second time: which state is named, and which treatment where compression is the emergency."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import brute
import patients
from conditions import Condition
from rulebook import ENTRY, KNOWLEDGE

Findings = Mapping[str, Any]

EMERGENCIES = ("compressed", "unexplained")
THREATS = (*EMERGENCIES, "threatened", "suspected", "deficit", "look_again")
"""What threatens the nerves: while one of these is possible and nothing is decided, nothing calm is shown."""


def certain(text: str, findings: Findings) -> bool:
    """Whether a condition in the words of the second entry holds in every completion."""
    return patients.certain(ENTRY.condition(text), findings)


def emergency(action: str, findings: Findings) -> Callable[[patients.Patient], bool] | None:
    """Return the question whether a rule makes an action an emergency; None where no rule does or it is withdrawn."""
    clauses = [
        KNOWLEDGE.rules[id].clauses[place][0]
        for id, place, voice in KNOWLEDGE.voices[action]
        if voice.outcome.stance == "emergency"
    ]
    scopes = [scope.when for scope in KNOWLEDGE.scopes.values() if action in scope.actions]
    if not clauses or any(patients.certain(when, findings) for when in scopes):
        return None
    return lambda patient: any(when.holds(patient) for when in clauses)


def is_emergency(action: str, findings: Findings) -> bool:
    """Return whether an action is an emergency in every completion."""
    question = emergency(action, findings)
    return question is not None and all(patients.answers(question, findings, KNOWLEDGE))


def urgent(findings: Findings) -> bool:
    """Return whether some action may still be an emergency."""
    questions = (emergency(action, findings) for action in KNOWLEDGE.voices)
    return any(any(patients.answers(each, findings, KNOWLEDGE)) for each in questions if each)


def first_lines(findings: Findings) -> tuple[str, ...]:
    """Return the states that are shown first, for a patient of whom all or a part is known.

    Of what is not excluded the worst is named: an emergency, a threat to the nerves, instability.
    """

    def possible(state: str) -> bool:
        return patients.may_be(KNOWLEDGE.states[state], findings)

    def sure(state: Condition) -> bool:
        return patients.certain(state, findings)

    if sure(KNOWLEDGE.states["compressed"]):
        return ("compressed",)
    if sure(KNOWLEDGE.states["unexplained"]) or is_emergency("urgent_consult", findings):
        return ("unexplained",)
    if certain("red_flag", findings) and urgent(findings):
        return ("presumed",)
    for id, state in KNOWLEDGE.states.items():
        if id not in EMERGENCIES and sure(state):
            opened = any(map(possible, EMERGENCIES)) or (id == "look_again" and possible("parted"))
            return ("open" if urgent(findings) else "open_instability", id) if opened else (id,)
    if urgent(findings):
        return ("open",)
    if any(map(possible, THREATS)):
        return ("open_nerves",)
    return ("open_instability",) if possible("parted") else ("none",)


REASONS = {
    "not fit": "because an operation is not possible",
    "not three_months": "because survival of less than three months is expected",
    "drugs_and_radiation_first": "This tumour usually responds to radiotherapy and drugs",
    "outside_canal": "because the tumour is outside the canal",
}
"""Why radiotherapy is the emergency treatment; the first that is certain is given."""


def treatment(findings: Findings) -> str:
    """Return how the treatment is named where compression is the emergency: words that only that line has."""
    if certain("elsewhere or intradural", findings):
        return "Treatment here is outside this book"
    if certain("not compression_emergency", findings):
        return "No emergency sign is recorded"
    if is_emergency("conventional_radiotherapy", findings):
        given = (words for reason, words in REASONS.items() if certain(reason, findings))
        return next(given, "Start radiotherapy within 24 hours.")
    if is_emergency("decompression", findings):
        return "Decompress by day or night"
    ends = [brute.action(action).now(findings) for action in ("decompression", "conventional_radiotherapy")]
    if all(len(each) == 1 for each in ends):
        neither = certain("not fit and tolerates_radiotherapy == no", findings)
        return "Neither an operation nor a course of radiotherapy" if neither else "No standard treatment fits"
    return "Still open"


EVERY_TREATMENT = [
    "Treatment here is outside this book", "No emergency sign is recorded", *REASONS.values(),
    "Decompress by day or night", "Neither an operation nor a course of radiotherapy", "No standard treatment fits",
    "Still open",
]  # fmt: skip


def weak_legs(findings: Findings) -> str | None:
    """Return what is added where legs are weak and the lesion lies too low to weaken them."""
    if findings.get("motor_deficit") not in ("unilateral", "bilateral"):
        return None
    lines = {"S3": "Weak legs rarely come from this level", "S4": "Weak legs do not come from this level"}
    return {**lines, "S5": lines["S4"]}.get(findings.get("level", ""))
