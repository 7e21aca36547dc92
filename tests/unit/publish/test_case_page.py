"""The buttons are on the page of a case, and what is presented lies beside it."""

import ast
import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace

from casebook.cases.case import load_case
from classroom.presentation import presentation

CASES = Path(__file__).resolve().parents[3] / "cases"


@pytest.fixture
def book(tmp_path):
    """A book of one case and one page beside it, and what builds it."""
    source, html = tmp_path / "source", tmp_path / "html"
    (source / "cases").mkdir(parents=True)
    (source / "index.md").write_text("# Index\n\n```{toctree}\ncases/colon-s1\ncases/other\n```\n", encoding="utf-8")
    (source / "cases" / "colon-s1.md").write_text(
        "# One\n\nIt teaches.\n\n## The patient\n\nA man.\n", encoding="utf-8"
    )
    (source / "cases" / "other.md").write_text("# Other\n\nNo case.\n", encoding="utf-8")
    shutil.copy(CASES / "colon-s1.yml", source / "cases")

    def build():
        settings = {
            "extensions": ["myst_parser", "sphinxcontrib.bibtex", "publish"],
            "bibtex_bibfiles": [],
            "html_theme": "basic",
            "root_doc": "index",
        }
        with docutils_namespace():
            Sphinx(source, None, html, tmp_path / "trees", "html", confoverrides=settings, status=None).build()

    return source, html, build


def page(html, name="colon-s1"):
    return BeautifulSoup((html / "cases" / f"{name}.html").read_text("utf-8"), "html.parser")


def test_hidden_buttons_follow_the_title_of_a_case_alone(book):
    _, html, build = book
    build()
    (controls,) = page(html).select(".casebook-present")
    assert controls.has_attr("hidden")  # until a script can do what they say
    assert controls.find_previous_sibling().name == "h1"
    assert controls.find_next_sibling("section").h2.get_text().startswith("The patient")
    assert not page(html, "other").select(".casebook-present")


def test_what_is_presented_lies_where_the_page_says(book):
    _, html, build = book
    build()
    address = page(html).select_one(".casebook-present")["data-presentation"].partition("?")[0]
    text = (html / "cases" / address).resolve().read_text("utf-8")
    stored = text.partition(".presentation = JSON.parse(")[2].removesuffix(");\n")
    assert json.loads(ast.literal_eval(stored)) == presentation(load_case("colon-s1"))


def test_an_edited_case_file_makes_its_page_anew_under_another_address(book):
    source, html, build = book
    build()
    before = page(html).select_one(".casebook-present")["data-presentation"]
    file = source / "cases" / "colon-s1.yml"
    file.write_text(file.read_text("utf-8").replace("Score pain in SINS by load", "Score pain by load"), "utf-8")
    build()
    assert page(html).select_one(".casebook-present")["data-presentation"] != before


def test_a_faulty_case_stops_the_build_with_its_place(book):
    source, _, build = book
    file = source / "cases" / "colon-s1.yml"
    file.write_text(
        file.read_text("utf-8").replace("    id: level-s2\n    minutes", "    id: level-s3\n    minutes"), "utf-8"
    )
    with pytest.raises(
        ExtensionError, match=r"colon-s1\.yml:\d+:\d+: level-s3 is not among what_ifs; did you mean level-s2"
    ):
        build()
