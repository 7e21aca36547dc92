"""The built pages, read as files: every rule, conflict and entry of the evidence has an address in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebook.knowledge_base import knowledge
from publish.directives.rules import address

HTML = Path(__file__).parents[3] / "_build" / "html"

pytestmark = pytest.mark.usefixtures("book")


def anchors(page):
    return re.findall(r'\bid="([^"]+)"', (HTML / "book" / f"{page}.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("rules", {address(id) for id in knowledge().rules}),
        ("disagreements", {f"conflict-{id.lower()}" for id in knowledge().conflicts}),
        ("evidence-table", {f"evidence-{figure.id.lower()}" for figure in knowledge().evidence}),
    ],
)
def test_every_id_has_an_address_on_its_page(page, expected):
    assert expected <= set(anchors(page))


@pytest.mark.parametrize("page", ["rules", "disagreements", "evidence", "evidence-table", "verification"])
def test_the_page_is_reached_from_the_first_one(page):
    first = (HTML / "book" / "introduction.html").read_text(encoding="utf-8")
    assert f'href="{page}.html"' in first


def test_no_address_stands_twice_on_a_page():
    pages = sorted(HTML.glob("book/**/*.html"))
    assert len(pages) > 40
    for path in pages:
        found = re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8"))
        assert sorted(found) == sorted(set(found)), path.stem


def test_every_row_of_the_evidence_is_in_the_page_without_a_script():
    text = (HTML / "book" / "evidence-table.html").read_text(encoding="utf-8")
    assert len(re.findall(r'<tr class="[^"]*" id="evidence-[ex]\d\d', text)) == len(knowledge().evidence)


def test_the_proofs_stand_in_the_page():
    text = (HTML / "book" / "verification.html").read_text(encoding="utf-8")
    assert "Does not hold" not in text
    assert text.count("Holds.") >= 8
