"""A good order of the variables of decision diagrams, found by sifting.

The order decides the size of the diagrams. Each variable in turn is moved through all levels by
exchanging neighbours in place, and stays where the diagrams are smallest. See Rudell, "Dynamic
variable ordering for ordered binary decision diagrams", ICCAD 1993.
"""

from __future__ import annotations

from collections.abc import Iterable

from casebook.inference.diagrams import Diagrams, Node

WORTH = 0.01
"""The share of nodes that a round must save for another one to follow."""

DETOUR = 1.2
"""How far the diagrams may grow on the way of a variable before it turns back."""


def sifted(diagrams: Diagrams, roots: Iterable[Node]) -> tuple[list[int], int]:
    """Return the variables in a better order, and the number of nodes that the diagrams have then."""
    levels = _Levels(diagrams, roots)
    while True:
        before = levels.size
        levels.sift()
        if levels.size >= before * (1 - WORTH):
            return levels.order, levels.size


class _Levels:
    """Diagrams whose levels can be exchanged.

    Attributes
    ----------
    order : list of int
        The variable of each level.
    size : int
        The number of nodes.
    """

    def __init__(self, diagrams: Diagrams, roots: Iterable[Node]) -> None:
        self.sizes = diagrams.sizes
        self.order = list(range(len(self.sizes)))
        self.variables = list(diagrams.variables)
        self.children = list(diagrams.children)
        self.parents = [0] * len(self.children)
        self.unique: list[dict[tuple[Node, ...], Node]] = [{} for _ in self.sizes]
        roots = list(roots)
        for node in diagrams.nodes(*roots):
            self.unique[self.variables[node]][self.children[node]] = node
            for child in self.children[node]:
                if child >= 0:
                    self.parents[child] += 1
        for root in roots:
            if root >= 0:
                self.parents[root] += 1
        self.size = sum(map(len, self.unique))

    def sift(self) -> None:
        """Move every variable to its best level, those with most nodes first."""
        for variable in sorted(self.order, key=lambda each: -len(self.unique[each])):
            self.place(variable)

    def place(self, variable: int) -> None:
        """Move one variable to its best level."""
        here, last = self.order.index(variable), len(self.order) - 1
        best, where = self.size, here
        # To the nearer end first, then all the way back to the other.
        for down in (here > last - here, here <= last - here):
            here = self.order.index(variable)
            for upper in range(here, last) if down else range(here - 1, -1, -1):
                self.exchange(upper)
                if self.size < best:
                    best, where = self.size, upper + 1 if down else upper
                elif self.size > best * DETOUR:
                    break
        here = self.order.index(variable)
        for upper in range(here, where) if here < where else range(here - 1, where - 1, -1):
            self.exchange(upper)

    def exchange(self, level: int) -> None:
        """Exchange a level with the one below it; every node keeps its number and its function."""
        upper, lower = self.order[level : level + 2]
        self.order[level : level + 2] = lower, upper
        variables, children, below = self.variables, self.children, self.unique[lower]
        moving = [
            (old, node)
            for old, node in self.unique[upper].items()
            if any(child >= 0 and variables[child] == lower for child in old)
        ]
        for old, _ in moving:
            del self.unique[upper][old]
        made: list[tuple[Node, tuple[Node, ...], tuple[Node, ...]]] = []
        for old, node in moving:
            columns = [
                children[child] if child >= 0 and variables[child] == lower else (child,) * self.sizes[lower]
                for child in old
            ]
            made.append((node, old, tuple([self.node(upper, cofactors) for cofactors in zip(*columns, strict=True)])))
        for node, _, new in made:
            variables[node], children[node] = lower, new
            below[new] = node
            for child in new:
                if child >= 0:
                    self.parents[child] += 1
        for _, old, _ in made:
            for child in old:
                self.release(child)
        self.size = sum(map(len, self.unique))

    def node(self, variable: int, children: tuple[Node, ...]) -> Node:
        """Return the node of these children, made if there is none."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        node = self.unique[variable].get(children)
        if node is None:
            node = self.unique[variable][children] = len(self.children)
            self.variables.append(variable)
            self.children.append(children)
            self.parents.append(0)
            for child in children:
                if child >= 0:
                    self.parents[child] += 1
        return node

    def release(self, node: Node) -> None:
        """Take one parent from a node; without any, it is no more."""
        if node < 0:
            return
        self.parents[node] -= 1
        if not self.parents[node]:
            del self.unique[self.variables[node]][self.children[node]]
            for child in self.children[node]:
                self.release(child)
