"""What the build adds to a page for a reader with progress: the line of what is due, and the addresses of questions."""

import json
import re
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from casebook.quiz.questions import questions_of

CASES = Path(__file__).resolve().parents[3] / "cases"
CONTENTS = "# Index\n\nA first line.\n\n```{toctree}\ncases/colon-s1\nprogress\n```\n"


@pytest.fixture(params=["```{progress}\n```", "Nothing is listed."], ids=["listed", "unlisted"])
def book(request, tmp_path):
    """The folder of a built book with one case, and whether it has a page of progress."""
    source, html = tmp_path / "source", tmp_path / "html"
    (source / "cases").mkdir(parents=True)
    (source / "index.md").write_text(CONTENTS, encoding="utf-8")
    (source / "progress.md").write_text(f"# Progress\n\n{request.param}\n", encoding="utf-8")
    (source / "cases" / "colon-s1.md").write_text("# One\n\nA man.\n", encoding="utf-8")
    shutil.copy(CASES / "colon-s1.yml", source / "cases")
    settings = {
        "extensions": ["myst_parser", "sphinxcontrib.bibtex", "publish"],
        "bibtex_bibfiles": [],
        "html_theme": "basic",
        "root_doc": "index",
    }
    with docutils_namespace():
        Sphinx(source, None, html, tmp_path / "trees", "html", confoverrides=settings, status=None).build()
    return html, "{progress}" in request.param


def test_the_line_is_under_the_title_of_the_first_page_and_at_the_end_of_the_others_if_progress_is_listed(book):
    html, listed = book
    before = {"index": "h1", "cases/colon-s1": "section", "progress": None}
    for name, sibling in before.items():
        lines = BeautifulSoup((html / f"{name}.html").read_text("utf-8"), "html.parser").select(".casebook-due")
        assert len(lines) == (listed and sibling is not None)
        for line in lines:
            assert line.find_previous_sibling().name == sibling
            assert line.has_attr("hidden")
            for address in (line["data-script"], line["data-questions"]):
                file, _, checksum = address.partition("?v=")
                assert (html / name).parent.joinpath(file).resolve().is_file()
                assert re.fullmatch(r"[0-9a-f]{8}", checksum)


def test_every_question_of_the_book_has_an_address_from_its_folder(book):
    html, listed = book
    written = html / "casebook" / "questions.js"
    assert written.exists() == listed
    if listed:
        text = written.read_text("utf-8").partition("JSON.parse('")[2].rpartition("')")[0]
        expected = {each.id: f"cases/colon-s1.html#quiz-{each.written.id}" for each in questions_of("colon-s1")}
        assert json.loads(text) == expected
