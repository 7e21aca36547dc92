"""The word that a writer probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import takewhile


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
        return f"did you mean {close}?"
    return "one of " + ", ".join(map(str, words)) if 0 < len(words) <= 12 else ""
