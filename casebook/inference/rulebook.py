"""The rulebook: everything derived from findings, as one table of shared decision diagrams."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from casebook.inference.compiler import Compiler, OpenItem, State, Variable, name
from casebook.inference.diagrams import Diagrams, Node
from casebook.inference.roots import Roots, flattened, known_trees
from casebook.knowledge_base import Knowledge
from casebook.models.expression import Tree, Truth

T = TypeVar("T")

MOST = 8192
"""The largest number of results in one cache."""


class StateCache(Generic[T]):
    """A cached function of a state; the cache key is the part of the state that the function reads."""

    def __init__(self, positions: Sequence[int], make: Callable[[State], T]) -> None:
        self.positions = tuple(positions)
        self._make = make
        self._key: Callable[[State], Hashable] = itemgetter(*positions) if positions else lambda state: None
        self._found: dict[Hashable, T] = {}

    def __call__(self, state: State) -> T:
        """Return the result for a state."""
        key, found = self._key(state), self._found
        if key not in found:
            if len(found) >= MOST:
                found.clear()
            found[key] = self._make(state)
        return found[key]

    def cache_clear(self) -> None:
        """Remove all cached results."""
        self._found.clear()


class Root(Generic[T]):
    """One diagram of the rulebook, of a function with values of one type."""

    def __init__(self, rulebook: Rulebook, node: Node) -> None:
        self.node = node
        self._rulebook = rulebook

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """Positions of the findings that it reads, in that order."""
        return tuple(sorted(self._rulebook.reads([self.node])))

    def ends(self, state: State) -> frozenset[T]:
        """Return the values of all terminals that some completion of a state reaches."""
        return frozenset(map(self._rulebook.diagrams.value, self._rulebook.reached(self.node, state)))

    def truth(self, state: State) -> Truth:
        """Return the truth value of a condition in a state, or None if completions differ."""
        return self._rulebook.truths([self.node], state)[0]

    def read(self, view: Callable[[T], Hashable]) -> set[int]:
        """Return the positions of the findings on which the view of the result depends."""
        diagrams = self._rulebook.diagrams
        first: dict[Hashable, Node] = {}
        same = {end: first.setdefault(view(diagrams.value(end)), end) for end in diagrams.below(self.node)}
        levels = diagrams.support(self.node, [-1] * len(diagrams.sizes), same)
        return {index for index in map(self._rulebook.variables.__getitem__, levels) if not isinstance(index, OpenItem)}

    def applies(self, state: State) -> bool:
        """Return whether a guarded item (`Compiler.guarded`) applies in a state."""
        ends = self.ends(state)
        return True in ends and False not in ends

    def support(self, state: State) -> tuple[str, ...]:
        """Return the unassessed findings on which the result depends, in the order of the vocabulary."""
        return self._rulebook.support(self.node, state)


class _StateRead(NamedTuple):
    """A state in the order of the levels.

    Attributes
    ----------
    values : tuple of int
        The value of each variable, -1 where it is unknown.
    known : int
        The known variables, as bits.
    truths : dict of node to bool or None
        The truth values of conditions that were found so far.
    """

    state: State
    values: tuple[int, ...]
    known: int
    truths: dict[Node, Truth]


class Rulebook:
    """One table of diagrams, and the roots into it.

    Parameters
    ----------
    knowledge : Knowledge
        The knowledge from which the rulebook was compiled.
    variables : sequence of Variable
        The variable of each level.
    diagrams : Diagrams
    roots : mapping of kind to Roots
        See `casebook.inference.roots`.
    """

    def __init__(
        self, knowledge: Knowledge, variables: Sequence[Variable], diagrams: Diagrams, roots: Mapping[str, Roots]
    ) -> None:
        self.knowledge, self.variables, self.diagrams, self.roots = knowledge, tuple(variables), diagrams, roots
        # An open item is read from index -1, where a -1 (unknown) is appended to every state.
        self._values = itemgetter(*(-1 if isinstance(each, OpenItem) else each for each in self.variables))
        self._last = _StateRead((), (), 0, {})
        self._made: dict[Node, Root[Any]] = {}
        self._of_tree: dict[int, tuple[Tree, Root[bool]]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The name of each variable; a later compilation uses the names to keep the order of the levels."""
        return tuple(name(variable, self.knowledge) for variable in self.variables)

    @property
    def nodes(self) -> list[Node]:
        """Every inner node of the table, each after its descendants."""
        return self.diagrams.nodes(*flattened(self.roots))

    def values(self, state: State) -> tuple[int, ...]:
        """Return a state in the order of the levels."""
        return self._of(state).values

    def truths(self, nodes: Sequence[Node], state: State) -> list[Truth]:
        """Return the truth value of each condition in a state, or None if completions differ."""
        _, values, known, found = self._of(state)
        truth = self.diagrams.truth
        for node in nodes:
            if node not in found:
                found[node] = truth(node, values, known)
        return [found[node] for node in nodes]

    def reached(self, root: Node, state: State) -> frozenset[Node]:
        """Return all terminals that some completion of a state reaches."""
        levels = self._of(state)
        return self.diagrams.reached(root, levels.values, levels.known)

    def support(self, root: Node, state: State, view: Mapping[Node, Node] | None = None) -> tuple[str, ...]:
        """Return the unassessed findings on which a view of the value depends, in the order of the vocabulary."""
        return self.named(self.diagrams.support(root, self._of(state).values, view))

    def knows(self, root: Node, state: State) -> bool:
        """Return whether a state knows any finding that a diagram reads."""
        return bool(self.diagrams.read([root]) & self._of(state).known)

    def _of(self, state: State) -> _StateRead:
        """Return a state as the diagrams read it."""
        if self._last.state is not state:
            values = self._values((*state, -1))
            self._last = _StateRead(state, values, self.diagrams.known(values), {})
        return self._last

    def root(self, node: Node) -> Root[Any]:
        """Return the root object of a node."""
        if node not in self._made:
            self._made[node] = Root(self, node)
        return self._made[node]

    def of(self, kind: str) -> list[Any]:
        """Return the roots of a kind, nested as in the table; their type is given where they are assigned."""
        return self._walks(self.roots[kind])

    def _walks(self, roots: Roots) -> Any:
        return [self._walks(each) for each in roots] if isinstance(roots, list) else self.root(roots)

    def condition(self, tree: Tree) -> Root[bool]:
        """Return the root of a condition; the condition is compiled if the table does not contain it."""
        found = self._of_tree.get(id(tree))
        if found is None:
            # The cache holds a reference to the tree, so that its identity is not reused for another tree.
            found = self._of_tree[id(tree)] = tree, self.root(self.compiler.condition(tree))
        return found[1]

    @cached_property
    def compiler(self) -> Compiler:
        """Compiles further conditions into the same diagrams."""
        conditions = {repr(tree): root for tree, root in known_trees(self.knowledge, self.roots)}
        actions = dict(zip(self.knowledge.actions, flattened(self.roots["action"]), strict=True))
        return Compiler(self.knowledge, self.variables, self.diagrams, conditions, actions)

    def reads(self, roots: Iterable[Node]) -> set[int]:
        """Return the positions of the findings that diagrams read."""
        read = self.diagrams.read(roots)
        return {
            variable
            for level, variable in enumerate(self.variables)
            if read >> level & 1 and not isinstance(variable, OpenItem)
        }

    def named(self, levels: Iterable[int]) -> tuple[str, ...]:
        """Return the findings of variables, or those behind them, in the order of the vocabulary."""
        found = map(self.variables.__getitem__, levels)
        positions = {each.finding if isinstance(each, OpenItem) else each for each in found}
        findings = self.knowledge.vocabulary.findings
        return tuple([findings[index].id for index in sorted(positions) if index >= 0])
