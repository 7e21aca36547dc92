"""A second, plain evaluator: one complete patient at a time, sharing nothing with the engine.

It reads the YAML of the knowledge itself, lets Python evaluate each `when`, takes scores from
the tables in `published`, and settles rules that differ by the six steps written out again. What
a scope withdraws is withdrawn afterwards, by what is recorded.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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


@cache
def parsed(text: str) -> ast.expr:
    """A condition as Python reads it; a numeral among the options of a finding that does not count is a word."""
    tree = ast.parse(text.strip(), mode="eval").body
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name):
            options = published.FINDINGS.get(node.left.id, [0])
            for each in ast.walk(node):
                if isinstance(each, ast.Constant) and not isinstance(options[0], int):
                    each.value = str(each.value)
    return tree


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
        return compile(ast.Expression(parsed(self.text)), "<when>", "eval")

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
SCOPES = [
    (
        Condition(switch["when"]),
        {
            action["id"]
            for action in yaml("actions.yml")
            if action.get("scope", "lumbosacral") in switch.get("scopes", ())
        }
        | set(switch.get("actions", ())),
        {action: set(stances) for action, stances in switch.get("stances", {}).items()},
    )
    for switch in yaml("scopes.yml")
]
"""When something is withdrawn, which actions wholly, and which stances of others."""

CONTRADICTIONS = {
    each["id"]: (Condition(each["when"]), Condition(each.get("unless", "False"))) for each in yaml("contradictions.yml")
}
AS_ONE_LESION = {
    score: (
        Condition(given["when"]),
        Condition(given.get("unless", "False")),
        [(each["finding"], each["to"], Condition(each.get("when", "True"))) for each in given["set"]],
    )
    for score in published.POINTS
    if (given := yaml(f"scores/{score}.yml").get("as_one_lesion"))
}
"""When a score has two totals, when it has not, and what the second one counts differently."""

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
    """Return the outcome in force among voices, and the ids that may be named as what settled it."""
    return settled(voices, EDGES[action])


def settled(voices: Sequence[Voice], edges: Mapping[tuple[str, str], str]) -> tuple[Outcome, frozenset[str | None]]:
    """Return the same, given which rule takes precedence over which, and what declares it.

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
    declared = [(pair, why) for pair, why in edges.items() if pair[0] in present and pair[1] in present]
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
    """One patient of whom everything is known.

    Nobody knows what a bone lesion that CT does not show counts in SINS (`open_item`), nor which scores count
    several segments as one lesion (`as_one`). Each choice is a patient of its own.
    """

    def __init__(self, findings: Mapping[str, Any], open_item: str | None = None, as_one: Collection[str] = ()) -> None:
        self.findings = dict(findings)
        self.open_item = open_item
        self.as_one = frozenset(as_one)
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
        counted = counted_as_one(score, self.findings) if score in self.as_one else self.findings
        options = {
            item: reading(*(counted[id] for id in ids)) for item, (ids, reading) in published.READINGS[score].items()
        }
        return {item: self.open_item if option is None else option for item, option in options.items()}

    def voices(self, action: str) -> tuple[Voice, ...]:
        """Every clause that holds and speaks of an action."""
        return tuple([voice for id, place, voice in VOICES[action] if self.holding[id][place]])

    def of_the_rules(self, action: str) -> Outcome | None:
        """What is in force for an action, or None where no rule speaks; before anything is withdrawn."""
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
        conflict = CONFLICTS[id]
        if id in IN_PLAY:
            return IN_PLAY[id].holds(self.words)
        sides = [[rule for rule in position.get("rules", []) if rule in CLAUSES] for position in conflict["positions"]]
        return all(any(self.rule(rule) for rule in side) for side in sides if side)


def counted_as_one(score: str, findings: Mapping[str, Any]) -> dict[str, Any]:
    """Findings as a score reads them where several segments are one lesion."""
    words = with_terms(findings)
    return {**findings, **{id: to for id, to, when in AS_ONE_LESION[score][2] if when.holds(words)}}


def two_totals(findings: Mapping[str, Any]) -> list[str]:
    """Scores that have two totals in a complete patient."""
    words = with_terms(findings)
    return [id for id, (when, unless, _) in AS_ONE_LESION.items() if when.holds(words) and not unless.holds(words)]


def with_terms(findings: Mapping[str, Any]) -> Words:
    """Findings and the terms that need no score."""
    words = Words(findings)
    for id, term in TERMS.items():
        if not set(term._code.co_names) & set(published.POINTS):
            words[id] = term.holds(words)
    return words


