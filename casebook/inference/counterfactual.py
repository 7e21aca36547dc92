"""Counterfactual search: the results that can be reached after a few changes of findings.

The search is exact and uses the diagrams of the rulebook. Sets of changes are numbered, and a
collection of such sets is stored as the bits of one integer. A single traversal of a diagram
then yields, for all terminals together, the sets of changes after which each is reachable.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from casebook.inference.compiler import State
from casebook.inference.diagrams import Node
from casebook.inference.rulebook import Root, Rulebook
from casebook.models.scope import Withdrawn, resolved

Replacement = tuple[int, int]
"""The index of a finding among those that a target reads, and the index of an equivalence class of its options."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Every set of changes of different findings, up to a given size.

    Attributes
    ----------
    sets : tuple of tuples of Replacement
        The empty set first, then by size.
    holding : mapping of Replacement to int
        The sets that hold a change, as bits.
    touching : tuple of int
        For each finding, the sets that change it.
    sized : tuple of int
        For each size, the sets of that size.
    every : int
        All sets, as bits.
    """

    sets: tuple[tuple[Replacement, ...], ...]
    holding: Mapping[Replacement, int]
    touching: tuple[int, ...]
    sized: tuple[int, ...]
    every: int

    def leading(self, index: int, positions: Iterable[int], here: bool) -> int:
        """Return the sets after which a finding may be in one of some classes; `here`, whether it may be in one now."""
        if index >= len(self.touching):  # it is never changed
            return self.every if here else 0
        held = self.every & ~self.touching[index] if here else 0
        for position in positions:
            held |= self.holding[index, position]
        return held


@dataclass(frozen=True, slots=True)
class Flips:
    """The minimal sets of changes that change the result of a target.

    Attributes
    ----------
    decided : dict of end value to list of tuples of Replacement
        Minimal change sets after which exactly one new outcome is possible.
    opened : list of tuples of Replacement
        Minimal change sets after which a decided target is undecided.
    """

    decided: Mapping[Any, list[tuple[Replacement, ...]]]
    opened: list[tuple[Replacement, ...]]


Known = tuple[int, ...]
"""The equivalence class of the option of each finding that a target or its contradictions read; -1 if unknown."""

Step = tuple[Node, int, list[tuple[Node, tuple[int, ...]]]]
"""A node, the index of the finding that it reads (-1: nobody can know it), and each child with the classes that lead there."""


class Counterfactuals:
    """The results of a target that can be reached by small changes without contradictory findings.

    Parameters
    ----------
    rulebook : Rulebook
    root : Root
    view : callable, optional
        Maps the value of a terminal to the reported outcome.
    switches : list of (Root, stances)
        Conditions that withdraw stances.

    Attributes
    ----------
    positions : tuple of int
        Positions in the vocabulary of the findings that the target reads, in that order.
    classes : tuple of tuples of tuples of int
        For each of these findings, then for those that are never changed, its options: those together that make no
        difference.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        root: Root[Any],
        view: Callable[[Any], Any] = lambda end: end,
        switches: Sequence[tuple[Root[bool], Withdrawn]] = (),
    ) -> None:
        self.diagrams, self._view = rulebook.diagrams, view
        outcome = root.read(view)
        self.positions = tuple(sorted({*outcome, *(position for each, _ in switches for position in each.positions)}))
        # Only those that a change of what the target reads can bring about, or leave without an excuse.
        every: list[Root[bool | None]] = rulebook.of("contradiction")
        contradictions = [each for each in every if {*self.positions} & {*each.positions}]
        others = {position for each in (root, *contradictions) for position in each.positions} - {*self.positions}
        self._read = (*self.positions, *sorted(others))
        level = {variable: level for level, variable in enumerate(rulebook.variables)}
        self._index = {level[position]: index for index, position in enumerate(self._read)}
        roots: list[Root[Any]] = [root, *(each for each, _ in switches), *contradictions]
        # `nodes` gives each after all that it leads to; a walk goes the other way.
        below = {each.node: self.diagrams.nodes(each.node)[::-1] for each in roots}
        columns: dict[int, set[tuple[Node, ...]]] = {index: set() for index in range(len(self._read))}
        for node in {node for nodes in below.values() for node in nodes}:
            if (index := self._index.get(self.diagrams.variables[node], -1)) >= 0:
                columns[index].add(self.diagrams.children[node])
        self.classes = tuple(_classes(columns[index]) for index in range(len(self._read)))
        self._class_of = tuple(map(_class_of, self.classes))
        self._steps = {each: [self._step(node) for node in nodes] for each, nodes in below.items()}
        self._target = root.node
        self._contradictions = [
            (each.node, [self._read.index(position) for position in each.positions]) for each in contradictions
        ]
        self._switches = [(each.node, gone) for each, gone in switches]
        self.changes = lru_cache(maxsize=None)(self._changes)
        self._contradicted = lru_cache(maxsize=4096)(self._after_which)
        self._refused = lru_cache(maxsize=64)(self._contradicting)
        self.after = lru_cache(maxsize=64)(self._after)
        self.flips = lru_cache(maxsize=4096)(self._flips)
        self._deciding_cached = lru_cache(maxsize=4096)(self._deciding)

    def _step(self, node: Node) -> Step:
        index = self._index.get(self.diagrams.variables[node], -1)
        children = self.diagrams.children[node]
        if index < 0:
            return node, -1, [(child, ()) for child in dict.fromkeys(children)]
        found: dict[Node, list[int]] = {}
        for position, options in enumerate(self.classes[index]):
            found.setdefault(children[options[0]], []).append(position)
        return node, index, [(child, tuple(positions)) for child, positions in found.items()]

    def _changes(self, most: int) -> Changes:
        singles = [
            [(index, position) for position in range(len(classes))]
            for index, classes in enumerate(self.classes[: len(self.positions)])
        ]
        sets: list[tuple[Replacement, ...]] = []
        sized: list[int] = []
        for size in range(most + 1):
            start = len(sets)
            for chosen in itertools.combinations(singles, size):
                sets.extend(itertools.product(*chosen))
            sized.append((1 << len(sets)) - (1 << start))
        holding = {change: bytearray(len(sets) // 8 + 1) for each in singles for change in each}
        for position, each in enumerate(sets):
            for change in each:
                holding[change][position >> 3] |= 1 << (position & 7)
        bits = {change: int.from_bytes(held, "little") for change, held in holding.items()}
        touching: list[int] = []
        for each in singles:
            touched = 0
            for change in each:
                touched |= bits[change]
            touching.append(touched)
        return Changes(tuple(sets), bits, tuple(touching), tuple(sized), (1 << len(sets)) - 1)

    def project(self, state: State) -> Known:
        """Return what is known of a state, as far as it matters here."""
        return tuple([classes[state[position]] for position, classes in zip(self._read, self._class_of, strict=True)])

    def _spread(self, root: Node, known: Sequence[int], changes: Changes, start: int) -> dict[Any, int]:
        """Return, for each end value below a root, the sets of changes after which some completion reaches it."""
        masks: dict[tuple[int, tuple[int, ...]], int] = {}
        reached = {root: start}
        for node, index, edges in self._steps[root]:
            bits = reached.pop(node, 0)
            if not bits:
                continue
            for child, positions in edges:
                through = bits
                if index >= 0:
                    held = masks.get((index, positions))
                    if held is None:
                        here = known[index] < 0 or known[index] in positions
                        held = masks[index, positions] = changes.leading(index, positions, here)
                    through &= held
                if through:
                    reached[child] = reached.get(child, 0) | through
        return {self.diagrams.value(end): bits for end, bits in reached.items()}

    def _contradicting(self, known: Known, most: int) -> int:
        """Return the sets of changes after which findings contradict each other, as bits."""
        found = 0
        for number, (_, indices) in enumerate(self._contradictions):
            found |= self._contradicted(number, tuple([known[index] for index in indices]), most)
        return found & ~1  # what is recorded is judged elsewhere

    def _after_which(self, number: int, read: tuple[int, ...], most: int) -> int:
        """Return the sets of changes after which one contradiction holds, given what it reads."""
        root, indices = self._contradictions[number]
        known, changes = [-1] * len(self._read), self.changes(most)
        for index, each in zip(indices, read, strict=True):
            known[index] = each
        ends = self._spread(root, known, changes, changes.every)
        return ends.get(True, 0) & ~ends.get(False, 0)

    def _after(self, known: Known, most: int) -> Mapping[Any, int]:
        """Return, for each end value, the sets of changes after which some completion reaches it.

        Parameters
        ----------
        known : Known
            As `project` returns it.
        most : int
            Changes at once.

        Returns
        -------
        mapping of end value to int
            Bits over `changes(most).sets`. A set that gives a finding the class of options that
            it has is left out, because it changes nothing, and so is one that no patient can have.
        """
        changes = self.changes(most)
        allowed = changes.every & ~self._refused(known, most)
        for index in range(len(self.positions)):
            if known[index] >= 0:
                allowed &= ~changes.holding[index, known[index]]
        found: dict[Any, int] = {}
        for end, bits in self._spread(self._target, known, changes, allowed).items():
            outcome = self._view(end)
            found[outcome] = found.get(outcome, 0) | bits
        gone: list[tuple[int, Withdrawn]] = []
        for root, stances in self._switches:
            ends = self._spread(root, known, changes, allowed)
            gone.append((ends.get(True, 0) & ~ends.get(False, 0), stances))
        return resolved(found, gone)

    def _flips(self, known: Known, most: int) -> Flips:
        """Return the smallest sets of changes that decide on another end than now, or leave it open."""
        reached = self.after(known, most)
        several = shared(reached.values())
        alone = {value: bits & ~several for value, bits in reached.items()}
        # The empty set, bit 0, is what is now: an end that it leaves alone is no other.
        decided = {value: bits for value, bits in alone.items() if not bits & 1}
        opened = {None: 0 if several & 1 else several}
        return Flips(self._smallest(decided, most), self._smallest(opened, most).get(None, []))

    def _smallest(self, groups: Mapping[Any, int], most: int) -> dict[Any, list[tuple[Replacement, ...]]]:
        """Return, by group, the sets of which no part is in any group."""
        changes = self.changes(most)
        larger = changes.every
        found: dict[Any, list[tuple[Replacement, ...]]] = {}
        for size in range(1, most + 1):
            here = {group: bits & changes.sized[size] & larger for group, bits in groups.items()}
            for group, bits in here.items():
                for position in ones(bits):
                    chosen = changes.sets[position]
                    found.setdefault(group, []).append(chosen)
                    above = changes.every
                    for change in chosen:
                        above &= changes.holding[change]
                    larger &= ~above
        return found

    def now(self, state: State) -> frozenset[Any]:
        """Return every end value that some completion of `state` reaches."""
        return frozenset(end for end, bits in self.after(self.project(state), 1).items() if bits & 1)

    def with_each(self, state: State, options: Mapping[int, Iterable[int]]) -> dict[int, list[frozenset[Any]]]:
        """Return what becomes reachable if one finding has another option.

        Parameters
        ----------
        state : State
        options : mapping of int to iterable of int
            By the index of a finding in the vocabulary.

        Returns
        -------
        dict of int to list of frozenset
            For each of these findings that the diagram reads, the end values with each of its options.
        """
        after, holding, now = self.after(self.project(state), 1), self.changes(1).holding, self.now(state)

        def ends(index: int, option: int) -> frozenset[Any]:
            change = holding[index, self._class_of[index][option]]
            return frozenset(end for end, bits in after.items() if bits & change) or now

        return {
            position: [ends(index, option) for option in options[position]]
            for index, position in enumerate(self.positions)
            if position in options
        }

    def deciding(self, state: State) -> Mapping[int, tuple[bool, bool]]:
        """Return for each finding that the diagram reads whether every option, and whether some, leaves one end only.

        Options that contradict other findings do not count: nobody can have them.

        Returns
        -------
        mapping of int to pair of bool
            By the index of the finding in the vocabulary.
        """
        return self._deciding_cached(self.project(state))

    def _deciding(self, known: Known) -> dict[int, tuple[bool, bool]]:
        refused, holding = self._refused(known, 1), self.changes(1).holding
        open_ = shared(self.after(known, 1).values())
        found: dict[int, tuple[bool, bool]] = {}
        for index, position in enumerate(self.positions):
            changes = [holding[index, each] for each in range(len(self.classes[index]))]
            settled = [not open_ & change for change in changes if not refused & change]
            found[position] = bool(settled) and all(settled), any(settled)
        return found


def shared(sets: Iterable[int]) -> int:
    """Return the bits that are set in two of the sets or more."""
    once = twice = 0
    for bits in sets:
        twice |= once & bits
        once |= bits
    return twice


def _classes(columns: Iterable[tuple[Node, ...]]) -> tuple[tuple[int, ...], ...]:
    """Return options together that lead to the same child at every node; `columns` holds the children of each."""
    found: dict[tuple[Node, ...], list[int]] = {}
    for option, children in enumerate(zip(*columns, strict=True)):
        found.setdefault(children, []).append(option)
    return tuple(map(tuple, found.values()))


def _class_of(classes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return for each option the place of its class; after the last -1, for what is not known is in none."""
    positions = {option: position for position, options in enumerate(classes) for option in options}
    return (*(positions[option] for option in range(len(positions))), -1)


def ones(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, from the lowest."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
