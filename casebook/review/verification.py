"""Proofs over the whole knowledge: every input of every score, and every state that any rule reads.

Conditions are functions of finitely many findings with finitely many options, so each claim is decided on a
decision diagram (`casebook.inference.diagrams`). The result applies to every state, and a claim that is false is
refuted by a patient whom the diagram gives.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebook.inference.assessment import Engine
from casebook.inference.compiler import OpenItem, Verdict, variables
from casebook.inference.diagrams import Node
from casebook.inference.roots import flattened
from casebook.messages import message
from casebook.messages.words import all_of, inside, one_after_another
from casebook.models.expression import Tree
from casebook.models.rule import FOR, REFUSALS, STANCES, Outcome
from casebook.models.theorem import NONE, SOME_ACTION, PlanLanguage, Theorem
from casebook.review.logic import conjunction, disjunction, excluding, negation

UNREAD_AFTER = datetime.timedelta(days=3 * 365)
"""The time after its last reading when a source must be read again."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A violation of a claim about the knowledge.

    Attributes
    ----------
    where : str
        File and line.
    what : str
    example : str
        A patient in words who violates the claim; empty where no patient is needed.
    """

    where: str
    what: str
    example: str = ""

    def __str__(self) -> str:
        if not self.example:
            return message("field-about", about=self.where, what=self.what)
        return message("verify-example", where=self.where, what=self.what, example=self.example)


@dataclass(frozen=True, slots=True)
class Proof:
    """One claim about the knowledge, its scope, and the violations found."""

    claim: str
    covers: str
    flaws: tuple[Flaw, ...]

    @property
    def holds(self) -> bool:
        """Whether no violation was found."""
        return not self.flaws


def verify(engine: Engine, today: datetime.date | None = None) -> tuple[Proof, ...]:
    """Prove every claim about the knowledge, or refute it with examples.

    Parameters
    ----------
    engine : Engine
    today : date, optional
        The day on which the age of the last reading of each source is calculated; by default today, in UTC.

    Returns
    -------
    tuple of Proof
        One for each claim, in the order of the report.
    """
    return _Verifier(engine, today or datetime.datetime.now(datetime.UTC).date()).proofs()


def in_words(count: int) -> str:
    """Return a count to two figures, such as “about 17 billion billion”; below a thousand as it is."""
    if count < 1_000:
        return str(count)
    rounded = float(f"{count:.2g}")
    scale: list[str] = []
    while rounded >= 1e9:
        rounded, scale = rounded / 1e9, ["number-billion", *scale]
    if rounded >= 1e6:
        rounded, scale = rounded / 1e6, ["number-million", *scale]
    text = f"{rounded:,.3g}" if rounded < 1_000 else f"{rounded:,.0f}"
    for id in scale:
        text = message(id, number=text)
    return message("number-about", number=text)


class _Verifier:
    """Decides each claim on the diagrams of one engine."""

    def __init__(self, engine: Engine, today: datetime.date) -> None:
        self.knowledge = engine.knowledge
        self.planner = engine.planner
        self.rulebook = engine.rulebook
        self.compiler = engine.rulebook.compiler
        self.diagrams = self.compiler.diagrams
        self.today = today
        self.plans = {plan.id: plan for plan in engine.planner.actions if plan.clauses}
        # In the order of the vocabulary, so that examples do not depend on the order of the rulebook.
        self.order = [self.compiler.variable[each] for each in variables(self.knowledge)]
        self.clauses = {id: list(self.knowledge.outcomes(id)) for id in self.plans}

    def proofs(self) -> tuple[Proof, ...]:
        states = message("verify-covers-states", states=in_words(self.states()))
        sources = message("verify-covers-sources", count=len(self.knowledge.sources))
        return (
            Proof(message("verify-scores"), self.inputs(), tuple(self.scores())),
            Proof(message("verify-some-plan"), states, tuple(self.planless())),
            Proof(
                message("verify-declared"),
                states,
                tuple(self.undeclared()),
            ),
            Proof(message("verify-live-rules"), states, tuple(self.dead())),
            Proof(message("verify-no-repetition"), states, tuple(self.subsumed())),
            Proof(message("verify-emergencies"), states, tuple(self.outranked())),
            *(Proof(theorem.text, states, tuple(self.refuting(theorem))) for theorem in self.knowledge.theorems),
            Proof(message("verify-sources-read"), sources, tuple(self.unread())),
        )

    # what is covered -------------------------------------------------------------------------

    def states(self) -> int:
        """Return the number of states of the findings that rules read."""
        roots = [root.node for plan in self.plans.values() for *_, root in plan.clauses]
        findings = self.knowledge.vocabulary.findings
        return math.prod(len(findings[index].options) for index in self.rulebook.reads(roots))

    def inputs(self) -> str:
        counts = [
            message(
                "verify-inputs-of",
                count=f"{math.prod(len(item.options) for item in score.items):,}",
                score=score.label,
            )
            for score in self.knowledge.scores.values()
        ]
        return message("verify-covers-inputs", inputs=one_after_another(counts))

    # the claims ------------------------------------------------------------------------------

    def scores(self) -> Iterator[Flaw]:
        for score in self.knowledge.scores.values():
            for options in itertools.product(*(item.options for item in score.items)):
                result = score.of_items({item.id: option.id for item, option in zip(score.items, options, strict=True)})
                if result.total != sum(option.points for option in options) or len(result.bands) != 1:
                    labels = one_after_another([option.label for option in options])
                    what = message("verify-no-band", score=score.label)
                    yield Flaw(self.where("score", score.id), what, labels)

    def planless(self) -> Iterator[Flaw]:
        verdicts = [self.diagrams.combine(_is_none, plan.root.node) for plan in self.plans.values()]
        if example := self.example(conjunction(self.diagrams, verdicts)):
            yield Flaw(str(self.knowledge.folder), message("verify-no-plan"), example)

    def undeclared(self) -> Iterator[Flaw]:
        for plan in self.plans.values():
            clauses = self.clauses[plan.id]
            for (rule, tree, outcome), (other, against, refusal) in itertools.permutations(clauses, 2):
                at_odds = outcome.stance == "recommended" and refusal.stance in REFUSALS
                declared = {(rule.id, other.id), (other.id, rule.id)} & set(self.knowledge.overrides[plan.id])
                if at_odds and rule is not other and not declared and (example := self.both(tree, against)):
                    names = {"rule": rule.title, "action": self.label(plan.id), "other": other.title}
                    what = message("verify-undeclared", **names)
                    yield Flaw(self.where("rule", rule.id), what, example)

    def dead(self) -> Iterator[Flaw]:
        for rule in self.knowledge.rules.values():
            for clause in rule.clauses:
                if True not in self.diagrams.values(self.compiler.condition(clause.tree)):
                    what = message("verify-dead-rule", rule=rule.title, condition=clause.when)
                    yield Flaw(self.where("rule", rule.id), what)

    def subsumed(self) -> Iterator[Flaw]:
        seen: set[tuple[str, str]] = set()
        for plan in self.plans.values():
            for (rule, tree, outcome), (other, wider, same) in itertools.permutations(self.clauses[plan.id], 2):
                if rule is other or outcome != same or other.id in rule.echoes or (rule.id, other.id) in seen:
                    continue
                if self.implies(tree, wider) and not (self.implies(wider, tree) and rule.id in other.echoes):
                    seen.add((rule.id, other.id))
                    names = {"rule": rule.title, "action": self.label(plan.id), "other": other.title, "id": other.id}
                    what = message("verify-repetition", **names)
                    yield Flaw(self.where("rule", rule.id), what)

    def outranked(self) -> Iterator[Flaw]:
        for plan in self.plans.values():
            for rule, tree, outcome in self.clauses[plan.id]:
                if outcome.stance != "emergency":
                    continue
                emergency = self.diagrams.combine(_is_emergency, plan.root.node)
                lost = excluding(self.diagrams, self.compiler.condition(tree), [emergency])
                if example := self.example(lost):
                    yield Flaw(self.where("rule", rule.id), message("verify-outranked", rule=rule.title), example)

    # theorems --------------------------------------------------------------------------------

    def refuting(self, theorem: Theorem) -> Iterator[Flaw]:
        """Yield a counterexample for each part of a theorem that is false."""
        where = self.where("theorem", theorem.id)
        if theorem.falls:
            yield from self.falling(theorem, where)
        for text in theorem.never:
            tree = self.language.read(text)
            for found in [self.without_entry(tree, theorem.of_scopes)] if theorem.of_scopes else [self.of_plan(tree)]:
                if example := self.example(self.possible(found)):
                    what = message("verify-refuted", theorem=theorem.id, condition=" ".join(text.split()))
                    yield Flaw(where, what, example)

    def falling(self, theorem: Theorem, where: str) -> Iterator[Flaw]:
        """Yield each worsening of a finding by one step that makes an action less urgent."""
        groups = [theorem.falls] if theorem.together else [(action,) for action in theorem.falls]
        apart = self.of_plan(self.language.read(theorem.apart))
        for group, (index, finding) in itertools.product(groups, enumerate(self.knowledge.vocabulary)):
            if theorem.findings and finding.id not in theorem.findings:
                continue
            variable = self.compiler.variable[index]
            for step in finding.worsening:
                if example := self.example(self.weakened(group, apart, variable, step)):
                    names = all_of([self.label(action) for action in group])
                    milder, graver = (finding.options[option].label for option in step)
                    given = {"actions": names, "finding": inside(finding.label), "milder": milder, "graver": graver}
                    yield Flaw(where, message("verify-less-urgent", **given), example)

    def weakened(self, group: Sequence[str], apart: Node, variable: int, step: tuple[int, int]) -> Node:
        """Return the diagram of patients in whom the worsening of a finding weakens the strongest of some actions."""
        roots = [
            self.diagrams.fixed(self.compiler.final(action), variable, option) for option in step for action in group
        ]
        size = len(group)

        def falls(*outcomes: Outcome | None) -> bool:
            return _falls(outcomes[:size], outcomes[size:])

        excluded = (self.diagrams.fixed(root, variable, option) for option in step for root in (*self.refused, apart))
        return excluding(self.diagrams, self.diagrams.combine(falls, *roots), excluded)

    def of_plan(self, tree: Tree) -> Node:
        """Return the diagram of a condition that may also name stances of the plan."""
        if isinstance(tree, dict) and "finding" in tree and tree["finding"] not in self.knowledge.vocabulary.by_id:
            named = self.plans.values() if tree["finding"] == SOME_ACTION else [self.plans[tree["finding"]]]
            wanted = frozenset(tree["in"])

            def is_wanted(outcome: Outcome | None) -> bool:
                return (NONE if outcome is None else outcome.stance) in wanted

            outcomes = [self.diagrams.combine(is_wanted, self.compiler.final(plan.id)) for plan in named]
            return disjunction(self.diagrams, outcomes)
        if isinstance(tree, dict) and "not" in tree:
            return negation(self.diagrams, self.of_plan(tree["not"]))
        if isinstance(tree, dict) and "all" in tree:
            return conjunction(self.diagrams, [self.of_plan(part) for part in tree["all"]])
        if isinstance(tree, dict) and "any" in tree:
            return disjunction(self.diagrams, [self.of_plan(part) for part in tree["any"]])
        return self.compiler.condition(tree)

    def without_entry(self, tree: Tree, scopes: Collection[str]) -> Node:
        """Return the diagram of patients who fulfil a condition and have an entry of an action of some scopes."""
        entries = [
            self.diagrams.combine(_is_listed, self.compiler.final(id))
            for id in self.plans
            if self.knowledge.actions[id].scope in scopes
        ]
        return conjunction(self.diagrams, [self.of_plan(tree), disjunction(self.diagrams, entries)])

    def possible(self, root: Node) -> Node:
        """Return a diagram without the patients whose findings contradict each other."""
        return excluding(self.diagrams, root, self.refused)

    @cached_property
    def refused(self) -> list[Node]:
        """The diagram of each contradiction."""
        return [self.diagrams.combine(_is_true, root) for root in flattened(self.rulebook.roots["contradiction"])]

    @cached_property
    def language(self) -> PlanLanguage:
        """The language of theorems."""
        return self.knowledge.language_of_plans()

    def unread(self) -> Iterator[Flaw]:
        for key, citation in self.knowledge.sources.items():
            if self.today - citation.read > UNREAD_AFTER:
                what = message("verify-unread", source=citation.short, date=str(citation.read))
                yield Flaw(self.where("source", key), what)

    # helpers ---------------------------------------------------------------------------------

    def where(self, kind: str, id: str) -> str:
        return self.knowledge.positions.get((kind, id), str(self.knowledge.folder))

    def label(self, action: str) -> str:
        return self.knowledge.actions[action].label

    def both(self, tree: Tree, other: Tree) -> str:
        """Return in words a patient who meets both conditions, or "" if no patient does."""
        return self.example(conjunction(self.diagrams, [self.compiler.condition(tree), self.compiler.condition(other)]))

    def implies(self, tree: Tree, wider: Tree) -> bool:
        beyond = excluding(self.diagrams, self.compiler.condition(tree), [self.compiler.condition(wider)])
        return beyond == self.diagrams.end(False)

    def example(self, root: Node) -> str:
        """Return findings in words that make a diagram true, or "" if none do."""
        witness = self.diagrams.witness(root, bool, self.order)
        if witness is None:
            return ""
        words: list[str] = []
        for variable, value in sorted(witness.items()):
            index = self.rulebook.variables[variable]
            if not isinstance(index, OpenItem):
                finding = self.knowledge.vocabulary.findings[index]
                option = finding.options[value].label
                words.append(message("command-finding", finding=inside(finding.label), option=option))
        return one_after_another(words) if words else message("verify-any-patient")


def _falls(before: Sequence[Outcome | None], after: Sequence[Outcome | None]) -> bool:
    """Return whether the strongest of some actions is less urgent after the change, or no longer recommended.

    Where a recommendation has no number of hours, its source asks for it “at once” and names hours only for classes
    of symptoms. Such a recommendation is therefore not compared with one that has hours.
    """
    ranks = [max(map(_urgency, outcomes)) for outcomes in (before, after)]
    if ranks[0] != ranks[1] or len(before) > 1:
        return ranks[1] < ranks[0]
    first, then = (outcomes[0].within_hours if outcomes[0] and ranks[0] else None for outcomes in (before, after))
    return first is not None and then is not None and then > first


def _urgency(outcome: Outcome | None) -> int:
    return 0 if outcome is None or outcome.stance not in FOR else 3 - STANCES.index(outcome.stance)


def _is_none(verdict: Verdict | None) -> bool:
    return verdict is None


def _is_listed(outcome: Outcome | None) -> bool:
    return outcome is not None


def _is_emergency(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.stance == "emergency"


def _is_true(value: bool | None) -> bool:
    return value is True
