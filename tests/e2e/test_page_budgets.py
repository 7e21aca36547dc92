"""How long a case is: on a phone, on a laptop, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from reader import CASES, Reader

PHONE = {"width": 375, "height": 812}
LAPTOP = {"width": 1366, "height": 768}

MEASURES = r"""() => {
  const article = document.querySelector('article.bd-article');
  const words = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  // The letters of the drawing are part of a picture, and what only a screen reader hears takes no room.
  const others = [...article.querySelectorAll('svg text, .cb-hidden')].filter((one) => one.checkVisibility());
  const top = (selector) => {
    const one = [...article.querySelectorAll(selector)].find((each) => each.checkVisibility());
    return one.getBoundingClientRect().top + scrollY;
  };
  return {
    words: words(article.innerText) - others.reduce((count, one) => count + words(one.textContent), 0),
    height: article.getBoundingClientRect().bottom + scrollY,
    control: top('.casebook-widget :is(input, select)'),
    finding: top('.cb-finding :is(input, select)'),
  };
}"""

UNFOLD = """() => {
  for (const fold of document.querySelectorAll('article details')) {
    if (!fold.closest('.casebook-widget')) fold.open = true;
  }
}"""


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def measured(
    window: Callable[..., Reader], http: str, case: str
) -> Iterator[Callable[[dict[str, int]], dict[str, float]]]:
    """What a reader with some screen meets as the case opens, in words and pixels."""
    reader = window("budgets", http)

    def measure(screen: dict[str, int]) -> dict[str, float]:
        reader.resize(**screen)
        reader.open_case(case)
        reader.loaded_when_idle()
        reader.settles()
        return reader.page.evaluate(MEASURES)

    yield measure
    reader.was_left_alone()


def test_folded_as_it_opens_a_case_is_eight_screens_of_a_phone_and_a_thousand_words(measured):
    page = measured(PHONE)
    assert page["height"] <= 8 * PHONE["height"]
    assert page["words"] <= 1000
    assert page["control"] <= 1.5 * PHONE["height"], "the first question of the reading"


def test_on_a_laptop_the_first_finding_is_at_most_one_and_a_half_screens_down(measured):
    assert measured(LAPTOP)["finding"] <= 1.5 * LAPTOP["height"]


def test_a_whole_case_is_at_most_twelve_pages_of_paper(measured, case, window, http):
    measured(LAPTOP)
    page = window("budgets", http).page
    page.evaluate(UNFOLD)
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
    assert 4 <= pages <= 12
