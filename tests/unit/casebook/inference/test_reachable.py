"""Everything that the knowledge holds stands on some page of the book."""

from __future__ import annotations

import re

import pytest
from rulebook import ENTRY

from casebook.diagnostics.document import read
from casebook.knowledge_base import knowledge

RULES = [f"R{number:03}" for number in range(1, 151)]
CONFLICTS = [f"C{number}" for number in range(1, 37)]
ENTRIES = [f"E{number:02}" for number in range(1, 20)]
LINE = re.compile(r"^```\{([a-z-]+)\}(?: +(.+))?$", re.MULTILINE)


@pytest.fixture(scope="module")
def contents(root):
    """The names of all pages in the table of contents."""
    parts = read(root / "_toc.yml").data["parts"]
    return [chapter["file"] for part in parts for chapter in part["chapters"]]


@pytest.fixture(scope="module")
def directives(root, contents):
    """Every directive of every page of text in the table of contents: (name, arguments)."""
    texts = [(root / f"{name}.md").read_text(encoding="utf-8") for name in contents if (root / f"{name}.md").exists()]
    return {(name, arguments.strip()) for text in texts for name, arguments in LINE.findall(text)}


def test_the_knowledge_holds_every_rule_conflict_and_entry_of_the_sources():
    known = knowledge()
    assert set(RULES) <= set(known.rules)
    assert set(CONFLICTS) <= set(known.conflicts)
    assert set(ENTRIES) <= {figure.id for figure in known.evidence}


def test_every_page_is_in_the_table_of_contents(root, contents):
    pages = {path.relative_to(root).with_suffix("").as_posix() for path in (root / "book").rglob("*.md")}
    assert pages - {"book/introduction"} == {name for name in contents if (root / f"{name}.md").exists()}


@pytest.mark.parametrize("directive", ["all-rules", "conflicts", "evidence-table", "verification", "precedence"])
def test_what_lists_everything_has_a_page(directives, directive):
    assert (directive, "") in directives


def test_every_statement_is_printed_where_a_reader_needs_it(directives):
    placed = {tuple(arguments.split()) for name, arguments in directives if name == "statements"}
    lost = [rule.id for rule in knowledge().rules.values() if rule.about and not placed & set(rule.about.items())]
    assert lost == []


@pytest.mark.parametrize("id", knowledge().instruments)
def test_every_instrument_has_a_page(directives, id):
    assert ("instrument", id) in directives


@pytest.mark.parametrize("id", [id for id in knowledge().scores if id in ENTRY.scores])
def test_every_score_has_a_live_calculator(directives, id):
    assert ("score-calculator", id) in directives
