"""What is said first of a patient, on a desk and on a phone, and in all forms that a page takes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from reader import Reader, one_line

from casebook import assess
from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge

COLON = "colon-s1"
DESK, PHONE = (1400, 900), (375, 720)

SIGNS = {"bladder_bowel": "retention", "saddle_sensation": "reduced", "motor_deficit": "bilateral", "frankel": None}
COMPRESSED = {**SIGNS, "deficit_course": "within_7_days", "epidural": "effaces", "spine_mri": "full_spine"}
FREE = {"compression_by": "none", "epidural": "none", "spine_mri": "full_spine"}
UNFIT = {"fit_for_surgery": "no", "expected_survival": "under_3_months", "tolerates_radiotherapy": "yes"}

FOR = ("emergency", "recommended", "consider")

PATIENTS = {
    "the syndrome suspected, with signs and an effaced sac": (
        {**COMPRESSED, "cauda_equina_syndrome": "suspected"},
        ["compressed"],
        "Emergency. Retention, reduced saddle sensation, weakness of both legs and suspected cauda equina syndrome",
    ),
    "the same, the syndrome not assessed": (
        {**COMPRESSED, "cauda_equina_syndrome": None},
        ["compressed"],
        "Emergency. Retention, reduced saddle sensation and weakness of both legs, with compression on imaging.",
    ),
    "kidney cancer that effaces the sac, without a deficit": (
        {"primary": "kidney", "epidural": "effaces", "spine_mri": "full_spine", "suspected_cord_compression": "no"},
        ["threatened"],
        "Within 24 hours. The nerves are threatened: no neurological sign recorded. Call the spine surgeon and the"
        " radiation oncologist together.",
    ),
    "a U-shaped fracture at a low SINS": (
        {
            **FREE,
            **{"fracture_pattern": "u_or_h", "sacral_ala": "yes", "pain": "occasional", "collapse": "none"},
            **{"posterolateral": "none", "bone_lesion": "blastic", "radicular_pain": "none"},
            **{"suspected_cord_compression": "no", "fit_for_surgery": "yes", "expected_survival": "over_12_months"},
        },
        ["parted"],
        "Unstable fracture or spine. U or H fracture of the sacrum. Ask a spine surgeon within 24 hours",
    ),
    "incontinence with a free canal on MRI of the whole spine": (
        {**FREE, "bladder_bowel": "incontinence", "deficit_course": "within_7_days", "fracture_pattern": "transverse"},
        ["look_again"],
        "Review within 24 hours. Incontinence; MRI of the whole spine shows a free canal. Decompression is not indicated",
    ),
    "unfit, with two months to live, and compression with signs": (
        {**COMPRESSED, **UNFIT, "cauda_equina_syndrome": "present"},
        ["compressed"],
        "Emergency. Cauda equina syndrome, retention, reduced saddle sensation and weakness of both legs",
    ),
}
"""Findings that differ from the colon case, the states that are said of them, and how the first line begins."""


@pytest.fixture(params=PATIENTS)
def patient(request: pytest.FixtureRequest, published) -> tuple[str, Reader]:
    """Each patient, opened by a link."""
    reader = published(COLON)
    changed, *_ = PATIENTS[request.param]
    set_to = "&".join(f"{id}={value or ''}" for id, value in changed.items())
    reader.go_on_to(f"#{COLON}?{set_to}")
    reader.sees_what_follows_from({**load_case(COLON).findings, **changed})
    return request.param, reader


def test_the_first_line_is_right_on_a_desk_and_in_the_bar_of_a_phone(patient):
    name, reader = patient
    changed, states, opening = PATIENTS[name]
    lines = assess({**load_case(COLON).findings, **changed}).first_line
    assert [line.state for line in lines] == states
    for line, shown in zip(lines, reader.first_line.all(), strict=True):
        expect(shown).to_have_attribute("data-patient-state", line.state)
        expect(shown).to_have_attribute("data-level", line.level)
        expect(shown).to_have_text(str(line))
    expect(reader.first_line.first).to_contain_text(opening)
    reader.explorer.evaluate("(explorer) => explorer.scrollIntoView()")
    expect(reader.first_line.first).to_be_in_viewport(ratio=1)

    reader.resize(*PHONE)
    reader.explorer.evaluate("(explorer) => explorer.scrollIntoView()")
    said = reader.explorer.locator(".cb-bar [data-patient-state]")
    expect(said).to_have_attribute("data-level", lines[0].level)
    expect(said).to_contain_text(opening)
    expect(said.locator("strong")).to_have_text(lines[0].lead)
    expect(said.locator("strong")).to_be_in_viewport(ratio=1)
    reader.explorer.locator(".cb-bar").click()
    expect(reader.first_line.first).to_be_in_viewport(ratio=1)
    reader.page.keyboard.press("Escape")


PLANS = {
    "kidney cancer that effaces the sac, without a deficit": {
        **{"urgent_consult": "recommended", "spine_surgery_consult": "recommended"},
        "radiation_oncology_consult": "recommended",
    },
    "unfit, with two months to live, and compression with signs": {
        "conventional_radiotherapy": "emergency",
        "decompression": "not_indicated",
    },
    "a U-shaped fracture at a low SINS": {"sacroplasty": "caution"},
}


@pytest.mark.parametrize("patient", PLANS, indirect=True)
def test_the_plan_of_it_says_the_same(patient):
    name, reader = patient
    for action, stance in PLANS[name].items():
        reader.sees_action(action, stance)


@pytest.mark.parametrize("patient", ["kidney cancer that effaces the sac, without a deficit"], indirect=True)
def test_where_the_nerves_are_threatened_the_call_is_within_24_hours(patient):
    _, reader = patient
    expect(reader.action("urgent_consult")).to_contain_text("within 24 hours")


@pytest.mark.parametrize("patient", ["a U-shaped fracture at a low SINS"], indirect=True)
def test_a_fracture_that_sins_cannot_see_is_not_refused_fixation(patient):
    _, reader = patient
    assert int(reader.score("sins").get_attribute("data-high")) <= 6
    assert reader.action("lumbopelvic_fixation").get_attribute("data-stance") in FOR


@pytest.mark.parametrize("patient", ["incontinence with a free canal on MRI of the whole spine"], indirect=True)
def test_a_free_canal_is_not_decompressed(patient):
    _, reader = patient
    assert reader.action("decompression").get_attribute("data-stance") == "not_indicated"


@pytest.mark.parametrize("patient", ["unfit, with two months to live, and compression with signs"], indirect=True)
def test_radiotherapy_of_the_unfit_begins_within_24_hours_among_what_saves_the_nerves(patient):
    _, reader = patient
    radiotherapy = reader.explorer.locator('.cb-emergency [data-action="conventional_radiotherapy"]')
    expect(radiotherapy).to_contain_text("Emergency")
    expect(radiotherapy).to_contain_text("within 24 hours")
    expect(reader.explorer.locator('.cb-emergency [data-action="decompression"]')).to_have_count(0)
    expect(reader.first_line).to_contain_text("Start radiotherapy within 24 hours, because an operation is")


def test_what_waits_in_an_emergency_stands_under_its_own_heading(published):
    reader = published("melanoma-cauda-equina")
    later = knowledge().emergencies.later
    plan = assess(load_case("melanoma-cauda-equina").findings).plan
    waits = [e.action for e in plan if e.action in later.actions and e.status == "decided" and e.stance in FOR]
    group = reader.explorer.locator('[data-fold="later"]')
    assert group.locator("[data-action]").evaluate_all("(all) => all.map((one) => one.dataset.action)") == waits
    if waits:
        expect(group).to_contain_text(later.label)


def test_without_a_script_a_case_begins_with_the_first_line(readers, http):
    reader = readers(http, java_script_enabled=False)
    for case in ("melanoma-cauda-equina", "sacral-ala-cement", COLON):
        reader.page.goto(f"{http}/cases/{case}.html")
        lines = assess(load_case(case).findings).first_line
        shown = reader.explorer.locator("[data-patient-state]")
        assert [one_line(text) for text in shown.all_inner_texts()] == [str(line) for line in lines]
        expect(shown.first).to_be_visible()
        heading, first = reader.explorer.locator("h3").first.bounding_box(), shown.first.bounding_box()
        assert first["y"] < heading["y"], "before the recommendations"


def test_a_printed_page_begins_the_result_with_the_first_line(published):
    reader = published("melanoma-cauda-equina")
    reader.page.emulate_media(media="print")
    try:
        (line,) = assess(load_case("melanoma-cauda-equina").findings).first_line
        expect(reader.first_line).to_be_visible()
        expect(reader.first_line).to_have_text(str(line))
        expect(reader.explorer.locator(".cb-bar")).to_be_hidden()
    finally:
        reader.page.emulate_media(media="null")
