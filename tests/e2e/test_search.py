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
