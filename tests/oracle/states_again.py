"""The states of a neurological emergency and the first line shown, entered a second time by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import brute
import patients_again
from partly_known import certain, may_be
from rules_again import (
    F,
    compression_emergency,
    compression_excluded,
    compression_shown,
    deficit,
    dissociation,
    drugs_and_radiation_first,
    elsewhere,
    fit,
    high_grade,
    labelled,
    outside_canal,
    red_flag,
    suspicion,
    syndrome,
    three_months,
    unfinished_mri,
    unstable,
)

STATES: dict[str, Callable[[F], bool]] = {
    "compressed": lambda f: (
        compression_emergency(f) or (f.cauda_equina_syndrome == "suspected" and compression_shown(f))
    ),
    "unexplained": lambda f: syndrome(f) and not compression_shown(f) and (labelled(f) or not compression_excluded(f)),
    "threatened": lambda f: (
        f.cauda_equina_syndrome != "suspected"
        and not compression_emergency(f)
        and (
            high_grade(f)
            or (compression_shown(f) and (f.radicular_pain == "bilateral" or f.suspected_cord_compression == "yes"))
        )
    ),
    "suspected": lambda f: suspicion(f) and not syndrome(f) and unfinished_mri(f),
    "deficit": lambda f: deficit(f) and not red_flag(f) and not labelled(f) and not compression_excluded(f),
    "parted": lambda f: dissociation(f) or unstable(f),
    "look_again": lambda f: red_flag(f) and not labelled(f) and compression_excluded(f),
}
EMERGENCIES = ("compressed", "unexplained")
THREATS = (*EMERGENCIES, "threatened", "suspected", "deficit", "look_again")
"""What threatens the nerves: while one of these is possible and nothing is decided, nothing calm is said."""


def urgent(findings: Mapping[str, Any]) -> bool:
    """Return whether some action may still be an emergency."""
    return any(patients_again.urgent(action, findings)[0] for action in patients_again.VOICES)


def first_lines(findings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines that are shown first, for a patient of whom all or a part is known.

    Of what is not ruled out the worst is named: an emergency, a threat to the nerves, instability.
    """
    if certain(STATES["compressed"], findings):
        return ("compressed",)
    if certain(STATES["unexplained"], findings) or patients_again.urgent("urgent_consult", findings)[1]:
        return ("unexplained",)
    if certain(red_flag, findings) and urgent(findings):
        return ("presumed",)
    for id, state in STATES.items():
        if id not in EMERGENCIES and certain(state, findings):
            opened = any(may_be(STATES[each], findings) for each in EMERGENCIES) or (
                id == "look_again" and may_be(STATES["parted"], findings)
            )
            return ("open" if urgent(findings) else "open_instability", id) if opened else (id,)
    if urgent(findings):
        return ("open",)
    if any(may_be(STATES[each], findings) for each in THREATS):
        return ("open_nerves",)
    return ("open_instability",) if may_be(STATES["parted"], findings) else ("none",)


REASONS: list[tuple[Callable[[F], bool], str]] = [
    (lambda f: not fit(f), "because an operation is not possible"),
    (lambda f: not three_months(f), "because survival of less than three months is expected"),
    (drugs_and_radiation_first, "This tumour usually responds to radiotherapy and drugs"),
    (outside_canal, "because the tumour is outside the canal"),
]
"""Why radiotherapy is the emergency treatment; the first that is certain is told."""


def operation_line(findings: Mapping[str, Any]) -> str:
    """Return how the treatment is named where compression is the emergency: words that only that line has."""
    if certain(lambda f: elsewhere(f) or f.tumour_compartment == "intradural", findings):
        return "Treatment here is outside this book"
    if certain(lambda f: not compression_emergency(f), findings):
        return "No emergency sign is recorded"
    if patients_again.urgent("conventional_radiotherapy", findings)[1]:
        told = (words for reason, words in REASONS if certain(reason, findings))
        return next(told, "Start radiotherapy within 24 hours.")
    if patients_again.urgent("decompression", findings)[1]:
        return "Decompress by day or night"
    ends = [brute.action(action).now(findings) for action in ("decompression", "conventional_radiotherapy")]
    if all(len(each) == 1 for each in ends):
        neither = certain(lambda f: not fit(f) and f.tolerates_radiotherapy == "no", findings)
        return "Neither an operation nor a course of radiotherapy" if neither else "No standard treatment fits"
    return "Still open"


def weak_legs(findings: Mapping[str, Any]) -> str | None:
    """Return what is added where legs are weak and the lesion lies too low to weaken them."""
    if findings.get("motor_deficit") not in ("unilateral", "bilateral"):
        return None
    said = {"S3": "Weak legs rarely come from this level", "S4": "Weak legs do not come from this level"}
    return {**said, "S5": said["S4"]}.get(findings.get("level", ""))


EVERY_OPERATION_LINE = [
    "Treatment here is outside this book", "No emergency sign is recorded", *(words for _, words in REASONS),
    "Decompress by day or night", "Neither an operation nor a course of radiotherapy", "No standard treatment fits",
    "Still open",
]  # fmt: skip
