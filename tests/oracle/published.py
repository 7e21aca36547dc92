"""Vocabulary and score tables, entered a second time by hand from what was published.

Nothing here is read from the knowledge: a slip in either copy shows as a difference.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

LEVELS = [
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "T1",
    "T2",
    "T3",
    "T4",
    "T5",
    "T6",
    "T7",
    "T8",
    "T9",
    "T10",
    "T11",
    "T12",
    "L1",
    "L2",
    "L3",
    "L4",
    "L5",
    "S1",
    "S2",
    "S3",
    "S4",
    "S5",
]

PRIMARIES_BY_POINTS = {
    0: ["lung", "osteosarcoma", "stomach", "bladder", "oesophagus", "pancreas"],
    1: ["liver", "gallbladder", "unknown_primary"],
    2: ["colon", "melanoma", "sarcoma_other", "ovary", "myeloma", "lymphoma", "other"],
    3: ["kidney", "endometrium", "cervix"],
    4: ["rectum"],
    5: ["thyroid", "breast", "prostate", "carcinoid"],
}
PRIMARIES = [primary for primaries in PRIMARIES_BY_POINTS.values() for primary in primaries]

FINDINGS: dict[str, list[Any]] = {
    # neurology
    "cauda_equina_syndrome": ["present", "suspected", "absent"],
    "bladder_bowel": ["normal", "retention", "incontinence"],
    "post_void_residual": ["under_200", "from_200"],
    "saddle_sensation": ["normal", "reduced"],
    "anal_tone": ["normal", "reduced"],
    "radicular_pain": ["none", "unilateral", "bilateral"],
    "motor_deficit": ["none", "unilateral", "bilateral"],
    "deficit_course": ["none", "stable", "over_7_days", "within_7_days"],
    "frankel": ["A", "B", "C", "D", "E"],
    "compression_by": ["none", "tumour", "bone"],
    "suspected_cord_compression": ["yes", "no"],
    # stability
    "level": LEVELS,
    "pain": ["mechanical", "occasional", "none"],
    "pain_intensity": [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    "bone_lesion": ["lytic", "mixed", "blastic", "ct_occult"],
    "alignment": ["normal", "deformity", "subluxation"],
    "collapse": ["none", "body_over_50", "under_50", "over_50"],
    "posterolateral": ["none", "unilateral", "bilateral"],
    "fracture": ["none", "present"],
    "fracture_pattern": ["none", "ala", "transverse", "u_or_h"],
    "iliac_or_si_involvement": ["none", "left", "right", "bilateral"],
    "sacral_ala": ["yes", "no"],
    # epidural space
    "epidural": ["none", "indents", "effaces"],
    "tumour_compartment": ["epidural", "foraminal", "plexus", "intradural"],
    "escc": ["0", "1a", "1b", "1c", "2", "3"],
    # oncology
    "primary": PRIMARIES,
    "karnofsky": [10, 20, 30, 40, 50, 60, 70, 80, 90, 100],
    "extraspinal_bone_metastases": ["none", "one_or_two", "three_or_more"],
    "vertebral_metastases": ["one", "two", "three_or_more"],
    "one_continuous_lesion": ["no", "yes"],
    "visceral_metastases": ["none", "removable", "unremovable"],
    "expected_survival": ["under_3_months", "from_3_to_6_months", "from_6_to_12_months", "over_12_months"],
    "fit_for_surgery": ["yes", "no"],
    "tolerates_radiotherapy": ["yes", "no"],
    "tissue_diagnosis": ["pending", "confirmed", "nondiagnostic", "direct_extension"],
    "metastasis_extent": ["isolated", "limited", "extensive"],
    # treatment so far
    "prior_radiotherapy": ["none", "given", "progressed_after"],
    "sbrt_available": ["yes", "no"],
    "spine_mri": ["not_done", "lesion_only", "full_spine"],
    "plain_imaging": ["not_done", "negative", "positive"],
    "lesion_size": ["standard", "large"],
}

GROUPS = {
    "neurology": list(FINDINGS)[:11],
    "stability": list(FINDINGS)[11:22],
    "epidural": list(FINDINGS)[22:25],
    "oncology": list(FINDINGS)[25:36],
    "treatment": list(FINDINGS)[36:],
}

ACTIONS_BY_GROUP = {
    "emergency": ["urgent_consult", "dexamethasone", "immobilisation", "bladder_care"],
    "imaging and diagnosis": [
        "mri_full_spine",
        "mri_lesion",
        "ct_characterise",
        "biopsy_ct_guided",
        "biopsy_open",
        "biopsy_intraoperative",
        "biopsy_cultures",
    ],
    "review": [
        "multidisciplinary_review",
        "spine_surgery_consult",
        "radiation_oncology_consult",
        "palliative_care",
    ],
    "surgery": [
        "decompression",
        "lumbopelvic_fixation",
        "unilateral_lumbopelvic_fixation",
        "en_bloc_resection",
        "iliosacral_screws",
    ],
    "radiotherapy": [
        "conventional_radiotherapy",
        "stereotactic_radiotherapy",
        "stereotactic_reirradiation",
        "single_8_gy",
        "postoperative_radiotherapy",
    ],
    "intervention": [
        "sacroplasty",
        "radiofrequency_ablation",
        "embolisation",
        "preoperative_embolisation",
        "aortic_balloon_occlusion",
    ],
    "systemic": ["systemic_therapy_first", "bone_modifying_agent"],
    "around surgery": [
        "plastic_surgery_closure",
        "intrawound_vancomycin",
        "minimally_invasive_screws",
        "thromboembolism_assessment",
        "complication_counselling",
        "thromboprophylaxis",
    ],
    "follow-up": ["follow_up_mri", "outcome_questionnaires"],
}

STANCES = ["emergency", "recommended", "consider", "caution", "not_indicated", "contraindicated"]

POINTS: dict[str, dict[str, dict[str, int]]] = {
    "sins": {
        "location": {"junctional": 3, "mobile": 2, "semirigid": 1, "rigid": 0},
        "pain": {"mechanical": 3, "occasional": 1, "none": 0},
        "bone_lesion": {"lytic": 2, "mixed": 1, "blastic": 0},
        "alignment": {"subluxation": 4, "deformity": 2, "normal": 0},
        "collapse": {"over_50": 3, "under_50": 2, "body_over_50": 1, "none": 0},
        "posterolateral": {"bilateral": 3, "unilateral": 1, "none": 0},
    },
    "tokuhashi": {
        "general_condition": {"poor": 0, "moderate": 1, "good": 2},
        "extraspinal": {"three_or_more": 0, "one_or_two": 1, "none": 2},
        "vertebral": {"three_or_more": 0, "two": 1, "one": 2},
        "organs": {"unremovable": 0, "removable": 1, "none": 2},
        "primary": {primary: points for points, primaries in PRIMARIES_BY_POINTS.items() for primary in primaries},
        "palsy": {"complete": 0, "incomplete": 1, "none": 2},
    },
    "tomita": {
        "growth": {"slow": 1, "moderate": 2, "rapid": 4},
        "visceral": {"none": 0, "treatable": 2, "untreatable": 4},
        "bone": {"solitary": 1, "multiple": 2},
    },
}

BANDS: dict[str, list[tuple[str, int, int]]] = {
    "sins": [("stable", 0, 6), ("potentially_unstable", 7, 12), ("unstable", 13, 18)],
    "tokuhashi": [("under_6_months", 0, 8), ("at_least_6_months", 9, 11), ("at_least_1_year", 12, 15)],
    "tomita": [
        ("wide_or_marginal", 2, 3),
        ("marginal_or_intralesional", 4, 5),
        ("palliative", 6, 7),
        ("supportive", 8, 10),
    ],
}

JUNCTIONAL = ["C1", "C2", "C7", "T1", "T2", "T11", "T12", "L1", "L5", "S1"]
MOBILE = ["C3", "C4", "C5", "C6", "L2", "L3", "L4"]
SEMIRIGID = ["T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10"]
RIGID = ["S2", "S3", "S4", "S5"]

SLOW = ["breast", "thyroid", "prostate", "carcinoid"]
MODERATE = ["kidney", "endometrium", "cervix", "rectum"]


def location(level: str) -> str:
    """SINS location of a level."""
    named = {"junctional": JUNCTIONAL, "mobile": MOBILE, "semirigid": SEMIRIGID, "rigid": RIGID}
    return next(option for option, levels in named.items() if level in levels)


def bone_lesion(lesion: str) -> str | None:
    """SINS bone lesion; None where CT shows nothing, for which the score has no option."""
    return None if lesion == "ct_occult" else lesion


def general_condition(karnofsky: int) -> str:
    """Class of a Karnofsky value in the Tokuhashi table."""
    return "poor" if karnofsky <= 40 else "moderate" if karnofsky <= 70 else "good"


def palsy(frankel: str) -> str:
    """Class of a Frankel grade in the Tokuhashi table."""
    return {"A": "complete", "B": "complete", "C": "incomplete", "D": "incomplete", "E": "none"}[frankel]


def growth(primary: str) -> str:
    """Class of a primary in the Tomita table, conventions included."""
    return "slow" if primary in SLOW else "moderate" if primary in MODERATE else "rapid"


def visceral(metastases: str) -> str:
    """Class of visceral metastases in the Tomita table."""
    return {"none": "none", "removable": "treatable", "unremovable": "untreatable"}[metastases]


def bone(vertebrae: str, extraspinal: str) -> str:
    """Solitary in the Tomita table only if one vertebra and no other bone is involved."""
    return "solitary" if (vertebrae, extraspinal) == ("one", "none") else "multiple"


def same(option: str) -> str:
    """A finding whose options are those of the item."""
    return option


READINGS: dict[str, dict[str, tuple[list[str], Callable[..., str | None]]]] = {
    "sins": {
        "location": (["level"], location),
        "pain": (["pain"], same),
        "bone_lesion": (["bone_lesion"], bone_lesion),
        "alignment": (["alignment"], same),
        "collapse": (["collapse"], same),
        "posterolateral": (["posterolateral"], same),
    },
    "tokuhashi": {
        "general_condition": (["karnofsky"], general_condition),
        "extraspinal": (["extraspinal_bone_metastases"], same),
        "vertebral": (["vertebral_metastases"], same),
        "organs": (["visceral_metastases"], same),
        "primary": (["primary"], same),
        "palsy": (["frankel"], palsy),
    },
    "tomita": {
        "growth": (["primary"], growth),
        "visceral": (["visceral_metastases"], visceral),
        "bone": (["vertebral_metastases", "extraspinal_bone_metastases"], bone),
    },
}


def reachable_options(score: str, item: str, findings: Mapping[str, Any]) -> set[str]:
    """Options of an item over every completion of findings; all of them where a completion has none."""
    ids, reading = READINGS[score][item]
    known = [FINDINGS[id] if findings.get(id) is None else [findings[id]] for id in ids]
    reached = {reading(*completion) for completion in itertools.product(*known)}
    return set(POINTS[score][item]) if None in reached else {option for option in reached if option}


def totals(score: str, options: Mapping[str, set[str]]) -> set[int]:
    """Every total of a score over the options that its items may have."""
    choices = [{POINTS[score][item][option] for option in options[item]} for item in POINTS[score]]
    return {sum(points) for points in itertools.product(*choices)}


def band(score: str, total: int) -> str:
    """Name of the band of a total."""
    return next(name for name, low, high in BANDS[score] if low <= total <= high)


def every_input(score: str) -> Iterator[dict[str, str]]:
    """Every choice of item options; for Tokuhashi one primary of each class of points."""
    items = {item: list(options) for item, options in POINTS[score].items()}
    if score == "tokuhashi":
        items["primary"] = [primaries[0] for primaries in PRIMARIES_BY_POINTS.values()]
    for options in itertools.product(*items.values()):
        yield dict(zip(items, options, strict=True))


def total(score: str, items: Mapping[str, str]) -> int:
    """Sum of the points of a choice of item options."""
    return sum(POINTS[score][item][option] for item, option in items.items())


def items_with_total(score: str, wanted: int) -> dict[str, str]:
    """Return the first choice of item options with a total."""
    return next(items for items in every_input(score) if total(score, items) == wanted)


def findings_for(score: str, items: Mapping[str, str]) -> dict[str, Any]:
    """Return findings that give a choice of item options."""
    findings: dict[str, Any] = {}
    for item, option in items.items():
        ids, reading = READINGS[score][item]
        completions = itertools.product(*(FINDINGS[id] for id in ids))
        findings |= dict(zip(ids, next(each for each in completions if reading(*each) == option), strict=True))
    return findings
