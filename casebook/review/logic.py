"""Boolean operations on decision diagrams whose terminals are True and False."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.inference.diagrams import Diagrams, Node


def conjunction(diagrams: Diagrams, roots: Iterable[Node]) -> Node:
    """Return the diagram of whether all roots are true; True if there are none."""
    result = diagrams.end(True)
    for root in roots:
        result = diagrams.combine(_and, result, root)
    return result


def disjunction(diagrams: Diagrams, roots: Iterable[Node]) -> Node:
    """Return the diagram of whether any root is true; False if there are none."""
    result = diagrams.end(False)
    for root in roots:
        result = diagrams.combine(_or, result, root)
    return result


def negation(diagrams: Diagrams, root: Node) -> Node:
    """Return the diagram of whether the root is false."""
    return diagrams.combine(_not, root)


def excluding(diagrams: Diagrams, root: Node, excluded: Iterable[Node]) -> Node:
    """Return the diagram of whether the root is true and none of the excluded diagrams is."""
    for each in excluded:
        if root == diagrams.end(False):
            break
        root = diagrams.combine(_and_not, root, each)
    return root


def _and(a: bool, b: bool) -> bool:
    return a and b


def _or(a: bool, b: bool) -> bool:
    return a or b


def _not(a: bool) -> bool:
    return not a


def _and_not(a: bool, b: bool) -> bool:
    return a and not b
