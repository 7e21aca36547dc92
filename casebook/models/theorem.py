"""Theorems: claims about the plan of every patient, in the language of rules."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from pydantic import model_validator

from casebook.messages import message
from casebook.models.expression import Language, Tree
from casebook.models.finding import Entry, Finding, Option
from casebook.models.rule import STANCES, Scope

NONE = "none"
"""The stance of an action without an entry in the plan."""

SOME_ACTION = "some_action"
"""The name of any action."""


class Theorem(Entry):
    """A claim about the plan of every patient whose findings do not contradict each other.

    Attributes
    ----------
    never : tuple of str
        Conditions that no patient fulfils.
    of_scopes : tuple of str
        If given, the claim is that no patient who fulfils one of the conditions has an entry for an action of these
        scopes.
    falls : tuple of str
        Actions that no worsening of a finding makes less urgent or removes.
    together : bool
        Whether the claim is about the strongest of these actions, not about each of them.
    findings : tuple of str
        The findings that worsen; if empty, all findings with worsening options.
    apart : str
        The condition of patients to whom `falls` does not apply.
    """

    text: str
    never: tuple[str, ...] = ()
    of_scopes: tuple[Scope, ...] = ()
    falls: tuple[str, ...] = ()
    together: bool = False
    findings: tuple[str, ...] = ()
    apart: str = "False"

    @model_validator(mode="after")
    def _it_claims_one_thing(self) -> Theorem:
        if bool(self.never) == bool(self.falls):
            raise ValueError(message("theorem-never-or-falls"))
        return self


class PlanLanguage(Language):
    """The language of rules, extended by the plan and the states of a patient.

    Parameters
    ----------
    language : Language
        The language in which findings, terms and scores are read.
    actions : iterable of str
    states : mapping of state id to its condition
    """

    def __init__(self, language: Language, actions: Iterable[str], states: Mapping[str, Tree]) -> None:
        self.actions = tuple(actions)
        options = tuple(Option(id=stance, label=stance) for stance in (*STANCES, NONE))
        named = {
            id: Finding(id=id, group="plan", label=id, options=options, source={"plan": "decided"})
            for id in (*self.actions, SOME_ACTION)
        }
        super().__init__({**language.findings, **named}, language.scores)
        self.terms = dict(language.terms)
        self.states = states

    def _tree(self, node: ast.expr) -> Tree:
        match node:
            case ast.Attribute(value=ast.Name(id="state"), attr=name) if name in self.states:
                return self.states[name]
            case _:
                return super()._tree(node)
