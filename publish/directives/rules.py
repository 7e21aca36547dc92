"""Directives that list rules, scopes, contradictions and the states of a patient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message, message_parts
from casebook.messages.words import all_of, any_of, inside, particulars, sentence
from casebook.models.rule import Outcome, Rule
from casebook.models.scope import Switch
from publish.directives.directive import KnowledgeDirective, bullets, strong

SCOPES = ("everywhere", "lumbosacral", "sacrum")


class ActionRules(KnowledgeDirective):
    """``{rules} sacroplasty``: use and misuse of an action, and every rule on it with its strength."""

    def run(self) -> list[nodes.Node]:
        """Return the name of the action, its use and misuse, and its rules."""
        action = self.part("action", self.knowledge.actions, self.arguments[0])
        rules = [rule for rule in self.knowledge.rules.values() if action.id in rule.actions]
        remarks = {"rule-use": action.use, "rule-misuse": action.misuse}
        return [
            strong(action.label),
            *(self.cited(message(name, text=remark.text), remark.source) for name, remark in remarks.items() if remark),
            bullets(
                [self.cited(message("rule-with-tier", text=rule.text, tier=rule.tier), rule.source)] for rule in rules
            ),
        ]


class AllRules(KnowledgeDirective):
    """``{all-rules}``: every rule as the engine evaluates it, each with an anchor."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return one section for each file of rules."""
        rules = sorted(self.knowledge.rules.values(), key=self.file)
        return [self.section(file, list(group)) for file, group in groupby(rules, key=self.file)]

    def file(self, rule: Rule) -> str:
        """Return the name of the file of a rule."""
        return Path(self.knowledge.positions["rule", rule.id].rsplit(":", 2)[0]).stem

    def section(self, file: str, rules: list[Rule]) -> nodes.section:
        """Return the rules of one file as a definition list."""
        entries = nodes.definition_list("", *map(self.entry, rules))
        return nodes.section("", nodes.title("", file.capitalize()), entries, ids=[f"rules-{file}"])

    def entry(self, rule: Rule) -> nodes.definition_list_item:
        """Return one rule: id and title, text, strength, conditions and notes."""
        term = nodes.term("", f"{rule.id} · {rule.title}", ids=[address(rule.id)])
        remarks = {"rule-reading": rule.reading, "rule-note": rule.note}
        strength = message("rule-strength" if rule.clauses else "rule-strength-informs", tier=rule.tier)
        body = [
            self.cited(rule.text, rule.source),
            nodes.paragraph("", strength),
            *self.clauses(rule),
            *(nodes.paragraph("", message(name, text=remark)) for name, remark in remarks.items() if remark),
        ]
        return nodes.definition_list_item("", term, nodes.definition("", *body))

    def clauses(self, rule: Rule) -> Iterator[nodes.Node]:
        """Yield each condition, in the language of the rules, with its outcomes."""
        for clause in rule.clauses:
            outcomes = "; ".join(
                message("rule-outcome", action=self.knowledge.actions[action].label, outcome=outcome_text(outcome))
                for action, outcome in clause.then.items()
            )
            condition = nodes.literal("", clause.when)
            yield nodes.paragraph("", "", *inline("rule-clause", condition=condition, outcomes=outcomes))


class ScopeList(KnowledgeDirective):
    """``{scopes}``: the scope of the actions, and the actions that are withdrawn from the plans of other patients."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the actions of each scope, and every switch with its condition."""
        actions = self.knowledge.actions.values()
        lists = [
            message(
                "scope-actions",
                scope=message(f"scope-range-{scope}"),
                actions=", ".join(inside(action.label) for action in actions if action.scope == scope),
            )
            for scope in SCOPES
        ]
        return [
            bullets([nodes.paragraph("", text)] for text in lists),
            *(self.switch(switch) for switch in self.knowledge.scopes),
        ]

    def switch(self, switch: Switch) -> nodes.paragraph:
        """Return one switch: its condition, and what it withdraws."""
        labels = {name: action.label for name, action in self.knowledge.actions.items()}
        withdrawn = [message("scope-withdrawn", scope=scope) for scope in switch.scopes]
        withdrawn += [labels[name] for name in switch.actions]
        withdrawn += [
            message(
                "scope-withdrawn-stance",
                action=labels[name],
                stances=any_of(stance.replace("_", " ") for stance in stances),
            )
            for name, stances in switch.stances.items()
        ]
        condition = nodes.literal("", switch.when)
        paragraph = nodes.paragraph("", "", *inline("scope-switch", condition=condition, withdrawn=all_of(withdrawn)))
        paragraph.extend(self.citation(switch.source))
        return paragraph


class ContradictionList(KnowledgeDirective):
    """``{contradictions}``: findings that contradict each other, and the sentence that readers see."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return a definition list: each condition, and why no patient fulfils it."""
        entries: list[nodes.definition_list_item] = []
        for each in self.knowledge.contradictions:
            condition = nodes.literal("", each.when)
            if each.unless:
                exception = nodes.literal("", each.unless)
                term = nodes.term("", "", *inline("condition-unless", condition=condition, exception=exception))
            else:
                term = nodes.term("", "", condition)
            body = nodes.definition("", nodes.paragraph("", sentence(each.text)))
            entries.append(nodes.definition_list_item("", term, body))
        return [nodes.definition_list("", *entries)]


class StateList(KnowledgeDirective):
    """``{states}``: the states of a patient, in the order in which the engine tests them."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return a definition list: each state, and its condition."""
        entries: list[nodes.definition_list_item] = []
        for state in self.knowledge.emergencies.states:
            body = nodes.paragraph("", "" if state.when else message("state-derived"))
            if state.when:
                body += nodes.literal("", state.when)
            term = nodes.term("", sentence(state.label)[:-1])
            entries.append(nodes.definition_list_item("", term, nodes.definition("", body)))
        return [nodes.definition_list("", *entries)]


def address(rule: str) -> str:
    """Return the anchor of a rule on the page of all rules."""
    return f"rule-{rule.lower().replace('.', '-')}"


def outcome_text(outcome: Outcome) -> str:
    """Return a stance with its time and side, such as “recommended within 7 days”."""
    stance = outcome.stance.replace("_", " ")
    more = particulars(outcome.within_hours, outcome.side)
    return f"{stance} {more}" if more else stance


def inline(name: str, **arguments: str | nodes.Node) -> list[nodes.Node]:
    """Return a message as inline nodes, with nodes among its arguments."""
    parts = message_parts(name, **arguments)
    return [part if isinstance(part, nodes.Node) else nodes.Text(str(part)) for part in parts]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("rules", ActionRules)
    app.add_directive("all-rules", AllRules)
    app.add_directive("scopes", ScopeList)
    app.add_directive("contradictions", ContradictionList)
    app.add_directive("states", StateList)
