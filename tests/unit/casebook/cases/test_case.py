"""The three published cases, their what-ifs, and what is said of a case file that is wrong."""

from pathlib import Path

import plain
import pytest
from folders import Folder, place

from casebook import FaultError, assess
from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge
from casebook.review.check import check_cases

CASES = ["melanoma-cauda-equina", "colon-s1", "endometrial-ilium"]


# all three


@pytest.mark.parametrize("id", CASES)
def test_a_published_case_has_no_fault_and_a_notebook_beside_it(root, id):
    assert load_case(id).id == id
    assert (root / "cases" / f"{id}.ipynb").is_file()


def test_the_cases_of_the_book_have_no_fault(root):
    assert list(map(str, check_cases(root / "cases", knowledge()))) == []


@pytest.mark.parametrize("id", CASES)
def test_a_case_says_of_every_finding_where_it_comes_from(id):
    case = load_case(id)
    assert set(case.recorded) <= set(plain.FINDINGS)
    for finding, entry in case.recorded.items():
        assert (entry.value is None) == (entry.provenance == "not_reported"), finding
        assert entry.note or entry.provenance != "assumed", finding
        if entry.provenance in ("reported", "derived"):
            assert entry.source, finding
            assert all(locator.strip() for locator in entry.source.values()), finding
        assert set(entry.source) <= set(knowledge().sources)


@pytest.mark.parametrize("id", CASES)
def test_a_case_tells_what_was_done_and_what_came_of_it(id):
    case = load_case(id)
    assert case.vignette
    assert case.treatment.text
    assert case.treatment.source
    assert case.outcome.text
    assert case.outcome.source
    assert case.teaching_points
    assert case.reading
    assert 3 <= len(case.what_ifs) <= 4


HINDSIGHT = ("expected_survival", "fit_for_surgery", "tolerates_radiotherapy")


@pytest.mark.parametrize("id", CASES)
def test_nothing_that_only_the_treatment_showed_is_a_finding_of_the_patient(id):
    case = load_case(id)
    for finding in HINDSIGHT:
        assert case.recorded[finding].provenance in ("assumed", "not_reported"), finding
    told = [case.vignette, *(entry.note for entry in case.recorded.values())]
    for word in ("afterwards", "laminectomy", "was operated", "15 months"):
        assert not [text for text in told if word in text.lower()], word


@pytest.mark.parametrize("id", CASES)
def test_only_what_is_known_is_assessed(id):
    case = load_case(id)
    assert set(case.findings) == {finding for finding, entry in case.recorded.items() if entry.value is not None}
    assert set(case.known("reported")) == {
        finding for finding, entry in case.recorded.items() if entry.provenance == "reported"
    }
    assert set(case.published) == set(plain.FINDINGS)


@pytest.mark.parametrize("id", CASES)
def test_a_what_if_changes_what_it_sets_and_nothing_else(id):
    case = load_case(id)
    for entry in case.what_ifs:
        changed = case.what_if(entry.id)
        assert changed != case.findings
        for finding in plain.FINDINGS:
            expected = entry.set[finding] if finding in entry.set else case.findings.get(finding)
            assert changed.get(finding) == expected


def test_a_what_if_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(KeyError, match="did you mean pain-mechanical"):
        load_case("colon-s1").what_if("pain-mechanic")


def test_a_case_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(FaultError, match="did you mean colon-s1"):
        load_case("colon-s2")


