"""What the book covers: switches that withdraw entries from a finished plan, and what is left of a plan then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field, PrivateAttr

from casebook.models.expression import Language, Tree
from casebook.models.finding import Entry, Source, with_private
from casebook.models.rule import STANCES, Action, Outcome, Scope, Stance

Withdrawn = frozenset[Stance]
"""Stances of one action that are withdrawn; all of them where the action has no entry at all."""

ALL: Withdrawn = frozenset(STANCES)


class Switch(Entry):
    """Findings that, where they are recorded, take entries out of the plan.

    A switch is no condition of a rule: it applies where `when` is true whatever is still unknown, and nowhere else,
    so that a finding that is not assessed leaves the book's premise as it is.

    Attributes
    ----------
    scopes : tuple of str
        Scopes of which every action is withdrawn.
    actions : tuple of str
        Further actions that are withdrawn.
    stances : mapping of action id to tuple of str
        Stances that are withdrawn of an action which otherwise stays.
    text : str
        A sentence for the first line of the result; empty where nothing need be said.
    """

    when: str
    scopes: tuple[Scope, ...] = ()
    actions: tuple[str, ...] = ()
    stances: dict[str, tuple[Stance, ...]] = {}
    text: str = ""
    source: Source = Field(min_length=1)

    _tree: Tree = PrivateAttr(True)

    @property
    def tree(self) -> Tree:
        """The compiled condition."""
        return self._tree

    def bound(self, language: Language) -> Switch:
        """Return the switch with its compiled condition; raise ConditionError if it cannot be read."""
        return with_private(self, _tree=language.read(self.when, "when"))

    def of(self, action: Action) -> Withdrawn:
        """Return the stances that the switch withdraws of an action."""
        if action.scope in self.scopes or action.id in self.actions:
            return ALL
        return frozenset(self.stances.get(action.id, ()))


def left(outcome: Outcome | None, withdrawn: Withdrawn) -> Outcome | None:
    """Return an outcome, or None where it is withdrawn."""
    return None if outcome is not None and outcome.stance in withdrawn else outcome


def resolved(reached: Mapping[Outcome | None, Any], gone: Iterable[tuple[Any, Withdrawn]]) -> dict[Outcome | None, Any]:
    """Return where each outcome is reached, once switches have withdrawn theirs.

    Parameters
    ----------
    reached : mapping of outcome to bits
        A bit is one state, or one set of changes of a state; the bits are an int or an array of whole numbers.
    gone : iterable of (bits, stances)
        Where a switch applies whatever is still unknown, and what it withdraws.

    Returns
    -------
    dict of outcome to bits
        None where no rule is left.
    """
    found = dict(reached)
    for bits, stances in gone:
        for outcome, there in list(found.items()):
            if outcome is not None and outcome.stance in stances:
                found[outcome] = there & ~bits
                found[None] = found.get(None, 0) | there & bits
    return found
