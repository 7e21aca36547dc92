"""The states of a neurological emergency and the first line shown, entered a second time by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import patients_again
from partly_known import certain, may_be
from rules_again import (
    F,
    compression_emergency,
    compression_excluded,
    compression_shown,
    deficit,
    dissociation,
    high_grade,
    labelled,
    red_flag,
    suspicion,
    syndrome,
    unfinished_mri,
    unstable,
)

STATES: dict[str, Callable[[F], bool]] = {
    "compressed": lambda f: (
        compression_emergency(f) or (f.cauda_equina_syndrome == "suspected" and compression_shown(f))
    ),
    "unexplained": lambda f: (
        syndrome(f) and not compression_shown(f) and (labelled(f) or not compression_excluded(f))
    ),
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


def urgent(findings: Mapping[str, Any]) -> bool:
    """Return whether some action may still be an emergency."""
    return any(patients_again.urgent(action, findings)[0] for action in patients_again.VOICES)


def first_lines(findings: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lines that are shown first, for a patient of whom all or a part is known."""
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
            return (open_line(findings), id) if opened else (id,)
    return (open_line(findings),) if urgent(findings) or may_be(STATES["parted"], findings) else ("none",)


def open_line(findings: Mapping[str, Any]) -> str:
    """Return what is not ruled out: an emergency, or instability alone."""
    return "open" if urgent(findings) else "open_instability"
