"""Reduced multi-valued decision diagrams over the findings.

A diagram represents a function of the findings as a graph: every path from the root fixes the
values of some findings and ends in a terminal with the value of the function. The diagrams are
reduced, so two functions are equal if and only if they have the same node. See Miller & Drechsler,
"Implementing a multiple-valued decision diagram package", ISMVL 1998. The package `dd` on PyPI
offers multi-valued diagrams only as a view of binary ones with the terminals true and false, and
is therefore not used here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

Node = int
"""A node of a `Diagrams`: 0 or more for an inner node, negative for a terminal."""


class Diagrams:
    """A table of shared decision diagrams over variables with finitely many values.

    Parameters
    ----------
    sizes : sequence of int
        The number of values of each variable, in the order of the levels.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self.variables: list[int] = []
        self.children: list[tuple[Node, ...]] = []
        self.distinct: list[tuple[Node, ...]] = []
        self.reads: list[int] = []  # the variables that each node and its descendants read, as bits
        self.ends: list[Any] = []
        self._below: dict[Node, frozenset[Node]] = {}
        self._nodes: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._ends: dict[tuple[type, Hashable], Node] = {}

    def end(self, value: Hashable) -> Node:
        """Return the terminal of a value: the diagram of the constant function."""
        # 0 == False in Python, but a total of 0 and the truth value False are different terminals.
        key = type(value), value
        node = self._ends.get(key)
        if node is None:
            self.ends.append(value)
            node = self._ends[key] = -len(self.ends)
        return node

    def value(self, node: Node) -> Any:
        """Return the value of a terminal."""
        return self.ends[-node - 1]

    def values(self, root: Node) -> list[Any]:
        """Return the values of all terminals below a root."""
        return list(map(self.value, sorted(self.below(root))))

    def choose(self, variable: int, children: Iterable[Node]) -> Node:
        """Return the diagram that continues with ``children[v]`` if `variable` has its value v."""
        children = tuple(children)
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (variable, children)
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = len(self.variables)
            self.variables.append(variable)
            self.children.append(children)
            self.distinct.append(tuple(sorted(set(children))))
            self.reads.append(self.read(children) | 1 << variable)
        return node

    def read(self, roots: Iterable[Node]) -> int:
        """Return the variables that diagrams read, as bits."""
        found = 0
        for root in roots:
            if root >= 0:
                found |= self.reads[root]
        return found

    @staticmethod
    def known(state: Sequence[int]) -> int:
        """Return the variables that have a value in `state`, as bits."""
        return sum([1 << variable for variable, value in enumerate(state) if value >= 0])

    def combine(self, function: Callable[..., Hashable], *roots: Node) -> Node:
        """Return the diagram of `function` applied to the values of the roots."""
        done: dict[tuple[Node, ...], Node] = {}
        variables, children = self.variables, self.children

        def walk(nodes: tuple[Node, ...]) -> Node:
            result = done.get(nodes)
            if result is not None:
                return result
            inner = [node for node in nodes if node >= 0]
            if not inner:
                result = self.end(function(*map(self.value, nodes)))
            else:
                top = min(variables[node] for node in inner)
                result = self.choose(
                    top,
                    [
                        walk(
                            tuple(
                                [
                                    children[node][value] if node >= 0 and variables[node] == top else node
                                    for node in nodes
                                ]
                            )
                        )
                        for value in range(self.sizes[top])
                    ],
                )
            done[nodes] = result
            return result

        return walk(tuple(roots))

    def reached(self, root: Node, state: Sequence[int], known: int | None = None) -> frozenset[Node]:
        """Return all terminals that some completion of `state` reaches.

        Parameters
        ----------
        root : int
        state : sequence of int
            A value for each variable, -1 where it is unknown.
        known : int, optional
            The known variables of `state` as bits (`known`), where the caller has them already.
        """
        variables, children, distinct, reads = self.variables, self.children, self.distinct, self.reads
        known = self.known(state) if known is None else known
        stack = [root]
        found: set[Node] = set()
        seen: set[Node] = set()
        while stack:
            node = stack.pop()
            while node >= 0 and (value := state[variables[node]]) >= 0:
                node = children[node][value]
            if node < 0:
                found.add(node)
            elif node not in seen:
                seen.add(node)
                if reads[node] & known:
                    stack += distinct[node]
                else:
                    found |= self.below(node)
        return frozenset(found)

    def reachable(self, root: Node, state: Sequence[int], known: int | None = None) -> frozenset[Any]:
        """Return the values of all terminals that some completion of `state` reaches."""
        return frozenset(map(self.value, self.reached(root, state, known)))

    def truth(self, root: Node, state: Sequence[int], known: int | None = None) -> bool | None:
        """Return the truth value of a condition in `state`, or None if completions differ.

        The parameters are those of `reached`, which would visit more nodes than an open condition needs.
        """
        variables, children, distinct, reads = self.variables, self.children, self.distinct, self.reads
        known = self.known(state) if known is None else known
        stack, found = [root], 0
        seen: set[Node] = set()
        while stack:
            node = stack.pop()
            while node >= 0 and (value := state[variables[node]]) >= 0:
                node = children[node][value]
            if node >= 0:
                if not reads[node] & known:
                    return None  # nothing that a reduced diagram reads is known, so every terminal is reached
                if node not in seen:
                    seen.add(node)
                    stack += distinct[node]
            elif found != node:
                if found:
                    return None
                found = node
        return self.ends[~found]

    def below(self, root: Node) -> frozenset[Node]:
        """Return all terminals below a root."""
        found = self._below.get(root)
        if found is None:
            targets = {root}.union(*map(self.children.__getitem__, self.nodes(root)))
            found = self._below[root] = frozenset(node for node in targets if node < 0)
        return found

    def witness(self, root: Node, wanted: Callable[[Any], bool], order: Iterable[int] = ()) -> dict[int, int] | None:
        """Return values of a few variables that lead to a wanted terminal, or None if no values do.

        Variables that are not returned may have any value.

        Parameters
        ----------
        root : int
        wanted : callable
            Whether the value of a terminal is wanted.
        order : iterable of int, optional
            The order in which variables are assigned their first suitable value; by default that of the levels.
        """
        if not any(map(wanted, self.values(root))):
            return None
        found: dict[int, int] = {}
        for variable in order or range(len(self.sizes)):
            if not self.read([root]) >> variable & 1:
                continue
            for value in range(self.sizes[variable]):
                after = self.fixed(root, variable, value)
                if any(map(wanted, self.values(after))):
                    found[variable], root = value, after
                    break
        return found

    def count(self, root: Node, state: Sequence[int]) -> dict[Any, int]:
        """Return the exact number of completions of `state` for each terminal value.

        Parameters
        ----------
        root : int
        state : sequence of int
            A value for each variable, -1 where it is unknown.
        """
        last = len(self.sizes)
        completions = [1] * (last + 1)  # of the variables from an index on
        for index in reversed(range(last)):
            completions[index] = completions[index + 1] * (self.sizes[index] if state[index] < 0 else 1)
        done: dict[Node, Counter[Any]] = {}

        def walk(node: Node, index: int) -> Counter[Any]:
            """Count the completions of the variables from `index` on."""
            if node < 0:
                return Counter({self.value(node): completions[index]})
            variable = self.variables[node]
            if node not in done:
                known, total = state[variable], Counter[Any]()
                for child in self.children[node] if known < 0 else (self.children[node][known],):
                    total.update(walk(child, variable + 1))
                done[node] = total
            skipped = completions[index] // completions[variable]
            return Counter({value: number * skipped for value, number in done[node].items()})

        return dict(walk(root, 0))

    def closest(
        self,
        root: Node,
        state: Sequence[int],
        wanted: Callable[[Any], bool],
        aside: Callable[[Any], bool] = lambda value: False,
    ) -> dict[int, int] | None:
        """Return the smallest set of changes of `state` after which every completion reaches a wanted terminal.

        Completions that reach a value for which `aside` is true are ignored, as long as others are left. The
        number of known variables with another value is minimised first, then the number of unknown variables
        that get a value; none of the latter is redundant.

        Returns
        -------
        dict of variable to value, or None if no wanted terminal can be reached.
        """
        done: dict[Node, tuple[int, int, dict[int, int]] | None] = {}

        def walk(node: Node) -> tuple[int, int, dict[int, int]] | None:
            if node < 0:
                return (0, 0, {}) if wanted(self.value(node)) else None
            if node not in done:
                variable, best = self.variables[node], None
                known = state[variable]
                for value, child in enumerate(self.children[node]):
                    below = walk(child)
                    if below is None:
                        continue
                    changed, given, steps = below
                    if value != known:
                        steps = {variable: value, **steps}
                        changed, given = (changed, given + 1) if known < 0 else (changed + 1, given)
                    if best is None or (changed, given) < best[:2]:
                        best = changed, given, steps
                done[node] = best
            return done[node]

        found = walk(root)
        if found is None:
            return None
        steps = found[2]
        for variable in [variable for variable in steps if state[variable] < 0]:
            fewer = {each: value for each, value in steps.items() if each != variable}
            left = [value for value in self.reachable(root, self._changed(state, fewer)) if not aside(value)]
            if left and all(map(wanted, left)):
                steps = fewer
        return steps

    @staticmethod
    def _changed(state: Sequence[int], steps: dict[int, int]) -> list[int]:
        return [steps.get(variable, value) for variable, value in enumerate(state)]

    def fixed(self, root: Node, variable: int, value: int) -> Node:
        """Return the diagram of the function restricted to `variable` having `value`."""
        done: dict[Node, Node] = {}

        def walk(node: Node) -> Node:
            if node < 0:
                return node
            if node not in done:
                children = self.children[node]
                if self.variables[node] == variable:
                    done[node] = children[value]
                else:
                    done[node] = self.choose(self.variables[node], [walk(child) for child in children])
            return done[node]

        return walk(root)

    def support(self, root: Node, state: Sequence[int], view: Mapping[Node, Node] | None = None) -> frozenset[int]:
        """Return the unknown variables on which the value in `state` depends.

        A variable is in the support if and only if two completions that differ only in this variable
        have different values.

        Parameters
        ----------
        root : int
        state : sequence of int
            A value for each variable, -1 where it is unknown.
        view : mapping of terminal to terminal, optional
            The representative of each terminal; terminals with the same representative are treated as equal.
        """
        variables, children = self.variables, self.children
        reduced: dict[Node, Node] = {}  # a node of the same function once the known variables are fixed
        unique: dict[tuple[int, tuple[Node, ...]], Node] = {}
        found: set[int] = set()

        def walk(start: Node) -> Node:
            node = start
            while node >= 0 and (value := state[variables[node]]) >= 0:
                node = children[node][value]
            if node in reduced:
                result = reduced[node]
            elif node < 0:
                result = view[node] if view else node
            else:
                below = tuple([reduced[child] if child in reduced else walk(child) for child in children[node]])
                if below.count(below[0]) == len(below):
                    result = below[0]
                else:
                    found.add(variables[node])
                    result = unique.setdefault((variables[node], below), node)
            reduced[start] = reduced[node] = result
            return result

        walk(root)
        return frozenset(found)

    def nodes(self, *roots: Node) -> list[Node]:
        """Return every inner node below `roots`, each after its descendants."""
        order: list[Node] = []
        seen: set[Node] = set()

        def walk(node: Node) -> None:
            if node in seen or node < 0:
                return
            seen.add(node)
            for child in self.children[node]:
                walk(child)
            order.append(node)

        for root in roots:
            walk(root)
        return order
