"""A second, plain evaluator: one complete patient at a time, sharing nothing with the engine.

It reads the YAML of the knowledge itself, lets Python evaluate each `when`, takes scores from
the tables in `published`, and settles rules that differ by the six steps written out again.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from pathlib import Path
from types import CodeType
from typing import Any, NamedTuple

import published
from ruamel.yaml import YAML

KNOWLEDGE = Path(__file__).resolve().parents[2] / "casebook" / "knowledge"


def yaml(path: str) -> Any:
    """Return the plain data of a file of the knowledge."""
    return YAML(typ="safe", pure=True).load((KNOWLEDGE / path).read_text(encoding="utf-8"))


class Outcome(NamedTuple):
    """What a rule says of an action."""

    stance: str
    within_hours: int | None = None
    side: str | None = None


class Voice(NamedTuple):
    """A rule that speaks of an action."""

    rule: str
    tier: str
    outcome: Outcome


class Total(int):
    """A total that knows its band."""

    band: str


class Words(dict):
    """Findings, terms and scores by name; every other word stands for itself."""

    def __missing__(self, word: str) -> str:
        return word


@dataclass(frozen=True)
class Condition:
    """A `when` of the knowledge, as Python reads it."""

    text: str

    def holds(self, words: Words) -> bool:
        read = self._read(words)
        if read not in self._known:
            self._known[read] = bool(eval(self._code, {"__builtins__": {}}, words))
        return self._known[read]

    @cached_property
    def _code(self) -> CodeType:
        return compile(self.text.strip(), "<when>", "eval")

    @cached_property
    def _read(self) -> Callable[[Words], Any]:
        """Gives what is read: findings, scores and terms."""
        names = [name for name in self._code.co_names if name in published.FINDINGS | published.POINTS | TERMS]
        return itemgetter(*names) if names else lambda words: ()

    @cached_property
    def _known(self) -> dict[Any, bool]:
        """Whether it holds, by what is read."""
        return {}


TERMS = {term["id"]: Condition(term["is"]) for term in yaml("terms.yml")}
RULES = {
    rule["id"]: rule for path in sorted((KNOWLEDGE / "rules").glob("*.yml")) for rule in yaml(f"rules/{path.name}")
}
CONFLICTS = {conflict["id"]: conflict for conflict in yaml("conflicts.yml")}
IN_PLAY = {id: Condition(conflict["when"]) for id, conflict in CONFLICTS.items() if "when" in conflict}
CLAUSES = {
    id: [(Condition(clause["when"]), clause["then"]) for clause in rule.get("clauses", [rule])]
    for id, rule in RULES.items()
    if "about" not in rule
}


def _outcome(said: str | Mapping[str, Any]) -> Outcome:
    return Outcome(said) if isinstance(said, str) else Outcome(**said)


SPOKEN_OF = sorted({action for clauses in CLAUSES.values() for _, then in clauses for action in then})

VOICES = {
    action: [
        (id, place, Voice(id, RULES[id]["tier"], _outcome(then[action])))
        for id, clauses in CLAUSES.items()
        for place, (_, then) in enumerate(clauses)
        if action in then
    ]
    for action in SPOKEN_OF
}


def _edges() -> dict[str, dict[tuple[str, str], str]]:
    """Who yields to whom on an action, and what says so."""
    edges: dict[str, dict[tuple[str, str], str]] = {action: {} for action in SPOKEN_OF}
    said = {id: {action for _, then in clauses for action in then} for id, clauses in CLAUSES.items()}
    for id, rule in RULES.items():
        for loser in rule.get("exception_to", []):
            for action in said[id] & said[loser]:
                edges[action][id, loser] = id
    for id, conflict in CONFLICTS.items():
        for preference in conflict.get("precedence", []):
            for pair in itertools.product(preference["prefer"], preference["over"]):
                edges[preference["action"]].setdefault(pair, id)
    return edges


EDGES = _edges()

FOR = {"emergency", "recommended", "consider"}
REFUSALS = {"not_indicated", "contraindicated"}
TIERS = ["absolute", "directive", "permissive", "descriptive"]


@cache
def in_force(action: str, voices: Sequence[Voice]) -> tuple[Outcome, frozenset[str | None]]:
    """Return the outcome in force among voices, and the ids that may be named as what settled it.

    Something was settled only if an outcome yielded that speaks for the other side, or that is
    no weaker than the one in force.
    """
    steps: list[tuple[set[str], set[Outcome]]] = []

    def keep(kept: Sequence[Voice], reasons: set[str]) -> Sequence[Voice]:
        steps.append((reasons, {voice.outcome for voice in voices} - {voice.outcome for voice in kept}))
        return kept

    if any(voice.outcome.stance == "emergency" for voice in voices):
        voices = keep([voice for voice in voices if voice.outcome.stance == "emergency"], {"P1"})

    present = {voice.rule for voice in voices}
    declared = [(pair, why) for pair, why in EDGES[action].items() if pair[0] in present and pair[1] in present]
    beaten = {loser for (_, loser), _ in declared}
    voices = keep([voice for voice in voices if voice.rule not in beaten], {why for _, why in declared})

    strongest_words = min(TIERS.index(voice.tier) for voice in voices)
    voices = keep([voice for voice in voices if TIERS.index(voice.tier) == strongest_words], {"P3"})

    refusing = [voice for voice in voices if voice.outcome.stance in REFUSALS]
    voices = keep(refusing or voices, {"P4"})

    strongest = min(published.STANCES.index(voice.outcome.stance) for voice in voices)
    voices = keep([voice for voice in voices if published.STANCES.index(voice.outcome.stance) == strongest], {"P5"})

    hours = [voice.outcome.within_hours for voice in voices if voice.outcome.within_hours]
    voices = keep([voice for voice in voices if not hours or voice.outcome.within_hours == min(hours)], {"P6"})

    winner = voices[0].outcome
    settling = [reasons for reasons, yielded in steps if any(_matters(outcome, winner) for outcome in yielded)]
    return winner, frozenset(settling[-1] if settling else [None])


def _matters(yielded: Outcome, winner: Outcome) -> bool:
    weaker = published.STANCES.index(yielded.stance) > published.STANCES.index(winner.stance)
    return (yielded.stance in FOR) != (winner.stance in FOR) or not weaker


class Patient:
    """One patient of whom everything is known."""

    def __init__(self, findings: Mapping[str, Any], open_item: str | None = None) -> None:
        self.findings = dict(findings)
        self.open_item = open_item
        self.words = Words(findings)
        for score in published.POINTS:
            total = Total(published.total(score, self.items(score)))
            total.band = published.band(score, total)
            self.words[score] = total
        for id, term in TERMS.items():
            self.words[id] = term.holds(self.words)
        self.holding = {id: [when.holds(self.words) for when, _ in clauses] for id, clauses in CLAUSES.items()}

    def items(self, score: str) -> dict[str, str]:
        """Item options of a score, the open one filled in."""
        options = {
            item: reading(*(self.findings[id] for id in ids))
            for item, (ids, reading) in published.READINGS[score].items()
        }
        return {item: self.open_item if option is None else option for item, option in options.items()}

    def voices(self, action: str) -> tuple[Voice, ...]:
        """Every clause that holds and speaks of an action."""
        return tuple([voice for id, place, voice in VOICES[action] if self.holding[id][place]])

    def outcome(self, action: str) -> Outcome | None:
        """What is in force for an action, or None where no rule speaks."""
        voices = self.voices(action)
        return in_force(action, voices)[0] if voices else None

    def rule(self, id: str) -> bool:
        """Whether some clause of a rule holds."""
        return any(self.holding[id])

    def conflict(self, id: str) -> bool:
        """Whether a conflict is in play."""
        conflict = CONFLICTS[id]
        if id in IN_PLAY:
            return IN_PLAY[id].holds(self.words)
        sides = [[rule for rule in position.get("rules", []) if rule in CLAUSES] for position in conflict["positions"]]
        return all(any(self.rule(rule) for rule in side) for side in sides if side)


def unknown(findings: Mapping[str, Any]) -> list[str]:
    """Findings that are not assessed."""
    return [id for id in published.FINDINGS if findings.get(id) is None]


def completions(findings: Mapping[str, Any]) -> Iterator[Patient]:
    """Every patient that findings leave possible, the SINS item that CT leaves open included."""
    missing = unknown(findings)
    for values in itertools.product(*(published.FINDINGS[id] for id in missing)):
        known = {**findings, **dict(zip(missing, values, strict=True))}
        open_items = published.POINTS["sins"]["bone_lesion"] if known["bone_lesion"] == "ct_occult" else [None]
        for open_item in open_items:
            yield Patient(known, open_item)


def depends_on(findings: Mapping[str, Any], outcomes: list[tuple[Patient, Outcome | None]]) -> set[str]:
    """Findings of which two completions that differ in it alone have different outcomes."""
    if len({outcome for _, outcome in outcomes}) == 1:
        return set()
    asked = unknown(findings)
    if findings.get("bone_lesion") == "ct_occult":
        asked.append("bone_lesion")  # known, and yet it leaves its SINS item open
    found = set()
    for id in asked:
        seen: dict[tuple[Any, ...], set[Outcome | None]] = {}
        for patient, outcome in outcomes:
            others = tuple(patient.findings[other] for other in asked if other != id)
            item = None if id == "bone_lesion" else patient.open_item
            seen.setdefault((*others, item), set()).add(outcome)
        if any(len(each) > 1 for each in seen.values()):
            found.add(id)
    return found


def reads(action: str) -> list[str]:
    """Findings on which an action may depend, through terms and scores too."""
    texts = [when.text for clauses in CLAUSES.values() for when, then in clauses if action in then]
    found: list[str] = []
    while texts:
        for word in re.findall(r"[a-z_0-9]+", texts.pop()):
            if word in TERMS:
                texts.append(TERMS[word].text)
            elif word in published.READINGS:
                texts.append(" ".join(id for ids, _ in published.READINGS[word].values() for id in ids))
            elif word in published.FINDINGS and word not in found:
                found.append(word)
    return found
