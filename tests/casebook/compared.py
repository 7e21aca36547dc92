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
from partly_known import reads_of
from rules_again import F

from casebook.conditions import evaluate
from casebook.library import Knowledge
from casebook.rules import Rule

Findings = dict[str, Any]

RANDOM_PATIENTS = 3000
TRIES = 30_000
"""Random patients among which one at the edge of a finding is looked for."""

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
    forced = (each for each in _tried(predicate, chance) if predicate(F(each)))
    found = list(islice(forced, FORCED))
    for name in reads_of(predicate):
        found += _edges(predicate, name, chance)
    return tuple(Patient(findings) for findings in found)


def _tried(predicate: Callable[[F], bool], chance: random.Random) -> Iterator[Findings]:
    """Yield patients with every combination of what a predicate reads, by chance."""
    start = completion(chance)
    ids = sorted({id for name in reads_of(predicate) for id in findings_behind(name)})
    read = [(id, published.FINDINGS[id]) for id in ids]
    drawn = chance.random  # `choice` takes longer than to judge who is chosen
    for _ in range(TRIES):
        yield start | {id: options[int(drawn() * len(options))] for id, options in read}


def _edges(predicate: Callable[[F], bool], name: str, chance: random.Random) -> Iterator[Findings]:
    """Yield patients with every option of a finding, or total of a score, on which the truth hangs."""
    left = EDGES
    for patient in _tried(predicate, chance):
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


def findings_behind(name: str) -> list[str]:
    """Return the findings of a score, or the finding itself."""
    if name in published.FINDINGS:
        return [name]
    return [id for ids, _ in published.READINGS[name].values() for id in ids]
