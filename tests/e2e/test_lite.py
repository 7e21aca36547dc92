"""The cases in the editor that the book serves: Python in the browser, and no other host."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from built import BOOK, one_at_a_time
from playwright.sync_api import Browser, FrameLocator, Locator, expect
from reader import CASES, ROOT, UNFOLDS, Reader, choose
from server import Quiet, serving

import casebook
from casebook.cases.case import load_case
from casebook.knowledge_base import knowledge
from casebook.review.check import check_cases
from publish.pages.editor_link import FOLDER, MADE_OF, SHIPPED, made_of
from publish.pages.external_requests import hosts_named

EDITOR = BOOK / FOLDER
PATIENCE = 180_000
COLON = "colon-s1"
CODE = "[...jupyterapp.shell.currentWidget.content.widgets].filter((cell) => cell.model.type === 'code')"
OUTPUTS = f"{CODE}.map((cell) => [cell.model.executionCount, cell.model.outputs.toJSON()])"
SAVED = "() => !jupyterapp.shell.currentWidget.context.model.dirty"


@pytest.fixture(scope="module")
def whole() -> bool:
    """Cases are edited in the browser that readers have."""
    return True


@pytest.fixture(scope="module")
def lite(book: Path) -> Iterator[str]:
    """The address of the book with its editor; made first unless both are of the present state."""
    with one_at_a_time(ROOT / "_build" / ".lock"):
        shipped = EDITOR / SHIPPED
        if not shipped.exists() or json.loads(shipped.read_text())["made_of"] != made_of(ROOT, *MADE_OF):
            subprocess.run([sys.executable, "-m", "publish.lite"], cwd=ROOT, check=True)
        jupyter_book = Path(sys.executable).with_name("jupyter-book")
        subprocess.run([jupyter_book, "build", ".", "--quiet"], cwd=ROOT, check=True)
    with serving(partial(Quiet, directory=str(book))) as address:
        yield address


class Editor:
    """A reader who went from the page of a case into its editor."""

    def __init__(self, browser: Browser, address: str, case: str) -> None:
        self.reader = Reader(browser, address, accept_downloads=True)
        self.page = self.reader.page
        self.reader.open_case(case)
        self.page.get_by_role("link", name="Edit this case").click()
        self.ready()

    def ready(self) -> None:
        """Wait until every cell has run."""
        expect(self.page.get_by_role("status")).to_contain_text("Ready", timeout=PATIENCE)

    @property
    def frame(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    def look(self, script: str) -> object:
        """Evaluate a script inside JupyterLab."""
        return self.page.frames[-1].evaluate(script)

    def outputs(self) -> Iterator[tuple[int, dict]]:
        """Yield each output with the number of its run."""
        for count, outputs in self.look(OUTPUTS):
            for output in outputs:
                yield count, output

    def explorer(self) -> Locator:
        return self.frame.locator(".jp-OutputArea-output:has(.cb-finding[data-finding])").first

    def saved(self) -> None:
        """Wait until the notebook was kept in the browser."""
        self.page.frames[-1].wait_for_function(SAVED, timeout=PATIENCE)


@pytest.fixture
def editors(browser: Browser, lite: str) -> Iterator[type]:
    """Makes readers with an editor, each in a browser of their own; in the end nobody has asked another host."""
    made: list[Editor] = []

    def make(case: str) -> Editor:
        made.append(Editor(browser, lite, case))
        return made[-1]

    yield make
    for editor in made:
        editor.reader.leave()
        assert editor.reader.outside == []


def shown_plan(explorer: Locator) -> dict[str, list[str]]:
    """Stance and status of every action that an explorer shows."""
    shown = explorer.locator(".cb-sheet [data-action]").evaluate_all(
        "(all) => all.map(({ dataset: d }) => [d.action, [d.stance, d.status]])"
    )
    return dict(shown)


def plan_of(findings: dict[str, Any]) -> dict[str, list[str]]:
    """The same as Python derives it."""
    return {entry.action: [entry.stance, entry.status] for entry in casebook.assess(findings).plan}


@pytest.mark.parametrize("case", CASES)
def test_every_cell_of_a_case_runs_and_the_explorer_is_live(case, editors):
    editor = editors(case)
    outputs = list(editor.outputs())
    assert [output for _, output in outputs if output["output_type"] == "error"] == []
    assert all(count for count, _ in outputs)
    untouched = editor.explorer().locator(".cb-differences > summary")
    expect(untouched).to_have_text(re.compile(": none$"), timeout=PATIENCE)
    assert shown_plan(editor.explorer()) == plan_of(load_case(case).findings)
    drawn = editor.explorer().locator(".casebook-figure svg.cbf")
    expect(drawn).to_have_attribute("data-level", str(load_case(case).findings["level"]))
    findings = {**load_case(case).findings, "pain": "mechanical"}
    pain = editor.explorer().locator('.cb-finding[data-finding="pain"]')
    pain.evaluate(UNFOLDS)
    choose(pain, "mechanical")
    sins = casebook.assess(findings).scores["sins"]
    score = editor.explorer().locator('[data-score="sins"]')
    expect(score).to_have_attribute("data-low", str(sins.low))
    expect(score).to_have_attribute("data-high", str(sins.high))
    assert shown_plan(editor.explorer()) == plan_of(findings)


def test_the_page_says_before_it_loads_anything_how_much_that_is(browser, lite):
    reader = Reader(browser, lite)
    with reader.listening() as asked:
        reader.open_case(COLON)
        said = reader.page.locator(".casebook-edit").inner_text()
        assert not any(f"/{FOLDER}/" in address for address in asked)
        reader.page.get_by_role("link", name="Edit this case").click()
        expect(reader.page.get_by_role("status")).to_contain_text("Ready", timeout=PATIENCE)
    files = {BOOK / urlsplit(address).path.lstrip("/") for address in asked if f"/{FOLDER}/" in address}
    loaded = sum(path.stat().st_size for path in files if path.is_file())
    assert int(re.search(r"about (\d+) MB", said).group(1)) == pytest.approx(loaded / 1e6, rel=0.05)
    reader.leave()


def test_an_edit_survives_a_reload_and_can_be_downloaded_and_given_up(editors):
    editor = editors(COLON)
    mark = "# A remark of my own"
    editor.look(f"() => {CODE}[0].model.sharedModel.setSource('{mark}')")
    editor.saved()
    editor.page.reload()
    editor.ready()
    first = "jupyterapp.shell.currentWidget.content.widgets[1].model.sharedModel.source"
    assert editor.look(first) == mark
    with editor.page.expect_download() as download:
        editor.page.get_by_role("button", name="Download the notebook").click()
    assert mark in download.value.path().read_text(encoding="utf-8")
    editor.page.on("dialog", lambda dialog: dialog.accept())
    editor.page.get_by_role("button", name="Back to the published notebook").click()
    expect(editor.page.get_by_role("status")).not_to_contain_text("Ready")
    editor.ready()
    assert "CaseExplorer" in editor.look(first)


def test_what_was_only_run_is_not_kept_so_that_a_later_edition_is_seen(editors):
    editor = editors(COLON)
    listed = editor.look(
        """async () => {
          const contents = jupyterapp.serviceManager.contents;
          return (await contents.get('cases/colon-s1.ipynb', { content: true })).content.cells;
        }"""
    )
    published = json.loads((ROOT / "cases" / "colon-s1.ipynb").read_text(encoding="utf-8"))["cells"]
    assert [cell.get("outputs") for cell in listed] == [cell.get("outputs") for cell in published]


def test_a_frame_is_refused_in_a_sentence_and_not_in_a_traceback(editors):
    editor = editors(COLON)
    said = editor.look(
        """async () => {
          const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
          const asked = kernel.requestExecute({ code: 'explorer.scores' });
          let said = '';
          asked.onIOPub = (message) => { said += (message.content.traceback || []).join('\\n'); };
          await asked.done;
          return said;
        }"""
    )
    assert "pandas is not installed here" in said
    assert "explorer.assessment.scores" in said
    assert "Traceback" not in said


def test_a_case_file_changed_in_the_editor_changes_the_explorer_and_opens_in_the_local_book(editors, tmp_path):
    editor = editors(COLON)
    changed = editor.look(
        """async () => {
          const contents = jupyterapp.serviceManager.contents;
          const file = await contents.get('cases/colon-s1.yml', { content: true, format: 'text' });
          const content = file.content.replace('minutes: 15', 'minutes: 25');
          await contents.save('cases/colon-s1.yml', { type: 'file', format: 'text', content });
          const kernel = jupyterapp.shell.currentWidget.context.sessionContext.session.kernel;
          const code = 'from casebook.cases.case import load_case\\nprint(load_case("colon-s1").minutes)';
          const asked = kernel.requestExecute({ code });
          let said = '';
          asked.onIOPub = (message) => { said += message.content.text || ''; };
          await asked.done;
          return [content, said];
        }"""
    )
    text, said = changed
    assert said.strip() == "25"
    (tmp_path / "colon-s1.yml").write_text(text, encoding="utf-8")
    with editor.page.expect_download() as download:
        editor.page.get_by_role("button", name="Download the notebook").click()
    download.value.save_as(tmp_path / "colon-s1.ipynb")
    assert list(check_cases(tmp_path, knowledge())) == []
    assert load_case(tmp_path / "colon-s1.yml").minutes == 25


def test_no_setting_of_the_editor_names_another_host_or_is_left_to_a_default(lite):
    paths = [*EDITOR.rglob("jupyter-lite.json"), *EDITOR.rglob("pyodide-lock.json")]
    assert len(paths) >= 4
    for path in paths:
        assert hosts_named(json.loads(path.read_text(encoding="utf-8"))) == [], path
    data = json.loads((EDITOR / "jupyter-lite.json").read_text(encoding="utf-8"))["jupyter-config-data"]
    (kernel,) = data["litePluginSettings"].values()
    assert kernel["disablePyPIFallback"] is True
    assert kernel["pyodideUrl"].startswith("./")
    assert kernel["loadPyodideOptions"]["lockFileURL"].startswith("./")
    lock = json.loads((EDITOR / "static/pyodide/pyodide-lock.json").read_text(encoding="utf-8"))
    assert set(kernel["loadPyodideOptions"]["packages"]) == set(lock["packages"])
    for package in lock["packages"].values():
        assert (EDITOR / "static/pyodide" / package["file_name"]).is_file()
