"""What becomes reachable after few changes of findings: exact, on the decision diagram of one target.

Sets of changes are numbered, and a set of such sets is the bits of one whole number. One walk
down the diagram then finds, for every end at once, after which sets of changes it is reachable.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial, reduce
from operator import and_, or_
from typing import Any, NamedTuple

from casebook.inference.compiler import Compiler, State
from casebook.inference.diagrams import Node
from casebook.models.expression import Tree, leaves
from casebook.models.finding import Value

Change = tuple[int, int]
"""Position of a finding among those that a target reads, and of a class of its options."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Every set of at most so many changes of different findings.

    Attributes
    ----------
    sets : tuple of tuples of Change
        The empty set first, then by size.
    holding : mapping of Change to int
        The sets that hold a change, as bits.
    touching : tuple of int
        For each finding, the sets that change it.
    sized : tuple of int
        For each size, the sets of that size.
    """

    sets: tuple[tuple[Change, ...], ...]
    holding: Mapping[Change, int]
    touching: tuple[int, ...]
    sized: tuple[int, ...]

    @property
    def every(self) -> int:
        """All sets, as bits."""
        return (1 << len(self.sets)) - 1


@dataclass(frozen=True, slots=True)
class Flips:
    """The smallest sets of changes that move a target.

    Attributes
    ----------
    decided : dict of end value to list of tuples of Change
        What leaves one end alone that is not alone now; no part of any of these sets does.
    opened : list of tuples of Change
        What leaves two ends or more where one is alone now; no part of any of these sets does.
    """

    decided: Mapping[Any, list[tuple[Change, ...]]]
    opened: list[tuple[Change, ...]]


class Known(NamedTuple):
    """What is known of a state, as far as one diagram and the contradictions around it read it.

    Attributes
    ----------
    classes : tuple of int
        For each finding that the diagram reads the place of its class of options, -1 if it is not known.
    others : tuple of int
        The options of other findings that contradict these, -1 if one is not known.
    """

    classes: tuple[int, ...]
    others: tuple[int, ...]


class Reach:
    """The ends that one diagram may reach, as findings are or after few changes.

    Changes that no patient can have are left out: those after which findings contradict each other.

    Parameters
    ----------
    compiler : Compiler
    root : int
    resolved : callable, optional
        Turns the bits by end value of the diagram into the bits by what is said in the end.

    Attributes
    ----------
    places : tuple of int
        Positions in the vocabulary of the findings that the diagram reads, in that order.
    classes : tuple of tuples of tuples of int
        For each of these findings its options, those together that make no difference.
    """

    def __init__(
        self, compiler: Compiler, root: Node, resolved: Callable[[Mapping[Any, int]], Mapping[Any, int]] | None = None
    ) -> None:
        self.diagrams, self.root, self._resolved = compiler.diagrams, root, resolved
        vocabulary, contradictions = compiler.knowledge.vocabulary, compiler.knowledge.contradictions
        # `nodes` gives each after all that it leads to; a walk goes the other way.
        nodes = self.diagrams.nodes(root)[::-1]
        by_variable: dict[int, list[Node]] = {}
        for node in nodes:
            by_variable.setdefault(self.diagrams.variables[node], []).append(node)
        known = {
            compiler.order[variable][1]: variable
            for variable in by_variable
            if compiler.order[variable][0] == "finding"
        }
        self.places = tuple(sorted(known))
        self._index = {known[place]: index for index, place in enumerate(self.places)}
        # Only those that a change of what the diagram reads can bring about, or leave without an excuse.
        here = {vocabulary.findings[place].id for place in self.places}
        self._contradictions = [
            each.trees
            for each in contradictions
            if here & {leaf["finding"] for tree in each.trees for leaf in leaves(tree)}
        ]
        told: dict[str, list[Collection[Value]]] = {}
        for leaf in (leaf for trees in self._contradictions for tree in trees for leaf in leaves(tree)):
            told.setdefault(leaf["finding"], []).append(leaf["in"])
        self._others = tuple(sorted(vocabulary.position[id] for id in told.keys() - here))
        self._vocabulary = vocabulary
        self.classes = tuple(
            self._classes(known[place], by_variable[known[place]], self._told(place, told)) for place in self.places
        )
        self._class_of = tuple(map(_class_of, self.classes))
        self._walk = [(node, *self._edges_of(node)) for node in nodes]
        self.changes = lru_cache(maxsize=None)(self._changes)
        self._refused = lru_cache(maxsize=64)(self._contradicting)
        self._after_one = lru_cache(maxsize=64)(partial(self.after, most=1))
        self._singles = lru_cache(maxsize=4096)(self._every_single)
        self._settling = lru_cache(maxsize=4096)(self._settled)
        self.flips = lru_cache(maxsize=4096)(self._flips)

    def _told(self, place: int, told: Mapping[str, Sequence[Collection[Value]]]) -> list[list[bool]]:
        """Return, for each comparison that contradictions make of a finding, which of its options fulfil it."""
        finding = self._vocabulary.findings[place]
        return [[value in wanted for value in finding.values] for wanted in told.get(finding.id, ())]

    def _classes(self, variable: int, nodes: list[Node], told: Sequence[Sequence[bool]]) -> tuple[tuple[int, ...], ...]:
        found: dict[tuple[Any, ...], list[int]] = {}
        for option in range(self.diagrams.sizes[variable]):
            children = tuple(self.diagrams.children[node][option] for node in nodes)
            found.setdefault((children, tuple(each[option] for each in told)), []).append(option)
        return tuple(map(tuple, found.values()))

    def _edges_of(self, node: Node) -> tuple[int | None, list[tuple[Node, tuple[int, ...]]]]:
        """Return the index of the finding that a node reads, and each child with the classes of options that lead to it."""
        index = self._index.get(self.diagrams.variables[node])
        children = self.diagrams.children[node]
        if index is None:
            return None, [(child, ()) for child in dict.fromkeys(children)]
        found: dict[Node, list[int]] = {}
        for place, options in enumerate(self.classes[index]):
            found.setdefault(children[options[0]], []).append(place)
        return index, [(child, tuple(places)) for child, places in found.items()]

    def _changes(self, most: int) -> Changes:
        singles = [[(index, place) for place in range(len(classes))] for index, classes in enumerate(self.classes)]
        sets: list[tuple[Change, ...]] = []
        sized = []
        for size in range(most + 1):
            start = len(sets)
            for chosen in itertools.combinations(singles, size):
                sets.extend(itertools.product(*chosen))
            sized.append((1 << len(sets)) - (1 << start))
        holding = {change: bytearray(len(sets) // 8 + 1) for each in singles for change in each}
        for place, each in enumerate(sets):
            for change in each:
                holding[change][place >> 3] |= 1 << (place & 7)
        bits = {change: int.from_bytes(held, "little") for change, held in holding.items()}
        touching = []
        for each in singles:
            touched = 0
            for change in each:
                touched |= bits[change]
            touching.append(touched)
        return Changes(tuple(sets), bits, tuple(touching), tuple(sized))

    def project(self, state: State) -> Known:
        """Return what is known of a state, as far as it matters here."""
        classes = tuple([classes[state[place]] for place, classes in zip(self.places, self._class_of, strict=True)])
        return Known(classes, tuple([state[place] for place in self._others]))

    def _contradicting(self, known: Known, most: int) -> int:
        """Return the sets of changes after which findings contradict each other, as bits."""
        changes = self.changes(most)
        every, found = changes.every, 0
        indices = {self._vocabulary.findings[place].id: index for index, place in enumerate(self.places)}
        others = {
            self._vocabulary.findings[place].id: option
            for place, option in zip(self._others, known.others, strict=True)
        }

        def truth(tree: Tree) -> tuple[int, int]:
            """Return the sets after which a condition surely holds, and surely fails."""
            if isinstance(tree, bool):
                return (every, 0) if tree else (0, every)
            if "not" in tree:
                holds, fails = truth(tree["not"])
                return fails, holds
            if "term" in tree:
                return truth(tree["is"])
            if "finding" in tree:
                return comparison(tree["finding"], tree["in"])
            parts = [truth(part) for part in tree.get("all", tree.get("any"))]
            if "all" in tree:
                return reduce(and_, [holds for holds, _ in parts]), reduce(or_, [fails for _, fails in parts])
            return reduce(or_, [holds for holds, _ in parts]), reduce(and_, [fails for _, fails in parts])

        def comparison(id: str, wanted: Collection[Value]) -> tuple[int, int]:
            values = self._vocabulary.by_id[id].values
            if id not in indices:
                option = others[id]
                return (0, 0) if option < 0 else (every, 0) if values[option] in wanted else (0, every)
            index, both = indices[id], [0, 0]
            for place, options in enumerate(self.classes[index]):
                there = changes.holding[index, place]
                if known.classes[index] == place:
                    there |= every & ~changes.touching[index]
                both[values[options[0]] not in wanted] |= there
            return both[0], both[1]

        for when, unless in self._contradictions:
            holds, _ = truth(when)
            if holds:
                found |= holds & ~truth(unless)[0]
        return found & ~1  # what is recorded is judged elsewhere

    def after(self, known: Known, most: int) -> Mapping[Any, int]:
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
        changes, classes = self.changes(most), known.classes
        allowed = changes.every & ~self._refused(known, most)
        for index, place in enumerate(classes):
            if place >= 0:
                allowed &= ~changes.holding[index, place]
        masks: dict[tuple[int, tuple[int, ...]], int] = {}

        def mask(index: int, places: tuple[int, ...]) -> int:
            here = classes[index] < 0 or classes[index] in places
            held = changes.every & ~changes.touching[index] if here else 0
            for place in places:
                held |= changes.holding[index, place]
            return held

        reached = {self.root: allowed}
        for node, index, edges in self._walk:
            bits = reached.pop(node, 0)
            if not bits:
                continue
            for child, places in edges:
                through = bits
                if index is not None:
                    key = index, places
                    held = masks.get(key)
                    if held is None:
                        held = masks[key] = mask(index, places)
                    through &= held
                if through:
                    reached[child] = reached.get(child, 0) | through
        ends = {self.diagrams.value(end): bits for end, bits in reached.items()}
        return self._resolved(ends) if self._resolved else ends

    def _flips(self, known: Known, most: int) -> Flips:
        """Return the smallest sets of changes that decide on another end than now, or leave it open."""
        reached = self.after(known, most)
        once = several = 0
        for bits in reached.values():
            several |= once & bits
            once |= bits
        alone = {value: bits & ~several for value, bits in reached.items()}
        # The empty set, bit 0, is what is now: an end that it leaves alone is no other.
        decided = {value: bits for value, bits in alone.items() if not bits & 1}
        opened = {None: 0 if several & 1 else several}
        return Flips(self._smallest(decided, most), self._smallest(opened, most).get(None, []))

    def _smallest(self, groups: Mapping[Any, int], most: int) -> dict[Any, list[tuple[Change, ...]]]:
        """Return, by group, the sets of which no part is in any group."""
        changes = self.changes(most)
        larger = changes.every
        found: dict[Any, list[tuple[Change, ...]]] = {}
        for size in range(1, most + 1):
            here = {group: bits & changes.sized[size] & larger for group, bits in groups.items()}
            for group, bits in here.items():
                for place in ones(bits):
                    chosen = changes.sets[place]
                    found.setdefault(group, []).append(chosen)
                    above = changes.every
                    for change in chosen:
                        above &= changes.holding[change]
                    larger &= ~above
        return found

    def now(self, state: State) -> frozenset[Any]:
        """Return every end value that some completion of `state` reaches."""
        return self._singles(self.project(state))[()]

    def with_each(self, state: State, options: Mapping[int, Iterable[int]]) -> dict[int, list[frozenset[Any]]]:
        """Return what becomes reachable if one finding has another option.

        Parameters
        ----------
        state : State
        options : mapping of int to iterable of int
            By the place of a finding in the vocabulary.

        Returns
        -------
        dict of int to list of frozenset
            For each of these findings that the diagram reads, the end values with each of its options.
        """
        singles = self._singles(self.project(state))
        now = singles[()]
        return {
            place: [singles.get((index, self._class_of[index][option]), now) for option in options[place]]
            for index, place in enumerate(self.places)
            if place in options
        }

    def settled_by(self, state: State) -> Mapping[int, tuple[bool, bool]]:
        """Return for each finding that the diagram reads whether every option, and whether some, leaves one end only.

        Options that contradict other findings do not count: nobody can have them.

        Returns
        -------
        mapping of int to pair of bool
            By the place of the finding in the vocabulary.
        """
        return self._settling(self.project(state))

    def _settled(self, known: Known) -> dict[int, tuple[bool, bool]]:
        open_, refused, holding = self._still_open(known), self._refused(known, 1), self.changes(1).holding
        found = {}
        for index, place in enumerate(self.places):
            changes = [holding[index, each] for each in range(len(self.classes[index]))]
            settled = [not open_ & change for change in changes if not refused & change]
            found[place] = bool(settled) and all(settled), any(settled)
        return found

    def _still_open(self, known: Known) -> int:
        """Return the changes of at most one finding after which several ends can be reached, as bits."""
        once = several = 0
        for bits in self._after_one(known).values():
            several |= once & bits
            once |= bits
        return several

    def _every_single(self, known: Known) -> dict[tuple[int, ...], frozenset[Any]]:
        """Return the reachable end values as findings are, under (), and after each single change."""
        found: dict[tuple[int, ...], set[Any]] = {}
        sets = self.changes(1).sets
        for value, bits in self._after_one(known).items():
            for place in ones(bits):
                found.setdefault(sets[place][0] if place else (), set()).add(value)
        return {change: frozenset(values) for change, values in found.items()}


def _class_of(classes: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return for each option the place of its class; after the last -1, for what is not known is in none."""
    places = {option: place for place, options in enumerate(classes) for option in options}
    return (*(places[option] for option in range(len(places))), -1)


def ones(bits: int) -> Iterator[int]:
    """Yield the places of the bits that are set, from the lowest."""
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
