"""The trace of an assessment: the truth value of every rule, clause and comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from casebook.models.expression import Tree, Truth, leaves

if TYPE_CHECKING:
    from casebook.inference.planner import Planner, State

WORDS: Mapping[Truth, str] = MappingProxyType({True: "true", False: "false", None: "undetermined"})


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison of a condition.

    Attributes
    ----------
    tree : dict
        The comparison, as in `casebook.models.expression`.
    truth : bool or None
    findings : tuple of str
        The findings that it reads, also through a score.
    """

    tree: Mapping[str, Any]
    truth: Truth
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseTrace:
    """One clause of a rule: its truth value, and its comparisons."""

    truth: Truth
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The truth values of rules and conflicts in an assessment.

    Attributes
    ----------
    rules : mapping of rule id to bool or None
        Whether some clause is true; None if this depends on findings that are not assessed.
    clauses : mapping of rule id to tuple of ClauseTrace
    conflicts : mapping of conflict id to bool or None
        Whether both sides of the conflict apply.
    """

    rules: Mapping[str, Truth]
    clauses: Mapping[str, tuple[ClauseTrace, ...]]
    conflicts: Mapping[str, Truth]

    @classmethod
    def of(cls, planner: Planner, state: State) -> Trace:
        """Evaluate every rule and conflict in a state."""
        known, truth = planner.knowledge, planner.truth

        def leaf(tree: dict[str, Any]) -> Leaf:
            ids = (tree["finding"],) if "finding" in tree else known.readings[tree["score"]].finding_ids
            return Leaf(MappingProxyType(tree), truth(tree, state), ids)

        def clause(tree: Tree) -> ClauseTrace:
            return ClauseTrace(truth(tree, state), tuple(leaf(each) for each in leaves(tree)))

        clauses = {
            rule.id: tuple(clause(each.tree) for each in rule.clauses) for rule in known.rules.values() if rule.clauses
        }
        rules = {id: root.truth(state) for id, root in zip(clauses, planner.rulebook.of("rule"), strict=True)}
        conflicts = {id: root.truth(state) for id, root in planner.conflicts.items()}
        return cls(MappingProxyType(rules), MappingProxyType(clauses), MappingProxyType(conflicts))

    def to_dict(self) -> dict[str, dict[str, str]]:
        """Return rules and conflicts as JSON: “true”, “false” or “undetermined” by id."""
        return {
            "rules": {id: WORDS[truth] for id, truth in self.rules.items()},
            "conflicts": {id: WORDS[truth] for id, truth in self.conflicts.items()},
        }
