"""The plain evaluator: one patient at a time, by the YAML of the knowledge, sharing nothing with the engine.

What a scope withdraws is withdrawn afterwards, by what is recorded.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import patients
from conditions import Condition
from precedence import FOR as FOR
from precedence import Outcome, Voice, settled
from rulebook import FILES, KNOWLEDGE

Findings = Mapping[str, Any]

FINDINGS, GROUPS, STANCES = KNOWLEDGE.findings, KNOWLEDGE.groups, KNOWLEDGE.stances
STATES = KNOWLEDGE.states
SCORES = {id: score for id, score in KNOWLEDGE.scores.items() if score.counted}
"""The scores that findings give."""

POINTS = {id: score.points for id, score in SCORES.items()}
READS = {id: {item: score.reads(item) for item in score.points} for id, score in SCORES.items()}
BANDS = {id: score.bands for id, score in SCORES.items()}
CONFLICTS = {conflict["id"]: conflict for conflict in FILES["conflicts.yml"]}
IN_PLAY = {id: KNOWLEDGE.condition(conflict["when"]) for id, conflict in CONFLICTS.items() if "when" in conflict}
TERMS, CONTRADICTIONS = KNOWLEDGE.terms, KNOWLEDGE.contradictions
CLAUSES = {id: rule.clauses for id, rule in KNOWLEDGE.rules.items()}
BY_SEGMENTS = {score.one_lesion: False for score in SCORES.values() if score.as_one}
VOICES = KNOWLEDGE.voices
SPOKEN_OF = list(VOICES)
EDGES = KNOWLEDGE.edges


class Patient(patients.Patient):
    """One patient of whom everything is known.

    Parameters
    ----------
    findings : mapping
    never_known : mapping, optional
        What nobody can know: what an item counts that findings leave open, and whether a score counts several
        segments as one lesion (not, if nothing else is given).
    """

    def __init__(self, findings: Findings, never_known: Findings = MappingProxyType({})) -> None:
        super().__init__(KNOWLEDGE, {**BY_SEGMENTS, **findings, **never_known})
        self.findings, self.never_known = dict(findings), dict(never_known)
        self.holding = {id: [when.holds_complete(self) for when, _ in clauses] for id, clauses in CLAUSES.items()}

    def voices(self, action: str) -> tuple[Voice, ...]:
        """Every clause that holds and has an outcome for an action."""
        return tuple([voice for id, place, voice in VOICES.get(action, []) if self.holding[id][place]])

    def of_the_rules(self, action: str) -> Outcome | None:
        """What is in force for an action, or None where no rule applies; before anything is withdrawn."""
        voices = self.voices(action)
        return in_force(action, voices)[0] if voices else None

    def outcome(self, action: str) -> Outcome | None:
        """What is in the plan for an action, or None where nothing is."""
        return left(action, self.findings, {self.of_the_rules(action)}).pop()

    def rule(self, id: str) -> bool:
        """Whether some clause of a rule holds."""
        return any(self.holding[id])

    def conflict(self, id: str) -> bool:
        """Whether a conflict is in play."""
        if id in IN_PLAY:
            return IN_PLAY[id].holds_complete(self)
        return all(any(self.rule(rule) for rule in side) for side in sides(id))


def sides(conflict: str) -> list[list[str]]:
    """The rules on each side of a conflict; sides without any are left out."""
    named = [position.get("rules", []) for position in CONFLICTS[conflict]["positions"]]
    deciding = [[rule for rule in rules if rule in CLAUSES] for rules in named]
    return [side for side in deciding if side]


@cache
def in_force(action: str, voices: Sequence[Voice]) -> tuple[Outcome, frozenset[str | None]]:
    """Return the outcome in force among voices, and the ids that may be named as what settled it."""
    return settled(voices, EDGES[action])


def two_totals(findings: Findings) -> list[str]:
    """Scores that have two totals in a complete patient."""
    patient = patients.Patient(KNOWLEDGE, findings)
    return [id for id, score in SCORES.items() if score.may_be_one(patient)]


def certain(condition: Condition, findings: Findings) -> bool:
    """Whether a condition holds in every completion of findings."""
    return _certain(condition, tuple([findings.get(id) for id in condition.findings]))


@cache
def _certain(condition: Condition, known: tuple[Any, ...]) -> bool:
    return patients.certain(condition, dict(zip(condition.findings, known, strict=True)))


def contradicts(pair: str, findings: Findings) -> bool:
    """Whether findings are refused for one contradiction."""
    when, unless = CONTRADICTIONS[pair]
    return certain(when, findings) and not certain(unless, findings)


def refused(findings: Findings) -> list[str]:
    """Contradictions in findings, of which some may be unknown."""
    return [id for id in CONTRADICTIONS if contradicts(id, findings)]


def consistent(findings: Findings) -> dict[str, Any]:
    """Findings of a patient who can exist: of each contradiction one finding is drawn again.

    What comes out depends on the findings alone. What is not assessed stays so.
    """
    found, chance = dict(findings), random.Random(repr(sorted(findings.items(), key=str)))
    while pairs := refused(found):
        for id in pairs:
            if certain(CONTRADICTIONS[id].when, found):
                drawn = chance.choice([each for each in read_by_pair(id) if each in found])
                found[drawn] = chance.choice(FINDINGS[drawn])
    return found


def read_by_pair(pair: str) -> list[str]:
    """The findings of a contradiction and of its excuse."""
    when, unless = CONTRADICTIONS[pair]
    return list(dict.fromkeys([*when.findings, *unless.findings]))


def withdrawn(action: str, findings: Findings) -> set[str]:
    """Stances of an action that the scopes withdraw; all of them where it has no entry."""
    found: set[str] = set()
    for when, actions, stances in KNOWLEDGE.scopes.values():
        if (action in actions or action in stances) and certain(when, findings):
            found |= set(KNOWLEDGE.stances) if action in actions else stances[action]
    return found


def left(action: str, findings: Findings, outcomes: Iterable[Outcome | None]) -> set[Outcome | None]:
    """What is left of the possible outcomes of an action after the scopes; None where nothing is in the plan."""
    gone = withdrawn(action, findings)
    return {None if outcome is None or outcome.stance in gone else outcome for outcome in outcomes}


def unknown(findings: Findings) -> list[str]:
    """Findings that are not assessed."""
    return [id for id in FINDINGS if findings.get(id) is None]


def completions(findings: Findings) -> Iterator[Patient]:
    """Every patient that findings leave possible, with what nobody can know."""
    missing = unknown(findings)
    for values in itertools.product(*(FINDINGS[id] for id in missing)):
        known = {**findings, **dict(zip(missing, values, strict=True))}
        yield from (Patient(known, never_known) for never_known in left_open(known))


def left_open(findings: Findings) -> Iterator[dict[str, Any]]:
    """Every choice of what a complete patient leaves open."""
    patient = patients.Patient(KNOWLEDGE, findings)
    open_ = {name: options for score in SCORES.values() for name, options in score.left_open(patient).items()}
    return (dict(zip(open_, values, strict=True)) for values in itertools.product(*open_.values()))


def depends_on(findings: Findings, outcomes: list[tuple[Patient, Outcome | None]]) -> set[str]:
    """Findings of which two completions that differ in it alone, or in what it leaves open, have different outcomes."""
    if len({outcome for _, outcome in outcomes}) == 1:
        return set()
    behind = {name: read for score in SCORES.values() for name, (read, _) in score.never_known.items()}
    asked = dict.fromkeys([*unknown(findings), *itertools.chain(*behind.values())])
    found = set()
    for id in asked:
        fixed = [*(other for other in asked if other != id), *(name for name, read in behind.items() if id not in read)]
        seen: dict[tuple[Any, ...], set[Outcome | None]] = {}
        for patient, outcome in outcomes:
            seen.setdefault(tuple([patient.get(name) for name in fixed]), set()).add(outcome)
        if any(len(each) > 1 for each in seen.values()):
            found.add(id)
    return found


def reads(action: str) -> list[str]:
    """Findings on which an action may depend, through terms and scores too."""
    clauses = [CLAUSES[id][place][0] for id, place, _ in VOICES.get(action, [])]
    return list(dict.fromkeys(id for when in clauses for id in when.findings))


def possible(action: str, findings: Findings) -> set[Outcome | None]:
    """Every outcome that some completion reaches, after what is withdrawn; only for findings that leave few open."""

    def of_the_rules(patient: patients.Patient) -> Outcome | None:
        voices = [voice for id, place, voice in VOICES[action] if CLAUSES[id][place][0].holds(patient)]
        return in_force(action, tuple(voices))[0] if voices else None

    return left(action, findings, set(patients.answers(of_the_rules, findings, KNOWLEDGE)))
