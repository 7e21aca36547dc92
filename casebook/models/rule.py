"""Rules, actions and conflicts: what the sources say should follow from findings."""

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
"""Strongest first."""

FOR = frozenset(STANCES[:3])
"""Stances that speak for an action; the others speak against it."""

REFUSALS = frozenset(STANCES[4:])
"""Stances that refuse an action; a caution only qualifies it."""

Tier = Literal["absolute", "directive", "permissive", "descriptive"]
TIERS: tuple[Tier, ...] = get_args(Tier)
"""How strongly a source words a rule, strongest first."""


class Outcome(Part):
    """What a rule says of one action."""

    stance: Stance
    within_hours: int | None = Field(None, gt=0)
    side: Literal["left", "right"] | None = None

    # Outcomes are terminals of the diagrams. A type checker does not see that pydantic makes frozen models hashable.
    def __hash__(self) -> int:
        return hash((self.stance, self.within_hours, self.side))

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON, without what is not given."""
        return self.model_dump(exclude_none=True)


Scope = Literal["everywhere", "lumbosacral", "sacrum"]
"""Where the book covers an action: at any level, from L5 to S5, or from S1 to S5."""


class Remark(Part):
    """A statement with its source."""

    text: str
    source: Source = Field(min_length=1)


Kind = Literal["treatment", "stabilisation", "investigation", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What an action is; in the order in which changes are reported: treatment of the tumour and the nerves first."""


class Action(Entry):
    """Something that can be done for a patient, what it is for, and how it should not be used."""

    label: str
    group: str
    kind: Kind = "other"
    phrase: str = ""
    scope: Scope = "lumbosacral"
    use: Remark | None = None
    misuse: Remark | None = None


class Clause(Part):
    """One condition of a rule and what follows where it holds."""

    when: str
    then: dict[str, Outcome] = Field(min_length=1)

    _tree: Tree = PrivateAttr(True)

    @field_validator("then", mode="before")
    @classmethod
    def _a_bare_word_is_a_stance(cls, then: Data) -> Data:
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

    A rule that findings decide has clauses. A rule that only informs has none; `about` says
    where a reader needs it. A rule that says no more than a wider one names it in `echoes`: it
    stays for its own source.
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
        """Return the rule with its compiled conditions; raise ConditionError, with its place, if one cannot be read."""
        clauses = tuple(clause.bound(language, "clauses", index) for index, clause in enumerate(self.clauses))
        return self.model_copy(update={"clauses": clauses})

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """Every action that some clause names."""
        return tuple(dict.fromkeys(action for clause in self.clauses for action in clause.then))


class Position(Part):
    """One side of a conflict."""

    text: str
    rules: tuple[str, ...] = ()
    source: Source = Field(min_length=1)


class Preference(Part):
    """Rules of which the preferred ones decide an action where both speak."""

    action: str
    prefer: tuple[str, ...] = Field(min_length=1)
    over: tuple[str, ...] = Field(min_length=1)


class Conflict(Entry):
    """Sources that disagree, how the book resolves it, and on what authority.

    It is in play where `when` holds; without `when`, where each position that names rules has
    one that holds.
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
        """The compiled condition under which the conflict is in play."""
        return self._tree

    def bound(self, language: Language, rules: Mapping[str, Rule]) -> Conflict:
        """Return the conflict with its compiled condition; raise ConditionError if it cannot be read.

        Parameters
        ----------
        language : Language
        rules : mapping of str to Rule
            Bound rules, for which a conflict without a condition is in play.
        """
        tree = language.read(self.when, "when") if self.when else {"all": _sides(self.positions, rules)}
        return with_private(self, _tree=tree)


class Tie(Part):
    """What decides between two sides, or that nothing does."""

    text: str
    source: Source = Field(min_length=1)


class Tension(Entry):
    """Results that pull apart in one patient: what each side says, and what decides.

    It is in play where `when` holds, and where each side that names rules has one that holds.
    """

    title: str
    when: str
    sides: tuple[Position, ...] = Field(min_length=2)
    tie: Tie

    _tree: Tree = PrivateAttr(True)

    @property
    def tree(self) -> Tree:
        """The compiled condition under which the tension is in play."""
        return self._tree

    def bound(self, language: Language, rules: Mapping[str, Rule]) -> Tension:
        """Return the tension with its compiled condition; raise ConditionError if it cannot be read."""
        sides = _sides(self.sides, rules)
        tree = language.read(self.when, "when")
        return with_private(self, _tree={"all": [tree, *sides]} if sides else tree)


def _sides(positions: tuple[Position, ...], rules: Mapping[str, Rule]) -> list[Tree]:
    """Return, for each position that names rules, the condition that one of them holds."""
    sides = [[clause.tree for id in position.rules for clause in rules[id].clauses] for position in positions]
    return [{"any": side} for side in sides if side]


class Principle(Entry):
    """One step of the order in which rules that differ are settled."""

    by: Literal["emergency", "declared", "tier", "caution", "stance", "soonest"]
    text: str
    source: Source = {}
    convention: str = ""
