"""The word that a writer probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from types import MappingProxyType

from casebook.messages import message
from casebook.messages.words import one_after_another

SHORT_LIST = 12
"""Words that are listed where none of them is near."""


def nearest(word: object, words: Iterable[object], aliases: Mapping[str, object] = MappingProxyType({})) -> str:
    """Return the one of `words` that was probably meant, or "" when none is near.

    A word that is written otherwise, or by an alias, is meant whatever looks more like it. Where several of the words
    are named together, such as the ends of a range, none of them is.

    Parameters
    ----------
    word : object
    words : iterable of object
    aliases : mapping of str to object
        Other names of the words, such as their labels.
    """
    offered, candidates = str(word), [str(candidate) for candidate in words]
    names = [*((each, each) for each in candidates), *aliases.items()]
    if meant := next((meant for name, meant in names if _plain(name) == _plain(offered)), ""):
        return str(meant)
    parts = re.findall(r"\w+", offered.casefold())
    if sum(candidate.casefold() in parts for candidate in candidates) > 1:
        return ""
    near = difflib.get_close_matches(offered, candidates, n=20, cutoff=0.5)
    # Among equally close words, people mistype the beginning least.
    return max(
        near,
        key=lambda text: (
            difflib.SequenceMatcher(None, text, offered).ratio(),
            sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, offered, strict=False))),
        ),
        default="",
    )


def _plain(text: str) -> str:
    """Return a text without what is easily written otherwise: capitals, hyphens and underscores."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def did_you_mean(word: object, words: Iterable[object], aliases: Mapping[str, object] = MappingProxyType({})) -> str:
    """Return “did you mean …?”, or the list of `words` when none is near and the list is short."""
    words = list(words)
    close = nearest(word, words, aliases)
    if close:
        return message("error-near", near=close)
    if not 0 < len(words) <= SHORT_LIST:
        return ""
    return message("error-choose", values=one_after_another([str(each) for each in words]))