def test_a_case_is_found_from_anywhere_by_its_name_and_by_its_path(root, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert load_case("colon-s1") == load_case(root / "cases" / "colon-s1.yml")


def assert_decided(assessment, stances):
    """Each action has its stance, whatever is still unknown."""
    for action, stance in stances.items():
        entry = assessment.entry(action)
        assert (entry.stance, entry.status) == (stance, "decided"), action


# melanoma with cauda equina syndrome


@pytest.fixture(scope="module")
def melanoma():
    return load_case("melanoma-cauda-equina")


def test_the_first_patient_is_an_emergency_near_the_bottom_of_sins(melanoma):
    assessment = melanoma.assess()
    assert assessment.state == "compressed"
    first = assessment.plan[0]
    assert (first.action, first.stance, first.status) == ("urgent_consult", "emergency", "decided")
    assert_decided(
        assessment,
        {
            "mri_full_spine": "emergency",
            "dexamethasone": "recommended",
            "bladder_care": "recommended",
            "decompression": "emergency",
        },
    )
    assert assessment.entry("mri_full_spine").within_hours == 12
    score = assessment.scores["sins"]
    assert (score.status, score.low, score.high, score.bands) == ("range", 1, 6, ("stable",))


def test_his_decompression_depends_on_the_assumed_survival_and_the_call_does_not(melanoma):
    assert melanoma.recorded["expected_survival"].provenance == "assumed"
    without = assess({id: value for id, value in melanoma.findings.items() if id != "expected_survival"})
    entry = without.entry("decompression")
    assert (entry.status, entry.at_least, entry.depends_on) == ("undecided", "consider", ("expected_survival",))
    for action in ("urgent_consult", "mri_full_spine", "dexamethasone", "bladder_care"):
        assert without.entry(action).status == "decided", action


def test_his_spine_is_stable_over_every_completion(melanoma):
    totals = set()
    for lesion in (0, 1, 2):  # the item that CT leaves open
        for posterolateral in plain.POINTS["sins"]["posterolateral"].values():
            totals.add(0 + 1 + lesion + 0 + 0 + posterolateral)
    assert melanoma.assess().scores["sins"].totals == totals == {1, 2, 3, 4, 5, 6}


def test_he_is_an_emergency_by_reported_facts_alone(melanoma):
    assessment = assess(melanoma.known("reported"))
    assert (assessment.plan[0].stance, assessment.plan[0].status) == ("emergency", "decided")
    assert assessment.scores["sins"].bands == ("stable", "potentially_unstable", "unstable")


def test_his_prognostic_scores_are_ranges_that_never_reach_the_best_band(melanoma):
    scores = melanoma.assess().scores
    assert (scores["tokuhashi"].low, scores["tokuhashi"].high) == (3, 11)
    assert "at_least_1_year" not in scores["tokuhashi"].bands
    assert (scores["tomita"].low, scores["tomita"].high) == (5, 10)


def test_he_shows_that_sources_disagree_on_radiotherapy(melanoma):
    entry = melanoma.assess().entry("conventional_radiotherapy")
    assert "C1" in entry.conflicts
    assert "R028" in entry.against
    assert "R029" in entry.because


def test_if_his_pain_were_mechanical_the_band_would_be_open_and_the_emergency_not(melanoma):
    assessment = assess({**melanoma.findings, "pain": "mechanical"})
    score = assessment.scores["sins"]
    assert (score.low, score.high, score.bands) == (3, 8, ("stable", "potentially_unstable"))
    assert (assessment.plan[0].stance, assessment.plan[0].status) == ("emergency", "decided")
    assert (assessment.entry("decompression").stance, assessment.entry("decompression").status) == (
        "emergency",
        "decided",
    )
    fixation = (melanoma.assess().entry("lumbopelvic_fixation"), assessment.entry("lumbopelvic_fixation"))
    assert (fixation[0].stance, fixation[0].status) == ("not_indicated", "decided")
    assert fixation[1].status == "undecided"


def test_without_cauda_equina_syndrome_the_emergency_is_not_excluded(melanoma):
    assessment = assess(melanoma.what_if("cauda-equina-absent"))
    assert assessment.state == "open"
    assert assessment.scores["sins"] == assess({**melanoma.findings, "cauda_equina_syndrome": "absent"}).scores["sins"]
    assert (assessment.scores["sins"].low, assessment.scores["sins"].high) == (1, 6)
    entry = assessment.entry("decompression")
    assert (entry.stance, entry.status, entry.at_least) == ("emergency", "undecided", "consider")
    assert {"bladder_bowel", "saddle_sensation", "motor_deficit"} <= set(entry.depends_on)
    for action in ("urgent_consult", "mri_full_spine"):
        entry = assessment.entry(action)
        assert (entry.stance, entry.status, entry.at_least) == ("emergency", "undecided", "recommended"), action
    for action, stances in {
        "multidisciplinary_review": {"recommended"},
        "lumbopelvic_fixation": {"not_indicated"},
        "sacroplasty": {"contraindicated"},
    }.items():
        entry = assessment.entry(action)
        assert entry.status == "decided", action
        assert entry.stance in stances, action


CAN_BE_IRRADIATED = {"prior_radiotherapy": "none", "tolerates_radiotherapy": "yes"}


@pytest.mark.parametrize(
    ("known", "decompression"),
    [({"fit_for_surgery": "no"}, "not_indicated"), ({"expected_survival": "under_3_months"}, "consider")],
)
def test_without_an_operation_radiotherapy_is_the_emergency(melanoma, known, decompression):
    after = assess({**melanoma.findings, **CAN_BE_IRRADIATED, **known})
    assert after.state == "compressed"
    assert (after.plan[0].action, after.plan[0].stance, after.plan[0].status) == (
        "urgent_consult",
        "emergency",
        "decided",
    )
    entry = after.entry("conventional_radiotherapy")
    assert (entry.stance, entry.within_hours, entry.status) == ("emergency", 24, "decided")
    assert "R028" in entry.against
    assert (after.entry("decompression").stance, after.entry("decompression").status) == (decompression, "decided")
    assert after.entry("dexamethasone").stance == "recommended"


def test_without_assumptions_sins_says_nothing_and_the_emergency_stands(melanoma):
    assessment = assess(melanoma.what_if("without-assumptions"))
    assert (assessment.scores["sins"].low, assessment.scores["sins"].high) == (0, 18)
    assert (assessment.scores["tokuhashi"].low, assessment.scores["tokuhashi"].high) == (2, 12)
    assert assessment.state == "compressed"
    for action in ("urgent_consult", "mri_full_spine", "dexamethasone", "bladder_care"):
        assert assessment.entry(action).status == "decided", action
    assert assessment.entry("decompression").status == "undecided"


# colon cancer at S1


@pytest.fixture(scope="module")
def colon():
    return load_case("colon-s1")


def test_the_second_patient_has_the_published_sins_of_9(colon):
    score = colon.assess().scores["sins"]
    assert (score.status, score.total, score.bands) == ("complete", 9, ("potentially_unstable",))
    assert colon.published_scores["sins"].total == 9
    assert [item.points for item in score.items] == [3, 1, 2, 0, 2, 1]


def test_five_item_sets_reach_his_published_9(colon):
    items = {item.id: item.option for item in colon.assess().scores["sins"].items}
    fixed = {id: items[id] for id in ("location", "bone_lesion", "alignment")}
    sets = knowledge().scores["sins"].item_sets(9, **fixed)
    points = {
        tuple(plain.POINTS["sins"][id][each[id]] for id in ("pain", "collapse", "posterolateral")) for each in sets
    }
    painful = {each for each in points if each[0] > 0}  # his pain was severe
    assert points == {(1, 2, 1), (1, 3, 0), (1, 0, 3), (3, 1, 0), (3, 0, 1), (0, 3, 1), (0, 1, 3)}
    assert painful == {(1, 2, 1), (1, 3, 0), (1, 0, 3), (3, 1, 0), (3, 0, 1)}


def test_his_prognostic_scores_are_ranges(colon):
    scores = colon.assess().scores
    assert (scores["tokuhashi"].low, scores["tokuhashi"].high) == (4, 12)
    assert (scores["tomita"].low, scores["tomita"].high) == (5, 10)


@pytest.mark.parametrize(
    ("what_if", "total", "band"), [("pain-mechanical", 11, "potentially_unstable"), ("level-s2", 6, "stable")]
)
def test_his_what_ifs_give_the_totals_that_they_name(colon, what_if, total, band):
    score = assess(colon.what_if(what_if)).scores["sins"]
    assert (score.total, score.bands) == (total, (band,))


@pytest.mark.parametrize("pattern", ["ala", "transverse", "u_or_h"])
def test_scored_at_s2_he_would_not_be_fixed_unless_the_fracture_is_a_u_or_an_h(colon, pattern):
    known = {"fit_for_surgery": "yes", "expected_survival": "from_6_to_12_months", "fracture_pattern": pattern}
    before, after = (
        assess({**findings, **known}).entry("lumbopelvic_fixation")
        for findings in (colon.findings, colon.what_if("level-s2"))
    )
    if pattern == "u_or_h":
        assert (before.at_least, after.at_least) == ("consider", "consider")
    else:
        assert (before.stance, before.status) == ("consider", "decided")
        assert (after.stance, after.status) == ("not_indicated", "decided")


SPREAD_KNOWN = {
    "karnofsky": 60,
    "extraspinal_bone_metastases": "none",
    "visceral_metastases": "none",
    "vertebral_metastases": "two",
}


def test_with_help_now_and_then_and_no_other_metastases_both_survival_scores_have_a_band(colon):
    scores = assess({**colon.findings, **SPREAD_KNOWN}).scores
    assert (scores["tokuhashi"].total, scores["tokuhashi"].bands) == (10, ("at_least_6_months",))
    assert (scores["tomita"].total, scores["tomita"].bands) == (6, ("palliative",))


def test_counted_as_one_lesion_two_vertebrae_give_a_better_band(colon):
    findings = {**colon.findings, **SPREAD_KNOWN}
    scores = assess(findings).scores
    as_one = {id: scores[id].as_one_lesion for id in ("tokuhashi", "tomita")}
    assert {id: (one.low, one.high, tuple(one.bands)) for id, one in as_one.items()} == {
        "tokuhashi": (11, 11, ("at_least_6_months",)),
        "tomita": (5, 5, ("marginal_or_intralesional",)),
    }
    assert assess({**findings, "vertebral_metastases": "one"}).scores["tokuhashi"].total == 11


def test_an_emergency_is_open_until_no_suspicion_is_left_a_threat_until_the_canal_is_known_and_the_pattern_last(colon):
    assert colon.assess().state == "open"
    unsuspected = {**colon.findings, "suspected_cord_compression": "no"}
    mri = assess(unsuspected).entry("mri_full_spine")
    assert (mri.stance, mri.within_hours, mri.status) == ("recommended", 168, "decided")
    suspected = assess({**colon.findings, "suspected_cord_compression": "yes"}).entry("mri_full_spine")
    assert (suspected.stance, suspected.within_hours, suspected.status) == ("emergency", 12, "decided")
    assert assess(unsuspected).states == ("open_nerves",)
    assert assess({**unsuspected, "epidural": "indents"}).states == ("open_instability",)
    assert assess({**unsuspected, "fracture_pattern": "ala", "epidural": "indents"}).state == "none"


def test_retention_with_an_effaced_sac_is_an_emergency_whatever_the_label_and_the_score_say(colon):
    before, after = colon.assess(), assess(colon.what_if("retention"))
    assert colon.what_if("retention")["cauda_equina_syndrome"] == "absent"
    assert after.state == "compressed"
    assert after.scores["sins"].total == before.scores["sins"].total == 9
    assert_decided(
        after,
        {
            "urgent_consult": "emergency",
            "mri_full_spine": "emergency",
            "dexamethasone": "recommended",
        },
    )
    assert before.entry("decompression").stance == "consider"
    assert (after.entry("decompression").status, after.entry("decompression").stance) == ("undecided", "emergency")


# endometrial cancer of the right ilium


@pytest.fixture(scope="module")
def endometrial():
    return load_case("endometrial-ilium")


def test_the_third_patient_has_a_working_sins_of_8_on_an_assumed_lesion_type(endometrial):
    score = endometrial.assess().scores["sins"]
    assert (score.total, score.bands) == (8, ("potentially_unstable",))
    assert endometrial.recorded["bone_lesion"].provenance == "assumed"


def test_her_band_turns_on_the_lesion_type_that_nobody_stated(endometrial):
    findings = {id: value for id, value in endometrial.findings.items() if id != "bone_lesion"}
    score = assess(findings).scores["sins"]
    assert (score.low, score.high, score.bands) == (6, 8, ("stable", "potentially_unstable"))
    blastic = assess(endometrial.what_if("blastic"))
    assert (blastic.scores["sins"].total, blastic.scores["sins"].bands) == (6, ("stable",))
    known = {"expected_survival": "from_6_to_12_months", "fracture_pattern": "transverse"}
    before, after = (assess({**each, **known}) for each in (endometrial.findings, endometrial.what_if("blastic")))
    both = [each.entry("lumbopelvic_fixation") for each in (before, after)]
    assert [(entry.stance, entry.status) for entry in both] == [("consider", "decided"), ("caution", "decided")]
    one = after.entry("unilateral_lumbopelvic_fixation")
    assert (one.stance, one.side, one.status) == ("consider", "left", "decided")


def test_her_implants_go_to_the_unaffected_left_side(endometrial):
    for findings, side in ((endometrial.findings, "left"), (endometrial.what_if("left-ilium"), "right")):
        entry = assess(findings).entry("unilateral_lumbopelvic_fixation")
        assert (entry.stance, entry.side) == ("consider", side)
        assert set(entry.depends_on) <= {"expected_survival"}
        survives = assess({**findings, "expected_survival": "from_6_to_12_months"}).entry(
            "unilateral_lumbopelvic_fixation"
        )
        assert (survives.stance, survives.status, survives.side) == ("consider", "decided", side)


def test_her_scores_do_not_know_left_from_right(endometrial):
    changed = assess(endometrial.what_if("left-ilium")).scores
    assert {id: score.totals for id, score in changed.items()} == {
        id: score.totals for id, score in endometrial.assess().scores.items()
    }


def test_sins_says_that_it_does_not_see_her_sacroiliac_joint(endometrial):
    assert any("sacroiliac" in note for note in endometrial.assess().scores["sins"].notes)


def test_tumour_at_s1_would_bring_her_to_11(endometrial):
    score = assess({**endometrial.findings, "level": "S1"}).scores["sins"]
    assert (score.total, score.bands) == (11, ("potentially_unstable",))


def test_a_u_or_h_fracture_brings_the_surgeon_and_not_the_score(endometrial):
    before, after = endometrial.assess(), assess(endometrial.what_if("u-or-h"))
    assert after.states == ("open", "parted")
    assert after.scores["sins"].total == before.scores["sins"].total
    assert (after.entry("immobilisation").stance, after.entry("immobilisation").status) == ("recommended", "decided")
    assert after.entry("urgent_consult").at_least == "recommended"


def test_her_decompression_depends_on_saddle_strength_and_survival(endometrial):
    assert endometrial.assess().state == "open"
    entry = endometrial.assess().entry("decompression")
    assert set(entry.depends_on) == {"saddle_sensation", "motor_deficit", "expected_survival"}


def test_not_irradiated_she_would_have_radiotherapy_first(endometrial):
    known = {
        "saddle_sensation": "normal",
        "motor_deficit": "none",
        "deficit_course": "none",
        "expected_survival": "from_6_to_12_months",
        "tolerates_radiotherapy": "yes",
    }
    irradiated = {**endometrial.findings, **known}
    before, after = assess(irradiated), assess({**irradiated, "prior_radiotherapy": "none"})
    assert (before.entry("conventional_radiotherapy").stance, after.entry("conventional_radiotherapy").stance) == (
        "caution",
        "recommended",
    )
    assert after.entry("conventional_radiotherapy").status == "decided"
    assert "R074" in after.entry("conventional_radiotherapy").against
    assert (before.entry("decompression").stance, after.entry("decompression").stance) == ("recommended", "consider")
    assert "R091" in before.entry("decompression").against
    assert "R091" not in after.entry("decompression").against


def test_her_prognostic_scores_are_ranges(endometrial):
    scores = endometrial.assess().scores
    assert (scores["tokuhashi"].low, scores["tokuhashi"].high) == (4, 12)
    assert (scores["tomita"].low, scores["tomita"].high) == (4, 8)


# a case file that is wrong


@pytest.fixture
def cases(root, tmp_path) -> Folder:
    """A copy of the cases that a test may break."""
    return Folder.copied(root / "cases", tmp_path / "cases")


def faults(cases: Folder, name: str = "colon-s1"):
    with pytest.raises(FaultError) as caught:
        load_case(cases.path / f"{name}.yml")
    return list(caught.value.faults)


def fault(cases: Folder, name: str = "colon-s1"):
    found = faults(cases, name)
    assert len(found) == 1, "\n".join(map(str, found))
    return found[0]


LEVEL = "    value: S1\n    provenance: reported\n"


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("    value: S1\n", "    value: S6\n", "S6"),
        ("    value: lytic\n", "    value: lytik\n", "did you mean lytic"),
        ("    value: colon\n", "    value: true\n", "True is not an option"),
        (
            "suspected_cord_compression:\n    provenance: not_reported\n",
            "suspected_cord_compression:\n    value: true\n    provenance: assumed\n",
            "did you mean yes",
        ),
    ],
)
def test_a_value_that_no_finding_has_is_a_fault_at_its_line(cases, old, new, right):
    line = cases.edit("colon-s1.yml", old, new) + old.count("\n") - 1
    assert place(fault(cases)) == ("colon-s1.yml", line)
    assert right in str(fault(cases))


