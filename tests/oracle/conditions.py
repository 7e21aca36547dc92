"""Conditions in Python's syntax, evaluated by Python, and lazily: only what the answer needs is looked up."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from operator import itemgetter
from types import CodeType
from typing import Any, Protocol


class Names(Protocol):
    """What a condition may name."""

    findings: Mapping[str, list[Any]]
    terms: Mapping[str, Condition]
    scores: Mapping[str, Any]

    def options(self, variable: str) -> list[Any]: ...


class Condition:
    """A condition over the findings, terms and scores of a rulebook; every other word stands for itself.

    Parameters
    ----------
    text : str
    names : Names
        The rulebook whose names the condition uses.
    """

    def __init__(self, text: str, names: Names) -> None:
        self.text, self.names = text, names
        self._known: dict[Any, bool] = {}

    def holds(self, patient: Mapping[str, Any]) -> bool:
        """Return whether the condition holds for a patient; raise what the patient raises for an unknown finding."""
        return bool(eval(self._code, {"__builtins__": {}}, patient))

    def holds_complete(self, patient: Mapping[str, Any]) -> bool:
        """Return the same for a patient of whom everything is known, remembered by what is read."""
        read = self._read(patient)
        if read not in self._known:
            self._known[read] = self.holds(patient)
        return self._known[read]

    @cached_property
    def tree(self) -> ast.expr:
        """The condition as Python reads it, with options as constants."""
        return _Options(self.names).visit(ast.parse(self.text.strip(), mode="eval").body)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """The findings, terms and scores that stand in the condition itself."""
        return tuple(dict.fromkeys(node.id for node in ast.walk(self.tree) if isinstance(node, ast.Name)))

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """What the condition reads, through terms and scores too: findings, and what nobody knows."""
        found: dict[str, None] = {}
        for name in self.named:
            known = self.names.terms.get(name) or self.names.scores.get(name)
            found |= dict.fromkeys(known.variables if known else [name])
        return tuple(found)

    @cached_property
    def findings(self) -> tuple[str, ...]:
        """The findings among them."""
        return tuple(id for id in self.variables if id in self.names.findings)

    @cached_property
    def scores(self) -> frozenset[str]:
        """The scores that the condition reads, through terms too."""
        terms = [self.names.terms[name] for name in self.named if name in self.names.terms]
        return frozenset(self.named).intersection(self.names.scores).union(*(term.scores for term in terms))

    def comparisons(self) -> Iterator[tuple[ast.expr, ast.cmpop, ast.expr]]:
        """Yield every comparison, those of terms too: left side, operator and right side."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Compare):
                yield from zip([node.left, *node.comparators], node.ops, node.comparators, strict=False)
            elif isinstance(node, ast.Name) and node.id in self.names.terms:
                yield from self.names.terms[node.id].comparisons()

    @cached_property
    def _code(self) -> CodeType:
        return compile(ast.fix_missing_locations(ast.Expression(self.tree)), "<condition>", "eval")

    @cached_property
    def _read(self) -> Callable[[Mapping[str, Any]], Any]:
        return itemgetter(*self.named) if self.named else lambda patient: ()


class _Options(ast.NodeTransformer):
    """Turns what a finding or a band is compared with into options; a numeral among words is a word too."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        left = node.left
        if isinstance(left, ast.Constant) or (isinstance(left, ast.Name) and left.id in self.names.scores):
            return node  # totals and numbers
        options = self.names.findings[left.id] if isinstance(left, ast.Name) else [""]
        kind = type(options[0])
        comparators = [self._option(each, kind) for each in node.comparators]
        return ast.copy_location(ast.Compare(left, node.ops, comparators), node)

    def _option(self, node: ast.expr, kind: type) -> ast.expr:
        if isinstance(node, ast.Set):
            return ast.Set([self._option(each, kind) for each in node.elts])
        return ast.Constant(kind(node.id if isinstance(node, ast.Name) else node.value))


def word(node: ast.expr) -> Any:
    """Return the option, number or set of options on one side of a comparison."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Set(elts=elements):
            return {word(each) for each in elements}
    raise AssertionError(ast.dump(node))
