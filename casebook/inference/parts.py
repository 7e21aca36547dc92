"""The conditions of clauses as data: comparisons, and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from casebook.knowledge_base import Knowledge
from casebook.models.expression import Tree

Ref = int | bool
"""A comparison of a finding from 0 on, an inner part from -1 down, or what is always so or never."""


@dataclass
class Parts:
    """Every comparison and every inner part of conditions, each once, a part after those in it.

    Attributes
    ----------
    leaves : list of [finding, option, …]
        Places in the vocabulary.
    parts : list of [operator, …]
        ``["&", ref, …]``, ``["|", ref, …]``, ``["!", ref]``, ``["=", term, ref]`` or ``["#", score, low, high]``.
    trees : list of Tree
        The condition that each part is.
    clauses : list of list of Ref
        For each rule that findings decide the conditions of its clauses.
    contradictions : list of Ref
        The `when` of each.
    """

    knowledge: Knowledge = field(repr=False)
    leaves: list[list[int]] = field(default_factory=list[list[int]])
    parts: list[list[str | Ref]] = field(default_factory=list[list[str | Ref]])
    trees: list[Tree] = field(default_factory=list[Tree])
    clauses: list[list[Ref]] = field(default_factory=list[list[Ref]])
    contradictions: list[Ref] = field(default_factory=list[Ref])
    _known: dict[str, int] = field(default_factory=dict[str, int], repr=False)

    def ref(self, tree: Tree) -> Ref:
        """Return how a condition is referred to; it is added, with all that is in it, if it is new."""
        if isinstance(tree, bool):
            return tree
        key = repr(tree)
        if key not in self._known:
            if "finding" in tree:
                index = self.knowledge.vocabulary.position[tree["finding"]]
                values = self.knowledge.vocabulary.findings[index].values
                self.leaves.append([index, *map(values.index, tree["in"])])
                self._known[key] = len(self.leaves) - 1
            else:
                self.parts.append(self._part(tree))
                self.trees.append(tree)
                self._known[key] = -len(self.parts)
        return self._known[key]

    def _part(self, tree: dict[str, Any]) -> list[str | Ref]:
        if "score" in tree:
            return ["#", list(self.knowledge.scores).index(tree["score"]), tree["low"], tree["high"]]
        if "term" in tree:
            ids = [term.id for term in self.knowledge.terms]
            return ["=", ids.index(tree["term"]), self.ref(tree["is"])]
        if "not" in tree:
            return ["!", self.ref(tree["not"])]
        name = "all" if "all" in tree else "any"
        return ["&" if name == "all" else "|", *map(self.ref, tree[name])]


def parts_of(knowledge: Knowledge) -> Parts:
    """Return the parts of the conditions of all clauses and contradictions."""
    result = Parts(knowledge)
    for rule in knowledge.rules.values():
        if rule.clauses:
            result.clauses.append([result.ref(clause.tree) for clause in rule.clauses])
    result.contradictions.extend(result.ref(each.trees[0]) for each in knowledge.contradictions)
    return result
