"""Reduced multi-valued decision diagrams over the findings.

A diagram is the exact answer to “what does this depend on?”: a graph in which every path from
the root fixes some findings and ends in a value. Two functions are equal if and only if they
are the same node. See Miller & Drechsler, "Implementing a multiple-valued decision diagram
package", ISMVL 1998. `dd` on PyPI has multi-valued diagrams only as a view of binary ones,
without other end values than true and false, so this small package is our own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

Node = int
"""A node of a `Diagrams`: at least 0 for a choice, below 0 for an end."""


class Diagrams:
    """A shared store of diagrams over variables with finitely many values.

    Parameters
    ----------
    sizes : sequence of int
        For each variable, in the order of the diagrams, the number of its values.
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self.variables: list[int] = []
        self.children: list[tuple[Node, ...]] = []
        self.distinct: list[frozenset[Node]] = []
        self.ends: list[Any] = []
        self._nodes: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._ends: dict[tuple[type, Hashable], Node] = {}

    def end(self, value: Hashable) -> Node:
        """Return the diagram that has `value` everywhere."""
        # A total of 0 equals False, and is not the same.
        key = type(value), value
        node = self._ends.get(key)
        if node is None:
            self.ends.append(value)
            node = self._ends[key] = -len(self.ends)
        return node

    def value(self, node: Node) -> Any:
        """Return the value of an end."""
        return self.ends[-node - 1]

    def values(self, root: Node) -> list[Any]:
        """Return every end value below a root."""
        return list(map(self.value, self.below(root)))

    def choose(self, variable: int, children: Iterable[Node]) -> Node:
        """Return the diagram that goes on in ``children[v]`` where `variable` has its value v."""
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
            self.distinct.append(frozenset(children))
        return node

    def combine(self, function: Callable[..., Hashable], *roots: Node) -> Node:
        """Return the diagram of ``function(*values of the roots)``."""
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

    def reached(self, root: Node, state: Sequence[int]) -> list[Node]:
        """Return every node that some completion of `state` comes by, the root first.

        Parameters
        ----------
        root : int
        state : sequence of int
            A value for each variable, -1 where it is unknown.
        """
        variables, children, distinct = self.variables, self.children, self.distinct
        found, seen = [root], {root}
        for node in found:  # it grows meanwhile
            if node >= 0:
                known = state[variables[node]]
                if known < 0:
                    new = distinct[node] - seen
                    seen |= new
                    found += new
                elif (child := children[node][known]) not in seen:
                    seen.add(child)
                    found.append(child)
        return found

    def reachable(self, root: Node, state: Sequence[int]) -> frozenset[Any]:
        """Return every end value that some completion of `state` reaches."""
        return frozenset([self.ends[-node - 1] for node in self.reached(root, state) if node < 0])

    def truth(self, root: Node, state: Sequence[int]) -> bool | None:
        """Return the one of true and false that every completion of `state` reaches, or None if some reach each."""
        variables, children, distinct = self.variables, self.children, self.distinct
        stack, seen, found = [root], {root}, 0
        while stack:
            node = stack.pop()
            while node >= 0 and (known := state[variables[node]]) >= 0:
                node = children[node][known]
            if node >= 0:
                new = distinct[node] - seen
                seen |= new
                stack += new
            elif found != node:
                if found:
                    return None
                found = node
        return self.ends[-found - 1]

    def below(self, root: Node) -> list[Node]:
        """Return every end below a root."""
        targets = {root, *(child for node in self.nodes(root) for child in self.children[node])}
        return sorted(node for node in targets if node < 0)

    def witness(self, root: Node, wanted: Callable[[Any], bool], order: Iterable[int] = ()) -> dict[int, int] | None:
        """Return values of a few variables that lead to a wanted end, or None if nothing does.

        Variables that are not named may have any value.

        Parameters
        ----------
        root : int
        wanted : callable
            Whether an end value is wanted.
        order : iterable of int, optional
            The variables in the order in which each gets its first value that will do; as they are, if not given.
        """
        if not any(map(wanted, self.values(root))):
            return None
        found: dict[int, int] = {}
        for variable in order or range(len(self.sizes)):
            if all(self.variables[node] != variable for node in self.nodes(root)):
                continue
            for value in range(self.sizes[variable]):
                after = self.fixed(root, variable, value)
                if any(map(wanted, self.values(after))):
                    found[variable], root = value, after
                    break
        return found

    def count(self, root: Node, state: Sequence[int]) -> dict[Any, int]:
        """Return how many completions of `state` end in each value; the numbers are exact.

        Parameters
        ----------
        root : int
        state : sequence of int
            A value for each variable, -1 where it is unknown.
        """
        last = len(self.sizes)
        completions = [1] * (last + 1)  # of the variables from a place on
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
        """Return the fewest changes of `state` after which every completion ends as wanted.

        Completions that end at a value put `aside` are not asked, as long as some other one is left. Fewest are first those variables that are known and get another value, then those
        that are unknown and get one: of the latter none can be left out.

        Returns
        -------
        dict of variable to value, or None if nothing ends as wanted.
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
        """Return the diagram of the function where `variable` has `value`."""
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

    def from_below(self, nodes: Iterable[Node]) -> list[Node]:
        """Return nodes so that each comes after all that it leads to."""
        choices = [node for node in nodes if node >= 0]
        choices.sort(key=self.variables.__getitem__, reverse=True)
        return [*(node for node in nodes if node < 0), *choices]

    def support(self, root: Node, state: Sequence[int]) -> frozenset[int]:
        """Return the unknown variables on which the value at `state` really depends.

        A variable is in the support if and only if two completions that differ in it alone
        have different values.
        """
        return self.support_of(self.from_below(self.reached(root, state)), state)

    def support_of(
        self, nodes: Iterable[Node], state: Sequence[int], view: Mapping[Node, Node] | None = None
    ) -> frozenset[int]:
        """Return the support of the root of some nodes.

        Parameters
        ----------
        nodes : iterable of int
            What completions come by (`reached`), each after all that it leads to (`from_below`).
        state : sequence of int
            A value for each variable, -1 where it is unknown.
        view : mapping of end to end, optional
            The end that stands for an end: those that have the same are not told apart.
        """
        variables, children = self.variables, self.children
        same: dict[Node, Node] = {}
        unique: dict[tuple[int, tuple[Node, ...]], Node] = {}
        found: set[int] = set()
        for node in nodes:
            if node < 0:
                same[node] = view[node] if view else node
                continue
            variable = variables[node]
            known = state[variable]
            if known >= 0:
                same[node] = same[children[node][known]]
                continue
            below = tuple([same[child] for child in children[node]])
            if below.count(below[0]) == len(below):
                same[node] = below[0]
            else:
                found.add(variable)
                same[node] = unique.setdefault((variable, below), node)
        return frozenset(found)

    def nodes(self, *roots: Node) -> list[Node]:
        """Return every choice below `roots`, each after all that it leads to."""
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
