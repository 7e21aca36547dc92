"""The word that a writer probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import takewhile

from casebook.messages import message
from casebook.messages.words import one_after_another

SHORT_LIST = 12
"""Words that are listed where none of them is near."""


def nearest(word: object, words: Iterable[object]) -> str:
    """Return the one of `words` most like `word`, or "" when none is near."""
    offered = str(word)
    near = difflib.get_close_matches(offered, [str(candidate) for candidate in words], n=20, cutoff=0.5)
    # Among equally close words, people mistype the beginning least.
    return max(
        near,
        key=lambda text: (
            difflib.SequenceMatcher(None, text, offered).ratio(),
            sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, offered, strict=False))),
        ),
        default="",
    )


def did_you_mean(word: object, words: Iterable[object]) -> str:
    """Return “did you mean …?”, or the list of `words` when none is near and the list is short."""
    words = list(words)
    close = nearest(word, words)
    if close:
        return message("error-near", near=close)
    if not 0 < len(words) <= SHORT_LIST:
        return ""
    return message("error-choose", values=one_after_another([str(each) for each in words]))
