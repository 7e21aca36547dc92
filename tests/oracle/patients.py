"""Patients of whom all or a part is known, and what may still be true of them.

A question is asked of what is known. Where it reads what is not, it is asked again with each option of that. So every
completion is covered, and none is made for the sake of findings that make no difference to the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from conditions import Condition, Names


class NotAssessedError(Exception):
    """Raised where a question reads what is not known."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


class Patient(dict):
    """Findings by name, and what nobody can know; terms and totals are worked out where they are asked for."""

    def __init__(self, names: Names, known: Mapping[str, Any]) -> None:
        super().__init__((id, value) for id, value in known.items() if value is not None)
        self.names = names

    def __missing__(self, name: str) -> Any:
        if name in self.names.terms:
            found = self.names.terms[name].holds(self)
        elif name in self.names.scores:
            found = self.names.scores[name].total(self)
        else:
            raise NotAssessedError(name)
        self[name] = found
        return found


def answers(question: Callable[[Patient], Any], findings: Mapping[str, Any], names: Names) -> Iterator[Any]:
    """Yield the answer for every completion of findings; completions with the same reason share one."""
    try:
        yield question(Patient(names, findings))
        return
    except NotAssessedError as missing:
        id = missing.id
    for option in names.options(id):
        yield from answers(question, {**findings, id: option}, names)


def certain(condition: Condition, findings: Mapping[str, Any]) -> bool:
    """Return whether a condition holds in every completion."""
    return all(answers(condition.holds, findings, condition.names))


def may_be(condition: Condition, findings: Mapping[str, Any]) -> bool:
    """Return whether a condition holds in some completion."""
    return any(answers(condition.holds, findings, condition.names))
