"""Where each action applies, entered a second time by hand: what is withdrawn from a finished plan.

A switch is used where it is certain for what is recorded; what is not assessed withdraws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from partly_known import certain
from rules_again import F, elsewhere, outside_canal

EVERYWHERE = [
    "urgent_consult",
    "dexamethasone",
    "immobilisation",
    "bladder_care",
    "palliative_care",
    "mri_full_spine",
    "mri_lesion",
    "ct_characterise",
    "biopsy_ct_guided",
    "biopsy_open",
    "biopsy_intraoperative",
    "biopsy_cultures",
    "multidisciplinary_review",
    "spine_surgery_consult",
    "radiation_oncology_consult",
    "thromboembolism_assessment",
    "thromboprophylaxis",
    "complication_counselling",
    "outcome_questionnaires",
    "systemic_therapy_first",
    "bone_modifying_agent",
]
SACRUM = ["sacroplasty", "en_bloc_resection", "aortic_balloon_occlusion"]


def intradural(f: F) -> bool:
    return f.tumour_compartment == "intradural"


def above_the_sacrum(f: F) -> bool:
    return not f.level.startswith("S")


def beside_the_canal(f: F) -> bool:
    return f.tumour_compartment in ("foraminal", "plexus") and outside_canal(f)


def withdrawn(action: str, findings: Mapping[str, Any]) -> bool:
    """Return whether an action has no entry for what is recorded."""
    if action in EVERYWHERE:
        return False
    return (
        certain(elsewhere, findings)
        or certain(intradural, findings)
        or (action in SACRUM and certain(above_the_sacrum, findings))
        or (action == "decompression" and certain(beside_the_canal, findings))
    )


def left(action: str, findings: Mapping[str, Any], outcomes: Iterable[Any]) -> set[Any]:
    """Return what is left of the possible outcomes of an action; None where nothing is recommended."""
    if withdrawn(action, findings):
        return {None}
    if action == "dexamethasone" and certain(intradural, findings):
        return {None if each is not None and each[0] == "not_indicated" else each for each in outcomes}
    return set(outcomes)
