"""Directives that list rules, and what limits a plan: scopes, contradictions and the states of a patient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages.words import all_of, inside, sentence, within
from casebook.models.rule import Outcome, Rule
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


class Scopes(KnowledgeDirective):
    """``{scopes}``: what the book covers, and what it withdraws from the plan of other patients."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the actions of each scope, and each switch with its condition."""
        actions = self.knowledge.actions.values()
        scopes = {
            "everywhere": "At any level",
            "lumbosacral": "From L5 to S5",
            "sacrum": "From S1 to S5",
        }
        lists = [
            f"{words}: {', '.join(inside(action.label) for action in actions if action.scope == scope)}."
            for scope, words in scopes.items()
        ]
        return [
            bullets([nodes.paragraph("", text)] for text in lists),
            *(self.switch(switch) for switch in self.knowledge.scopes),
        ]

    def switch(self, switch: Switch) -> nodes.paragraph:
        """Return one switch: where it applies, and what it withdraws."""
        labels = {id: action.label for id, action in self.knowledge.actions.items()}
        gone = [*(f"actions of the scope {scope}" for scope in switch.scopes), *(labels[id] for id in switch.actions)]
        gone += [
            f"{labels[id]} as {' or '.join(stance.replace('_', ' ') for stance in stances)}"
            for id, stances in switch.stances.items()
        ]
        paragraph = nodes.paragraph("", "", nodes.Text("Where "), nodes.literal("", switch.when))
        paragraph += nodes.Text(f" is recorded, the plan has no entry for {all_of(gone)}.")
        paragraph.extend(self.citation(switch.source))
        return paragraph


class Contradictions(KnowledgeDirective):
    """``{contradictions}``: findings that contradict each other, and the sentence that is shown."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return a list of definitions: each condition, and why no patient fulfils it."""
        entries: list[nodes.definition_list_item] = []
        for each in self.knowledge.contradictions:
            term = nodes.term("", "", nodes.literal("", each.when))
            if each.unless:
                term += [nodes.Text(" unless "), nodes.literal("", each.unless)]
            body = nodes.definition("", nodes.paragraph("", sentence(each.text)))
            entries.append(nodes.definition_list_item("", term, body))
        return [nodes.definition_list("", *entries)]


class States(KnowledgeDirective):
    """``{states}``: the states of a patient, in the order in which they are asked for."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return a list of definitions: each state, and its condition."""
        entries: list[nodes.definition_list_item] = []
        for state in self.knowledge.emergencies.states:
            body = (
                nodes.paragraph("", "", nodes.literal("", state.when)) if state.when else nodes.paragraph("", FOLLOWS)
            )
            term = nodes.term("", sentence(state.label)[:-1])
            entries.append(nodes.definition_list_item("", term, nodes.definition("", body)))
        return [nodes.definition_list("", *entries)]


FOLLOWS = "Follows from the other states and from what is still possible in the plan."


def address(rule: str) -> str:
    """Return the anchor of a rule on the page of all rules."""
    return f"rule-{rule.lower().replace('.', '-')}"


def outcome_in_words(outcome: Outcome) -> str:
    """Return a stance with its time and side."""
    words = [outcome.stance.replace("_", " ")]
    if outcome.within_hours:
        words.append(within(outcome.within_hours))
    if outcome.side:
        words.append(f"on the {outcome.side}")
    return " ".join(words)


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("rules", Rules)
    app.add_directive("all-rules", AllRules)
    app.add_directive("scopes", Scopes)
    app.add_directive("contradictions", Contradictions)
    app.add_directive("states", States)
