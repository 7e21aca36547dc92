"""Findings that contradict each other, entered a second time by hand from the definitions.

A pair is refused where its first predicate is certain and its second, the excuse, is not.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import published
from partly_known import certain, reads_of
from rules_again import F, elsewhere

Findings = dict[str, Any]


def never(f: F) -> bool:
    return False


def sphincter_or_saddle(f: F) -> bool:
    return f.bladder_bowel != "normal" or f.saddle_sensation == "reduced"


def one_tumour(f: F) -> bool:
    return f.one_continuous_lesion == "yes"


PAIRS: dict[str, tuple[Callable[[F], bool], Callable[[F], bool]]] = {
    "collapse-without-fracture": (
        lambda f: f.fracture == "none" and f.collapse in ("under_50", "over_50"),
        never,
    ),
    "effaced-by-nothing": (lambda f: f.compression_by == "none" and f.epidural == "effaces", never),
    "weakness-without-course": (lambda f: f.deficit_course == "none" and f.motor_deficit != "none", never),
    "syndrome-without-course": (
        lambda f: f.deficit_course == "none" and f.cauda_equina_syndrome == "present",
        never,
    ),
    "normal-grade-with-weakness": (lambda f: f.frankel == "E" and f.motor_deficit != "none", never),
    "foramen-or-canal": (
        lambda f: f.compression_by == "tumour" and f.epidural == "none",
        lambda f: f.tumour_compartment != "epidural",
    ),
    "free-without-mri": (lambda f: f.spine_mri == "not_done" and f.epidural == "none", never),
    "syndrome-with-a-free-canal": (
        lambda f: (
            f.cauda_equina_syndrome == "present"
            and f.spine_mri == "full_spine"
            and f.epidural == "none"
            and f.compression_by == "none"
        ),
        lambda f: f.tumour_compartment == "intradural",
    ),
    "residual-without-retention": (
        lambda f: f.post_void_residual == "from_200" and f.bladder_bowel == "normal",
        never,
    ),
    "tone-without-suspicion": (
        lambda f: f.anal_tone == "reduced" and f.cauda_equina_syndrome == "absent",
        never,
    ),
    "sphincter-without-course": (lambda f: f.deficit_course == "none" and sphincter_or_saddle(f), never),
    "low-grade-without-weakness": (lambda f: f.motor_deficit == "none" and f.frankel in ("A", "B", "C"), never),
    "grade-without-deficit": (
        lambda f: f.frankel == "D" and f.motor_deficit == "none" and not sphincter_or_saddle(f),
        never,
    ),
    "painless-with-a-number": (lambda f: f.pain == "none" and f.pain_intensity > 0, never),
    "pain-without-a-number": (lambda f: f.pain != "none" and f.pain_intensity == 0, never),
    "isolated-with-others": (
        lambda f: (
            f.metastasis_extent == "isolated"
            and (f.extraspinal_bone_metastases != "none" or f.visceral_metastases != "none")
        ),
        lambda f: one_tumour(f) and f.visceral_metastases == "none" and f.extraspinal_bone_metastases == "one_or_two",
    ),
    "isolated-with-vertebrae": (
        lambda f: f.metastasis_extent == "isolated" and f.vertebral_metastases == "three_or_more",
        one_tumour,
    ),
    "pattern-without-fracture": (lambda f: f.fracture == "none" and f.fracture_pattern != "none", never),
    "fracture-without-pattern": (lambda f: f.fracture == "present" and f.fracture_pattern == "none", never),
    "wing-free-with-wing-fracture": (
        lambda f: f.sacral_ala == "no" and f.fracture_pattern in ("ala", "u_or_h"),
        never,
    ),
    "sacral-pattern-elsewhere": (lambda f: elsewhere(f) and f.fracture_pattern != "none", never),
    "cord-compressed-by-nothing": (lambda f: f.compression_by == "none" and f.escc in ("2", "3"), never),
    "cord-grade-without-cord": (
        lambda f: f.level in ("L3", "L4", "L5", "S1", "S2", "S3", "S4", "S5") and f.escc in ("1c", "2", "3"),
        never,
    ),
}


def refused(findings: Mapping[str, Any]) -> list[str]:
    """Return the pairs that are refused, for a complete patient or one partly known."""
    return [id for id in PAIRS if contradicts(id, findings)]


def contradicts(pair: str, findings: Mapping[str, Any]) -> bool:
    """Return whether one pair is refused."""
    return _contradicts(pair, tuple([findings.get(id) for id in reads(pair)]))


@cache
def _contradicts(pair: str, options: tuple[Any, ...]) -> bool:
    findings = {id: option for id, option in zip(reads(pair), options, strict=True) if option is not None}
    when, unless = PAIRS[pair]
    return certain(when, findings) and not certain(unless, findings)


@cache
def reads(pair: str) -> tuple[str, ...]:
    """Return the findings of a pair and of its excuse."""
    return tuple(dict.fromkeys([*reads_of(PAIRS[pair][0]), *reads_of(PAIRS[pair][1])]))


def consistent(findings: Mapping[str, Any]) -> Findings:
    """Return findings of a patient who can exist: of each pair that is refused one finding is drawn again.

    What comes out depends on the findings alone. What is not assessed stays so.
    """
    found, chance = dict(findings), random.Random(repr(sorted(findings.items(), key=str)))
    while True:
        pairs = refused(found)
        if not pairs:
            return found
        for id in pairs:
            if certain(PAIRS[id][0], found):
                drawn = chance.choice([each for each in READ[id] if each in found])
                found[drawn] = chance.choice(published.FINDINGS[drawn])


READ: dict[str, list[str]] = {
    "collapse-without-fracture": ["fracture", "collapse"],
    "effaced-by-nothing": ["compression_by", "epidural"],
    "weakness-without-course": ["deficit_course", "motor_deficit"],
    "syndrome-without-course": ["deficit_course", "cauda_equina_syndrome"],
    "normal-grade-with-weakness": ["frankel", "motor_deficit"],
    "foramen-or-canal": ["compression_by", "epidural", "tumour_compartment"],
    "free-without-mri": ["spine_mri", "epidural"],
    "syndrome-with-a-free-canal": ["cauda_equina_syndrome", "spine_mri", "epidural", "compression_by"],
    "residual-without-retention": ["post_void_residual", "bladder_bowel"],
    "tone-without-suspicion": ["anal_tone", "cauda_equina_syndrome"],
    "sphincter-without-course": ["deficit_course", "bladder_bowel", "saddle_sensation"],
    "low-grade-without-weakness": ["frankel", "motor_deficit"],
    "grade-without-deficit": ["frankel", "motor_deficit", "bladder_bowel", "saddle_sensation"],
    "painless-with-a-number": ["pain", "pain_intensity"],
    "pain-without-a-number": ["pain", "pain_intensity"],
    "isolated-with-others": [
        "metastasis_extent", "extraspinal_bone_metastases", "visceral_metastases", "one_continuous_lesion",
    ],
    "isolated-with-vertebrae": ["metastasis_extent", "vertebral_metastases", "one_continuous_lesion"],
    "pattern-without-fracture": ["fracture", "fracture_pattern"],
    "fracture-without-pattern": ["fracture", "fracture_pattern"],
    "wing-free-with-wing-fracture": ["sacral_ala", "fracture_pattern"],
    "sacral-pattern-elsewhere": ["level", "fracture_pattern"],
    "cord-compressed-by-nothing": ["compression_by", "escc"],
    "cord-grade-without-cord": ["level", "escc"],
}  # fmt: skip
"""The findings of each pair, of which one is drawn again."""
