"""Directives that list rules: all of them in an appendix, or those that speak of one action."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook.rules import Outcome, Rule
from widgets.publish.directive import KnowledgeDirective, bullets, strong


class Rules(KnowledgeDirective):
    """``{rules} sacroplasty``: every rule that speaks of an action, and how strongly it is worded."""

    def run(self) -> list[nodes.Node]:
        """Return a line with the action's name and the list of its rules."""
        action = self.named("action", self.knowledge.actions, self.arguments[0])
        rules = [rule for rule in self.knowledge.rules.values() if action.id in rule.actions]
        return [
            strong(action.label),
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
        return Path(self.knowledge.places["rule", rule.id].rsplit(":", 2)[0]).stem

    def section(self, file: str, rules: list[Rule]) -> nodes.section:
        """Return the rules of one file as a list of definitions."""
        entries = nodes.definition_list("", *map(self.entry, rules))
        return nodes.section("", nodes.title("", file.capitalize()), entries, ids=[f"rules-{file}"])

    def entry(self, rule: Rule) -> nodes.definition_list_item:
        """Return one rule: id and title, then everything that is known of it."""
        term = nodes.term("", f"{rule.id} · {rule.title}", ids=[address(rule.id)])
        remarks = {"Read as": rule.reading, "Note": rule.note}
        body = [
            self.cited(rule.text, rule.source),
            nodes.paragraph(
                "", f"Wording: {rule.tier}. {'' if rule.clauses else 'It informs; no finding decides it.'}".strip()
            ),
            *self.clauses(rule),
            *(nodes.paragraph("", f"{name}: {remark}") for name, remark in remarks.items() if remark),
        ]
        return nodes.definition_list_item("", term, nodes.definition("", *body))

    def clauses(self, rule: Rule) -> Iterator[nodes.Node]:
        """Yield each condition, in the language of the rules, and what follows."""
        for clause in rule.clauses:
            follows = "; ".join(
                f"{self.knowledge.actions[action].label}: {outcome_in_words(outcome)}"
                for action, outcome in clause.then.items()
            )
            yield nodes.paragraph(
                "", "", nodes.Text("When "), nodes.literal("", clause.when), nodes.Text(f" → {follows}.")
            )


def address(rule: str) -> str:
    """Return the anchor of a rule on the page of all rules."""
    return f"rule-{rule.lower().replace('.', '-')}"


def outcome_in_words(outcome: Outcome) -> str:
    """Return a stance with its time and side."""
    words = [outcome.stance.replace("_", " ")]
    if outcome.within_hours:
        words.append(f"within {outcome.within_hours} hours")
    if outcome.side:
        words.append(f"on the {outcome.side}")
    return " ".join(words)


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("rules", Rules)
    app.add_directive("all-rules", AllRules)
