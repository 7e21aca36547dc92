"""The knowledge beside the second entry of its rules: where do the two disagree?

Patients are complete. Some are random; for each clause others are made to stand at its edge, one
finding away from the other answer, because a random patient seldom shows a shifted threshold.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import cache
from itertools import islice
from typing import Any

import published
import rules_again
from evaluator import evaluate
from partly_known import NotAssessedError, PartlyKnown, reads_of
from rules_again import NEVER_KNOWN, F

from casebook.knowledge_base import Knowledge
from casebook.models.rule import Rule

Findings = dict[str, Any]

RANDOM_PATIENTS = 3000
TRIES = 400
"""Times that a patient who satisfies a clause is looked for: one at the edge of a finding, if there is any."""

DRAWN = 100
"""Options that are drawn each time."""

EDGES = 5
"""Patients for each finding, each of whom another option of it moves across the edge."""

FORCED = 25
"""Random patients who satisfy a clause."""


class Patient:
    """A complete patient, as the engine's conditions and as the second entry see one."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.again = F(findings)

    def option(self, finding: str) -> Any:
        return self.findings[finding]

    def totals(self, score: str) -> Set[int | None]:
        return {getattr(self.again, score)}


def disagreements(knowledge: Knowledge, rules: Iterable[str] | None = None, limit: int = 1) -> list[str]:
    """Return where the knowledge differs from the second entry; at most `limit` lines.

    Parameters
    ----------
    knowledge : Knowledge
    rules : iterable of str, optional
        The rules of which the conditions are compared, each on the patients made for it; without
        it, all of them, and on random patients too. What follows from every rule, its tier and
        the order of all are always compared.
    limit : int
    """
    return list(islice(_disagreements(knowledge, rules), limit))


def _disagreements(knowledge: Knowledge, rules: Iterable[str] | None) -> Iterator[str]:
    deciding = {id: rule for id, rule in knowledge.rules.items() if rule.clauses}
    for id in deciding.keys() ^ rules_again.RULES.keys():
        yield f"{id} is in one of the two entries only"
    both = [id for id in rules_again.RULES if id in deciding]
    for id in both:
        yield from _words(deciding[id])
    for action in knowledge.actions:
        for edge in set(knowledge.overrides[action]) ^ rules_again.YIELDS.get(action, set()):
            yield f"{action}: {edge[0]} over {edge[1]} is in one of the two entries only"
    for id in both if rules is None else [id for id in rules if id in deciding]:
        for place in range(len(rules_again.RULES[id])):
            for patient in directed(id, place):
                yield from _truths(deciding[id], [place], patient)
    if rules is None:
        for patient in random_patients():
            for id in both:
                yield from _truths(deciding[id], range(len(rules_again.RULES[id])), patient)


def _words(rule: Rule) -> Iterator[str]:
    """Yield where tier, clauses and what follows from them differ."""
    again = rules_again.RULES[rule.id]
    if rule.tier != rules_again.TIERS.get(rule.id):
        yield f"{rule.id} is {rule.tier}; the second entry says {rules_again.TIERS.get(rule.id)}"
    if len(rule.clauses) != len(again):
        yield f"{rule.id} has {len(rule.clauses)} clauses; the second entry has {len(again)}"
    for place, (clause, (_, then)) in enumerate(zip(rule.clauses, again, strict=False)):
        says = {action: (each.stance, each.within_hours, each.side) for action, each in clause.then.items()}
        if says != then:
            yield f"{rule.id}, clause {place}: {says}; the second entry says {then}"


def _truths(rule: Rule, places: Iterable[int], patient: Patient) -> Iterator[str]:
    for place in places:
        if place < len(rule.clauses):
            holds = evaluate(rule.clauses[place].tree, patient)
            if holds is not rules_again.RULES[rule.id][place][0](patient.again):
                yield f"{rule.id}, clause {place}: {holds} for {patient.findings}"


