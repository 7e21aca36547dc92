"""The argument for and against one action: every rule that names the action, and its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from casebook.diagnostics.suggestions import nearest
from casebook.inference.assessment import Engine, engine
from casebook.messages import message
from casebook.messages.words import (
    all_of,
    any_of,
    backed,
    entry_arguments,
    entry_outcome,
    extent,
    few,
    hinted,
    inside,
    option,
    options,
    outcome,
    outcome_arguments,
)
from casebook.models.expression import Tree, Truth
from casebook.models.finding import FindingError
from casebook.models.rule import FOR, STANCES, Clause

Word = Literal["holds", "fails", "unknown"]
WORDS: Mapping[Truth, Word] = {True: "holds", None: "unknown", False: "fails"}
"""In the order in which rules are listed."""

MOST_NAMED = 2
"""The number of rules on each side, and of conditions in a sentence, that the text names."""


@dataclass(frozen=True, slots=True)
class LeafArgument:
    """One comparison of a condition, with the value in this patient.

    Attributes
    ----------
    text : str
    truth : {"holds", "fails", "unknown"}
    findings : tuple of str
        The findings that it reads, also through a score.
    """

    text: str
    truth: Word
    findings: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the comparison."""
        return {"text": self.text, "truth": self.truth, "findings": list(self.findings)}


