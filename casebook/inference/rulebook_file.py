"""The rulebook as a file: one JSON value, the same bytes for the same knowledge and order.

Nodes of one variable and one pattern, which says what options share a child, stand together, the
deepest level first. Ends are numbered first, then nodes, so that a child is smaller than its parent.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from casebook.inference.compiler import OpenItem, Verdict, options
from casebook.inference.diagrams import Diagrams, Node
from casebook.inference.parts import parts_of
from casebook.inference.roots import Roots, flattened
from casebook.inference.rulebook import Rulebook
from casebook.knowledge_base import Knowledge

FORMAT = 1
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Of patterns: one for each child that is another."""

MOST_VARIABLES, MOST_NODES = 256, 65_536
"""What fits into the page's arrays."""

Json = dict[str, Any]


def encoded(rulebook: Rulebook) -> Json:
    """Return a rulebook as JSON.

    Raises
    ------
    RuntimeError
        If there are more variables or nodes than the page's arrays hold.
    """
    diagrams, nodes = rulebook.diagrams, rulebook.nodes
    targets = {*flattened(rulebook.roots), *itertools.chain(*(diagrams.children[node] for node in nodes))}
    ends = sorted((node for node in targets if node < 0), key=lambda end: _rank(diagrams.value(end)))
    if len(rulebook.variables) >= MOST_VARIABLES or len(ends) + len(nodes) >= MOST_NODES:
        raise RuntimeError(f"{len(rulebook.variables)} variables and {len(nodes)} nodes are too many for the page")
    number = {end: index for index, end in enumerate(ends)}
    groups, children = _groups(diagrams, nodes, number)
    patterns = sorted({pattern for _, pattern, _ in groups}, key=lambda each: (len(each), each))
    parts = parts_of(rulebook.knowledge)
    return {
        "format": FORMAT,
        "fingerprint": rulebook.knowledge.fingerprint,
        "names": list(rulebook.names),
        "variables": [list(each) if isinstance(each, OpenItem) else each for each in rulebook.variables],
        "ends": [list(value) if isinstance(value := diagrams.value(end), Verdict) else value for end in ends],
        "patterns": patterns,
        "groups": [each for variable, pattern, count in groups for each in (variable, patterns.index(pattern), count)],
        "children": children,
        "roots": {kind: _renumbered(roots, number.__getitem__) for kind, roots in rulebook.roots.items()},
        "conditions": {
            "leaves": parts.leaves,
            "parts": parts.parts,
            "clauses": parts.clauses,
            "contradictions": parts.contradictions,
        },
    }


def text(given: Json) -> str:
    """Return the text of the file: a line for each part, and for each kind of roots and conditions."""

    def lined(value: Json, depth: int) -> str:
        margin = "\n" + depth * " "
        inner = ("roots", "conditions") if depth == 1 else ()
        entries = (
            f"{_compact(key)}: {lined(each, 2) if key in inner else _compact(each)}" for key, each in value.items()
        )
        return "{" + margin + f",{margin}".join(entries) + margin[:-1] + "}"

    return lined(given, 1) + "\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _rank(value: Any) -> tuple[Any, ...]:
    """Return the key by which ends are sorted: what they are, then their content."""
    if isinstance(value, Verdict):
        return 3, *((each is not None, each or 0) for each in value)
    return 0 if value is None else 1 if isinstance(value, bool) else 2, value or 0


def _renumbered(roots: Roots, number: Callable[[Node], Node]) -> Roots:
    return [_renumbered(each, number) for each in roots] if isinstance(roots, list) else number(roots)


def _groups(
    diagrams: Diagrams, nodes: Sequence[Node], number: dict[Node, int]
) -> tuple[list[tuple[int, str, int]], list[list[int]]]:
    """Return the groups in which nodes stand, and their children slot by slot; the nodes are numbered so."""
    grouped: dict[tuple[int, str], list[tuple[tuple[Node, ...], Node]]] = {}
    for node in nodes:
        distinct = tuple(dict.fromkeys(diagrams.children[node]))
        pattern = "".join(DIGITS[distinct.index(child)] for child in diagrams.children[node])
        grouped.setdefault((diagrams.variables[node], pattern), []).append((distinct, node))
    groups: list[tuple[int, str, int]] = []
    slots: list[list[int]] = []
    for variable, pattern in sorted(grouped, key=lambda key: (-key[0], len(key[1]), key[1])):
        here = grouped[variable, pattern]
        rows = sorted(([number[child] for child in distinct][::-1], node) for distinct, node in here)
        for row, node in rows:
            number[node] = len(number)
            slots += [[] for _ in range(len(row) - len(slots))]
            for slot, child in enumerate(reversed(row)):
                slots[slot].append(child)
        groups.append((variable, pattern, len(rows)))
    return groups, [[after - before for before, after in zip([0, *slot], slot, strict=False)] for slot in slots]


def decoded(given: Mapping[str, Any], knowledge: Knowledge) -> Rulebook:
    """Return the rulebook that a file holds of the knowledge from which it was made."""
    variables = [OpenItem(*each) if isinstance(each, list) else each for each in given["variables"]]
    diagrams = Diagrams([options(variable, knowledge) for variable in variables])
    nodes: list[Node] = [diagrams.end(Verdict(*end) if isinstance(end, list) else end) for end in given["ends"]]
    children: list[list[int]] = given["children"]
    slots = [itertools.accumulate(slot) for slot in children]
    groups = iter(given["groups"])
    for variable, pattern, count in zip(groups, groups, groups, strict=True):
        digits = [DIGITS.index(digit) for digit in given["patterns"][pattern]]
        columns = slots[: max(digits) + 1]
        for _ in range(count):
            distinct = [nodes[next(column)] for column in columns]
            nodes.append(diagrams.choose(variable, [distinct[digit] for digit in digits]))
    roots = {kind: _renumbered(roots, nodes.__getitem__) for kind, roots in given["roots"].items()}
    return Rulebook(knowledge, variables, diagrams, roots)
