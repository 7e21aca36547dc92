"""The way into the editor stands on a case page exactly where it leads somewhere."""

import json

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from publish.pages.editor_link import FOLDER, MADE_OF, SHIPPED, made_of


@pytest.fixture
def book(tmp_path):
    """A book of one case, and what builds it."""
    source, html = tmp_path / "source", tmp_path / "html"
    (source / "cases").mkdir(parents=True)
    (source / "index.md").write_text("# Index\n\n```{toctree}\ncases/one\n```\n", encoding="utf-8")
    (source / "cases" / "one.md").write_text("# One\n\nA patient.\n", encoding="utf-8")

    def build():
        settings = {
            "extensions": ["myst_parser", "sphinxcontrib.bibtex", "publish"],
            "bibtex_bibfiles": [],
            "html_theme": "basic",
            "root_doc": "index",
        }
        with docutils_namespace():
            Sphinx(source, None, html, tmp_path / "trees", "html", confoverrides=settings, status=None).build()
        return (html / "cases" / "one.html").read_text(encoding="utf-8")

    def serve(**changed):
        shipped = {"made_of": made_of(source, *MADE_OF), "cases": {"one": "One"}, "bytes": 18_400_000, **changed}
        (html / FOLDER).mkdir(parents=True, exist_ok=True)
        (html / FOLDER / SHIPPED).write_text(json.dumps(shipped), encoding="utf-8")

    return build, serve


def test_a_book_without_an_editor_has_no_way_into_it(book):
    build, _ = book
    assert "Edit this case" not in build()


def test_the_control_says_what_it_opens_and_how_much_that_is(book):
    build, serve = book
    serve()
    page = build()
    assert f'<a href="../{FOLDER}/index.html?case=one">Edit this case</a>' in page
    assert "about 18 MB" in page


def test_a_page_gets_the_control_when_the_editor_comes_later_and_loses_it_with_it(book):
    build, serve = book
    assert "Edit this case" not in build()
    serve()
    assert "Edit this case" in build()
    serve(made_of="something else")
    assert "Edit this case" not in build()


def test_a_case_that_the_editor_does_not_hold_has_no_control(book):
    build, serve = book
    serve(cases={"two": "Two"})
    assert "Edit this case" not in build()
