"""The states of a patient, from an emergency to none: what each means, and the sentences that say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from casebook.models.expression import Language, Tree
from casebook.models.finding import Part, Source, with_private

Level = Literal["emergency", "urgent", "soon", "open", "none"]

Asked = Literal["in_favour", "emergency", "not_emergency", "at_least", "recommended"]
"""What a sentence asks of a decided entry; an action without an entry is no emergency.

At least: in favour of the action whatever is still unknown, decided or not.
"""

DERIVED = ("compressed", "unexplained", "parted")
"""States by which it is told whether an emergency, or instability, is still possible."""

FIXED = ("presumed", "open", "open_nerves", "open_instability", "none")
"""States that follow from the others: an emergency until shown otherwise, what is not ruled out, and none of these."""


class Conditional(Part):
    """Something that is said only where a condition holds, and only where another does not."""

    when: str = ""
    unless: str = ""

    _trees: tuple[Tree, Tree] = PrivateAttr((True, False))

    @property
    def trees(self) -> tuple[Tree, Tree]:
        """The compiled `when` and `unless`."""
        return self._trees

    def bound(self, language: Language, *path: str | int) -> Self:
        """Return the same with its compiled conditions; raise ConditionError if one cannot be read."""
        when = language.read(self.when, *path, "when") if self.when else True
        return with_private(self, _trees=(when, language.read(self.unless, *path, "unless") if self.unless else False))


class Sign(Conditional):
    """A sign, as a sentence names it."""

    text: str


class Sentence(Conditional):
    """A sentence of the first line, or several of which the first that applies is said.

    It is said where `when` is decided, `unless` is not, and the plan is decided as `plan` asks, and only if every
    placeholder in it has a value: {signs}, {asks}, {time}, {time of ACTION}, {level}, {score of SCORE}.

    Attributes
    ----------
    plan : mapping of action id to what is asked of its entry
    asks : tuple of str
        Actions whose open findings {asks} names; with none, those on which an emergency depends.
    first : tuple of Sentence
    added : bool
        Whether the sentences that any state may have are said here.
    alone : bool
        Whether it is said only where no other line follows.
    """

    text: str = ""
    plan: dict[str, Asked] = {}
    asks: tuple[str, ...] = ()
    first: tuple[Sentence, ...] = ()
    added: bool = False
    alone: bool = False
    source: Source = {}

    @model_validator(mode="before")
    @classmethod
    def _bare_words_are_a_text(cls, data: object) -> object:
        return {"text": data} if isinstance(data, str) else data

    def bound(self, language: Language, *path: str | int) -> Self:
        """Return the sentence with its compiled conditions, and those of the sentences in it."""
        first = tuple(each.bound(language, *path, "first", index) for index, each in enumerate(self.first))
        return super().bound(language, *path).model_copy(update={"first": first})

    def parts(self) -> Iterator[Sentence]:
        """Yield the sentence and all that are in it."""
        yield self
        for each in self.first:
            yield from each.parts()


class PatientState(Conditional):
    """A state of the patient.

    Attributes
    ----------
    label : str
        As a sentence on a change names it.
    lead : Sentence
        The first words of the line, which are set in bold.
    sentences : tuple of Sentence
    like : str
        The state whose sentences are said, where this one has none of its own.
    """

    id: str
    level: Level
    label: str
    lead: Sentence
    sentences: tuple[Sentence, ...] = ()
    like: str = ""

    def bound(self, language: Language, *path: str | int) -> Self:
        """Return the state with its compiled conditions, and those of its sentences."""
        lead = self.lead.bound(language, *path, "lead")
        sentences = tuple(each.bound(language, *path, "sentences", index) for index, each in enumerate(self.sentences))
        return super().bound(language, *path).model_copy(update={"lead": lead, "sentences": sentences})


class Later(Part):
    """Actions that wait in an emergency, under a heading of their own."""

    label: str
    actions: tuple[str, ...] = Field(min_length=1)


class Emergencies(Part):
    """What is said first of a patient.

    Attributes
    ----------
    red_flag : str
        The condition under which an emergency is presumed as long as it is possible.
    signs : tuple of Sign
    states : tuple of PatientState
        In the order in which they are asked for; those of `FIXED` last.
    added : tuple of Sentence
        Sentences that any state may have.
    order : tuple of str
        Actions that head the plan in an emergency.
    later : Later or None
        Actions that follow once the nerves are safe.
    """

    red_flag: str = "False"
    call: str = ""
    signs: tuple[Sign, ...] = ()
    states: tuple[PatientState, ...] = ()
    added: tuple[Sentence, ...] = ()
    order: tuple[str, ...] = ()
    later: Later | None = None

    _red_flag: Tree = PrivateAttr(False)

    @property
    def red_flag_tree(self) -> Tree:
        """The compiled condition of a recorded red flag."""
        return self._red_flag

    def bound(self, language: Language) -> Emergencies:
        """Return the same with every condition compiled; raise ConditionError, with its place, if one cannot be read."""
        parts: dict[str, tuple[Conditional, ...]] = {
            name: tuple(each.bound(language, name, index) for index, each in enumerate(getattr(self, name)))
            for name in ("signs", "states", "added")
        }
        red_flag = language.read(self.red_flag, "red_flag")
        return with_private(self.model_copy(update=parts), _red_flag=red_flag)

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence, also those inside of others."""
        for state in self.states:
            for each in (state.lead, *state.sentences):
                yield from each.parts()
        for each in self.added:
            yield from each.parts()
