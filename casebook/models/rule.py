"""Rules, actions and conflicts: what the sources recommend for which findings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal, get_args

from pydantic import Field, PrivateAttr, field_validator, model_validator

from casebook.diagnostics.data import Data
from casebook.messages import message
from casebook.models.expression import Language, Tree
from casebook.models.finding import Entry, Part, Source, with_private

Stance = Literal["emergency", "recommended", "consider", "caution", "not_indicated", "contraindicated"]
STANCES: tuple[Stance, ...] = get_args(Stance)
"""The stances, strongest first."""

FOR = frozenset(STANCES[:3])
"""Stances in favour of an action; the others are against it."""

REFUSALS = frozenset(STANCES[4:])
"""Stances that reject an action; a caution only qualifies it."""

Tier = Literal["absolute", "directive", "permissive", "descriptive"]
TIERS: tuple[Tier, ...] = get_args(Tier)
"""How strongly a source words a rule, strongest first."""


class Outcome(Part):
    """What a rule recommends about one action."""

    stance: Stance
    within_hours: int | None = Field(None, gt=0)
    side: Literal["left", "right"] | None = None

    # Outcomes are terminals of the diagrams. A type checker does not see that pydantic makes frozen models hashable.
    def __hash__(self) -> int:
        return hash((self.stance, self.within_hours, self.side))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON; values that are not given are left out."""
        return self.model_dump(exclude_none=True)


Scope = Literal["everywhere", "lumbosacral", "sacrum"]
"""The levels for which the book covers an action: any level, L5 to S5, or S1 to S5."""


class Remark(Part):
    """A statement with its source."""

    text: str
    source: Source = Field(min_length=1)


Kind = Literal["treatment", "stabilisation", "investigation", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of actions in the order in which changes are reported: treatment of the tumour and the nerves first."""


class Action(Entry):
    """Something that can be done for a patient, with its use and misuse."""

    label: str
    group: str
    kind: Kind = "other"
    phrase: str = ""
    scope: Scope = "lumbosacral"
    use: Remark | None = None
    misuse: Remark | None = None


class Clause(Part):
    """One condition of a rule, and the outcomes that follow if the condition is true."""

    when: str
    then: dict[str, Outcome] = Field(min_length=1)

    _tree: Tree = PrivateAttr(True)

    @field_validator("then", mode="before")
    @classmethod
    def _single_word_is_a_stance(cls, then: Data) -> Data:
        if isinstance(then, dict):
            return {
                action: {"stance": outcome} if isinstance(outcome, str) else outcome for action, outcome in then.items()
            }
        return then

    @property
    def tree(self) -> Tree:
        """The compiled condition; True until the clause is bound."""
        return self._tree

    def bound(self, language: Language, *path: str | int) -> Clause:
        """Return the clause with its compiled condition; raise ConditionError, with `path`, if it cannot be read."""
        return with_private(self, _tree=language.read(self.when, *path, "when"))


class Rule(Entry):
    """One recommendation or statement of a source.

    A rule that depends on findings has clauses. A rule that only informs has none; `about` names what it is shown
    with. A rule that repeats part of a wider rule names that rule in `echoes` and is listed for its own source.
    """

    title: str
    text: str
    clauses: tuple[Clause, ...] = ()
    about: dict[str, str] = {}
    tier: Tier
    source: Source = Field(min_length=1)
    reading: str = ""
    note: str = ""
    exception_to: tuple[str, ...] = ()
    echoes: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _when_and_then_are_one_clause(cls, data: Data) -> Data:
        if isinstance(data, dict) and ("when" in data or "then" in data):
            if "clauses" in data:
                raise ValueError(message("rule-when-or-clauses"))
            data = dict(data)
            data["clauses"] = [{key: data.pop(key) for key in ("when", "then") if key in data}]
        return data

    @model_validator(mode="after")
    def _it_decides_or_informs(self) -> Rule:
        if bool(self.clauses) == bool(self.about):
            raise ValueError(message("rule-condition-or-about"))
        return self

    def bound(self, language: Language) -> Rule:
        """Return the rule with compiled conditions; raise ConditionError, with the path, if one cannot be read."""
        clauses = tuple(clause.bound(language, "clauses", index) for index, clause in enumerate(self.clauses))
        return self.model_copy(update={"clauses": clauses})

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """The ids of all actions that a clause names."""
        return tuple(dict.fromkeys(action for clause in self.clauses for action in clause.then))


class Position(Part):
    """One side of a conflict."""

    text: str
    rules: tuple[str, ...] = ()
    source: Source = Field(min_length=1)


class Preference(Part):
    """Rules that prevail over others on an action if both apply."""

    action: str
    prefer: tuple[str, ...] = Field(min_length=1)
    over: tuple[str, ...] = Field(min_length=1)


class Conflict(Entry):
    """Sources that disagree, the position of this book, and the authority for it.

    The conflict applies if `when` is true; without `when`, if a rule of each position that names rules applies.
    """

    title: str
    positions: tuple[Position, ...] = Field(min_length=2)
    resolution: str
    authority: Source = Field(min_length=1)
    actions: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    when: str = ""
    precedence: tuple[Preference, ...] = ()

    _tree: Tree = PrivateAttr(True)

    @property
    def tree(self) -> Tree:
        """The compiled condition under which the conflict applies."""
        return self._tree

    def bound(self, language: Language, rules: Mapping[str, Rule]) -> Conflict:
        """Return the conflict with its compiled condition; raise ConditionError if it cannot be read.

        Parameters
        ----------
        language : Language
        rules : mapping of str to Rule
            Rules with compiled conditions, from which the condition of a conflict without `when` is derived.
        """
        tree = language.read(self.when, "when") if self.when else {"all": _sides(self.positions, rules)}
        return with_private(self, _tree=tree)


class Tie(Part):
    """What decides between two sides, or the statement that nothing does."""

    text: str
    source: Source = Field(min_length=1)


class Tension(Entry):
    """Results that point in different directions in one patient: each side, and what decides between them.

    The tension applies if `when` is true and a rule of each side that names rules applies.
    """

    title: str
    when: str
    sides: tuple[Position, ...] = Field(min_length=2)
    tie: Tie

    _tree: Tree = PrivateAttr(True)

    @property
    def tree(self) -> Tree:
        """The compiled condition under which the tension applies."""
        return self._tree

    def bound(self, language: Language, rules: Mapping[str, Rule]) -> Tension:
        """Return the tension with its compiled condition; raise ConditionError if it cannot be read."""
        sides = _sides(self.sides, rules)
        tree = language.read(self.when, "when")
        return with_private(self, _tree={"all": [tree, *sides]} if sides else tree)


def _sides(positions: tuple[Position, ...], rules: Mapping[str, Rule]) -> list[Tree]:
    """Return, for each position that names rules, the condition that one of these rules applies."""
    sides = [[clause.tree for id in position.rules for clause in rules[id].clauses] for position in positions]
    return [{"any": side} for side in sides if side]


class Principle(Entry):
    """One criterion of precedence between rules that differ."""

    by: Literal["emergency", "declared", "tier", "caution", "stance", "soonest"]
    text: str
    source: Source = {}
    convention: str = ""
