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


NEVER_KNOWN: dict[str, list[Any]] = {
    "bone_lesion_on_ct": list(published.POINTS["sins"]["bone_lesion"]),
    "tokuhashi_as_one": [False, True],
    "tomita_as_one": [False, True],
}
"""What a bone lesion that CT does not show would be, and how each score counts one lesion of several segments."""


class F:
    """A complete patient: findings by name, and the totals of the scores.

    Beside the findings there may be answers that nobody can give, under the names in `NEVER_KNOWN`. Without them a
    lesion that CT does not show leaves SINS without a total, and the other scores count segments.
    """

    def __init__(self, findings: Mapping[str, Any]) -> None:
        self.__dict__.update(findings)

    def never_known(self, name: str) -> Any:
        """Return one of the answers that nobody can give."""
        return self.__dict__.get(name)

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
        both = score != "sins" and several_segments(self)
        counted = as_one_lesion(self) if both and self.never_known(f"{score}_as_one") else {}
        total = 0
        for item, (ids, reading) in published.READINGS[score].items():
            option = reading(*[counted[id] if id in counted else getattr(self, id) for id in ids])
            if option is None:
                option = self.never_known("bone_lesion_on_ct")
            if option is None:
                return None
            total += published.POINTS[score][item][option]
        return total


# One lesion across several segments -----------------------------------------------------------


def several_segments(f: F) -> bool:
    """Return whether the vertebrae that are counted may be segments of one lesion."""
    return sacral(f) and f.vertebral_metastases != "one" and f.one_continuous_lesion != "no"


def as_one_lesion(f: F) -> dict[str, str]:
    """Return what is counted differently if the segments, and the ilium with them, are one lesion."""
    grown_into_the_ilium = f.iliac_or_si_involvement != "none" and f.extraspinal_bone_metastases == "one_or_two"
    return {"vertebral_metastases": "one"} | ({"extraspinal_bone_metastases": "none"} if grown_into_the_ilium else {})


# What the rules call by a name ----------------------------------------------------------------


def sacral(f: F) -> bool:
    """Return whether the lesion is of the sacrum or its junction with the lumbar spine."""
    return f.level in ("L5", "S1", "S2", "S3", "S4", "S5")


def elsewhere(f: F) -> bool:
    return not sacral(f)


def labelled(f: F) -> bool:
    """Return whether the team has named the syndrome."""
    return f.cauda_equina_syndrome == "present"


def questioned(f: F) -> bool:
    """Return whether the syndrome is named or in question."""
    return f.cauda_equina_syndrome != "absent"


def red_flag(f: F) -> bool:
    return f.bladder_bowel != "normal" or f.saddle_sensation == "reduced" or f.motor_deficit == "bilateral"


def syndrome(f: F) -> bool:
    """Return whether a sign or the diagnosis proves the syndrome."""
    return labelled(f) or red_flag(f)


def suspicion(f: F) -> bool:
    """Return whether anything raises the alarm."""
    return red_flag(f) or questioned(f) or f.suspected_cord_compression == "yes" or f.radicular_pain == "bilateral"


def cord_compressed(f: F) -> bool:
    return f.escc in ("2", "3") and elsewhere(f)


def compression_shown(f: F) -> bool:
    return f.epidural != "none" or f.compression_by != "none" or cord_compressed(f)


def canal_free(f: F) -> bool:
    """Return whether nothing compresses at any level seen."""
    return not compression_shown(f)


def high_grade(f: F) -> bool:
    return f.epidural == "effaces" or cord_compressed(f)


def compression_excluded(f: F) -> bool:
    return canal_free(f) and f.spine_mri == "full_spine"


def rapid_on_one_side(f: F) -> bool:
    return f.motor_deficit == "unilateral" and f.deficit_course == "within_7_days"


def compression_emergency(f: F) -> bool:
    return (compression_shown(f) and syndrome(f)) or (high_grade(f) and rapid_on_one_side(f))


