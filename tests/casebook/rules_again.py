"""Every rule that findings decide, entered a second time by hand from its words and its reading.

Nothing here is read from the knowledge: a slip in either copy shows as a difference. A rule is
a list of clauses, in the order of the knowledge; a clause is a predicate over a complete patient
and what follows for each action as (stance, hours, side).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import product
from typing import Any

import published

Outcome = tuple[str, int | None, str | None]
Clause = tuple[Callable[["F"], bool], dict[str, Outcome]]


class F:
    """A complete patient: findings by name, and the totals of the scores."""

    def __init__(self, findings: Mapping[str, Any]) -> None:
        self.__dict__.update(findings)

    @cached_property
    def sins(self) -> int | None:
        return self._total("sins")

    @cached_property
    def tokuhashi(self) -> int | None:
        return self._total("tokuhashi")

    @cached_property
    def tomita(self) -> int | None:
        return self._total("tomita")

    def _total(self, score: str) -> int | None:
        """Return the total, or None where a finding has no word in the score."""
        total = 0
        for item, (ids, reading) in published.READINGS[score].items():
            option = reading(*(self.__dict__[id] for id in ids))
            if option is None:
                return None
            total += published.POINTS[score][item][option]
        return total


# What the rules call by a name ----------------------------------------------------------------


def syndrome(f: F) -> bool:
    return f.cauda_equina_syndrome == "present"


def syndrome_in_question(f: F) -> bool:
    return f.cauda_equina_syndrome != "absent"


def deficit(f: F) -> bool:
    """Return whether there is a deficit; root pain alone is none."""
    return syndrome(f) or f.motor_deficit != "none" or f.bladder_bowel != "normal" or f.saddle_sensation == "reduced"


def root_symptoms(f: F) -> bool:
    return f.radicular_pain != "none" or f.motor_deficit != "none"


def root_compression(f: F) -> bool:
    return f.compression_by == "tumour" and (syndrome(f) or root_symptoms(f))


def worsening(f: F) -> bool:
    return f.deficit_course not in ("none", "stable")


def painful(f: F) -> bool:
    return f.pain != "none"


def free_canal(f: F) -> bool:
    return f.epidural == "none"


def stable(f: F) -> bool:
    return f.sins is not None and f.sins < 7


def between(f: F) -> bool:
    return f.sins is not None and 7 <= f.sins <= 12


def not_stable(f: F) -> bool:
    return f.sins is not None and f.sins > 6


def not_unstable(f: F) -> bool:
    return f.sins is not None and f.sins < 13


def unstable(f: F) -> bool:
    return f.sins is not None and f.sins > 12


def new_to_radiation(f: F) -> bool:
    return f.prior_radiotherapy == "none"


def irradiated(f: F) -> bool:
    return f.prior_radiotherapy != "none"


def radiotherapy_failed(f: F) -> bool:
    return f.prior_radiotherapy == "progressed_after"


def three_months(f: F) -> bool:
    return f.expected_survival != "under_3_months"


def fit(f: F) -> bool:
    return f.fit_for_surgery == "yes"


def fracture_pain(f: F) -> bool:
    return f.pain == "mechanical" and f.fracture == "present"


def no_mri(f: F) -> bool:
    return f.spine_mri == "not_done"


def reason_to_operate(f: F) -> bool:
    return deficit(f) or (radiotherapy_failed(f) and not free_canal(f)) or unstable(f)


def compression_not_for_surgery(f: F) -> bool:
    return not fit(f) and (syndrome(f) or (deficit(f) and not free_canal(f)))


def surgery_preferred(f: F) -> bool:
    return three_months(f) and fit(f) and f.metastasis_extent != "extensive"


def always(f: F) -> bool:
    return True


# What follows ---------------------------------------------------------------------------------


def every(stance: str, actions: str, hours: int | None = None, side: str | None = None) -> dict[str, Outcome]:
    """Say the same of every action named."""
    return dict.fromkeys(actions.split(), (stance, hours, side))


def emergency(actions: str, hours: int | None = None) -> dict[str, Outcome]:
    return every("emergency", actions, hours)


def recommended(actions: str, hours: int | None = None) -> dict[str, Outcome]:
    return every("recommended", actions, hours)


def consider(actions: str, side: str | None = None) -> dict[str, Outcome]:
    return every("consider", actions, side=side)


def caution(actions: str) -> dict[str, Outcome]:
    return every("caution", actions)


def not_indicated(actions: str) -> dict[str, Outcome]:
    return every("not_indicated", actions)


FIXATIONS = "lumbopelvic_fixation unilateral_lumbopelvic_fixation"
STEREOTACTIC = "stereotactic_radiotherapy stereotactic_reirradiation"

EMERGENCY: dict[str, list[Clause]] = {
    "R026": [(lambda f: f.bladder_bowel == "incontinence", emergency("decompression"))],
    "R027": [(syndrome, emergency("decompression"))],
    "R028": [(syndrome, not_indicated(f"conventional_radiotherapy single_8_gy {STEREOTACTIC}"))],
    "R029": [
        (
            lambda f: syndrome(f) or (deficit(f) and not free_canal(f)),
            consider("decompression") | recommended("multidisciplinary_review"),
        ),
        (syndrome, consider("conventional_radiotherapy")),
    ],
    "R030": [(deficit, consider("decompression"))],
    "R031": [(root_compression, consider("decompression"))],
    "R032": [(lambda f: irradiated(f) and worsening(f), recommended("decompression"))],
    "R033": [
        (
            lambda f: f.suspected_cord_compression == "yes" or syndrome_in_question(f),
            recommended("spine_surgery_consult"),
        )
    ],
}

IMAGING: dict[str, list[Clause]] = {
    "R006": [(lambda f: no_mri(f) and f.plain_imaging == "negative", consider("mri_lesion"))],
    "R009": [(no_mri, recommended("mri_lesion"))],
    "R010": [(always, consider("ct_characterise"))],
    "R011": [(lambda f: f.spine_mri != "full_spine", recommended("mri_full_spine"))],
    "R012": [
        (
            lambda f: (
                no_mri(f)
                and painful(f)
                and not root_symptoms(f)
                and f.saddle_sensation == "normal"
                and f.bladder_bowel == "normal"
                and f.cauda_equina_syndrome == "absent"
                and f.suspected_cord_compression == "no"
                and f.deficit_course == "none"
            ),
            recommended("mri_full_spine", 14 * 24),
        )
    ],
    "R013": [
        (
            lambda f: no_mri(f) and f.radicular_pain == "unilateral" and f.motor_deficit == "none",
            recommended("mri_full_spine", 7 * 24),
        )
    ],
    "R014": [(lambda f: no_mri(f) and f.deficit_course == "over_7_days", recommended("mri_full_spine", 48))],
    "R015": [(lambda f: no_mri(f) and f.deficit_course == "within_7_days", recommended("mri_full_spine", 24))],
    "R016": [
        (
            lambda f: (
                no_mri(f)
                and (
                    f.suspected_cord_compression == "yes"
                    or syndrome_in_question(f)
                    or f.saddle_sensation == "reduced"
                    or f.bladder_bowel != "normal"
                    or "bilateral" in (f.radicular_pain, f.motor_deficit)
                )
            ),
            emergency("mri_full_spine", 12),
        )
    ],
    "R017": [
        (
            lambda f: f.spine_mri != "full_spine" and f.plain_imaging == "negative",
            recommended("mri_full_spine"),
        )
    ],
    "R018": [(lambda f: no_mri(f) and f.plain_imaging == "not_done", recommended("mri_full_spine"))],
    "R019": [(lambda f: f.tissue_diagnosis == "pending", recommended("biopsy_ct_guided"))],
    "R020": [(lambda f: f.tissue_diagnosis in ("pending", "nondiagnostic"), recommended("biopsy_cultures"))],
    "R021": [(lambda f: f.tissue_diagnosis == "pending", consider("biopsy_ct_guided"))],
    "R022": [(lambda f: f.tissue_diagnosis == "nondiagnostic", consider("biopsy_open"))],
    "R023": [(lambda f: f.tissue_diagnosis == "direct_extension", not_indicated("biopsy_ct_guided"))],
    "R024": [
        (
            lambda f: f.tissue_diagnosis == "pending" and (syndrome(f) or f.deficit_course == "within_7_days"),
            recommended("biopsy_intraoperative") | not_indicated("biopsy_ct_guided"),
        )
    ],
}

INTERVENTION: dict[str, list[Clause]] = {
    "R059": [(lambda f: f.primary in ("lymphoma", "myeloma"), consider("systemic_therapy_first"))],
    "R099": [(painful, consider("embolisation"))],
    "R100": [(lambda f: f.primary in ("kidney", "liver", "thyroid"), consider("preoperative_embolisation"))],
    "R101": [(lambda f: fit(f) and reason_to_operate(f), consider("aortic_balloon_occlusion"))],
    "R103": [(lambda f: stable(f) and free_canal(f), consider("sacroplasty"))],
    "R104": [(lambda f: irradiated(f) and f.pain_intensity > 6, recommended("sacroplasty"))],
    "R105": [(lambda f: not free_canal(f), every("contraindicated", "sacroplasty"))],
    "R107": [(lambda f: f.sacral_ala == "yes" and painful(f) and free_canal(f), consider("sacroplasty"))],
    "R113": [(fracture_pain, consider("sacroplasty"))],
    "R114": [(lambda f: fracture_pain(f) and free_canal(f), consider("radiofrequency_ablation"))],
    "R115": [(lambda f: painful(f) and free_canal(f), consider("radiofrequency_ablation"))],
    "R116": [(unstable, caution("radiofrequency_ablation"))],
    "R117": [
        (
            lambda f: (
                painful(f)
                and radiotherapy_failed(f)
                and free_canal(f)
                and f.radicular_pain == "none"
                and not deficit(f)
            ),
            consider("radiofrequency_ablation"),
        )
    ],
    "R119": [
        (
            lambda f: f.primary == "myeloma" or f.tissue_diagnosis in ("direct_extension", "confirmed"),
            consider("bone_modifying_agent"),
        )
    ],
}

OUTCOMES: dict[str, list[Clause]] = {
    "R120": [(reason_to_operate, recommended("outcome_questionnaires"))],
    "R122": [(lambda f: f.level.startswith("S"), consider("outcome_questionnaires"))],
}

PROGNOSIS: dict[str, list[Clause]] = {
    "R052": [(lambda f: f.tokuhashi < 9, not_indicated("en_bloc_resection"))],
    "R054": [(lambda f: f.tomita in (2, 3), consider("en_bloc_resection"))],
    "R056": [(lambda f: not three_months(f), not_indicated(f"decompression en_bloc_resection {FIXATIONS}"))],
}

RADIOTHERAPY: dict[str, list[Clause]] = {
    "R060": [(new_to_radiation, recommended("conventional_radiotherapy"))],
    "R061": [
        (
            lambda f: new_to_radiation(f) and (painful(f) or root_symptoms(f)),
            recommended("conventional_radiotherapy"),
        ),
        (
            lambda f: new_to_radiation(f) and (painful(f) or root_symptoms(f)) and f.sbrt_available == "yes",
            consider("stereotactic_radiotherapy"),
        ),
    ],
    "R062": [
        (
            lambda f: f.tolerates_radiotherapy == "yes" and not_unstable(f) and three_months(f) and new_to_radiation(f),
            recommended("conventional_radiotherapy"),
        ),
        (
            lambda f: (
                f.tolerates_radiotherapy == "yes"
                and not_unstable(f)
                and three_months(f)
                and irradiated(f)
                and f.sbrt_available == "yes"
            ),
            recommended("stereotactic_reirradiation"),
        ),
    ],
    "R067": [(lambda f: f.expected_survival == "over_12_months", not_indicated("single_8_gy"))],
    "R068": [
        (lambda f: radiotherapy_failed(f) and f.sbrt_available == "yes", recommended("stereotactic_reirradiation"))
    ],
    "R069": [(radiotherapy_failed, consider("stereotactic_reirradiation"))],
    "R070": [(lambda f: painful(f) and new_to_radiation(f), consider("stereotactic_radiotherapy"))],
    "R071": [(lambda f: deficit(f) and f.compression_by == "bone", not_indicated(STEREOTACTIC))],
    "R072": [(unstable, caution(STEREOTACTIC))],
    "R073": [(lambda f: f.lesion_size == "large", caution(STEREOTACTIC))],
    "R074": [(fracture_pain, caution("conventional_radiotherapy"))],
    "R076": [
        (
            lambda f: new_to_radiation(f) and (f.bone_lesion == "lytic" or f.fracture == "present" or not_stable(f)),
            caution("stereotactic_radiotherapy"),
        ),
        (
            lambda f: irradiated(f) and (f.bone_lesion == "lytic" or f.fracture == "present" or not_stable(f)),
            caution("stereotactic_reirradiation"),
        ),
    ],
    "R081": [(lambda f: f.prior_radiotherapy == "given", consider("follow_up_mri"))],
}

RESOLUTIONS: dict[str, list[Clause]] = {
    "C1.1": [(compression_not_for_surgery, recommended("conventional_radiotherapy"))],
    "C1.2": [(syndrome_in_question, recommended("spine_surgery_consult radiation_oncology_consult"))],
    "C1.3": [(lambda f: fit(f) and syndrome(f), consider("postoperative_radiotherapy"))],
    "C1.4": [(compression_not_for_surgery, consider("single_8_gy"))],
    "C5.1": [
        (
            lambda f: (
                f.sbrt_available == "yes"
                and new_to_radiation(f)
                and f.karnofsky > 60
                and f.cauda_equina_syndrome == "absent"
                and f.deficit_course == "none"
                and not deficit(f)
            ),
            consider("stereotactic_radiotherapy"),
        )
    ],
    "C7.1": [
        (
            lambda f: painful(f) and free_canal(f) and f.fracture == "none" and new_to_radiation(f),
            consider("single_8_gy"),
        )
    ],
}

STABILITY: dict[str, list[Clause]] = {
    "R039": [(stable, not_indicated(f"decompression {FIXATIONS}"))],
    "R040": [(between, recommended("multidisciplinary_review spine_surgery_consult"))],
    "R041": [(unstable, recommended("lumbopelvic_fixation spine_surgery_consult"))],
    "R042": [
        (
            lambda f: root_compression(f) and stable(f),
            consider("decompression") | not_indicated("lumbopelvic_fixation"),
        )
    ],
    "R043": [(lambda f: root_compression(f) and between(f), consider("lumbopelvic_fixation decompression"))],
    "R044": [
        (
            lambda f: f.iliac_or_si_involvement == "right" and (f.pain == "mechanical" or not_stable(f)),
            consider("unilateral_lumbopelvic_fixation", side="left"),
        ),
        (
            lambda f: f.iliac_or_si_involvement == "left" and (f.pain == "mechanical" or not_stable(f)),
            consider("unilateral_lumbopelvic_fixation", side="right"),
        ),
    ],
    "R045": [(lambda f: f.pain == "mechanical" or not_stable(f), recommended("spine_surgery_consult"))],
    "R046": [(lambda f: f.fracture == "present", recommended("spine_surgery_consult"))],
}

SURGERY: dict[str, list[Clause]] = {
    "R002": [(lambda f: root_symptoms(f) or f.fracture == "present", consider("thromboembolism_assessment"))],
    "R082": [
        (deficit, recommended("decompression")),
        (lambda f: radiotherapy_failed(f) and not free_canal(f), recommended("decompression")),
        (unstable, recommended("lumbopelvic_fixation")),
    ],
    "R083": [(lambda f: stable(f) and not deficit(f), not_indicated(f"decompression {FIXATIONS}"))],
    "R084": [
        (lambda f: surgery_preferred(f) and unstable(f), recommended("lumbopelvic_fixation")),
        (
            lambda f: surgery_preferred(f) and radiotherapy_failed(f) and f.sbrt_available == "no",
            recommended("decompression"),
        ),
        (lambda f: surgery_preferred(f) and irradiated(f) and worsening(f), recommended("decompression")),
    ],
    "R085": [
        (unstable, recommended("lumbopelvic_fixation")),
        (lambda f: f.fracture == "present" and not_stable(f), consider("lumbopelvic_fixation")),
        (lambda f: syndrome(f) or f.deficit_course == "within_7_days", recommended("decompression")),
    ],
    "R087": [(always, not_indicated("en_bloc_resection"))],
    "R088": [
        (
            lambda f: f.metastasis_extent == "isolated" and f.expected_survival == "over_12_months",
            consider("en_bloc_resection"),
        )
    ],
    "R089": [
        (
            lambda f: f.level in ("S1", "S2") and free_canal(f),
            not_indicated("decompression lumbopelvic_fixation"),
        )
    ],
    "R090": [(lambda f: f.level in ("S1", "S2") and free_canal(f) and not_stable(f), consider("lumbopelvic_fixation"))],
    "R091": [
        (irradiated, caution(f"decompression en_bloc_resection {FIXATIONS}") | recommended("complication_counselling"))
    ],
    "R093": [(reason_to_operate, recommended("complication_counselling"))],
    "R094": [
        (lambda f: fit(f) and irradiated(f) and reason_to_operate(f), consider("plastic_surgery_closure")),
    ],
    "R095": [(lambda f: fit(f) and reason_to_operate(f), consider("intrawound_vancomycin"))],
    "R096": [
        (
            lambda f: fit(f) and (unstable(f) or (between(f) and root_compression(f))),
            consider("minimally_invasive_screws"),
        )
    ],
    "R098": [(always, recommended("multidisciplinary_review"))],
}

RULES: dict[str, list[Clause]] = (
    EMERGENCY | IMAGING | INTERVENTION | OUTCOMES | PROGNOSIS | RADIOTHERAPY | RESOLUTIONS | STABILITY | SURGERY
)

RULES_BY_TIER = {
    "absolute": "R011 R017 R018 R019 R024 R026 R027 R028 R040 R056 R067 R071 R088 R105",
    "directive": """
        R009 R012 R013 R014 R015 R016 R020 R029 R032 R033 R039 R041 R045 R046 R060 R061 R062 R068 R082 R083
        R084 R085 R087 R089 R098 R104 R116 R119 R120 C1.1 C1.2
    """,
    "permissive": """
        R006 R010 R022 R023 R030 R052 R054 R059 R069 R072 R073 R090 R094 R095 R096 R099 R100 R101 R103 R114
        R115 R117 R122 C1.3 C1.4 C5.1 C7.1
    """,
    "descriptive": "R002 R021 R031 R042 R043 R044 R070 R074 R076 R081 R091 R093 R107 R113",
}
TIERS = {rule: tier for tier, rules in RULES_BY_TIER.items() for rule in rules.split()}


# Which rule yields to which: exceptions that a source states, and conflicts that are resolved -----


def beats(*pairs: tuple[str, str]) -> set[tuple[str, str]]:
    """Return (winner, loser) for every winner and loser of the pairs of lists."""
    return {edge for winners, losers in pairs for edge in product(winners.split(), losers.split())}


YIELDS: dict[str, set[tuple[str, str]]] = {
    "mri_full_spine": beats(("R012 R013 R014 R015", "R011 R017 R018")),
    "biopsy_ct_guided": beats(("R024", "R019 R021")),
    "decompression": beats(
        ("R029 R030 R031 R032 R042 R082 R084 R085", "R039"),
        ("R031 R032 R042 R082 R084 R085", "R083"),
        ("R056", "R029 R030 R031 R032 R042 R043 R082 R085"),
        ("R030 R032 R043 R082 R084 R085", "R089"),
    ),
    "lumbopelvic_fixation": beats(
        ("R056", "R041 R043 R082 R085 R090"),
        ("R041 R043 R082 R084 R085 R090", "R089"),
    ),
    "unilateral_lumbopelvic_fixation": beats(("R044", "R039 R083"), ("R056", "R044")),
    "en_bloc_resection": beats(("R088", "R052 R087")),
    "conventional_radiotherapy": beats(
        ("C1.1", "R028 R029"), ("R029", "R028 R060 R061 R062"), ("R060 R061 R062", "R028")
    ),
    "single_8_gy": beats(("C1.4", "R028"), ("R067", "C7.1")),
    "stereotactic_radiotherapy": beats(("R071 R072 R073", "R061 R070")),
    "stereotactic_reirradiation": beats(
        ("R028", "R062 R068 R069"), ("R071 R072 R073", "R068 R069"), ("R071 R073", "R062")
    ),
    "sacroplasty": beats(("R105", "R104 R113")),
}
