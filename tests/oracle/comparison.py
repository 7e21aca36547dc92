"""The knowledge beside its second entry: what is missing in either, and where the two differ, for every patient."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from conditions import Condition
from patient_tree import Reading, classes, sign
from patients import certain
from rulebook import ENTRY, Rulebook
from scoring import Score

KINDS: dict[str, tuple[str, Callable[[Rulebook], Iterable[str]]]] = {
    "finding": ("findings.yml", lambda book: book.findings),
    "action": ("actions.yml", lambda book: book.every_action),
    "score": ("scores.yml", lambda book: book.scores),
    "rule": ("rules.yml", lambda book: book.rules),
    "scope": ("scopes.yml", lambda book: book.scopes),
    "contradiction": ("contradictions.yml", lambda book: book.contradictions),
    "state": ("states.yml", lambda book: book.states),
}
"""What is entered a second time, and in which file."""


def missing(knowledge: Rulebook, entry: Rulebook = ENTRY) -> list[str]:
    """Return for each kind, in one sentence, where to enter what only the knowledge has, or what is left over there."""
    found = []
    for kind, (file, ids) in KINDS.items():
        for verb, one, other in (("enter", knowledge, entry), ("take out", entry, knowledge)):
            if names := [id for id in ids(one) if id not in {*ids(other)}]:
                found.append(f"tests/oracle/{file}: {verb} the {kind}{'s' * (len(names) > 1)} {', '.join(names)}.")
    return found


def same(one: Condition, other: Condition) -> bool:
    """Return whether two conditions hold for the same patients, all of them."""
    both = [one, other]
    read = {id for each in both for id in each.variables}
    order = [id for id in one.names.variables if id in read]
    order += sorted(read.difference(order))
    options = {id: each.names.options(id) for each in both for id in each.variables}
    reading = Reading({id: classes(options[id], lambda value, id=id: sign(both, id, value)) for id in order})
    return reading.condition(one) == reading.condition(other)


def differences(knowledge: Rulebook, rules: Iterable[str] | None = None, entry: Rulebook = ENTRY) -> Iterator[str]:
    """Yield where rules differ that both have: in tier, outcomes, order, and conditions.

    Parameters
    ----------
    knowledge : Rulebook
    rules : iterable of str, optional
        The rules of which the conditions are compared; all, if none are given.
    entry : Rulebook
    """
    both = [id for id in entry.rules if id in knowledge.rules]
    for id in both:
        yield from _outcomes(id, knowledge, entry)
    for action in knowledge.voices.keys() & entry.voices.keys():
        edges = [{pair for pair in book.edges[action] if {*pair} <= {*both}} for book in (knowledge, entry)]
        for winner, loser in edges[0] ^ edges[1]:
            yield f"{action}: {winner} over {loser} is in one of the two entries only"
    for id in both if rules is None else [id for id in rules if id in both]:
        clauses = zip(knowledge.rules[id].clauses, entry.rules[id].clauses, strict=False)
        for place, ((one, _), (other, _)) in enumerate(clauses, 1):
            if not same(one, other):
                yield f"{id}, clause {place}: “{one.text}” is not “{other.text}”"


def _outcomes(id: str, knowledge: Rulebook, entry: Rulebook) -> Iterator[str]:
    one, other = knowledge.rules[id], entry.rules[id]
    if one.tier != other.tier:
        yield f"{id} is {one.tier}; the second entry has {other.tier}"
    if len(one.clauses) != len(other.clauses):
        yield f"{id} has {len(one.clauses)} clauses; the second entry has {len(other.clauses)}"
    for place, ((_, then), (_, again)) in enumerate(zip(one.clauses, other.clauses, strict=False), 1):
        if then != again:
            yield f"{id}, clause {place}: {then}; the second entry has {again}"


def scores_differ(one: Score, other: Score) -> Iterator[str]:
    """Yield where two entries of a score differ: in points, bands, what gives an option, and one lesion."""
    if one.points != other.points:
        yield f"{one.id}: {one.points} are not {other.points}"
        return
    if one.bands != other.bands:
        yield f"{one.id}: {one.bands} are not {other.bands}"
    for item, options in one.gives.items():
        for option, when in options.items():
            if not same(when, other.gives[item][option]):
                yield f"{one.id}, {item}, {option}: “{when.text}” is not “{other.gives[item][option].text}”"
    if (one.as_one is None) != (other.as_one is None):
        yield f"{one.id}: only one of the entries counts one lesion"
    elif one.as_one:
        pairs = [(one.as_one.when, other.as_one.when), (one.as_one.unless, other.as_one.unless)]
        pairs += [(a[2], b[2]) for a, b in zip(one.as_one.counted, other.as_one.counted, strict=True)]
        if [each[:2] for each in one.as_one.counted] != [each[:2] for each in other.as_one.counted]:
            yield f"{one.id}: other findings are counted as one lesion"
        yield from (f"{one.id}: “{a.text}” is not “{b.text}”" for a, b in pairs if not same(a, b))


def withdrawn(book: Rulebook, scopes: Iterable[str], action: str, findings: Mapping[str, Any]) -> set[str]:
    """Return the stances of an action that some scopes withdraw."""
    found: set[str] = set()
    for when, actions, stances in map(book.scopes.__getitem__, scopes):
        if (action in actions or action in stances) and certain(when, findings):
            found |= set(book.stances) if action in actions else stances[action]
    return found


def scopes_differ(knowledge: Rulebook, entry: Rulebook = ENTRY) -> Iterator[str]:
    """Yield where the scopes that both have withdraw something else, for everything that may be recorded."""
    both = [id for id in entry.scopes if id in knowledge.scopes]
    read = dict.fromkeys(id for book in (knowledge, entry) for each in both for id in book.scopes[each].when.findings)
    actions = [action for action in entry.every_action if action in knowledge.every_action]
    for values in itertools.product(*([*knowledge.findings[id], None] for id in read)):
        findings = {id: value for id, value in zip(read, values, strict=True) if value is not None}
        for action in actions:
            one, other = (withdrawn(book, both, action, findings) for book in (knowledge, entry))
            if one != other:
                yield f"{action}: {one} are withdrawn for {findings}; by the second entry {other}"