def outside_canal(f: F) -> bool:
    return f.epidural == "none" and f.compression_by == "tumour"


def operation_possible(f: F) -> bool:
    """Return whether an operation is possible and the expected survival justifies it."""
    return fit(f) and three_months(f)


def dissociation(f: F) -> bool:
    return f.fracture == "present" and f.fracture_pattern == "u_or_h"


def drugs_and_radiation_first(f: F) -> bool:
    return (
        f.primary in ("lymphoma", "myeloma")
        and f.tissue_diagnosis == "confirmed"
        and f.compression_by != "bone"
        and new_to_radiation(f)
        and f.tolerates_radiotherapy == "yes"
        and not_unstable(f)
        and not dissociation(f)
    )


def radioresistant(f: F) -> bool:
    return f.primary in (
        "kidney", "melanoma", "thyroid", "colon", "rectum", "stomach", "oesophagus", "liver", "sarcoma_other",
        "osteosarcoma",
    )  # fmt: skip


def symptomatic(f: F) -> bool:
    return painful(f) or root_symptoms(f) or deficit(f)


def wing_or_joint(f: F) -> bool:
    return f.iliac_or_si_involvement != "none" or f.sacral_ala == "yes"


def instability_unseen(f: F) -> bool:
    """Return whether there is instability that SINS has no item for."""
    of_the_sacrum = f.fracture == "present" and f.fracture_pattern in ("ala", "transverse")
    return dissociation(f) or (f.pain == "mechanical" and (wing_or_joint(f) or of_the_sacrum))


def deficit(f: F) -> bool:
    """Return whether there is a deficit; root pain alone is none."""
    return labelled(f) or f.motor_deficit != "none" or f.bladder_bowel != "normal" or f.saddle_sensation == "reduced"


def root_symptoms(f: F) -> bool:
    return f.radicular_pain != "none" or f.motor_deficit != "none"


def root_compression(f: F) -> bool:
    return f.compression_by == "tumour" and (labelled(f) or root_symptoms(f))


def worsening(f: F) -> bool:
    return f.deficit_course not in ("none", "stable")


def painful(f: F) -> bool:
    return f.pain != "none"


def free_sac(f: F) -> bool:
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


def unfinished_mri(f: F) -> bool:
    """Return whether the whole spine has not been imaged."""
    return f.spine_mri != "full_spine"


def reason_to_operate(f: F) -> bool:
    return deficit(f) or (radiotherapy_failed(f) and not free_sac(f)) or unstable(f)


def compression_not_for_surgery(f: F) -> bool:
    return not operation_possible(f) and (labelled(f) or (deficit(f) and compression_shown(f)))


def signs_of_compression(f: F) -> bool:
    return deficit(f) or f.cauda_equina_syndrome == "suspected"


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
    "R026": [
        (
            lambda f: (
                f.bladder_bowel == "incontinence"
                and compression_shown(f)
                and operation_possible(f)
                and not drugs_and_radiation_first(f)
                and not outside_canal(f)
            ),
            emergency("decompression"),
        )
    ],
    "R027": [
        (
            lambda f: (
                labelled(f)
                and compression_shown(f)
                and operation_possible(f)
                and not drugs_and_radiation_first(f)
                and not outside_canal(f)
            ),
            emergency("decompression"),
        )
    ],
    "R028": [(labelled, not_indicated(f"conventional_radiotherapy single_8_gy {STEREOTACTIC}"))],
    "R029": [
        (
            lambda f: deficit(f) and compression_shown(f),
            consider("decompression") | recommended("multidisciplinary_review"),
        ),
        (compression_emergency, consider("conventional_radiotherapy")),
    ],
    "R030": [(lambda f: deficit(f) and compression_shown(f), consider("decompression"))],
    "R031": [(root_compression, consider("decompression"))],
    "R032": [(lambda f: irradiated(f) and worsening(f) and compression_shown(f), recommended("decompression"))],
    "R033": [
        (
            lambda f: f.suspected_cord_compression == "yes" or questioned(f),
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
                unfinished_mri(f)
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
            lambda f: unfinished_mri(f) and f.radicular_pain == "unilateral" and f.motor_deficit == "none",
            recommended("mri_full_spine", 7 * 24),
        )
    ],
    "R014": [(lambda f: unfinished_mri(f) and f.deficit_course == "over_7_days", recommended("mri_full_spine", 48))],
    "R015": [(lambda f: unfinished_mri(f) and f.deficit_course == "within_7_days", recommended("mri_full_spine", 24))],
    "R016": [(lambda f: unfinished_mri(f) and suspicion(f), emergency("mri_full_spine", 12))],
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
            lambda f: (
                f.tissue_diagnosis == "pending"
                and fit(f)
                and (compression_emergency(f) or f.deficit_course == "within_7_days")
            ),
            recommended("biopsy_intraoperative") | not_indicated("biopsy_ct_guided"),
        )
    ],
}

