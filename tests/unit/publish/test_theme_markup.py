"""What is corrected in the theme's markup."""

from publish.pages.accessibility import corrected


def test_a_label_does_not_hide_the_text_that_is_seen():
    button = '<button class="btn search-button-field pst-js-only" title="Search" aria-label="Search" data-x="1">Search</button>'
    assert corrected(button) == '<button class="btn search-button-field pst-js-only" data-x="1">Search</button>'


def test_references_are_items_of_their_list():
    entry = '<div class="citation" id="id6" role="doc-biblioentry">'
    assert corrected(entry) == '<div class="citation" id="id6" role="listitem">'


def test_a_second_pass_changes_nothing():
    sidebar = '<div id="pst-primary-sidebar" class="bd-sidebar">'
    assert corrected(corrected(sidebar)) == corrected(sidebar) != sidebar
