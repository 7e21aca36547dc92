"""The drawing of a patient: what it takes from the findings, what it says, and what it weighs."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from drawn_patients import KNOWN, drawn_findings, random_patients, variants
from folders import Folder

import casebook
from casebook.cases.case import load_case
from casebook.diagnostics.fault import FaultError
from casebook.knowledge_base import FOLDER, knowledge, load
from widgets import CaseFigure
from widgets.figure import figure, figure_state

BUDGET = 16 * 1024
MOST_SENTENCES = 3


@pytest.mark.parametrize("finding", drawn_findings())
def test_each_option_of_a_finding_gives_another_drawing(finding):
    seen = {}
    for option, patient in variants(finding):
        state = figure_state(patient)
        written = json.dumps([dict(state.attributes), dict(state.words)])
        assert written not in seen, f"{finding}: {option} is drawn like {seen.get(written)}"
        seen[written] = option


@pytest.mark.parametrize("finding", drawn_findings())
def test_the_caption_tells_every_option_apart_and_names_what_is_not_assessed(finding):
    captions = {}
    for option, patient in variants(finding):
        caption = figure_state(patient).caption
        assert caption not in captions, f"{finding}: {option} is called like {captions.get(caption)}"
        captions[caption] = option
        if option is None:
            assert "Not known" in caption or caption.startswith("Level not recorded")


def test_a_patient_of_whom_nothing_is_known_is_drawn_as_unknown_and_not_as_normal():
    state = figure_state({})
    assert {name for name, value in state.attributes.items() if value == "unknown"} == {
        attribute.id for attribute in knowledge().drawing.attributes if not attribute.at
    }
    assert state.caption.startswith("Level not recorded. Not known: bladder, saddle and legs, canal")


def test_root_pain_alone_does_not_hide_that_the_bladder_was_not_examined():
    known = figure_state(KNOWN | {"radicular_pain": "unilateral"})
    assert (known.attributes["roots"], known.attributes["open"]) == ("one", "")
    unexamined = {id: value for id, value in KNOWN.items() if id != "bladder_bowel"}
    state = figure_state(unexamined | {"radicular_pain": "unilateral"})
    assert (state.attributes["roots"], state.attributes["open"]) == ("one", "roots")
    assert "Not known: bladder, saddle and legs." in state.caption


def test_a_syndrome_recorded_as_absent_does_not_hide_a_red_flag():
    state = figure_state(KNOWN | {"bladder_bowel": "retention"})
    assert state.attributes["roots"] == "both"
    assert state.words["alarm"] == "retention"


def test_a_side_that_is_not_recorded_is_named_and_not_invented():
    state = figure_state(KNOWN | {"posterolateral": "unilateral", "sacral_ala": "yes"})
    assert state.words["sides"] == "side not recorded:\nposterolateral elements, wing"
    assert "left" not in state.caption
    assert "right" not in state.caption


def test_what_is_assumed_and_what_is_derived_can_be_told_apart():
    state = figure_state(KNOWN, {"collapse": "assumed", "epidural": "derived", "level": "reported"})
    assert state.attributes["assumed"] == "collapse"
    assert state.attributes["derived"] == "epidural"
    assert "no collapse (assumed)" in state.caption


def test_the_side_of_the_rods_is_that_of_the_plan_and_is_left_open_where_the_plan_leaves_it():
    entry = {"action": "unilateral_lumbopelvic_fixation", "stance": "consider", "status": "undecided", "side": "left"}
    assert figure_state(KNOWN, plan=[entry]).attributes["plan"] == "fix-left"
    state = figure_state(KNOWN, plan=[entry | {"side": None}])
    assert state.attributes["plan"] == "fix-one"
    assert state.attributes["weighed"] == "fix"
    assert state.words["named"] == "lumbopelvic fixation, one side (undecided)"


def test_what_the_plan_advises_against_is_not_drawn():
    entry = {"action": "sacroplasty", "stance": "contraindicated", "status": "decided"}
    assert figure_state(KNOWN, plan=[entry]).attributes["plan"] == ""


def test_every_mark_of_the_overlay_is_in_the_drawing():
    drawing = figure(KNOWN)
    for each in knowledge().drawing.overlay:
        assert each.action in knowledge().actions
        for mark in (each.mark, *each.by_side.values()):
            assert f"data-plan~={mark}]" in drawing, mark


def test_every_target_is_in_the_drawing_and_each_part_is_a_target():
    parts = set(re.findall(r'data-part="([\w-]+)"', figure(KNOWN)))
    assert parts == {target.part for target in knowledge().drawing.targets}


def test_a_caption_has_at_most_three_sentences():
    for each in random_patients(300):
        caption = figure_state(**each).caption
        assert len(re.findall(r"\.(?= |$)", caption)) <= MOST_SENTENCES, caption


def test_page_and_python_draw_the_same(tmp_path: Path):
    patients = [
        {"findings": patient, "provenance": {}, "plan": []}
        for finding in drawn_findings()
        for _, patient in variants(finding)
    ]
    patients += random_patients(500)
    given = json.dumps({"drawing": knowledge().drawing.to_dict(), "patients": patients})
    script = Path(__file__).with_name("state.mjs")
    node = shutil.which("node")
    assert node, "the page needs Node to be compared"
    run = subprocess.run([node, script, tmp_path], input=given, capture_output=True, text=True, check=True)
    for patient, page in zip(patients, json.loads(run.stdout), strict=True):
        state = figure_state(**patient)
        python = {"attributes": dict(state.attributes), "words": dict(state.words), "caption": state.caption}
        assert page == python, patient


def test_two_drawings_of_a_page_share_no_id_and_each_refers_to_its_own():
    one, other = figure(KNOWN), figure(KNOWN)
    ids = [re.findall(r' id="([^"]+)"', each) for each in (one, other)]
    assert len({*ids[0], *ids[1]}) == len(ids[0]) + len(ids[1])
    for drawing, own in ((one, ids[0]), (other, ids[1])):
        named = re.findall(r'(?:href="#|url\(#|labelledby=")([\w-]+)', drawing)
        assert named
        assert set(named) <= set(own)


def test_a_drawing_with_its_styles_costs_a_page_less_than_16_kilobytes():
    plan = casebook.assess(load_case("colon-s1").findings).to_dict()["plan"]
    assert len(gzip.compress(figure(KNOWN, plan=plan).encode(), 9)) <= BUDGET


def test_no_word_of_the_drawing_is_left_empty_and_every_view_says_its_sides():
    drawing = figure(KNOWN)
    assert "[[" not in drawing
    assert drawing.count(">L<") == drawing.count(">R<") == 2
    assert drawing.count(">front<") == drawing.count(">back<") == 2


def test_the_drawing_is_a_named_group_and_no_image():
    drawing = figure(KNOWN)
    assert 'role="group"' in drawing
    assert 'role="img"' not in drawing


def test_a_case_is_drawn_with_what_it_reports_assumes_and_leaves_open():
    widget = CaseFigure("colon-s1")
    assert repr(widget).startswith(
        "CaseFigure('colon-s1'): Level S1: lytic lesion, collapse of less than 50 % (assumed)"
    )
    assert widget.state.attributes["plan"] == ""
    widget.plan = True
    assert "laminectomy" in widget.state.attributes["plan"]


def test_a_finding_that_a_reader_changes_is_no_longer_assumed():
    widget = CaseFigure("colon-s1")
    assert "collapse" in widget.state.attributes["assumed"]
    widget.findings = widget.findings | {"collapse": "over_50"}
    assert "collapse" not in widget.state.attributes["assumed"].split()


def test_a_case_in_a_notebook_has_the_drawing_the_text_and_the_widget():
    data, _ = CaseFigure("melanoma-cauda-equina")._repr_mimebundle_()
    assert "<svg" in data["text/html"]
    assert data["text/plain"].startswith("CaseFigure('melanoma-cauda-equina'): Level S2")
    assert "application/vnd.jupyter.widget-view+json" in data


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("{finding: bone_lesion}", "{finding: bone_lesions}", "bone_lesions is not a finding"),
        ("options: [retention]", "options: [retentive]", "retentive is not an option"),
        ("action: sacroplasty", "action: sacroplasties", "sacroplasties is not an action"),
        ("press: {indents: effaces", "press: {indents: effaced", "effaced is not an option"),
        (
            "sacroplasty, mark: cement, source: {mika2018",
            "sacroplasty, mark: cement, source: {mika2081",
            "mika2081 is not a source",
        ),
    ],
)
def test_a_name_that_nothing_has_is_reported_with_its_place_and_the_nearest_right_one(tmp_path, old, new, what):
    folder = Folder.copied(FOLDER, tmp_path / "knowledge")
    line = folder.edit("figure.yml", old, new)
    with pytest.raises(FaultError) as raised:
        load(folder.path)
    [fault] = raised.value.faults
    assert f"figure.yml:{line}:" in fault.where
    assert what in fault.what
    assert fault.right


def test_another_drawing_is_another_version_of_the_knowledge_but_the_same_rulebook(tmp_path):
    # A notebook keeps a book by its version, and a page the files that it loads later.
    before = knowledge()
    folder = Folder.copied(FOLDER, tmp_path / "knowledge")
    folder.edit("figure.yml", "press: {indents: effaces, effaces: none}", "press: {indents: effaces}")
    after = load(folder.path)
    assert after.version != before.version
    assert after.fingerprint == before.fingerprint