def test_a_finding_that_nobody_knows_is_a_fault_at_its_line(cases):
    line = cases.edit("colon-s1.yml", "  sacral_ala: {provenance", "  sacral_wing: {provenance")
    told = faults(cases)
    assert [place(each) for each in told] == [("colon-s1.yml", line)]
    assert "sacral_wing" in told[0].what


def test_a_finding_that_is_left_out_is_not_reported(cases):
    before = load_case(cases.path / "colon-s1.yml")
    cases.edit("colon-s1.yml", "  sacral_ala: {provenance: not_reported}\n", "")
    case = load_case(cases.path / "colon-s1.yml")
    assert "sacral_ala" not in case.recorded
    assert case.published == before.published
    assert case.findings == before.findings


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (LEVEL, "    value: S1\n    provenance: not_reported\n", "marked not_reported"),
        (LEVEL, "    provenance: reported\n", "has no value"),
        ("    note: No deformity or displacement is mentioned.\n", "", "without a reason"),
        (
            '    note: Of S1, on CT.\n    source: {mika2018: "Fig. 2, l. 85"}\n',
            "    note: Of S1, on CT.\n",
            "without a source",
        ),
        (
            "  sacral_ala: {provenance: not_reported}\n",
            "  sacral_ala: {value: yes, provenance: guessed}\n",
            "provenance",
        ),
        ("  sacral_ala: {provenance: not_reported}\n", "  sacral_ala: {value: yes}\n", "provenance"),
        ("  sacral_ala: {provenance: not_reported}\n", "  sacral_ala: none\n", "sacral_ala"),
    ],
)
def test_a_finding_whose_origin_does_not_fit_is_a_fault_near_its_line(cases, old, new, what):
    line = cases.edit("colon-s1.yml", old, new)
    told = fault(cases)
    assert what in told.what
    assert place(told)[0] == "colon-s1.yml"
    assert line - 4 <= place(told)[1] <= line + 1