# Patients -------------------------------------------------------------------------------------


def completion(chance: random.Random) -> Findings:
    """Return a random complete patient."""
    return {id: chance.choice(options) for id, options in published.FINDINGS.items()}


@cache
def random_patients() -> tuple[Patient, ...]:
    """Return the random patients; half of them are no emergency, so that other rules are heard."""
    chance = random.Random("complete")
    calm = {"cauda_equina_syndrome": "absent", "bladder_bowel": "normal"}
    return tuple(Patient(completion(chance) | (calm if place % 2 else {})) for place in range(RANDOM_PATIENTS))


@cache
def directed(rule: str, place: int) -> tuple[Patient, ...]:
    """Return patients who satisfy a clause of the second entry, and patients at its edge."""
    predicate = rules_again.RULES[rule][place][0]
    chance = random.Random(f"{rule} {place}")
    found = list(islice(_satisfying(predicate, chance), FORCED))
    for name in reads_of(predicate):
        found += _edges(predicate, name, chance)
    return tuple(Patient(findings) for findings in found)


def _satisfying(predicate: Callable[[F], bool], chance: random.Random) -> Iterator[Findings]:
    """Yield random patients for whom a predicate holds, each drawn anew."""
    for _ in range(TRIES):
        known = dict.fromkeys(NEVER_KNOWN) | _scored(predicate, chance)
        found = _satisfied(predicate, known, chance, [DRAWN])
        if found is not None:
            yield completion(chance) | {id: value for id, value in found.items() if id not in NEVER_KNOWN}


def _scored(predicate: Callable[[F], bool], chance: random.Random) -> Findings:
    """Return findings of the scores that a predicate reads: mostly of any total, else at random."""
    found: Findings = {}
    for score in reads_of(predicate):
        if score in published.POINTS:
            ways = ways_to(score)
            drawn = chance.choice(ways[chance.choice(list(ways))])
            if chance.random() < 0.2:
                drawn = {id: chance.choice(published.FINDINGS[id]) for id in drawn}
            found |= drawn
    return found


def _satisfied(
    predicate: Callable[[F], bool], known: Findings, chance: random.Random, left: list[int]
) -> Findings | None:
    """Return findings, more than those known, with which a predicate holds whatever else is found.

    They are drawn one by one as the predicate reads them; None if none are found in so many draws.
    """
    left[0] -= 1
    if left[0] < 0:
        return None
    try:
        return known if predicate(PartlyKnown(known)) else None
    except NotAssessedError as missing:
        id = missing.id
    options = published.FINDINGS[id]
    drawn = (
        _satisfied(predicate, known | {id: option}, chance, left) for option in chance.sample(options, len(options))
    )
    return next((each for each in drawn if each is not None), None)


def _edges(predicate: Callable[[F], bool], name: str, chance: random.Random) -> Iterator[Findings]:
    """Yield patients with every option of a finding, or total of a score, on which the truth hangs.

    Of each an option is one with which the predicate holds: so does each edge.
    """
    left = EDGES
    for patient in _satisfying(predicate, chance):
        changed = [patient | change for change in changes(name, patient, chance)]
        if len({predicate(F(each)) for each in changed}) == 2:
            yield from changed
            left -= 1
        if not left:
            return


def changes(name: str, patient: Mapping[str, Any], chance: random.Random) -> Iterator[Findings]:
    """Yield findings that give each option of a finding, or each total of a score."""
    if name in published.FINDINGS:
        yield from ({name: option} for option in published.FINDINGS[name])
    else:
        for ways in ways_to(name).values():
            yield chance.choice(ways)


@cache
def ways_to(score: str) -> dict[int, list[Findings]]:
    """Return, for each total of a score, findings that give it."""
    ways: dict[int, list[Findings]] = {}
    for items in published.every_input(score):
        ways.setdefault(published.total(score, items), []).append(published.findings_for(score, items))
    return ways
