"""The drawing of the patient on the stage, and slides that fit the screen."""

from __future__ import annotations

from typing import Any

import pytest
from axe import SIDEWAYS
from playwright.sync_api import Locator, expect
from reader import CASES
from staging import COLON, Stage, beats, findings_step

from casebook.cases.case import Case, load_case
from casebook.inference.assessment import assess
from widgets.figure import figure_state

SCREENS = {"4:3": (1024, 768), "hd": (1280, 720), "laptop": (1366, 768), "phone": (375, 812)}

HIDDEN_BELOW = """() => {
  const main = document.querySelector('.cb-stage-main');
  return main.scrollHeight - main.clientHeight;
}"""

NO_FULL_SCREEN = "() => { Element.prototype.requestFullscreen = undefined; }"


def drawn(stage: Stage) -> Locator:
    return stage.root.locator(".cb-stage-main svg.cbf")


def assert_drawn(
    stage: Stage, case: Case, findings: dict[str, Any], *, provenance: bool = True, plan: bool = False
) -> None:
    """Check the state of the drawing on the stage, and its words for those who do not see it."""
    origin = {
        name: entry["provenance"]
        for name, entry in case.published.items()
        if provenance and name in findings and findings[name] == entry["value"]
    }
    entries = [entry for entry in assess(findings).to_dict()["plan"] if plan and entry["status"] == "decided"]
    state = figure_state(findings, origin, entries)
    for name, value in state.attributes.items():
        if value:
            expect(drawn(stage)).to_have_attribute(f"data-{name}", value)
        else:
            assert drawn(stage).get_attribute(f"data-{name}") is None, name
    expect(stage.root.locator("figcaption")).to_have_text(state.caption)


def test_the_vignette_is_drawn_as_it_was_reported(each):
    stage, case = each
    stage.begin().press("Home")
    stage.go_to(case, lambda beat: beat.step.show == "vignette")
    assert_drawn(stage, case, dict(case.findings if case.constructed else case.known("reported")))
    assert drawn(stage).locator("[role=button]").count() == 0


def test_the_drawing_follows_the_findings_and_its_parts_set_them(colon, stage):
    stage.go_to(colon, findings_step)
    now = dict(colon.findings)
    assert_drawn(stage, colon, now, provenance=False)
    stage.press("p")
    assert_drawn(stage, colon, now)
    stage.finding("level").locator("select").select_option("S2")
    assert_drawn(stage, colon, {**now, "level": "S2"})
    part = drawn(stage).locator('[data-part][data-finding="bone_lesion"]').first
    option = part.get_attribute("data-option")
    part.press("Space")  # the key of the next slide everywhere else
    expect(stage.root.get_by_role("status").first).to_contain_text("Bone lesion")
    assert_drawn(stage, colon, {**now, "level": "S2", "bone_lesion": option})


def test_after_a_press_by_mouse_the_keys_are_the_stages(colon, stage):
    stage.go_to(colon, findings_step)
    drawn(stage).locator('[data-part][data-finding="bone_lesion"]').first.click()
    expect(stage.heading).to_be_focused()


def test_the_decided_plan_is_drawn_over_the_patient(colon, stage):
    stage.go_to(colon, lambda beat: beat.step.show == "plan")
    assert_drawn(stage, colon, dict(colon.findings), plan=True)


def test_a_what_if_is_drawn_with_what_it_sets(colon, stage):
    place = stage.go_to(colon, lambda beat: beat.step.show == "what_if" and beat.answered)
    assert_drawn(stage, colon, dict(colon.what_if(beats(colon)[place].step.id)))


def test_undecided_options_are_folded_after_the_first(colon, stage):
    stage.go_to(colon, lambda beat: beat.step.show == "plan")
    undecided = [entry.action for entry in assess(colon.findings).plan if entry.status == "undecided"]
    listed = stage.root.locator(".cb-large-plan [data-action]")
    before = listed.count()
    stage.root.get_by_text(f"Show {len(undecided) - 3} more").click()
    expect(listed).to_have_count(before + len(undecided) - 3)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("width", "height"), SCREENS.values(), ids=list(SCREENS))
def test_no_slide_is_larger_than_the_screen(readers, http, case, width, height):
    reader = readers(http, viewport={"width": width, "height": height})
    reader.open_case(case)
    reader.page.evaluate(NO_FULL_SCREEN)
    stage = Stage(reader).begin()
    for beat in beats(load_case(case)):
        revealing = ["", "s", "p"] if beat.step.show == "findings" else [""]
        for key in revealing:
            stage.press(*key)
            assert reader.page.evaluate(SIDEWAYS) <= 0, (beat, key)
            # What is held in a hand is scrolled.
            assert width < 640 or reader.page.evaluate(HIDDEN_BELOW) <= 0, (beat, key)
        stage.press("PageDown")


def test_the_drawing_is_large_on_the_screen_of_a_room(readers, http):
    reader = readers(http, viewport={"width": 1920, "height": 1080})
    reader.open_case(COLON)
    reader.page.evaluate(NO_FULL_SCREEN)
    stage, case = Stage(reader).begin(), load_case(COLON)
    for show, share in {"vignette": 0.4, "findings": 0.25, "plan": 0.25}.items():
        stage.go_to(case, lambda beat, show=show: beat.step.show == show)
        assert drawn(stage).bounding_box()["height"] >= share * 1080, show