@pytest.mark.parametrize("locator", ['""', '" "'])
def test_a_source_without_a_place_in_it_is_a_fault_at_its_line(cases, locator):
    line = cases.edit(
        "colon-s1.yml",
        '    note: Of S1, on CT.\n    source: {mika2018: "Fig. 2, l. 85"}',
        f"    source: {{mika2018: {locator}}}",
    )
    told = fault(cases)
    assert "locator" in told.what
    assert place(told) == ("colon-s1.yml", line)


@pytest.mark.parametrize(
    ("old", "new", "finding", "words"),
    [
        ("  fracture:\n    value: present\n", "  fracture:\n    value: none\n", "fracture", "lost height"),
        (
            "cauda_equina_syndrome:\n    value: absent\n",
            "cauda_equina_syndrome:\n    value: present\n",
            "deficit_course",
            "has a course",
        ),
    ],
)
def test_findings_that_cannot_stand_together_are_a_fault_at_the_first(cases, old, new, finding, words):
    cases.edit("colon-s1.yml", old, new)
    told = fault(cases)
    assert words in told.what
    assert told.right
    assert place(told) == ("colon-s1.yml", cases.lines("colon-s1.yml", f"{finding}:").start)


def test_a_what_if_that_makes_a_patient_impossible_is_a_fault_in_the_what_if(cases):
    cases.edit("colon-s1.yml", "    set: {level: S2}", "    set: {level: S2, fracture: none}")
    told = fault(cases)
    name, line = place(told)
    assert "level-s2" in told.what
    assert name == "colon-s1.yml"
    assert line in cases.lines("colon-s1.yml", "- id: level-s2")


