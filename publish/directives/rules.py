"""Directives that list rules, and what limits a plan: scopes, contradictions and the states of a patient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message, message_parts
from casebook.messages.words import all_of, any_of, apart, inside, one_after_another, sentence
from casebook.messages.words import outcome as outcome_words
from casebook.models.rule import Rule
from casebook.models.scope import Switch
from publish.directives.directive import KnowledgeDirective, bullets, strong


class Rules(KnowledgeDirective):
    """``{rules} sacroplasty``: what an action is for, and every rule on it with the strength of its words."""

    def run(self) -> list[nodes.Node]:
        """Return a line with the action's name, its use and misuse, and the list of its rules."""
        action = self.named("action", self.knowledge.actions, self.arguments[0])
        rules = [rule for rule in self.knowledge.rules.values() if action.id in rule.actions]
        remarks = {"Use": action.use, "Misuse": action.misuse}
        return [
            strong(action.label),
            *(self.cited(f"{name}: {remark.text}", remark.source) for name, remark in remarks.items() if remark),
            bullets([self.cited(f"{rule.text} ({rule.tier})", rule.source)] for rule in rules),
        ]


class AllRules(KnowledgeDirective):
    """``{all-rules}``: every rule as the engine reads it, each under an address of its own."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return one section for each file of rules."""
        rules = sorted(self.knowledge.rules.values(), key=self.file)
        return [self.section(file, list(group)) for file, group in groupby(rules, key=self.file)]

    def file(self, rule: Rule) -> str:
        """Return the name of the file that a rule stands in."""
        return Path(self.knowledge.positions["rule", rule.id].rsplit(":", 2)[0]).stem

    def section(self, file: str, rules: list[Rule]) -> nodes.section:
        """Return the rules of one file as a list of definitions."""
        entries = nodes.definition_list("", *map(self.entry, rules))
        return nodes.section("", nodes.title("", file.capitalize()), entries, ids=[f"rules-{file}"])

    def entry(self, rule: Rule) -> nodes.definition_list_item:
        """Return one rule: id and title, then everything that is known of it."""
        term = nodes.term("", f"{rule.id} · {rule.title}", ids=[address(rule.id)])
        remarks = {"rules-reading": rule.reading, "rules-note": rule.note}
        wording = message("rules-wording" if rule.clauses else "rules-wording-informs", tier=rule.tier)
        body = [
            self.cited(rule.text, rule.source),
            nodes.paragraph("", wording),
            *self.clauses(rule),
            *(nodes.paragraph("", message(id, remark=remark)) for id, remark in remarks.items() if remark),
        ]
        return nodes.definition_list_item("", term, nodes.definition("", *body))

    def clauses(self, rule: Rule) -> Iterator[nodes.Node]:
        """Yield each condition, in the language of the rules, and what follows."""
        for clause in rule.clauses:
            follows = apart(
                [
                    message(
                        "rules-outcome", action=self.knowledge.actions[action].label, outcome=outcome_words(outcome)
                    )
                    for action, outcome in clause.then.items()
                ]
            )
            yield paragraph("rules-when", condition=nodes.literal("", clause.when), outcomes=follows)


class Scopes(KnowledgeDirective):
    """``{scopes}``: what the book covers, and what it withdraws from the plan of other patients."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the actions of each scope, and each switch with its condition."""
        actions = self.knowledge.actions.values()
        lists = []
        for scope in ("everywhere", "lumbosacral", "sacrum"):
            labels = [inside(action.label) for action in actions if action.scope == scope]
            lists.append(message(f"rules-scope-{scope}", actions=one_after_another(labels)))
        return [
            bullets([nodes.paragraph("", text)] for text in lists),
            *(self.switch(switch) for switch in self.knowledge.scopes),
        ]

    def switch(self, switch: Switch) -> nodes.paragraph:
        """Return one switch: where it applies, and what it withdraws."""
        labels = {id: action.label for id, action in self.knowledge.actions.items()}
        gone = [
            *(message("rules-of-scope", scope=scope) for scope in switch.scopes),
            *(labels[id] for id in switch.actions),
        ]
        for id, stances in switch.stances.items():
            names = any_of(message("outcome-name", stance=stance, limit="none") for stance in stances)
            gone.append(message("rules-as-stances", action=labels[id], stances=names))
        shown = paragraph("rules-switch", condition=nodes.literal("", switch.when), gone=all_of(gone))
        shown.extend(self.citation(switch.source))
        return shown


class Contradictions(KnowledgeDirective):
    """``{contradictions}``: findings that contradict each other, and the sentence that is shown."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return a list of definitions: each condition, and why no patient fulfils it."""
        entries = []
        for each in self.knowledge.contradictions:
            term = nodes.term("", "", nodes.literal("", each.when))
            if each.unless:
                parts = {"condition": nodes.literal("", each.when), "other": nodes.literal("", each.unless)}
                term = nodes.term("", "", *nodes_of("rules-unless", **parts))
            body = nodes.definition("", nodes.paragraph("", sentence(each.text)))
            entries.append(nodes.definition_list_item("", term, body))
        return [nodes.definition_list("", *entries)]


class States(KnowledgeDirective):
    """``{states}``: the states of a patient, in the order in which they are asked for."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return a list of definitions: each state, and its condition."""
        entries = []
        for state in self.knowledge.emergencies.states:
            body = (
                nodes.paragraph("", "", nodes.literal("", state.when))
                if state.when
                else nodes.paragraph("", message("rules-follows"))
            )
            term = nodes.term("", sentence(state.label)[:-1])
            entries.append(nodes.definition_list_item("", term, nodes.definition("", body)))
        return [nodes.definition_list("", *entries)]


def address(rule: str) -> str:
    """Return the anchor of a rule on the page of all rules."""
    return f"rule-{rule.lower().replace('.', '-')}"


def nodes_of(id: str, /, **arguments: str | nodes.Node) -> list[nodes.Node]:
    """Return a message with nodes as its arguments."""
    return [nodes.Text(part) if isinstance(part, str) else part for part in message_parts(id, **arguments)]


def paragraph(id: str, /, **arguments: str | nodes.Node) -> nodes.paragraph:
    """Return a message with nodes as its arguments, as a paragraph."""
    return nodes.paragraph("", "", *nodes_of(id, **arguments))


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("rules", Rules)
    app.add_directive("all-rules", AllRules)
    app.add_directive("scopes", Scopes)
    app.add_directive("contradictions", Contradictions)
    app.add_directive("states", States)
