"""Findings, scores, rules and states as plain data, read from either of two entries into one shape.

`KNOWLEDGE` is the YAML of the knowledge, read here without the engine: what the engine is compared with. `ENTRY` is the
second entry, the YAML beside this module: what the knowledge is compared with.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from conditions import Condition
from precedence import STANCES, Outcome, Voice
from ruamel.yaml import YAML
from scoring import Band, OneLesion, Score

FOLDER = Path(__file__).parent


class Files(dict):
    """The plain data of the YAML files of a folder by their names, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def __missing__(self, name: str) -> Any:
        text = (self.folder / name).read_text(encoding="utf-8")
        self[name] = YAML(typ="safe", pure=True).load(text)
        return self[name]

    def below(self, folder: str) -> list[Any]:
        """Return the data of every file of a folder."""
        return [self[path.relative_to(self.folder).as_posix()] for path in sorted((self.folder / folder).glob("*.yml"))]


class Rule(NamedTuple):
    """A rule that findings decide."""

    tier: str
    clauses: list[tuple[Condition, dict[str, Outcome]]]


class Scope(NamedTuple):
    """When actions are withdrawn, and stances of others."""

    when: Condition
    actions: set[str]
    stances: dict[str, set[str]]


class Contradiction(NamedTuple):
    """Findings that no patient has together, and what excuses them."""

    when: Condition
    unless: Condition


class Rulebook:
    """One of the two entries.

    Attributes
    ----------
    groups, actions : dict
        The ids of findings, and those of actions, by group.
    findings : dict
        The options of each finding.
    terms, states : dict of Condition
    scores : dict of Score
    rules : dict of Rule
    scopes : dict of Scope
    contradictions : dict of Contradiction
    """

    def __init__(self) -> None:
        self.groups: dict[str, list[str]] = {}
        self.findings: dict[str, list[Any]] = {}
        self.actions: dict[str, list[str]] = {}
        self.stances: list[str] = []
        self.terms: dict[str, Condition] = {}
        self.scores: dict[str, Score] = {}
        self.rules: dict[str, Rule] = {}
        self.scopes: dict[str, Scope] = {}
        self.contradictions: dict[str, Contradiction] = {}
        self.states: dict[str, Condition] = {}
        self._edges: dict[str, dict[tuple[str, str], str]] = {}

    @cache  # noqa: B019 (rulebooks live as long as the tests)
    def condition(self, text: str) -> Condition:
        """Return a condition over the names of this entry."""
        return Condition(text, self)

    def add_score(self, id: str, items: Mapping[str, Any], bands: list[Band], as_one: Mapping[str, Any] | None) -> None:
        """Add a score; `items` has for each item and option its points and the condition that gives it."""
        points = {item: {option: each[0] for option, each in options.items()} for item, options in items.items()}
        gives = {
            item: {option: self.condition(when) for option, (_, when) in options.items()}
            for item, options in items.items()
        }
        self.scores[id] = Score(id, points, gives, bands, self._one_lesion(as_one) if as_one else None, self)

    def _one_lesion(self, written: Mapping[str, Any]) -> OneLesion:
        counted = [(each["finding"], each["to"], self.condition(each.get("when", "True"))) for each in written["set"]]
        return OneLesion(self.condition(written["when"]), self.condition(written["unless"]), counted)

    def add_rule(self, id: str, written: Mapping[str, Any]) -> None:
        """Add a rule of one clause or several."""
        clauses = [
            (self.condition(each["when"]), {action: Outcome.read(then) for action, then in each["then"].items()})
            for each in written.get("clauses", [written])
        ]
        self.rules[id] = Rule(written["tier"], clauses)

    def add_scope(self, id: str, written: Mapping[str, Any], actions: set[str]) -> None:
        """Add a switch that withdraws actions, and stances of others."""
        stances = {action: set(each) for action, each in written.get("stances", {}).items()}
        self.scopes[id] = Scope(self.condition(written["when"]), actions, stances)

    def add_contradiction(self, id: str, written: Mapping[str, Any]) -> None:
        """Add findings that no patient has together."""
        unless = self.condition(written.get("unless", "False"))
        self.contradictions[id] = Contradiction(self.condition(written["when"]), unless)

    def said_by(self, rule: str) -> set[str]:
        """Return the actions for which a rule has an outcome."""
        return {action for _, then in self.rules[rule].clauses for action in then} if rule in self.rules else set()

    @property
    def every_action(self) -> list[str]:
        """The ids of all actions."""
        return [action for actions in self.actions.values() for action in actions]

    def options(self, variable: str) -> list[Any]:
        """Return the options of a finding, or of what nobody knows."""
        if variable in self.findings:
            return self.findings[variable]
        return self.scores[variable.partition(".")[0]].never_known[variable][1]

    @cached_property
    def variables(self) -> list[str]:
        """Findings, and behind the last finding that leaves it open, what nobody knows."""
        order = list(self.findings)
        for score in self.scores.values():
            for name, (read, _) in score.never_known.items():
                order.insert(order.index(max(read, key=order.index)) + 1, name)
        return order

    @cached_property
    def voices(self) -> dict[str, list[tuple[str, int, Voice]]]:
        """For each action: the rules that have an outcome for it, the index of the clause, and the outcome."""
        found: dict[str, list[tuple[str, int, Voice]]] = {}
        for id, rule in self.rules.items():
            for index, (_, then) in enumerate(rule.clauses):
                for action, outcome in then.items():
                    found.setdefault(action, []).append((id, index, Voice(id, rule.tier, outcome)))
        return dict(sorted(found.items()))

    @cached_property
    def edges(self) -> dict[str, dict[tuple[str, str], str]]:
        """For each action: which rule takes precedence over which, and what declares it."""
        return {action: self._edges.get(action, {}) for action in self.voices}

    def declare(self, action: str, winners: list[str], losers: list[str], why: str) -> None:
        """Note that rules take precedence over others; what was noted first declares it."""
        for pair in itertools.product(winners, losers):
            self._edges.setdefault(action, {}).setdefault(pair, why)