def test_a_published_total_that_the_findings_cannot_give_is_a_fault_at_its_line(cases):
    line = cases.edit("colon-s1.yml", "  sins: {total: 9,", "  sins: {total: 10,")
    told = fault(cases)
    assert place(told) == ("colon-s1.yml", line)
    assert "10" in told.what
    assert "9" in told.what


@pytest.mark.parametrize(
    ("old", "new", "right"),
    [
        ("  sins: {total: 9,", "  sin: {total: 9,", "sins"),
        ("    set: {level: S2}", "    set: {pain: mechanicl}", "did you mean mechanical"),
        ("    set: {level: S2}", "    set: {levle: S2}", "did you mean level"),
        ("    published: fixation\n", "    published: fixaton\n", "fixation"),
        ("  - id: level-s2\n", "  - id: retention\n", "is repeated here"),
        ("  - id: emergency\n", "  - id: pain\n", "is repeated here"),
        ('{mika2018: "Fig. 2, l. 85", fisher2010: "score table"}', '{mika2108: "Fig. 2, l. 85"}', "mika2018"),
        ('{mika2018: "Fig. 2, l. 85", fisher2010: "score table"}', '{nice_qs56: "Statement 3"}', "add nice_qs56"),
        ("sources: [mika2018, fisher2010,", "sources: [mika2018, fischer2010, fisher2010,", "fisher2010"),
        ("id: colon-s1\n", "id: colon-s2\n", "colon-s1"),
        ("minutes: 15\n", "minutes: soon\n", "minutes"),
        ("minutes: 15\n", "minutes: 0\n", "minutes"),
        ("teaches: A published", "teeches: A published", "teeches"),
    ],
)
def test_a_word_of_the_case_that_is_wrong_is_a_fault_at_its_line(cases, old, new, right):
    line = cases.edit("colon-s1.yml", old, new)
    told = next(each for each in faults(cases) if right in str(each))
    assert place(told) == ("colon-s1.yml", line)


