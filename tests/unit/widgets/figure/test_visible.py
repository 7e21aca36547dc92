"""The drawing as a browser shows it: each option of a finding, and where it comes from, is seen in the visible parts."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations

import pytest
from drawn_parts import DrawnPage
from drawn_patients import FOUND, KNOWN, SIGNS, WITH, drawn_findings, variants
from PIL import Image, ImageChops

from casebook.knowledge_base import knowledge
from widgets.figure import figure_state

ALARMS = {row.finding for attribute in knowledge().drawing.attributes for row in attribute.reads if row.alarm}
"""Findings that are told apart by the words of alarm; in the parts, by one side or both."""

CONTRAST = 40
"""Of 255: the least difference of a pixel that a reader notices."""

PIXELS = 30
"""The least number of such pixels by which two pictures differ."""

MIDDLES = {"behind": 180, "across": 780}
"""Of the views with a left and a right side."""

SCREEN = {"width": 960, "height": 420}


@pytest.fixture(scope="module")
def written_out(browser) -> DrawnPage:
    """A drawing without copies, so that the style of every part can be read."""
    drawn = DrawnPage(browser.new_page(viewport=SCREEN))
    drawn.write_out()
    yield drawn
    drawn.page.close()


@pytest.fixture(scope="module")
def wordless(browser) -> DrawnPage:
    """A drawing as it is published, with its words hidden."""
    drawn = DrawnPage(browser.new_page(viewport=SCREEN))
    drawn.hide_words()
    yield drawn
    drawn.page.close()


def picture(drawn: DrawnPage, findings, provenance=None, plan=()) -> Image.Image:
    drawn.set(findings, provenance, plan)
    return Image.open(BytesIO(drawn.picture())).convert("L")


def differ(one: Image.Image, other: Image.Image) -> bool:
    return sum(ImageChops.difference(one, other).histogram()[CONTRAST:]) >= PIXELS


def looks(finding: str, patient) -> str:
    """Return what tells an option apart in the parts: for a sign of the nerves only its sides."""
    state = figure_state(patient).attributes
    return f"{state['roots']} {state['open']}" if finding in ALARMS else str(patient.get(finding))


def with_finding(finding: str) -> dict[str, object]:
    """Return a patient in whom the finding is found and drawn."""
    if finding in SIGNS:
        return KNOWN | {finding: SIGNS[finding]}
    return FOUND | WITH.get(finding, {}) | ({"escc": "2"} if finding == "escc" else {})


@pytest.mark.parametrize("finding", drawn_findings())
def test_each_option_shows_other_parts_and_not_assessed_none_of_them(written_out, finding):
    seen = {looks(finding, patient): written_out.parts(patient) for _, patient in variants(finding)}
    for (one, parts), (other, others) in combinations(seen.items(), 2):
        assert {part for part in parts ^ others if not part.text}, f"{finding}: {one} has the parts of {other}"


@pytest.mark.parametrize("finding", drawn_findings())
def test_each_option_is_seen_without_a_word(wordless, finding):
    pictures = {looks(finding, patient): picture(wordless, patient) for _, patient in variants(finding)}
    for (one, drawn), (other, drawn_too) in combinations(pictures.items(), 2):
        assert differ(drawn, drawn_too), f"{finding}: {one} looks like {other}"


@pytest.mark.parametrize("finding", drawn_findings())
def test_what_is_not_assessed_is_dotted_and_has_a_question_mark(written_out, finding):
    *known, (option, patient) = variants(finding)
    assert option is None
    unknown = written_out.parts(patient)
    for value, other in known:
        # At a level above the drawing, and of a fracture, more is asked for and then unknown.
        if "Not known" not in figure_state(other).caption:
            parts = written_out.parts(other)
            assert not [part for part in parts if part.dotted or part.text == "?"], f"{finding}: {value}"
    assert [part for part in unknown if part.dotted]
    assert [part for part in unknown if part.text == "?"]


@pytest.mark.parametrize("finding", drawn_findings())
def test_what_is_assumed_is_dashed(written_out, finding):
    patient = with_finding(finding)
    assert [
        part for part in written_out.parts(patient, {finding: "assumed"}) - written_out.parts(patient) if part.dashed
    ]


@pytest.mark.parametrize("finding", drawn_findings())
def test_what_is_derived_is_drawn_like_what_is_reported_with_a_tick(written_out, finding):
    patient = with_finding(finding)
    reported, derived = written_out.parts(patient), written_out.parts(patient, {finding: "derived"})
    assert reported <= derived
    assert derived - reported
    assert all("tick" in part.classes for part in derived - reported)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_is_drawn_on_its_side_alone(written_out, side):
    rods = {"action": "unilateral_lumbopelvic_fixation", "stance": "recommended", "status": "decided", "side": side}
    before = written_out.parts(KNOWN)
    for findings, plan in ((KNOWN | {"iliac_or_si_involvement": side}, ()), (KNOWN, [rods])):
        new = [part for part in written_out.parts(findings, plan=plan) - before if part.view in MIDDLES]
        new = [part for part in new if not part.text]
        assert {part.view for part in new} == set(MIDDLES)
        assert {"left" if part.middle < MIDDLES[part.view] else "right" for part in new} == {side}


def test_each_mark_of_a_plan_is_seen_and_differs_where_it_is_undecided(wordless):
    marks = {}
    for each in knowledge().drawing.overlay:
        marks.setdefault(each.mark, each)
    drawn = {"none": picture(wordless, KNOWN)}
    for each in marks.values():
        for side in (None, *each.by_side):
            for status in ("decided", "undecided"):
                # Rods of one side that is not named are dashed in any case.
                if status == "decided" and each.by_side and side is None:
                    continue
                entry = {"action": each.action, "stance": "recommended", "status": status, "side": side}
                drawn[f"{each.mark} {side} {status}"] = picture(wordless, KNOWN, plan=[entry])
    for (one, seen), (other, seen_too) in combinations(drawn.items(), 2):
        assert differ(seen, seen_too), f"{one} looks like {other}"


def test_one_view_can_be_shown_alone(wordless):
    for view in ("behind", "side", "across"):
        wordless.show(view)
        [alone] = wordless.page.locator("svg > .view:visible").evaluate_all(
            "(all) => all.map((one) => one.classList[1])"
        )
        assert alone == view
    wordless.show("")
