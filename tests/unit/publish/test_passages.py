"""The passages of a page, and the words of one meaning."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from casebook.knowledge_base import knowledge
from casebook.models.synonym import Spelling, Synonym
from publish.pages.search import Passages, synonyms

PAGE = """
<section id="first"><h1>First<a class="headerlink" href="#first">#</a></h1>
<p>One <span id="id1">cited</span> paragraph.</p>
<script>let code = 1;</script>
<section id="second"><h2>Second</h2>
<ul><li><p>An entry</p></li><li>Another<br/>line</li></ul>
<dl><dt id="term-a">A term</dt><dd><p>Its meaning.</p><p>More of it.</p></dd></dl>
<table><tr id="row"><td>one</td><td><p>two</p></td></tr></table>
<details id="fold"><summary>What was done?</summary><p>An operation.</p></details>
<div class="casebook-widget" data-casebook-widget="what-if" id="w"><p id="inner">Supposed.</p></div>
<div class="casebook-widget" data-casebook-widget="quiz"><p>An answer.</p></div>
</section>
<p>After.</p></section>
"""


def test_each_paragraph_entry_and_row_is_a_passage_with_the_place_that_leads_to_it():
    assert [tuple(each) for each in Passages(PAGE).found] == [
        ("first", "First", "", "One cited paragraph."),
        ("second", "Second", "", "An entry"),
        ("second", "Second", "", "Another line"),
        ("term-a", "Second", "A term", "Its meaning."),
        ("term-a", "Second", "A term", "More of it."),
        ("row", "Second", "", "one · two"),
        ("fold", "Second", "", "What was done?"),
        ("fold", "Second", "", "An operation."),
        ("second", "Second", "", "Supposed."),
        ("first", "First", "", "After."),
    ]


def test_every_alias_of_a_finding_is_a_synonym_of_its_name_alone():
    groups = synonyms(knowledge())
    for finding in knowledge().vocabulary:
        for alias in finding.aliases:
            assert [finding.label, alias] in groups


def test_a_word_is_given_once():
    with pytest.raises(ValidationError, match="“sbrt” is repeated"):
        Synonym(id="sbrt", label="SBRT", aliases=("SABR", "sbrt"))


def test_a_spelling_is_of_beginnings_or_of_ends():
    with pytest.raises(ValidationError, match="must both be beginnings of words, or both ends"):
        Spelling(id="-isation", american=("ization",))
