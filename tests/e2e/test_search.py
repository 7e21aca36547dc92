"""Search: what a clinician types leads to the paragraph, in either spelling, over http and from a disk."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect
from reader import Reader

GLOSSARY = "book/chapters/glossary"
PRESENTATION = "book/chapters/presentation"
RADIOTHERAPY = "book/chapters/radiotherapy"
CEMENT = "book/chapters/embolisation-cement-ablation"
DRUGS = "book/chapters/systemic-treatment"

EXPECTED = {
    "CES": GLOSSARY,
    "saddle anaesthesia": PRESENTATION,
    "saddle anesthesia": PRESENTATION,
    "tumor": DRUGS,
    "kyphoplasty": CEMENT,
    "vertebroplasty": CEMENT,
    "SINS 7": "book/scores/sins",
    "H-type fracture": GLOSSARY,
    "dexamethasone dose": DRUGS,
    "SBRT": RADIOTHERAPY,
    "SABR": RADIOTHERAPY,
    "bladder scan": PRESENTATION,
    "oligometastatic": RADIOTHERAPY,
    "spinopelvic dissociation": "book/chapters/surgery",
    "KPS": "book/instruments/karnofsky-and-ecog",
    "insufficiency fracture": "book/chapters/imaging-and-diagnosis",
    "steroid": DRUGS,
    "MSCC": GLOSSARY,
    "radiculopathy": PRESENTATION,
    "embolization": CEMENT,
}
"""Twenty searches, and a page that must be among the first three."""


def search(reader: Reader, words: str) -> list[str]:
    """Search the book; return the pages that were found, best first."""
    reader.go(f"{reader.address}/search.html?q={quote_plus(words)}")
    expect(reader.page.locator("#search-results [role=status]")).not_to_be_empty()
    return reader.page.locator("#search-results [data-page]").evaluate_all(
        "(all) => all.map((one) => one.dataset.page)"
    )


@pytest.mark.parametrize(("words", "page"), EXPECTED.items())
def test_a_search_finds_the_right_page_among_the_first_three(online, words, page):
    assert page in search(online, words)[:3]


def test_american_and_british_spelling_find_the_same(online):
    assert search(online, "tumor") == search(online, "tumour")
    assert search(online, "embolization") == search(online, "embolisation")


def test_a_search_from_disk_finds_the_same_and_asks_for_no_other_page(disk, online):
    with disk.listening() as asked:
        assert search(disk, "saddle anesthesia") == search(online, "saddle anesthesia")
    assert [address for address in asked if address.endswith(".html")] == []


def test_what_is_not_in_the_book_is_said_in_a_sentence(online):
    assert search(online, "xylophone") == []
    expect(online.page.locator("#search-results [role=status]")).to_contain_text("Nothing in this book matches")


def test_a_result_names_the_synonym_by_which_it_was_found(online):
    search(online, "SABR")
    expect(online.page.locator("#search-results [role=status]")).to_contain_text("Also searched for: SBRT")


def test_the_index_is_loaded_by_the_search_page_alone(book):
    for page in ("book/introduction", "cases/colon-s1", GLOSSARY):
        text = (book / f"{page}.html").read_text("utf-8")
        assert not any(
            name in text for name in ("searchindex.js", "searchtools.js", "passages.js", "sphinx_highlight.js")
        )
    assert "passages.js?v=" in (book / "search.html").read_text("utf-8")


# Where a result leads


def marked(reader: Reader) -> list[str]:
    """The marked words of the page."""
    return reader.page.evaluate("[...(CSS.highlights.get('casebook-found') ?? [])].map(String)")


def test_a_result_leads_to_the_paragraph_and_marks_its_words(reader):
    search(reader, "saddle anesthesia")
    reader.page.locator(f'[data-page="{PRESENTATION}"] li a', has_text="Red flags").click()
    paragraph = reader.page.locator("#red-flags > p").first
    expect(paragraph).to_be_in_viewport()
    reader.until("() => CSS.highlights.has('casebook-found')")
    assert {"saddle", "sensation"} <= {word.lower() for word in marked(reader)}
    assert "highlight=" not in reader.page.url
    assert reader.page.url.endswith("#red-flags")
    reader.page.keyboard.press("Escape")
    assert marked(reader) == []


def test_a_term_of_the_glossary_leads_to_its_entry(online):
    search(online, "CES")
    online.page.locator(f'[data-page="{GLOSSARY}"] li a').first.click()
    expect(online.page.locator("#term-Cauda-equina-syndrome")).to_be_in_viewport()


def test_a_result_in_a_folded_part_of_a_case_opens_it(online):
    online.go(f"{online.address}/cases/colon-s1.html?highlight=lumbopelvic+laminectomy#what-was-done-what-happened")
    folded = online.page.locator(".casebook-treatment details")
    expect(folded).to_have_attribute("open", "")
    expect(folded).to_be_in_viewport()


def test_marks_put_nothing_into_a_live_widget(online):
    online.open("cases/colon-s1", "")
    words = online.page.locator("article").inner_text()
    online.go(f"{online.address}/cases/colon-s1.html?highlight=pain")
    online.live()
    online.until("() => CSS.highlights.has('casebook-found')")
    assert online.page.locator("article .highlighted, article mark").count() == 0
    assert online.page.locator("article").inner_text() == words


def test_folded_questions_and_answers_are_in_the_page_for_its_own_search(online):
    online.open("cases/colon-s1")
    answers = online.widget("what-if").locator(".cb-answer")
    assert answers.count() > 0
    for answer in answers.all():
        expect(answer).to_have_attribute("hidden", "until-found")
        assert answer.evaluate("(one) => one.textContent.length") > 0
        assert answer.evaluate("(one) => one.getBoundingClientRect().height") == 0
    answers.first.dispatch_event("beforematch")
    expect(answers.first).to_be_visible()
    folds = online.widget("quiz").locator("details:not([open]) fieldset")
    assert folds.count() > 0, "closed questions are drawn"