@dataclass(frozen=True, slots=True)
class ClauseArgument:
    """One condition of a rule, and the stance that the rule takes where the condition is true."""

    truth: Word
    says: str
    leaves: tuple[LeafArgument, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the clause."""
        return {"truth": self.truth, "says": self.says, "leaves": [leaf.to_dict() for leaf in self.leaves]}


@dataclass(frozen=True, slots=True)
class RuleArgument:
    """One rule on one side of an action."""

    rule: str
    truth: Word
    clauses: tuple[ClauseArgument, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the rule."""
        return {"rule": self.rule, "truth": self.truth, "clauses": [clause.to_dict() for clause in self.clauses]}


@dataclass(frozen=True, slots=True)
class Argument:
    """The argument for and against an action.

    Attributes
    ----------
    action : str
    standing : str
        In words, such as “recommended within 2 days” or “undecided”.
    for_, against : tuple of RuleArgument
        Every rule that names the action: first rules that are true, then undetermined rules, then the others.
    in_the_way : tuple of str
        The reasons against a stance in favour of the action; empty if the stance is in favour.
    text : str
    """

    action: str
    standing: str
    for_: tuple[RuleArgument, ...]
    against: tuple[RuleArgument, ...]
    in_the_way: tuple[str, ...]
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON of the argument."""
        return {
            "action": self.action,
            "standing": self.standing,
            "text": self.text,
            "for": [rule.to_dict() for rule in self.for_],
            "against": [rule.to_dict() for rule in self.against],
            "in_the_way": list(self.in_the_way),
        }


def argument(findings: Mapping[str, Any], action: str) -> Argument:
    """Return the rules for and against an action, and the reasons why it is not recommended.

    Parameters
    ----------
    findings : mapping of finding id to option id
    action : str

    Returns
    -------
    Argument

    Raises
    ------
    FindingError
        If an id or an option is not in the vocabulary, or there is no such action.

    Examples
    --------
    >>> argument({"cauda_equina_syndrome": "present"}, "decompression").standing
    'undecided'
    """
    return _Case(engine(), findings, action).argument()


class _Case:
    """One action in one state."""

    def __init__(self, engine: Engine, findings: Mapping[str, Any], action: str) -> None:
        known = self.knowledge = engine.knowledge
        self.planner, self.scoring = engine.planner, engine.scoring
        self.state = engine.state(findings)
        if action not in known.actions:
            near = nearest(action, known.actions)
            raise FindingError(hinted(message("error-no-action", id=repr(action)), near), str(action), None, near)
        self.action = action
        self.entry = self.planner.by_id[action].entry(self.state)
        self.short = {key: citation.short for key, citation in known.sources.items()}

    def argument(self) -> Argument:
        sides = self._side(True), self._side(False)
        blocks = self._blocks(sides[1])
        wish = self._wish() if blocks is not None else None
        in_the_way = (*(blocks or ()), *([wish] if wish else ()))
        return Argument(self.action, entry_outcome(self.entry), *sides, in_the_way, self._text(*sides, wish))

    # rules -----------------------------------------------------------------------------------

    def _side(self, in_favour: bool) -> tuple[RuleArgument, ...]:
        rules: list[RuleArgument] = []
        for rule, clauses, root in self.planner.by_id[self.action].sides[in_favour]:
            truth = root.truth(self.state)
            rules.append(RuleArgument(rule.id, WORDS[truth], tuple(map(self._clause, clauses))))
        order = list(WORDS.values())
        return tuple(sorted(rules, key=lambda rule: order.index(rule.truth)))

    def _clause(self, clause: Clause) -> ClauseArgument:
        says = outcome(clause.then[self.action])
        return ClauseArgument(WORDS[self._truth(clause.tree)], says, tuple(self._leaves(clause.tree, True)))

    def _truth(self, tree: Tree) -> Truth:
        return self.planner.truth(tree, self.state)

    # comparisons -----------------------------------------------------------------------------

    def _leaves(self, tree: Tree, wanted: bool) -> Iterator[LeafArgument]:
        """Yield every comparison from left to right, negated where the comparison is inside a `not`."""
        if isinstance(tree, bool):
            return
        if "finding" in tree or "score" in tree:
            truth = self._truth(tree)
            if truth is not None:
                truth = truth is wanted
            id = "argument-leaf" if wanted else "argument-leaf-not"
            words = message(id, subject=self._label(tree), wanted=self._wanted(tree), here=self._here(tree))
            yield LeafArgument(words, WORDS[truth], self._reads(tree))
        elif "not" in tree:
            yield from self._leaves(tree["not"], not wanted)
        elif "term" in tree:
            yield from self._leaves(tree["is"], wanted)
        else:
            for part in tree["all"] if "all" in tree else tree["any"]:
                yield from self._leaves(part, wanted)

    def _label(self, tree: Mapping[str, Any]) -> str:
        if "score" in tree:
            return self.knowledge.scores[tree["score"]].label
        return self.knowledge.vocabulary.by_id[tree["finding"]].label

    def _wanted(self, tree: Mapping[str, Any]) -> str:
        if "score" in tree:
            return extent(tree["low"], tree["high"])
        return options(self.knowledge.vocabulary.by_id[tree["finding"]], tree["in"])

    def _here(self, tree: Mapping[str, Any]) -> str:
        if "score" in tree:
            result = self.scoring.derive(tree["score"], self.state)
            return extent(result.low, result.high)
        index = self.knowledge.vocabulary.position[tree["finding"]]
        finding, now = self.knowledge.vocabulary.findings[index], self.state[index]
        return option(finding, None if now < 0 else finding.values[now])

    def _reads(self, tree: Mapping[str, Any]) -> tuple[str, ...]:
        if "score" in tree:
            return self.knowledge.readings[tree["score"]].finding_ids
        return (tree["finding"],)

    # words -----------------------------------------------------------------------------------

    def _blocks(self, against: tuple[RuleArgument, ...]) -> tuple[str, ...] | None:
        """Return the rules against the action that are true, or None where a stance in favour is decided."""
        if self.entry is not None and self.entry.status == "decided" and self.entry.stance in FOR:
            return None
        return tuple(self._titled(rule) for rule in against if rule.truth == "holds")[:MOST_NAMED]

    def _titled(self, given: RuleArgument) -> str:
        rule = self.knowledge.rules[given.rule]
        return backed(rule.title, rule.source, self.short)

    def _wish(self) -> str | None:
        """Return the unmet conditions of the strongest rule in favour that is not true."""
        missing = [
            (STANCES.index(clause.then[self.action].stance), rule, clause)
            for rule, clauses, _ in self.planner.by_id[self.action].sides[True]
            for clause in clauses
            if self._truth(clause.tree) is not True
        ]
        if not missing:
            return None
        _, rule, clause = min(missing, key=lambda each: each[0])
        outcome = outcome_arguments(clause.then[self.action])
        sources = all_of([self.short[key] for key in rule.source])
        first, *more = self._needed(clause.tree)
        return " ".join(
            [
                message("argument-wish", sources=sources, conditions=first, **outcome),
                *(message("argument-wish-also", conditions=each) for each in more),
            ]
        )

    def _needed(self, tree: Tree) -> list[str]:
        """Return the unmet parts of a condition in words, with one text for each choice: a sentence has room for one."""
        assert isinstance(tree, dict), tree
        if "all" not in tree:
            return [self._asked(tree, True)[0]]
        parts: list[Tree] = tree["all"]
        open_ = [part for part in parts if self._truth(part) is not True]
        asked = [self._asked(part, True, nested=len(open_) > 1) for part in open_]
        named = asked if len(asked) <= MOST_NAMED + 1 else asked[:MOST_NAMED]
        others = [text for text, choice in named if not choice]
        if len(named) < len(asked):
            others.append(message("condition-more-all", count=len(asked) - len(named)))
        choices = [text for text, choice in named if choice]
        return [all_of(others), *choices] if others else choices

    def _asked(self, tree: Tree, wanted: bool, nested: bool = False) -> tuple[str, bool]:
        """Return the unmet parts of a condition in words, and whether the text starts with a choice."""
        assert isinstance(tree, dict), tree
        if "not" in tree:
            return self._asked(tree["not"], not wanted, nested)
        if "term" in tree:
            return message("condition-term" if wanted else "condition-term-not", term=tree["label"]), False
        if "finding" in tree or "score" in tree:
            subject = self._label(tree) if "score" in tree else inside(self._label(tree))
            id = "condition-is" if wanted else "condition-is-not"
            return message(id, subject=subject, options=self._wanted(tree)), False
        parts: list[Tree] = tree["all"] if "all" in tree else tree["any"]
        open_ = [part for part in parts if self._truth(part) is not wanted]
        asked = [self._asked(part, wanted, nested=len(open_) > 1) for part in open_]
        words, choice = [text for text, _ in asked], asked[0][1]
        if ("all" in tree) == wanted:
            return all_of(_few(words, "condition-more-all")), choice
        text = any_of(_few(words, "condition-more-any"))
        return (message("condition-either", conditions=text), True) if nested and len(words) > 1 else (text, choice)

    def _text(self, for_: tuple[RuleArgument, ...], against: tuple[RuleArgument, ...], wish: str | None) -> str:
        label = self.knowledge.actions[self.action].label
        sentences = [message("argument-now", label=label, **entry_arguments(self.entry))]
        for rules, side in ((for_, "for"), (against, "against")):
            holding = [self._titled(rule) for rule in rules if rule.truth == "holds"]
            sentences += [message(f"argument-side-{side}", rule=inside(title)) for title in holding[:MOST_NAMED]]
            if len(holding) > MOST_NAMED:
                sentences.append(message(f"argument-more-{side}", count=len(holding) - MOST_NAMED))
        if self.entry is not None and self.entry.depends_on:
            labels = [inside(self.knowledge.vocabulary.by_id[id].label) for id in self.entry.depends_on]
            sentences.append(message("argument-depends", findings=all_of(few(labels, MOST_NAMED))))
        return " ".join([*sentences, *([wish] if wish else ())])


def _few(words: list[str], rest: str) -> list[str]:
    """Return at most a few words, the others counted in the message `rest`."""
    return (
        words if len(words) <= MOST_NAMED + 1 else [*words[:MOST_NAMED], message(rest, count=len(words) - MOST_NAMED)]
    )
