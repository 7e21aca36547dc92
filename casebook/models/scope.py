"""The scope of the book: switches that withdraw entries from a plan, and the plan that is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import Field, PrivateAttr

from casebook.models.expression import Language, Tree
from casebook.models.finding import Entry, Source, with_private
from casebook.models.rule import STANCES, Action, Outcome, Scope, Stance

Withdrawn = frozenset[Stance]
"""The stances of one action that are withdrawn; if all are, the action has no entry in the plan."""

ALL: Withdrawn = frozenset(STANCES)


class Switch(Entry):
    """A condition that, once it is certainly true, withdraws entries from the plan.

    In contrast to the condition of a rule, a switch never makes an entry undecided: it applies only if `when` is true
    in every completion, so a finding that is not assessed does not change the premise of the book.

    Attributes
    ----------
    scopes : tuple of str
        Scopes of which all actions are withdrawn.
    actions : tuple of str
        Further actions that are withdrawn.
    stances : mapping of action id to tuple of str
        Single stances that are withdrawn; the action keeps its others.
    text : str
        A sentence for the first line of the result, or empty.
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
    """Return an outcome, or None if it is withdrawn."""
    return None if outcome is not None and outcome.stance in withdrawn else outcome


def resolved(reached: Mapping[Outcome | None, Any], gone: Iterable[tuple[Any, Withdrawn]]) -> dict[Outcome | None, Any]:
    """Return where each outcome is reached after the withdrawals by switches.

    Parameters
    ----------
    reached : mapping of outcome to bits
        A bit is one state, or one set of changes of a state; the bits are an int or an array of whole numbers.
    gone : iterable of (bits, stances)
        Where a switch applies in every completion, and the stances that it withdraws.

    Returns
    -------
    dict of outcome to bits
        Under None, where no rule is left.
    """
    found = dict(reached)
    for bits, stances in gone:
        for outcome, there in list(found.items()):
            if outcome is not None and outcome.stance in stances:
                found[outcome] = there & ~bits
                found[None] = found.get(None, 0) | there & bits
    return found
