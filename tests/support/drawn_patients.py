"""Patients of whom the drawing is compared."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from casebook.knowledge_base import knowledge

KNOWN: dict[str, Any] = {
    "level": "S1",
    "bone_lesion": "lytic",
    "collapse": "none",
    "fracture": "none",
    "alignment": "normal",
    "posterolateral": "none",
    "sacral_ala": "no",
    "iliac_or_si_involvement": "none",
    "epidural": "none",
    "tumour_compartment": "epidural",
    "compression_by": "none",
    "cauda_equina_syndrome": "absent",
    "bladder_bowel": "normal",
    "saddle_sensation": "normal",
    "motor_deficit": "none",
    "radicular_pain": "none",
    "vertebral_metastases": "one",
    "extraspinal_bone_metastases": "none",
    "visceral_metastases": "none",
}
"""A patient of whom everything that is drawn is known, and nothing but a lytic lesion of S1 is found."""

FOUND: dict[str, Any] = KNOWN | {
    "collapse": "under_50",
    "fracture": "present",
    "fracture_pattern": "u_or_h",
    "alignment": "deformity",
    "posterolateral": "bilateral",
    "sacral_ala": "yes",
    "iliac_or_si_involvement": "right",
    "epidural": "indents",
    "tumour_compartment": "foraminal",
    "compression_by": "bone",
    "extraspinal_bone_metastases": "one_or_two",
    "visceral_metastases": "removable",
}
"""A patient in whom all that is drawn is found, but for signs of the nerves."""

SIGNS: dict[str, Any] = {
    "cauda_equina_syndrome": "present",
    "bladder_bowel": "retention",
    "saddle_sensation": "reduced",
    "motor_deficit": "bilateral",
    "radicular_pain": "bilateral",
}
"""Signs of the nerves, of which the drawing shows the gravest."""

WITH: dict[str, dict[str, Any]] = {
    "fracture_pattern": {"fracture": "present"},
    "escc": {"level": "T8"},
}
"""What a finding needs to be drawn."""

LEVELS = ("L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5")
"""Levels that look different; every level above L4 lies above the drawing."""


def drawn_findings() -> list[str]:
    """Return every finding that the drawing reads."""
    rows = [row for attribute in knowledge().drawing.attributes for row in attribute.reads]
    return list(dict.fromkeys(row.finding for row in rows))


def options(finding: str) -> list[Any]:
    """Return the options of a finding that are drawn differently, and None for not assessed."""
    values = LEVELS if finding == "level" else [each.id for each in knowledge().vocabulary.by_id[finding].options]
    if finding == "fracture_pattern":
        values = [value for value in values if value != "none"]
    return [*values, None]


def variants(finding: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield each option of a finding, with an otherwise known patient who has it."""
    for option in options(finding):
        patient = KNOWN | WITH.get(finding, {}) | {finding: option}
        yield option, {id: value for id, value in patient.items() if value is not None}


def random_patients(number: int) -> Iterator[dict[str, Any]]:
    """Yield patients with their provenance and the entries of a plan, as JSON."""
    choose = random.Random(7)
    known = knowledge()
    for _ in range(number):
        unknown = choose.random()
        findings = {
            id: choose.choice(known.vocabulary.by_id[id].options).id
            for id in drawn_findings()
            if choose.random() >= unknown
        }
        provenance = {id: choose.choice(("reported", "derived", "assumed")) for id in findings}
        plan = [
            {
                "action": each.action,
                "stance": choose.choice(("emergency", "recommended", "consider", "caution", "contraindicated")),
                "status": choose.choice(("decided", "undecided")),
                "side": choose.choice((None, "left", "right")),
            }
            for each in known.drawing.overlay
            if choose.random() < 0.4
        ]
        yield {"findings": findings, "provenance": provenance, "plan": plan}