def second_entry(files: Files) -> Rulebook:
    """Return the second entry."""
    book = Rulebook()
    for group, findings in files["findings.yml"].items():
        book.groups[group] = list(findings)
        book.findings |= findings
    book.stances, book.actions = files["actions.yml"]["stances"], files["actions.yml"]["groups"]
    book.terms = {id: book.condition(text) for id, text in files["terms.yml"].items()}
    for id, score in files["scores.yml"].items():
        items = {
            item: {option: (each["points"], each.get("when", "False")) for option, each in options.items()}
            for item, options in score["items"].items()
        }
        bands = [(band, low, high) for band, (low, high) in score["bands"].items()]
        book.add_score(id, items, bands, score.get("as_one_lesion"))
    for id, rule in files["rules.yml"].items():
        book.add_rule(id, rule)
    for action, preferences in files["precedence.yml"].items():
        for each in preferences:
            book.declare(action, each["prefer"], each["over"], "second entry")
    others = set(book.every_action) - {*files["scopes.yml"]["everywhere"]}
    for id, switch in files["scopes.yml"]["switches"].items():
        book.add_scope(id, switch, others if switch["actions"] == "the others" else set(switch["actions"]))
    for id, pair in files["contradictions.yml"].items():
        book.add_contradiction(id, pair)
    book.states = {id: book.condition(text) for id, text in files["states.yml"].items()}
    return book


def written_knowledge(files: Files) -> Rulebook:
    """Return the knowledge as its YAML has it."""
    book = Rulebook()
    for finding in files["findings.yml"]["findings"]:
        book.groups.setdefault(finding["group"], []).append(finding["id"])
        book.findings[finding["id"]] = [option["id"] for option in finding["options"]]
    for action in files["actions.yml"]:
        book.actions.setdefault(action["group"], []).append(action["id"])
    book.stances = list(STANCES)
    book.terms = {term["id"]: book.condition(term["is"]) for term in files["terms.yml"]}
    for score in files.below("scores"):
        items = {
            item["id"]: {option["id"]: (option["points"], option.get("when", "False")) for option in item["options"]}
            for item in score["items"]
        }
        bands = [(band["id"], band["low"], band["high"]) for band in score["bands"]]
        book.add_score(score["id"], items, bands, score.get("as_one_lesion"))
    rules = [rule for data in files.below("rules") for rule in data]
    for rule in rules:
        if "about" not in rule:
            book.add_rule(rule["id"], rule)
    for rule in rules:
        for loser in rule.get("exception_to", []):
            for action in book.said_by(rule["id"]) & book.said_by(loser):
                book.declare(action, [rule["id"]], [loser], rule["id"])
    for conflict in files["conflicts.yml"]:
        for each in conflict.get("precedence", []):
            book.declare(each["action"], each["prefer"], each["over"], conflict["id"])
    for switch in files["scopes.yml"]:
        named = set(switch.get("actions", ()))
        scopes = switch.get("scopes", ())
        named |= {each["id"] for each in files["actions.yml"] if each.get("scope", "lumbosacral") in scopes}
        book.add_scope(switch["id"], switch, named)
    for pair in files["contradictions.yml"]:
        book.add_contradiction(pair["id"], pair)
    for state in files["emergencies.yml"]["states"]:
        if "when" in state:
            book.states[state["id"]] = book.condition(state["when"])
    return book


FILES = Files(FOLDER.parents[1] / "casebook" / "knowledge")
KNOWLEDGE = written_knowledge(FILES)
ENTRY = second_entry(Files(FOLDER))