def refused(findings: Mapping[str, Any]) -> list[str]:
    """Contradictions in a complete patient."""
    words = with_terms(findings)
    return [id for id, (when, unless) in CONTRADICTIONS.items() if when.holds(words) and not unless.holds(words)]


def certain(when: Condition, findings: Mapping[str, Any]) -> bool:
    """Whether a condition without scores holds in every completion of findings."""
    ids = read_by([when.text])
    return _certain(when, tuple((id, findings.get(id)) for id in ids))


@cache
def _certain(when: Condition, known: tuple[tuple[str, Any], ...]) -> bool:
    blank = {id: options[0] for id, options in published.FINDINGS.items()}
    choices = [published.FINDINGS[id] if value is None else [value] for id, value in known]
    return all(
        when.holds(with_terms(blank | dict(zip([id for id, _ in known], values, strict=True))))
        for values in itertools.product(*choices)
    )


def withdrawn(action: str, findings: Mapping[str, Any]) -> set[str]:
    """Stances of an action that the scopes withdraw; all of them where it has no entry."""
    found: set[str] = set()
    for when, actions, stances in SCOPES:
        if (action in actions or action in stances) and certain(when, findings):
            found |= set(published.STANCES) if action in actions else stances[action]
    return found


def left(action: str, findings: Mapping[str, Any], outcomes: Iterable[Outcome | None]) -> set[Outcome | None]:
    """What is left of the possible outcomes of an action after the scopes; None where nothing is in the plan."""
    gone = withdrawn(action, findings)
    return {None if outcome is None or outcome.stance in gone else outcome for outcome in outcomes}


def unknown(findings: Mapping[str, Any]) -> list[str]:
    """Findings that are not assessed."""
    return [id for id in published.FINDINGS if findings.get(id) is None]


def completions(findings: Mapping[str, Any]) -> Iterator[Patient]:
    """Every patient that findings leave possible, with what nobody can know."""
    missing = unknown(findings)
    for values in itertools.product(*(published.FINDINGS[id] for id in missing)):
        known = {**findings, **dict(zip(missing, values, strict=True))}
        open_items = published.POINTS["sins"]["bone_lesion"] if known["bone_lesion"] == "ct_occult" else [None]
        scores = two_totals(known)
        counts = [each for size in range(len(scores) + 1) for each in itertools.combinations(scores, size)]
        for open_item, as_one in itertools.product(open_items, counts):
            yield Patient(known, open_item, as_one)


def depends_on(findings: Mapping[str, Any], outcomes: list[tuple[Patient, Outcome | None]]) -> set[str]:
    """Findings of which two completions that differ in it alone have different outcomes."""
    if len({outcome for _, outcome in outcomes}) == 1:
        return set()
    asked = unknown(findings)
    # Known, and yet they leave a total open.
    if findings.get("bone_lesion") == "ct_occult":
        asked.append("bone_lesion")
    if "one_continuous_lesion" not in asked:
        asked.append("one_continuous_lesion")
    found = set()
    for id in asked:
        seen: dict[tuple[Any, ...], set[Outcome | None]] = {}
        for patient, outcome in outcomes:
            others = tuple(patient.findings[other] for other in asked if other != id)
            item = None if id == "bone_lesion" else patient.open_item
            as_one = None if id == "one_continuous_lesion" else patient.as_one
            seen.setdefault((*others, item, as_one), set()).add(outcome)
        if any(len(each) > 1 for each in seen.values()):
            found.add(id)
    return found


def reads(action: str) -> list[str]:
    """Findings on which an action may depend, through terms and scores too."""
    return read_by([when.text for clauses in CLAUSES.values() for when, then in clauses if action in then])


def read_by(texts: Iterable[str]) -> list[str]:
    """Findings that conditions read, through terms and scores too."""
    found: list[str] = []
    queue = list(texts)
    while queue:
        for word in re.findall(r"[a-z_0-9]+", queue.pop()):
            if word in TERMS:
                queue.append(TERMS[word].text)
            elif word in published.READINGS:
                queue.append(" ".join(score_reads(word)))
            elif word in published.FINDINGS and word not in found:
                found.append(word)
    return found


def score_reads(score: str) -> list[str]:
    """Findings that a total depends on, that of one lesion included."""
    ids = [id for ids, _ in published.READINGS[score].values() for id in ids]
    if score in AS_ONE_LESION:
        when, unless, set_ = AS_ONE_LESION[score]
        ids += read_by([when.text, unless.text, *(each.text for _, _, each in set_)])
    return list(dict.fromkeys(ids))