INTERVENTION: dict[str, list[Clause]] = {
    "R059": [(lambda f: f.primary in ("lymphoma", "myeloma"), consider("systemic_therapy_first"))],
    "R099": [(painful, consider("embolisation"))],
    "R100": [
        (
            lambda f: f.primary in ("kidney", "liver", "thyroid") and fit(f) and reason_to_operate(f),
            consider("preoperative_embolisation"),
        )
    ],
    "R101": [(lambda f: fit(f) and reason_to_operate(f), consider("aortic_balloon_occlusion"))],
    "R103": [
        (lambda f: painful(f) and stable(f) and free_sac(f) and not dissociation(f), consider("sacroplasty")),
    ],
    "R104": [
        (
            lambda f: irradiated(f) and f.pain_intensity > 6 and stable(f) and free_sac(f) and not dissociation(f),
            recommended("sacroplasty"),
        )
    ],
    "R105": [(lambda f: not free_sac(f), every("contraindicated", "sacroplasty"))],
    "R107": [
        (
            lambda f: f.sacral_ala == "yes" and painful(f) and free_sac(f) and not_unstable(f) and not dissociation(f),
            consider("sacroplasty"),
        )
    ],
    "R113": [
        (
            lambda f: fracture_pain(f) and free_sac(f) and not_unstable(f) and not dissociation(f),
            consider("sacroplasty"),
        )
    ],
    "R114": [(lambda f: fracture_pain(f) and free_sac(f), consider("radiofrequency_ablation"))],
    "R115": [(lambda f: painful(f) and free_sac(f), consider("radiofrequency_ablation"))],
    "R116": [(unstable, caution("radiofrequency_ablation"))],
    "R117": [
        (
            lambda f: painful(f) and irradiated(f) and free_sac(f) and f.radicular_pain == "none" and not deficit(f),
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
    "R060": [(lambda f: new_to_radiation(f) and symptomatic(f), recommended("conventional_radiotherapy"))],
    "R061": [
        (
            lambda f: new_to_radiation(f) and (painful(f) or root_symptoms(f)),
            recommended("conventional_radiotherapy"),
        ),
        (
            lambda f: (
                new_to_radiation(f)
                and (painful(f) or root_symptoms(f))
                and not deficit(f)
                and f.sbrt_available == "yes"
            ),
            consider("stereotactic_radiotherapy"),
        ),
    ],
    "R062": [
        (
            lambda f: (
                f.tolerates_radiotherapy == "yes"
                and symptomatic(f)
                and not_unstable(f)
                and three_months(f)
                and new_to_radiation(f)
            ),
            recommended("conventional_radiotherapy"),
        ),
        (
            lambda f: (
                f.tolerates_radiotherapy == "yes"
                and symptomatic(f)
                and not_unstable(f)
                and three_months(f)
                and irradiated(f)
                and f.sbrt_available == "yes"
            ),
            recommended("stereotactic_reirradiation"),
        ),
    ],
    "R067": [(lambda f: f.expected_survival == "over_12_months", caution("single_8_gy"))],
    "R068": [
        (lambda f: radiotherapy_failed(f) and f.sbrt_available == "yes", recommended("stereotactic_reirradiation"))
    ],
    "R069": [(radiotherapy_failed, consider("stereotactic_reirradiation"))],
    "R070": [
        (lambda f: painful(f) and new_to_radiation(f) and not deficit(f), consider("stereotactic_radiotherapy")),
    ],
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
    "C1.1": [
        (
            lambda f: compression_not_for_surgery(f) and new_to_radiation(f) and f.compression_by != "bone",
            recommended("conventional_radiotherapy"),
        )
    ],
    "C1.2": [(suspicion, recommended("spine_surgery_consult radiation_oncology_consult"))],
    "C1.3": [
        (
            lambda f: compression_emergency(f) and operation_possible(f) and new_to_radiation(f),
            consider("postoperative_radiotherapy"),
        )
    ],
    "C1.4": [(compression_not_for_surgery, consider("single_8_gy"))],
    "C5.1": [
        (
            lambda f: (
                f.sbrt_available == "yes"
                and new_to_radiation(f)
                and f.karnofsky > 60
                and (painful(f) or root_symptoms(f))
                and f.cauda_equina_syndrome == "absent"
                and f.deficit_course == "none"
                and not deficit(f)
            ),
            consider("stereotactic_radiotherapy"),
        )
    ],
    "C7.1": [
        (
            lambda f: painful(f) and free_sac(f) and f.fracture == "none" and new_to_radiation(f),
            consider("single_8_gy"),
        )
    ],
}

SAFETY: dict[str, list[Clause]] = {
    "R130": [
        (labelled, emergency("urgent_consult")),
        (lambda f: red_flag(f) and not compression_excluded(f), emergency("urgent_consult")),
        (
            lambda f: f.cauda_equina_syndrome == "suspected" and compression_shown(f),
            emergency("urgent_consult"),
        ),
        (compression_emergency, emergency("urgent_consult")),
        (lambda f: suspicion(f) and unfinished_mri(f), recommended("urgent_consult", 12)),
        (
            lambda f: (
                (f.radicular_pain == "bilateral" or f.suspected_cord_compression == "yes") and compression_shown(f)
            ),
            recommended("urgent_consult", 12),
        ),
        (lambda f: red_flag(f) and compression_excluded(f), recommended("urgent_consult", 24)),
        (lambda f: deficit(f) and compression_shown(f), recommended("urgent_consult", 24)),
    ],
    "R131": [
        (lambda f: signs_of_compression(f) and not compression_excluded(f), recommended("dexamethasone")),
        (
            lambda f: (
                compression_shown(f) and not deficit(f) and f.tissue_diagnosis in ("confirmed", "direct_extension")
            ),
            consider("dexamethasone"),
        ),
        (
            lambda f: (
                compression_shown(f)
                and not signs_of_compression(f)
                and f.tissue_diagnosis in ("pending", "nondiagnostic")
            ),
            caution("dexamethasone"),
        ),
        (lambda f: signs_of_compression(f) and compression_excluded(f), not_indicated("dexamethasone")),
    ],
    "R132": [
        (
            lambda f: (
                signs_of_compression(f)
                and (
                    dissociation(f) or (f.level not in ("S3", "S4", "S5") and (f.pain == "mechanical" or not_stable(f)))
                )
            ),
            recommended("immobilisation"),
        ),
        (lambda f: dissociation(f) and painful(f), recommended("immobilisation")),
        (lambda f: f.pain == "mechanical" and f.pain_intensity > 4, consider("immobilisation")),
        (unstable, consider("immobilisation")),
    ],
    "R133": [(lambda f: suspicion(f) or compression_emergency(f), recommended("bladder_care"))],
    "R134": [
        (
            lambda f: (
                compression_emergency(f)
                and f.compression_by != "bone"
                and new_to_radiation(f)
                and f.tolerates_radiotherapy == "yes"
                and (not fit(f) or not three_months(f) or drugs_and_radiation_first(f) or outside_canal(f))
            ),
            emergency("conventional_radiotherapy", 24),
        )
    ],
    "R135": [
        (lambda f: not fit(f), not_indicated(f"decompression iliosacral_screws en_bloc_resection {FIXATIONS}")),
    ],
    "R136": [
        (
            lambda f: (
                compression_emergency(f)
                and operation_possible(f)
                and not drugs_and_radiation_first(f)
                and not outside_canal(f)
            ),
            emergency("decompression"),
        ),
        (
            lambda f: compression_emergency(f) and fit(f) and not three_months(f),
            consider("decompression"),
        ),
        (
            lambda f: compression_emergency(f) and fit(f) and drugs_and_radiation_first(f),
            consider("decompression"),
        ),
    ],
    "R137": [
        (high_grade, recommended("urgent_consult", 24)),
        (high_grade, recommended("spine_surgery_consult radiation_oncology_consult")),
        (
            lambda f: high_grade(f) and radioresistant(f) and operation_possible(f),
            consider("decompression"),
        ),
        (high_grade, caution(STEREOTACTIC)),
    ],
    "R138": [(compression_emergency, not_indicated(STEREOTACTIC))],
    "R139": [
        (
            lambda f: (
                dissociation(f)
                and (f.pain == "mechanical" or root_symptoms(f) or deficit(f))
                and operation_possible(f)
                and f.tissue_diagnosis in ("confirmed", "direct_extension")
            ),
            recommended("lumbopelvic_fixation"),
        ),
        (
            lambda f: dissociation(f) and symptomatic(f) and operation_possible(f),
            consider("lumbopelvic_fixation"),
        ),
        (dissociation, recommended("spine_surgery_consult") | recommended("urgent_consult", 24)),
        (dissociation, caution("sacroplasty radiofrequency_ablation")),
    ],
    "R140": [
        (
            lambda f: f.pain == "mechanical" and operation_possible(f) and (wing_or_joint(f) or dissociation(f)),
            consider("iliosacral_screws"),
        )
    ],
    "R141": [
        (
            lambda f: f.iliac_or_si_involvement == "bilateral" and (f.pain == "mechanical" or not_stable(f)),
            consider("lumbopelvic_fixation") | recommended("spine_surgery_consult"),
        ),
        (lambda f: f.iliac_or_si_involvement == "bilateral", not_indicated("unilateral_lumbopelvic_fixation")),
    ],
    "R142": [
        (
            lambda f: painful(f) and free_sac(f) and between(f) and not dissociation(f) and not deficit(f),
            consider("sacroplasty"),
        )
    ],
    "R143": [
        (
            lambda f: (
                f.pain == "none"
                and f.radicular_pain == "none"
                and not deficit(f)
                and new_to_radiation(f)
                and (f.level in ("L5", "S1") or f.iliac_or_si_involvement != "none")
            ),
            consider("conventional_radiotherapy"),
        )
    ],
    "R144": [
        (
            lambda f: compression_shown(f) and f.expected_survival in ("from_6_to_12_months", "over_12_months"),
            caution("single_8_gy"),
        )
    ],
    "R145": [
        (
            lambda f: (
                f.metastasis_extent == "isolated"
                and f.pain == "none"
                and not root_symptoms(f)
                and not deficit(f)
                and new_to_radiation(f)
                and f.sbrt_available == "yes"
                and f.karnofsky > 60
            ),
            consider("stereotactic_radiotherapy"),
        )
    ],
    "R146": [
        (
            lambda f: signs_of_compression(f) or dissociation(f),
            recommended("thromboembolism_assessment") | consider("thromboprophylaxis"),
        )
    ],
    "R147": [(always, recommended("palliative_care"))],
    "R148": [
        (
            lambda f: unfinished_mri(f) and f.motor_deficit == "unilateral" and f.deficit_course in ("none", "stable"),
            recommended("mri_full_spine", 48),
        )
    ],
    "R149": [
        (lambda f: painful(f) and unstable(f), caution("sacroplasty")),
        (
            lambda f: painful(f) and (f.compression_by == "bone" or (deficit(f) and compression_shown(f))),
            not_indicated("sacroplasty"),
        ),
    ],
    "R150": [
        (
            lambda f: f.tolerates_radiotherapy == "no",
            not_indicated(f"conventional_radiotherapy {STEREOTACTIC}"),
        )
    ],
}

STABILITY: dict[str, list[Clause]] = {
    "R039": [
        (lambda f: stable(f) and not instability_unseen(f), not_indicated(FIXATIONS)),
        (lambda f: stable(f) and canal_free(f) and not deficit(f), not_indicated("decompression")),
    ],
    "R040": [(between, recommended("multidisciplinary_review spine_surgery_consult"))],
    "R041": [(unstable, recommended("lumbopelvic_fixation spine_surgery_consult"))],
    "R042": [
        (lambda f: root_compression(f) and stable(f), consider("decompression")),
        (
            lambda f: root_compression(f) and stable(f) and not instability_unseen(f),
            not_indicated("lumbopelvic_fixation"),
        ),
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
        (
            lambda f: deficit(f) and compression_shown(f) and not drugs_and_radiation_first(f),
            recommended("decompression"),
        ),
        (lambda f: radiotherapy_failed(f) and not free_sac(f), recommended("decompression")),
        (unstable, recommended("lumbopelvic_fixation")),
    ],
    "R083": [
        (lambda f: stable(f) and not deficit(f) and canal_free(f), not_indicated("decompression")),
        (lambda f: stable(f) and not deficit(f) and not instability_unseen(f), not_indicated(FIXATIONS)),
    ],
    "R084": [
        (lambda f: surgery_preferred(f) and unstable(f), recommended("lumbopelvic_fixation")),
        (
            lambda f: (
                surgery_preferred(f) and radiotherapy_failed(f) and f.sbrt_available == "no" and compression_shown(f)
            ),
            recommended("decompression"),
        ),
        (
            lambda f: surgery_preferred(f) and irradiated(f) and worsening(f) and compression_shown(f),
            recommended("decompression"),
        ),
    ],
    "R085": [
        (unstable, recommended("lumbopelvic_fixation")),
        (lambda f: f.fracture == "present" and not_stable(f), consider("lumbopelvic_fixation")),
        (
            lambda f: (
                (labelled(f) or f.deficit_course == "within_7_days")
                and compression_shown(f)
                and not drugs_and_radiation_first(f)
            ),
            recommended("decompression"),
        ),
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
            lambda f: f.level in ("S1", "S2") and free_sac(f) and not deficit(f) and not instability_unseen(f),
            not_indicated("decompression lumbopelvic_fixation"),
        )
    ],
    "R090": [(lambda f: f.level in ("S1", "S2") and free_sac(f) and not_stable(f), consider("lumbopelvic_fixation"))],
    "R091": [
        (
            lambda f: irradiated(f) and (reason_to_operate(f) or instability_unseen(f)),
            caution(f"decompression en_bloc_resection {FIXATIONS}") | recommended("complication_counselling"),
        )
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
    EMERGENCY
    | IMAGING
    | INTERVENTION
    | OUTCOMES
    | PROGNOSIS
    | RADIOTHERAPY
    | RESOLUTIONS
    | SAFETY
    | STABILITY
    | SURGERY
)

RULES_BY_TIER = {
    "absolute": "R011 R017 R018 R019 R024 R026 R027 R028 R040 R056 R067 R071 R105 R135",
    "directive": """
        R009 R012 R013 R014 R015 R016 R020 R029 R032 R033 R039 R041 R045 R046 R060 R061 R062 R068 R082 R083
        R084 R085 R087 R089 R098 R104 R116 R119 R120 C1.1 C1.2
        R130 R131 R132 R133 R134 R136 R137 R138 R139 R144 R146 R147 R148 R149 R150
    """,
    "permissive": """
        R006 R010 R022 R023 R030 R052 R054 R059 R069 R072 R073 R088 R090 R094 R095 R096 R099 R100 R101 R103 R114
        R115 R117 R122 C1.3 C1.4 C5.1 C7.1 R140 R141 R142 R143 R145
    """,
    "descriptive": "R002 R021 R031 R042 R043 R044 R070 R074 R076 R081 R091 R093 R107 R113",
}
TIERS = {rule: tier for tier, rules in RULES_BY_TIER.items() for rule in rules.split()}


# Which rule yields to which: exceptions that a source states, and conflicts that are resolved -----


def beats(*pairs: tuple[str, str]) -> set[tuple[str, str]]:
    """Return (winner, loser) for every winner and loser of the pairs of lists."""
    return {edge for winners, losers in pairs for edge in product(winners.split(), losers.split())}


YIELDS: dict[str, set[tuple[str, str]]] = {
    "mri_full_spine": beats(("R012 R013 R014 R015 R148", "R011 R017 R018")),
    "biopsy_ct_guided": beats(("R024", "R019 R021")),
    "decompression": beats(
        ("R029 R030 R031 R032 R042 R082 R084 R085 R136 R137", "R039"),
        ("R031 R032 R042 R082 R084 R085 R137", "R083"),
        ("R136", "R056"),
        ("R056", "R029 R030 R031 R032 R042 R043 R082 R085"),
        ("R030 R032 R043 R082 R084 R085 R136 R137", "R089"),
        ("R135", "R029 R030 R031 R032 R042 R043 R082 R085 R137"),
    ),
    "lumbopelvic_fixation": beats(
        ("R056", "R041 R043 R082 R085 R090 R141"),
        ("R041 R043 R082 R084 R085 R090", "R089"),
        ("R135", "R041 R042 R043 R082 R085 R090 R139 R141"),
        ("R139", "R039 R042 R083 R089"),
        ("R141", "R039 R083 R089"),
    ),
    "unilateral_lumbopelvic_fixation": beats(
        ("R044", "R039 R083"), ("R056", "R044"), ("R135", "R044 R141"), ("R141", "R039 R083")
    ),
    "iliosacral_screws": beats(("R135", "R140")),
    "en_bloc_resection": beats(("R135", "R054 R088")),
    "conventional_radiotherapy": beats(
        ("C1.1", "R028 R029"),
        ("R029", "R028 R060 R061 R062"),
        ("R060 R061 R062 R143", "R028"),
        ("C1.1", "R060 R061 R062"),
        ("R150", "R029 R060 R061 R062 R143 C1.1"),
    ),
    "single_8_gy": beats(("C1.4", "R028"), ("R067", "C7.1"), ("R144", "C1.4 C7.1")),
    "stereotactic_radiotherapy": beats(
        ("R071 R072 R073", "R061 R070"),
        ("R137", "R061 R070 C5.1 R145"),
        ("R138", "R061 R070 C5.1 R145 R137"),
        ("R150", "R061 R070 C5.1 R145"),
    ),
    "stereotactic_reirradiation": beats(
        ("R028", "R062 R068 R069"),
        ("R071 R072 R073", "R068 R069"),
        ("R071 R073", "R062"),
        ("R137", "R062 R068 R069"),
        ("R138", "R062 R068 R069 R137"),
        ("R150", "R062 R068 R069"),
    ),
    "sacroplasty": beats(("R105", "R104 R113"), ("R149", "R104")),
    "radiofrequency_ablation": beats(("R139", "R114 R115 R117")),
}
