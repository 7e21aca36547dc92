"""Patients of whom only a part is known: what a predicate of the second entry may still be.

A predicate is tried on what is known. Where it reads a finding that is not assessed, it is tried
again with each option of that finding. So every completion is covered, and none is made for the
sake of findings that make no difference to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import FunctionType
from typing import Any

import published
from rules_again import NEVER_KNOWN, F

OPTIONS = published.FINDINGS | NEVER_KNOWN


class NotAssessedError(Exception):
    """Raised where a predicate reads what is not known."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


class PartlyKnown(F):
    """A patient who raises `NotAssessedError` where asked for what is not known."""

    def __getattr__(self, id: str) -> Any:
        if id in published.FINDINGS:
            raise NotAssessedError(id)
        raise AttributeError(id)

    def never_known(self, name: str) -> Any:
        if name not in self.__dict__:
            raise NotAssessedError(name)
        return self.__dict__[name]


def answers(question: Callable[[F], Any], findings: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the answer for every completion of findings; completions with the same reason share one."""
    try:
        yield question(PartlyKnown(findings))
        return
    except NotAssessedError as missing:
        id = missing.id
    for option in OPTIONS[id]:
        yield from answers(question, {**findings, id: option})


def certain(predicate: Callable[[F], bool], findings: Mapping[str, Any]) -> bool:
    """Return whether a predicate holds in every completion."""
    return all(answers(predicate, findings))


def may_be(predicate: Callable[[F], bool], findings: Mapping[str, Any]) -> bool:
    """Return whether a predicate holds in some completion."""
    return any(answers(predicate, findings))


@cache
def reads_of(predicate: Callable[[F], Any]) -> tuple[str, ...]:
    """Return the findings and scores that a predicate names, also through what it calls."""
    found: list[str] = []
    for name in predicate.__code__.co_names:
        if name in published.FINDINGS or name in published.POINTS:
            found.append(name)
        elif isinstance(called := predicate.__globals__.get(name), FunctionType):
            found += reads_of(called)
    return tuple(dict.fromkeys(found))
