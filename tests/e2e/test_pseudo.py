"""A case in the pseudo-language: what is plain on its page comes neither from the catalogue nor from YAML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from reader import Reader
from server import Quiet, serving

from publish.pseudo import ACCENTED, PLAIN, accented, build

LEAST = 0.98
"""The part of the letters that come from the catalogue or from YAML."""

TEXTS = """() => {
  const article = document.querySelector('article');
  article.querySelectorAll('details').forEach((one) => { one.open = true; });
  // What the bibliography, the theme, and the notebook's own Python print: its cells, and tables of ids.
  const left = 'script, style, noscript, .bibtex-citation, .headerlink, .copybtn, .cell_input, details.hide > summary,'
    + ' pre, table.dataframe';
  const texts = [];
  for (const element of article.querySelectorAll('*')) {
    if (element.closest(left)) continue;
    for (const node of element.childNodes) if (node.nodeType === 3) texts.push(node.data);
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
      if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
  }
  return texts;
}"""


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("pseudo") / "book", ["colon-s1"])


def test_a_text_gets_an_accent_on_every_letter_and_keeps_its_placeholders():
    assert accented("MRI {time of mri_full_spine}.") == "ṀŔÎ {time of mri_full_spine}."
    assert len(set(ACCENTED)) == len(PLAIN) == len(ACCENTED)
    assert not set(ACCENTED) & set(PLAIN)


def test_what_a_case_page_says_comes_from_the_catalogue_or_from_yaml(pseudo: Path, readers: Callable[..., Reader]):
    with serving(partial(Quiet, directory=str(pseudo))) as address:
        reader = readers(address)
        reader.open("cases/colon-s1")
        texts = reader.page.evaluate(TEXTS)
    plain = Counter(word for text in texts for word in re.findall(r"[A-Za-z]{2,}", text))
    letters = sum(len(word) * count for word, count in plain.items())
    marked = sum(letter in ACCENTED for text in texts for letter in text)
    assert marked > 10_000
    assert marked / (marked + letters) >= LEAST, f"{marked} letters, and {letters} plain: {plain.most_common(60)}"
