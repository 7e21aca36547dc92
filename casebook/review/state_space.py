"""The common state space of two bodies of knowledge, and the plans of both for all of its states."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from casebook.inference.assessment import Engine
from casebook.inference.compiler import Compiler, OpenItem, State, variables
from casebook.inference.diagrams import Diagrams, Node
from casebook.models.finding import Finding, Value
from casebook.models.rule import Outcome
from casebook.review.logic import disjunction

Outcomes = frozenset[Outcome | None]
"""The possible outcomes of an action, None if no rule applies. The action is decided if there is one."""


@dataclass(frozen=True)
class Axis:
    """A finding as a variable of the space.

    Attributes
    ----------
    finding : Finding
        The newer wording, where both have the finding.
    values : tuple of option ids
        The options that every engine with this finding has.
    sides : tuple of int
        The engines that have the finding: 0 the old, 1 the new.
    """

    finding: Finding
    values: tuple[Value, ...]
    sides: tuple[int, ...]


class Space:
    """All complete patients that two engines can describe.

    A finding of both engines has the options that both share. A finding of only one engine has the
    options of that engine and is ignored by the other. A finding of both engines that share none of
    its options is treated as two findings.

    Attributes
    ----------
    axes : tuple of Axis
        In the order of the diagrams.
    left_out : mapping of finding id to option ids
        Options that only one engine has. No patient of the space has them.
    """

    def __init__(self, old: Engine, new: Engine) -> None:
        self.engines = old, new
        # In the order of the vocabulary, so that examples do not depend on the order of the rulebook.
        self.compilers = [Compiler(each.knowledge, variables(each.knowledge)) for each in self.engines]
        self.left_out: dict[str, tuple[Value, ...]] = {}
        self.axes = tuple(self._axes())
        self.positions = [
            {axis.finding.id: index for index, axis in enumerate(self.axes) if side in axis.sides} for side in (0, 1)
        ]
        self.diagrams = Diagrams([len(axis.values) for axis in self.axes])
        self._roots: dict[tuple[int, str], Node] = {}
        self._merged: dict[tuple[int, tuple[Node, ...]], Node] = {}

    def _axes(self) -> list[Axis]:
        found: list[list[Finding]] = []
        for engine in self.engines:
            findings = engine.knowledge.vocabulary.findings
            found.append([findings[index] for index in variables(engine.knowledge) if not isinstance(index, OpenItem)])
        before = {finding.id: finding for finding in found[0]}
        axes: list[Axis] = []
        for finding in found[1]:
            twin = before.get(finding.id)
            shared = tuple(value for value in finding.values if twin is not None and str(value) in twin.index)
            if twin is None or not shared:
                axes.append(Axis(finding, finding.values, (1,)))
                continue
            del before[finding.id]
            axes.append(Axis(finding, shared, (0, 1)))
            known = {str(value) for value in shared}
            alone = [value for value in (*twin.values, *finding.values) if str(value) not in known]
            if alone:
                self.left_out[finding.id] = tuple(alone)
        return axes + [Axis(finding, finding.values, (0,)) for finding in before.values()]

    @cached_property
    def states(self) -> int:
        """The number of complete patients."""
        return math.prod(len(axis.values) for axis in self.axes)

    def state(self, side: int, findings: Mapping[str, Value]) -> list[int]:
        """Return the index of each finding's option in the space, -1 if the finding is unknown.

        Raises
        ------
        KeyError
            If the space has no such finding or option; its arguments are the finding and the value.
        """
        state = [-1] * len(self.axes)
        for id, value in findings.items():
            index = self.positions[side].get(id)
            if index is None:
                raise KeyError(id, value)
            options = [str(option) for option in self.axes[index].values]
            if str(value) not in options:
                raise KeyError(id, value)
            state[index] = options.index(str(value))
        return state

    def named(self, steps: Mapping[int, int]) -> dict[str, Value]:
        """Return the option id of each finding, from the index of each variable's value."""
        return {self.axes[index].finding.id: self.axes[index].values[steps[index]] for index in sorted(steps)}

    def outcomes_of(self, side: int, action: str, state: State) -> Outcomes:
        """Return every outcome that the plan of one side may have for a state of its own vocabulary."""
        plan = self.engines[side].planner.by_id.get(action)
        return frozenset({None}) if plan is None else plan.outcomes(state)

    def plan(self, side: int, action: str) -> Node:
        """Return the diagram of one side's plan for an action; its terminals are `Outcomes`."""
        key = side, action
        if key not in self._roots:
            plan = self.engines[side].planner.by_id.get(action)
            self._roots[key] = (
                self.diagrams.end(frozenset({None}))
                if plan is None
                else self._translated(side, self.compilers[side].final(action))
            )
        return self._roots[key]

    @cached_property
    def refused(self) -> Node:
        """The diagram of whether a contradiction of either side refuses a patient."""
        translated = (
            self._translated(side, compiler.guarded(*contradiction.trees))
            for side, compiler in enumerate(self.compilers)
            for contradiction in compiler.knowledge.contradictions
        )
        return disjunction(self.diagrams, [self.diagrams.combine(_may_be_true, root) for root in translated])

    def _translated(self, side: int, root: Node) -> Node:
        """Translate a diagram of one engine into the space."""
        compiler = self.compilers[side]
        source, findings = compiler.diagrams, compiler.knowledge.vocabulary.findings
        done: dict[Node, Node] = {}

        def walk(node: Node) -> Node:
            if node < 0:
                return self.diagrams.end(frozenset({source.value(node)}))
            if node not in done:
                index, children = compiler.variables[source.variables[node]], source.children[node]
                if isinstance(index, OpenItem):  # its value is never known, so every option remains possible
                    done[node] = self.diagrams.combine(_union, *map(walk, children))
                else:
                    finding = findings[index]
                    axis = self.positions[side][finding.id]
                    shared = [children[finding.index[str(value)]] for value in self.axes[axis].values]
                    done[node] = self._choose(axis, tuple(map(walk, shared)))
            return done[node]

        return walk(root)

    def _choose(self, axis: int, children: tuple[Node, ...]) -> Node:
        """Return the diagram that branches on an axis, even if its children branch on axes above it."""
        key = axis, children
        if key not in self._merged:
            diagrams = self.diagrams
            top = min((diagrams.variables[child] for child in children if child >= 0), default=len(self.axes))
            if top > axis:
                self._merged[key] = diagrams.choose(axis, children)
            else:
                self._merged[key] = diagrams.choose(
                    top,
                    [
                        self._choose(axis, tuple(diagrams.fixed(child, top, value) for child in children))
                        for value in range(diagrams.sizes[top])
                    ],
                )
        return self._merged[key]


def _union(*values: frozenset[object]) -> frozenset[object]:
    return frozenset[object]().union(*values)


def _may_be_true(values: frozenset[object]) -> bool:
    return True in values
