"""The roots of the rulebook: what is compiled, in the order of the knowledge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from casebook.inference.compiler import Compiler
from casebook.inference.diagrams import Node
from casebook.inference.parts import parts_of
from casebook.knowledge_base import Knowledge
from casebook.models.expression import Tree
from casebook.models.rule import FOR, Clause, Rule
from casebook.models.score import Score

Roots: TypeAlias = "Node | list[Roots]"
"""A node, or a list of `Roots`."""

Trees: TypeAlias = "Tree | list[Tree] | list[list[Tree]] | list[list[list[Tree]]]"
"""Conditions, nested as their roots are."""

KINDS = (
    *("action", "clause", "rule", "side", "part", "conflict", "tension", "contradiction", "switch"),
    *("applies", "note", "total", "band", "item", "one_lesion", "total_as_one", "compared"),
    *("term", "state", "red_flag", "sign", "sentence", "shown", "shown_where", "doubt"),
)
"""The kinds of roots, in the order of the file."""


def flattened(roots: Roots | Mapping[str, Roots]) -> list[Node]:
    """Return the nodes in nested lists."""
    if isinstance(roots, Mapping):
        roots = list(roots.values())
    return [node for each in roots for node in flattened(each)] if isinstance(roots, list) else [roots]


def deciding(knowledge: Knowledge) -> list[Rule]:
    """Return the rules that findings decide."""
    return [rule for rule in knowledge.rules.values() if rule.clauses]


def sides(knowledge: Knowledge, action: str) -> list[list[tuple[Rule, list[Clause]]]]:
    """Return the rules in favour of an action, and those against it, each with its clauses there."""
    found: list[dict[str, tuple[Rule, list[Clause]]]] = [{}, {}]
    for rule in deciding(knowledge):
        for clause in rule.clauses:
            if action in clause.then:
                side = found[clause.then[action].stance not in FOR]
                side.setdefault(rule.id, (rule, []))[1].append(clause)
    return [list(side.values()) for side in found]


def counted(knowledge: Knowledge) -> list[Score]:
    """Return the scores whose foci may be counted as one lesion."""
    return [score for score in knowledge.scores.values() if knowledge.readings[score.id].one_lesion]


def conditions(known: Knowledge) -> dict[str, Trees]:
    """Return, for each kind of root that is a bare condition, its conditions, nested as the roots are."""
    read, scores, emergencies = known.language.read, known.scores.values(), known.emergencies
    return {
        "clause": [[clause.tree for clause in rule.clauses] for rule in deciding(known)],
        "rule": [_any(rule.clauses) for rule in deciding(known)],
        "side": [[[_any(clauses) for _, clauses in side] for side in sides(known, action)] for action in known.actions],
        "part": parts_of(known).trees,
        "conflict": [conflict.tree for conflict in known.conflicts.values()],
        "tension": [tension.tree for tension in known.tensions.values()],
        "switch": [switch.tree for switch in known.scopes],
        "applies": [known.readings[score.id].applies for score in scores],
        "note": [known.readings[score.id].notes for score in scores],
        "term": [known.language.terms[term.id] for term in known.terms],
        "state": [state.trees[0] for state in emergencies.states],
        "red_flag": [emergencies.red_flag_tree],
        "shown": [read(shown.when) if shown.when else True for shown in known.first_view],
        "shown_where": [read(finding.shown_where) for finding in known.vocabulary if finding.shown_where],
        "doubt": [read(finding.doubt.when) for finding in known.vocabulary if finding.doubt],
    }


def _any(clauses: Sequence[Clause]) -> Tree:
    return clauses[0].tree if len(clauses) == 1 else {"any": [clause.tree for clause in clauses]}


def compiled_roots(compiler: Compiler) -> dict[str, Roots]:
    """Compile the whole knowledge."""
    known, guarded = compiler.knowledge, compiler.guarded
    scores = list(known.scores.values())
    one_lesion = [one for score in scores if (one := known.readings[score.id].one_lesion)]

    def compiled(trees: Trees) -> Roots:
        return [compiled(each) for each in trees] if isinstance(trees, list) else compiler.condition(trees)

    roots: dict[str, Roots] = {kind: compiled(trees) for kind, trees in conditions(known).items()}
    roots |= {
        "action": [compiler.action(action) for action in known.actions],
        "contradiction": [guarded(*each.trees) for each in known.contradictions],
        "total": [compiler.total(score.id) for score in scores],
        "band": [compiler.band(score.id) for score in scores],
        "item": [[compiler.item(score, index) for index in range(len(score.items))] for score in scores],
        "one_lesion": [guarded(each.when, each.unless) for each in one_lesion],
        "total_as_one": [compiler.total_as_one(score.id) for score in counted(known)],
        "compared": [compiler.compared(score.id) for score in counted(known)],
        "sign": [guarded(*sign.trees) for sign in known.emergencies.signs],
        "sentence": [guarded(*sentence.trees) for sentence in known.emergencies.sentences()],
    }
    return {kind: roots[kind] for kind in KINDS}


def known_trees(knowledge: Knowledge, roots: Mapping[str, Roots]) -> Iterator[tuple[Tree, Node]]:
    """Yield every condition of which there is a root, with it."""

    def paired(trees: Trees, nodes: Roots) -> Iterator[tuple[Tree, Node]]:
        if isinstance(trees, list) and isinstance(nodes, list):
            for each, node in zip(trees, nodes, strict=True):
                yield from paired(each, node)
        elif not isinstance(trees, list) and not isinstance(nodes, list):
            yield trees, nodes

    for kind, trees in conditions(knowledge).items():
        yield from paired(trees, roots[kind])
