"""A case in JupyterLab: the same widgets, with a kernel behind them."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect
from reader import ROOT, UNFOLDS, Reader, choose, one_line
from room_people import Phone

import casebook
from casebook.cases.case import load_case
from casebook.cases.variants import changes
from casebook.explain import changed
from casebook.messages import message
from widgets.figure import CaseFigure

COLON = "colon-s1"
PATIENCE = 60_000


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a JupyterLab on a copy of the cases, with settings of its own."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "cases", home / "cases", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    token = secrets.token_hex(16)
    own = {f"JUPYTER_{name}_DIR": str(home / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(home / name) for name in ("SETTINGS", "WORKSPACES")}
    own |= {"IPYTHONDIR": str(home / "ipython"), "JUPYTER_TOKEN": token}
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"),
        *(f"--ServerApp.root_dir={home / 'cases'}", "--LabApp.extension_manager=readonly", "--LabApp.news_url=None"),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    server = subprocess.Popen(command, cwd=home, env=os.environ | own, stderr=subprocess.PIPE, text=True)
    try:
        yield f"{address_of(server)}lab/tree/{COLON}.ipynb?token={token}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def address_of(server: subprocess.Popen[str]) -> str:
    """Read the log of a server until it says where it is; read on, so that it can go on writing."""
    said = []
    overdue = threading.Timer(PATIENCE / 1000, server.terminate)
    overdue.start()
    for line in server.stderr:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:[1-9]\d*/", line):
            overdue.cancel()
            threading.Thread(target=server.stderr.read, daemon=True).start()
            return found[0]
    pytest.fail("JupyterLab did not start:\n" + "".join(said))


class Notebook:
    """The notebook of a case in JupyterLab, as a reader works in it."""

    def __init__(self, reader: Reader) -> None:
        self.page = reader.page
        self.reader = reader

    @property
    def explorer(self) -> Locator:
        """The explorer of the case; further ones come after it."""
        return self.page.locator(".jp-OutputArea .cb-explorer").first

    def run_all(self) -> None:
        """Run every cell with the menu, once the kernel is there."""
        self.page.get_by_text(re.compile(r"Python 3 .*\| Idle")).wait_for()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.explorer.wait_for(state="attached")

    def run(self, code: str) -> Locator:
        """Write code into a new cell at the end, run it, and give what it shows."""
        cells = self.page.locator(".jp-Notebook .jp-CodeCell")
        before = cells.count()
        # Without the pointer: what was run last may still grow, and move the place from under it.
        self.page.locator(".jp-Notebook-footer").dispatch_event("click")
        cell = cells.nth(before)
        cell.locator(".cm-content").click()
        self.page.keyboard.insert_text(code)
        self.page.keyboard.press("Control+Enter")
        expect(cell.locator(".jp-InputPrompt").first).to_have_text(re.compile(r"\[\d+\]"))
        return cell.locator(".jp-OutputArea-output")

    def comes_to_print(self, code: str, text: str) -> None:
        """Run code that prints, anew until it prints the text.

        What a hand did a moment ago may still be on its way: a widget sends a change to the kernel only when
        that has done with the one before.
        """
        for _ in range(20):
            shown = self.run(code)
            expect(shown).to_have_text(re.compile(r"\n$"))
            if shown.text_content() == text:
                return
        expect(shown).to_have_text(text)


@pytest.fixture(scope="module")
def opened(browser: Browser, lab: str) -> Iterator[Notebook]:
    """The notebook of a case, opened and run by mouse."""
    reader = Reader(browser, lab)
    reader.context.set_default_timeout(PATIENCE)
    reader.page.goto(lab)
    notebook = Notebook(reader)
    notebook.run_all()
    yield notebook
    reader.leave()


@pytest.fixture
def notebook(opened: Notebook) -> Notebook:
    """The same, as the case was published."""
    # Without the pointer: JupyterLab may still be scrolling to the cell that was run last.
    opened.explorer.get_by_role("button", name="Reset to published").dispatch_event("click")
    sees_sins(opened.explorer, 9)
    return opened


def finding(explorer: Locator, id: str) -> Locator:
    """The control of a finding, taken out of its fold."""
    row = explorer.locator(f'.cb-finding[data-finding="{id}"]')
    row.evaluate(UNFOLDS)
    return row


def sees_sins(explorer: Locator, total: int) -> None:
    """Wait until an explorer shows a total of SINS."""
    for end in ("low", "high"):
        expect(explorer.locator('[data-score="sins"]')).to_have_attribute(f"data-{end}", str(total), timeout=PATIENCE)


def shows(explorer: Locator, findings: dict[str, Any]) -> None:
    """Wait until an explorer shows what Python derives: first line, scores, plan, differences and the drawing."""
    assessment, case = casebook.assess(findings), load_case(COLON)
    for id, score in assessment.scores.items():
        shown = explorer.locator(f'[data-score="{id}"]')
        expect(shown).to_have_attribute("data-status", score.status, timeout=PATIENCE)
        if score.low is not None:
            expect(shown).to_have_attribute("data-low", str(score.low))
            expect(shown).to_have_attribute("data-high", str(score.high))
    for entry in assessment.plan:
        shown = explorer.locator(f'[data-action="{entry.action}"]')
        expect(shown).to_have_attribute("data-status", entry.status)
        expect(shown).to_have_attribute("data-stance", entry.stance)
    expect(explorer.locator(".cb-sheet [data-action]")).to_have_count(len(assessment.plan))
    lines = explorer.locator(".cb-sheet > [data-patient-state]").all_text_contents()
    assert [one_line(line) for line in lines] == [str(line) for line in assessment.first_line]
    count = len(changes(case, findings))
    expect(explorer.locator(".cb-differences > summary")).to_have_text(
        message("explorer-differences", case="published", count=count)
    )
    drawn, origin = explorer.locator(".casebook-figure svg.cbf"), CaseFigure(case, findings)
    for name, value in origin.state.attributes.items():
        if value:
            expect(drawn).to_have_attribute(f"data-{name}", value)
        else:
            assert drawn.get_attribute(f"data-{name}") is None, name
    expect(explorer.locator(".casebook-figure figcaption > span")).to_have_text(origin.state.caption)


def test_an_explorer_that_nobody_touched_shows_the_published_patient_and_no_difference(notebook):
    shows(notebook.explorer, dict(load_case(COLON).findings))
    expect(notebook.explorer.locator(".cb-differences > summary")).to_have_text(re.compile(": none$"))
    notebook.comes_to_print("print(len(explorer.differences()))", "0\n")


def test_a_part_of_the_drawing_that_is_pressed_is_a_finding_of_the_kernel(notebook):
    part = notebook.explorer.locator('.casebook-figure [data-part][data-finding="bone_lesion"]').first
    option = part.get_attribute("data-option")
    part.press("Enter")
    shows(notebook.explorer, {**load_case(COLON).findings, "bone_lesion": option})
    notebook.comes_to_print("print(explorer.findings['bone_lesion'])", f"{option}\n")


def test_what_is_shown_of_a_patient_set_in_a_cell_is_what_python_derives(notebook):
    supposed = load_case(COLON).what_if("retention")
    notebook.run("explorer.findings = load_case('colon-s1').what_if('retention')")
    shows(notebook.explorer, dict(supposed))


def test_a_finding_changed_with_the_mouse_is_read_in_a_cell(notebook):
    choose(finding(notebook.explorer, "pain"), "mechanical", mouse=True)
    sees_sins(notebook.explorer, 11)
    notebook.comes_to_print(
        "print(explorer.findings['pain'], explorer.assessment.scores['sins'].total)", "mechanical 11\n"
    )


def test_a_finding_set_in_a_cell_is_seen_in_the_explorer(notebook):
    notebook.run("explorer.findings = {**explorer.findings, 'level': 'S2'}")
    sees_sins(notebook.explorer, 6)
    expect(finding(notebook.explorer, "level").locator("select")).to_have_value("S2")


def test_a_finding_set_wrongly_is_told_with_the_right_name_and_changes_nothing(notebook):
    shown = notebook.run("explorer.findings = {**explorer.findings, 'pain': 'mechancal'}")
    expect(shown).to_contain_text("FindingError")
    expect(shown).to_contain_text("did you mean mechanical?")
    sees_sins(notebook.explorer, 9)
    expect(notebook.run("explorer.findings['pain']")).to_have_text("'occasional'")


CLICKS = {
    **{"pain": "mechanical", "deficit_course": "within_7_days", "bladder_bowel": "retention", "epidural": "effaces"},
    **{"saddle_sensation": "reduced", "radicular_pain": "bilateral", "fit_for_surgery": "no"},
    **{"expected_survival": "under_3_months", "primary": "kidney", "cauda_equina_syndrome": "suspected", "level": "S4"},
}
"""One after another in the colon case; a deficit has its course before it is recorded."""


def test_what_a_click_changed_is_said_as_python_says_it(notebook):
    now = dict(load_case(COLON).findings)
    told = notebook.explorer.locator(".cb-told > p")
    assert len(CLICKS) >= 10
    for id, option in CLICKS.items():
        following = {**now, id: option}
        change = changed(now, following)
        choose(finding(notebook.explorer, id), option)
        expect(told).to_have_text(change.text, timeout=PATIENCE)
        # The kernel answers with a copy of what it was sent; that is no change.
        notebook.comes_to_print(f"print(explorer.findings == {following!r})", "True\n")
        expect(told).to_have_text(change.text)
        if change.moves:
            expect(told).not_to_contain_text("No score and no recommendation changes")
        now = following


def test_findings_that_contradict_each_other_reach_the_kernel_only_once_they_are_mended(notebook):
    choose(finding(notebook.explorer, "bladder_bowel"), "retention")
    refused = notebook.explorer.locator("[data-refused]")
    expect(refused).to_have_count(2)
    expect(notebook.explorer.locator(".cb-told")).to_contain_text("Not applied:")
    notebook.comes_to_print("print(explorer.findings['bladder_bowel'])", "normal\n")
    expect(refused).to_have_count(2)
    choose(finding(notebook.explorer, "deficit_course"), "over_7_days")
    expect(refused).to_have_count(0)
    notebook.comes_to_print(
        "print(explorer.findings['bladder_bowel'], explorer.findings['deficit_course'])", "retention over_7_days\n"
    )


def test_findings_that_contradict_each_other_are_an_error_in_a_cell_and_change_nothing(notebook):
    shown = notebook.run("explorer.findings = {**explorer.findings, 'bladder_bowel': 'retention'}")
    expect(shown).to_contain_text("a disturbed bladder, bowel or saddle is a deficit and has a course")
    notebook.comes_to_print(
        "import casebook\n"
        "try:\n    explorer.findings = {**explorer.findings, 'bladder_bowel': 'retention'}\n"
        "except casebook.FindingError as error:\n    print(error.refusals[0].findings, explorer.findings['bladder_bowel'])",
        "('deficit_course', 'bladder_bowel') normal\n",
    )
    expect(notebook.explorer.locator("[data-refused]")).to_have_count(0)
    expect(finding(notebook.explorer, "bladder_bowel").locator("input:checked")).to_have_value("normal")


def test_an_explorer_ends_its_line_with_what_is_said_first_of_the_patient(notebook):
    expect(notebook.run("print(explorer)")).to_have_text(
        re.compile(r", first='An emergency is not ruled out\. .+'\)\n$")
    )


def test_observe_hears_what_the_mouse_does(notebook):
    notebook.run("heard = []; explorer.observe(lambda change: heard.append(change['new'].get('primary')), 'findings')")
    choose(finding(notebook.explorer, "primary"), "breast")
    choose(finding(notebook.explorer, "primary"), None)
    expect(finding(notebook.explorer, "primary").locator("select")).to_have_value("")
    notebook.comes_to_print("print(heard)", "['breast', None]\n")


def test_two_linked_explorers_show_the_same_patient(notebook):
    notebook.run(
        "from traitlets import link\n"
        "twin = CaseExplorer('colon-s1')\n"
        "linked = link((explorer, 'findings'), (twin, 'findings'))\n"
        "twin"
    )
    twin = notebook.page.locator(".jp-OutputArea .cb-explorer").nth(1)
    sees_sins(twin, 9)
    choose(finding(notebook.explorer, "bone_lesion"), "blastic")
    sees_sins(twin, 7)
    choose(finding(twin, "bone_lesion"), "mixed")
    sees_sins(notebook.explorer, 8)
    notebook.run("linked.unlink(); twin.close()")


def test_scores_come_as_a_frame(notebook):
    shown = notebook.run("explorer.scores")
    for words in ("tokuhashi", "potentially_unstable", "complete"):
        expect(shown).to_contain_text(words)


def test_a_what_if_sets_the_explorer_through_the_kernel(notebook):
    supposed = load_case(COLON).what_ifs[0]
    row = notebook.page.locator(f'.jp-OutputArea [data-what-if="{supposed.id}"]')
    row.get_by_role("button", name="Set the explorer").click()
    expect(row.get_by_role("button", name="Show the answer")).to_be_visible()
    notebook.comes_to_print(f"print(explorer.findings == load_case('{COLON}').what_if('{supposed.id}'))", "True\n")


def test_the_disability_index_of_a_notebook_is_read_and_set_in_a_cell(notebook):
    notebook.run("from widgets import DisabilityIndex\nindex = DisabilityIndex([2] * 10)\nindex")
    index = notebook.page.locator('.jp-OutputArea [data-score="odi"]:visible')
    expect(index).to_have_attribute("data-low", "40", timeout=PATIENCE)
    choose(notebook.page.locator('.jp-OutputArea [data-item="section_1"]'), 5)
    expect(index).to_have_attribute("data-low", "46")
    notebook.comes_to_print("print(index.sections, index.result.total)", f"{[5] + [2] * 9} 46\n")
    notebook.run("index.sections = [0] * 9 + [None]")
    expect(index).to_have_attribute("data-high", "0")
    expect(index).to_contain_text("9 of 10 sections answered")


def test_the_widgets_ask_no_other_host(notebook):
    assert notebook.reader.outside == []


def test_differences_from_the_published_case_are_listed_and_come_as_a_frame(notebook):
    choose(finding(notebook.explorer, "pain"), "mechanical")
    notebook.explorer.get_by_text("Differences from the published case: 1").click()
    expect(notebook.explorer.locator('[data-difference="pain"]')).to_contain_text(
        "mechanical; in the case: not mechanical"
    )
    notebook.comes_to_print("print(len(explorer.differences()))", "1\n")
    expect(notebook.run("explorer.differences()")).to_contain_text("occasional")


def test_a_changed_case_is_saved_under_a_name_and_replaced_only_when_asked(notebook):
    choose(finding(notebook.explorer, "pain"), "mechanical")
    name = notebook.explorer.get_by_label("Name of the new case")
    save = notebook.explorer.get_by_role("button", name="Save as a new case")
    said = notebook.explorer.locator("[data-answer]")
    name.fill("Colon S1")
    save.click()
    expect(said).to_contain_text("small letters, digits and single hyphens")
    name.fill("colon-s1-changed")
    save.click()
    expect(said).to_contain_text(re.compile(r"Saved in .*cases/colon-s1-changed\.yml"))
    save.click()
    expect(said).to_contain_text("a case of this name already exists and was not changed")
    notebook.explorer.get_by_role("button", name="Replace the existing case").click()
    expect(said).to_contain_text("Saved in")
    shown = notebook.run("print(load_case('colon-s1-changed').recorded['pain'].provenance)")
    expect(shown).to_have_text("assumed\n")


def test_a_room_is_led_from_a_cell(notebook, browser, book, tmp_path):
    notebook.run(f"from widgets import Room\nroom = Room({str(ROOT)!r}, folder={str(tmp_path)!r})\nroom")
    room = notebook.page.locator(".jp-OutputArea .room-lab")
    address = notebook.run("print(room.address)").text_content().strip()
    phone = Phone(browser, address)
    try:
        phone.joins()
        expect(room.locator(".room-lab-join")).to_contain_text("1 phone", timeout=PATIENCE)
        room.get_by_label("Question").select_option(label="Plan")
        room.get_by_role("button", name="Open").click()
        phone.sees("open")
        phone.commits({"plan": "lumbopelvic_fixation"})
        expect(room).to_contain_text(message("room-submitted-count", votes=1, phones=1))
        notebook.run("heard = []; room.observe(lambda change: heard.append(change['new']), 'phase')")
        room.get_by_role("button", name=message("room-close-vote")).click()
        expect(room.locator('[data-option="lumbopelvic_fixation"] td').first).to_have_attribute("data-n", "1")
        expect(notebook.run("room.rounds")).to_contain_text("colon-s1")
        expect(notebook.run("print(room, len(room.votes))")).to_have_text("Room(closed, 1 closed) 1\n")
        expect(notebook.run("print(heard)")).to_have_text("['closed']\n")
        expect(notebook.run("room.ask('plan', 'colon-s2')")).to_have_text(
            re.compile(re.escape(message("room-refusal-agenda")))
        )
        notebook.run("room.ask_again()")
        phone.sees("open")
        phone.commits({"plan": "lumbopelvic_fixation"})
        notebook.run("result = room.close_vote()")
        expect(room.locator('[data-option="lumbopelvic_fixation"] td')).to_have_count(2)
        notebook.run("room.end()")
        phone.sees("ended")
        expect(room).to_contain_text("The room has ended")
        assert phone.heard_early() == []
        assert phone.outside == []
    finally:
        phone.leave()


def test_a_case_that_is_not_there_is_told_without_a_traceback(notebook):
    shown = notebook.run("CaseExplorer('colon-s2')")
    expect(shown).to_have_text("colon-s2: there is no case of this name; did you mean colon-s1?")
