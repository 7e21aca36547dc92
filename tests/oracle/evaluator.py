"""Conditions evaluated one by one in three-valued logic, beside the diagrams that the engine walks."""

from __future__ import annotations

from collections.abc import Set
from typing import Protocol

from casebook.models.expression import Tree, Truth
from casebook.models.finding import Value


class Situation(Protocol):
    """What a condition is evaluated in."""

    def option(self, finding: str) -> Value | None:
        """Return the option of a finding, or None where it is not assessed."""
        ...

    def totals(self, score: str) -> Set[int | None]:
        """Return the totals that a score may still have, None among them where it may not apply.

        Empty where it does not apply.
        """
        ...


def evaluate(tree: Tree, situation: Situation) -> Truth:
    """Return whether a condition holds.

    Returns
    -------
    bool or None
        None where findings that are not assessed could still make it either. A score that
        does not apply makes its comparison false: nothing can be said from it.
    """
    if isinstance(tree, bool):
        return tree
    if "finding" in tree:
        option = situation.option(tree["finding"])
        return None if option is None else option in tree["in"]
    if "score" in tree:
        totals = situation.totals(tree["score"])
        inside = sum(total is not None and tree["low"] <= total <= tree["high"] for total in totals)
        return False if not inside else True if inside == len(totals) else None
    if "term" in tree:
        return evaluate(tree["is"], situation)
    if "not" in tree:
        truth = evaluate(tree["not"], situation)
        return None if truth is None else not truth
    decisive = "any" in tree
    open_ = False
    for part in tree["any" if decisive else "all"]:
        truth = evaluate(part, situation)
        if truth is decisive:
            return decisive
        open_ = open_ or truth is None
    return None if open_ else not decisive
