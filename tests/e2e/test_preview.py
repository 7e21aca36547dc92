"""The live preview: a case is edited in a copy of the book, broken and mended, with its page open."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from reader import ROOT, Reader

CASE = "colon-s1"
PATIENCE = 60_000
CONTENTS = f"""\
format: jb-book
root: book/prose
chapters:
  - file: cases/{CASE}
  - file: book/references
"""


class Edited:
    """A small copy of the book, and the address at which it is previewed."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self.address = address
        self.case = folder / "cases" / f"{CASE}.yml"
        self.text = self.case.read_text("utf-8")

    def edit(self, *changes: tuple[str, str]) -> None:
        """Save the case with some things changed from how it was published; without any, as it was."""
        text = self.text
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        self.case.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edited]:
    folder = tmp_path_factory.mktemp("book")
    for name in ("book/references.md", "book/references.bib", "book/images/favicon.svg", "_config.yml"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    (folder / "cases").mkdir()
    for end in (".yml", ".ipynb"):  # in this order, so that the notebook is not older than its case
        shutil.copy(ROOT / "cases" / f"{CASE}{end}", folder / "cases")
    (folder / "_toc.yml").write_text(CONTENTS, "utf-8")
    (folder / "book" / "prose.md").write_text("# A page of prose\n\nOne sentence.\n", "utf-8")
    command = [sys.executable, "-m", "publish.preview", "--port", "0", "--book", str(folder)]
    preview = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        told = preview.stdout.readline()
        yield Edited(folder, re.search(r"http://127\.0\.0\.1:\d+", told)[0])
    finally:
        preview.send_signal(signal.SIGINT)
        assert preview.wait(timeout=60) == 0


@pytest.fixture(scope="module")
def desk(browser: Browser, edited: Edited) -> Iterator[Reader]:
    """One window for all that is edited."""
    reader = Reader(browser, edited.address)
    yield reader
    reader.leave()


@pytest.fixture
def window(desk: Reader) -> Iterator[Reader]:
    """The window, in which nothing goes wrong."""
    desk.begin()
    yield desk
    desk.was_left_alone()


@pytest.fixture
def opened(window: Reader) -> Reader:
    """A reader with the page of the case open, as the test before left the case."""
    window.open_case(CASE)
    return window


def test_a_saved_case_is_seen_in_the_open_page(edited, opened):
    edited.edit(
        ("A man of 78", "A sailor of 78"),
        ("value: occasional", "value: mechanical"),
        ("sins: {total: 9,", "sins: {total: 11,"),
        ("holds: sins == 6", "holds: sins == 8"),  # what a question on him asks for
    )
    expect(opened.page.locator(".casebook-vignette")).to_contain_text("A sailor of 78", timeout=PATIENCE)
    expect(opened.score("sins")).to_have_attribute("data-low", "11", timeout=PATIENCE)


def test_what_no_cell_of_the_notebook_prints_is_seen_as_well(edited, opened):
    presented = opened.page.locator(".casebook-present")
    before = presented.get_attribute("data-presentation")
    edited.edit(("Score pain in SINS by load and movement", "Score pain by what brings it on"))
    expect(presented).not_to_have_attribute("data-presentation", before, timeout=PATIENCE)


def test_a_broken_case_is_told_in_the_page_which_stays_and_is_mended_by_the_next_save(edited, opened):
    before = opened.score("sins").get_attribute("data-low")
    edited.edit(("value: lytic", "value: lytik"))
    line = edited.text.split("value: lytic")[0].count("\n") + 1
    fault = opened.page.get_by_role("alert")
    expect(fault).to_contain_text(f"cases/{CASE}.yml:{line}:", timeout=PATIENCE)
    expect(fault).to_contain_text("did you mean lytic?")
    opened.sees_score("sins", int(before))
    opened.page.reload()  # whoever comes later is told as well
    expect(opened.page.get_by_role("alert")).to_contain_text("did you mean lytic?")
    edited.edit()
    expect(opened.page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)
    expect(opened.score("sins")).to_have_attribute("data-low", "9", timeout=PATIENCE)


def test_a_page_of_prose_follows_its_file_and_its_faults_are_told(edited, window):
    window.go(f"{edited.address}/book/prose.html")
    file = edited.folder / "book" / "prose.md"
    text = file.read_text("utf-8")
    file.write_text(f"{text}\n\nA sentence of today. {{nonsense}}`x`\n", "utf-8")
    expect(window.page.get_by_text("A sentence of today.")).to_be_visible(timeout=PATIENCE)
    fault = window.page.get_by_role("alert")
    expect(fault).to_contain_text("book/prose.md:6: Unknown interpreted text role", timeout=PATIENCE)
    file.write_text(text, "utf-8")
    expect(fault).to_have_count(0, timeout=PATIENCE)


def test_only_this_machine_is_served_and_nobody_else_is_asked(edited, opened):
    port = int(edited.address.rpartition(":")[2])
    assert edited.address == f"http://127.0.0.1:{port}"
    others = [entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    for address in {*others} - {"127.0.0.1"}:
        with socket.socket() as away:
            away.settimeout(2)
            assert away.connect_ex((address, port)) != 0
    assert opened.page.url.startswith(edited.address)
    assert opened.outside == []


@pytest.mark.parametrize("path", ["/../_config.yml", "/%2e%2e/%2e%2e/_config.yml", "/cases/missing.html"])
def test_nothing_but_the_built_book_is_given_out(edited, path):
    line = HTTPConnection(edited.address.removeprefix("http://"))
    line.request("GET", path)
    assert line.getresponse().status in {400, 403, 404}
    line.close()