@pytest.mark.parametrize("text", ["", "- one\n- two\n", "just words\n"])
def test_a_file_that_is_no_mapping_is_a_fault_of_the_case(tmp_path, text):
    path = tmp_path / "empty.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultError, match=r"empty\.yml:1:1.*a case is a mapping"):
        load_case(path)


def test_a_case_file_with_broken_yaml_is_a_fault_at_its_line(cases):
    line = cases.edit("colon-s1.yml", "minutes: 15\n", "minutes: [15\n")
    name, told = place(fault(cases))
    assert (name, told > line) == ("colon-s1.yml", True)


def test_a_case_without_a_notebook_and_a_notebook_without_a_case_are_faults(cases):
    (cases.path / "colon-s1.ipynb").unlink()
    (cases.path / "endometrial-ilium.yml").unlink()
    told = {(Path(each.where.split(":")[0]).name, each.what) for each in check_cases(cases.path, knowledge())}
    assert told == {
        ("colon-s1.yml", "this case has no notebook"),
        ("endometrial-ilium.ipynb", "this notebook has no case file"),
    }


def test_markup_in_a_case_is_kept_as_text(cases):
    cases.edit("colon-s1.yml", "title: Colon cancer at S1", "title: '<script>alert(1)</script>'")
    assert load_case(cases.path / "colon-s1.yml").title == "<script>alert(1)</script>"
