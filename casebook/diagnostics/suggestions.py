"""Suggestions: the word that was probably meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from itertools import takewhile
from types import MappingProxyType

from casebook.messages import message
from casebook.messages.words import one_after_another

SHORT_LIST = 12
"""The largest number of words that are all listed if none of them is similar."""


def nearest(word: object, words: Iterable[object], aliases: Mapping[str, object] = MappingProxyType({})) -> str:
    """Return the one of `words` that was probably meant, or "" if none is similar.

    A word in another spelling (capitals, hyphens, underscores), or one of its aliases, takes precedence over similar
    words. If the given text names several of the words, such as the limits of a range, none is returned.

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
    # Among equally similar words, the one with the same beginning: beginnings are mistyped least often.
    return max(
        near,
        key=lambda text: (
            difflib.SequenceMatcher(None, text, offered).ratio(),
            sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, offered, strict=False))),
        ),
        default="",
    )


def _plain(text: str) -> str:
    """Return a text without capitals, hyphens and underscores, whose use varies."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def did_you_mean(word: object, words: Iterable[object], aliases: Mapping[str, object] = MappingProxyType({})) -> str:
    """Return “did you mean …?”, or the list of `words` if none is similar and the list is short, else ""."""
    words = list(words)
    close = nearest(word, words, aliases)
    if close:
        return message("error-near", near=close)
    if not 0 < len(words) <= SHORT_LIST:
        return ""
    return message("error-choose", values=one_after_another([str(each) for each in words]))
