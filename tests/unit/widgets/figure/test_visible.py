"""The drawing as a browser shows it, with every word hidden: each option of a finding is seen in the parts alone."""

from __future__ import annotations

import hashlib

import pytest
from drawn_patients import KNOWN, drawn_findings, variants
from playwright.sync_api import Page

from casebook.knowledge_base import knowledge
from widgets.figure import figure, figure_state

WORDLESS = "<style>.cb-figure text{visibility:hidden!important}.cb-figure *{transition:none!important}</style>"

SET = """([svg, attributes]) => {
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(`data-${name}`, value);
}"""

ALARMS = {row.finding for attribute in knowledge().drawing.attributes for row in attribute.reads if row.alarm}
"""Findings that are told apart by the words of alarm; in the parts, by one side or both."""


@pytest.fixture(scope="module")
def page(browser) -> Page:
    page = browser.new_page(viewport={"width": 960, "height": 420})
    page.set_content(WORDLESS + figure(KNOWN))
    yield page
    page.close()


def seen(page: Page, findings, provenance=None, plan=()) -> str:
    """Return what is seen of a patient, as a digest of the picture."""
    svg = page.locator("svg").element_handle()
    page.evaluate(SET, [svg, {"view": "", **figure_state(findings, provenance, plan).attributes}])
    return hashlib.sha256(page.locator("svg").screenshot()).hexdigest()


@pytest.mark.parametrize("finding", drawn_findings())
def test_each_option_is_seen_in_the_parts(page, finding):
    pictures = {}
    for option, patient in variants(finding):
        value = figure_state(patient).attributes
        same = {"roots": value["roots"], "open": value["open"]} if finding in ALARMS else None
        key = str(same) if same else str(option)
        picture = seen(page, patient)
        assert pictures.setdefault(picture, key) == key, f"{finding}: {option} looks like {pictures[picture]}"


@pytest.mark.parametrize("provenance", ["assumed", "derived"])
@pytest.mark.parametrize(
    "finding",
    ["level", "bone_lesion", "collapse", "fracture", "alignment", "posterolateral", "sacral_ala", "epidural",
     "iliac_or_si_involvement", "compression_by", "tumour_compartment", "radicular_pain"],
)  # fmt: skip
def test_provenance_is_seen_in_the_parts(page, finding, provenance):
    patient = KNOWN | {
        "fracture": "present",
        "fracture_pattern": "u_or_h",
        "collapse": "under_50",
        "alignment": "deformity",
        "posterolateral": "bilateral",
        "sacral_ala": "yes",
        "iliac_or_si_involvement": "right",
        "epidural": "indents",
        "compression_by": "bone",
        "tumour_compartment": "foraminal",
        "radicular_pain": "bilateral",
    }
    assert seen(page, patient) != seen(page, patient, {finding: provenance})


def test_each_mark_of_a_plan_is_seen_and_differs_where_it_is_undecided(page):
    pictures = {seen(page, KNOWN)}
    marks = {}
    for each in knowledge().drawing.overlay:
        marks.setdefault(each.mark, each)
    for each in marks.values():
        for side in (None, *each.by_side):
            for status in ("decided", "undecided"):
                entry = {"action": each.action, "stance": "recommended", "status": status, "side": side}
                pictures.add(seen(page, KNOWN, plan=[entry]))
    # Rods of one side that is not named are dashed in any case.
    fixed = sum(1 + len(each.by_side) for each in marks.values())
    assert len(pictures) >= 2 * fixed


def test_one_view_can_be_shown_alone(page):
    svg = page.locator("svg").element_handle()
    shown = set()
    for view in ("behind", "side", "across"):
        page.evaluate(SET, [svg, {"view": view}])
        [alone] = page.locator("svg > .view:visible").evaluate_all("(views) => views.map((one) => one.classList[1])")
        shown.add(alone)
    page.evaluate(SET, [svg, {"view": ""}])
    assert shown == {"behind", "side", "across"}
