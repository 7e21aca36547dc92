"""The states of a patient, from an emergency to none, and the sentences that describe each state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from casebook.models.expression import Language, Tree
from casebook.models.finding import Part, Source, with_private

Level = Literal["emergency", "urgent", "soon", "open", "none"]

Asked = Literal["in_favour", "emergency", "not_emergency", "at_least", "recommended"]
"""What a sentence requires of the entry of an action; an action without an entry is not an emergency.

All but “at_least” require a decided entry. “at_least” requires that every outcome that is still possible is in
favour of the action, whether the entry is decided or not.
"""

DERIVED = ("compressed", "unexplained", "parted")
"""States from which it is derived whether an emergency, or instability, is still possible."""

FIXED = ("presumed", "open", "open_nerves", "open_instability", "none")
"""States that follow from the others: a presumed emergency, what is not excluded, and none of these."""


class Conditional(Part):
    """Something that applies only if `when` is true and `unless` is not."""

    when: str = ""
    unless: str = ""

    _trees: tuple[Tree, Tree] = PrivateAttr((True, False))

    @property
    def trees(self) -> tuple[Tree, Tree]:
        """The compiled `when` and `unless`."""
        return self._trees

    def bound(self, language: Language, *path: str | int) -> Self:
        """Return a copy with compiled conditions; raise ConditionError if one cannot be read."""
        when = language.read(self.when, *path, "when") if self.when else True
        return with_private(self, _trees=(when, language.read(self.unless, *path, "unless") if self.unless else False))


class Sign(Conditional):
    """A clinical sign, in the words in which a sentence names it."""

    text: str


class Sentence(Conditional):
    """A sentence of the first line, or several of which only the first that applies is shown.

    A sentence applies if `when` is true in every completion, `unless` is not, the plan fulfils `plan`, and every
    placeholder in the text has a value: {signs}, {asks}, {time}, {time of ACTION}, {level}, {score of SCORE}.

    Attributes
    ----------
    plan : mapping of action id to what is required of its entry
    asks : tuple of str
        Actions whose undecided findings {asks} names; if empty, the findings on which an emergency depends.
    first : tuple of Sentence
    added : bool
        Whether the sentences that any state may have are inserted here.
    alone : bool
        Whether the sentence is shown only if no other follows.
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
        """Yield the sentence and all sentences within it."""
        yield self
        for each in self.first:
            yield from each.parts()


class PatientState(Conditional):
    """A state of the patient.

    Attributes
    ----------
    label : str
        The name of the state in a sentence on a change.
    lead : Sentence
        The first words of the line, which are set in bold.
    sentences : tuple of Sentence
    like : str
        The state whose sentences are used if this one has none of its own.
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
    """Actions that are deferred in an emergency, under a heading of their own."""

    label: str
    actions: tuple[str, ...] = Field(min_length=1)


class Emergencies(Part):
    """The states of a patient and the first line of the result.

    Attributes
    ----------
    red_flag : str
        The condition under which an emergency is presumed for as long as it is possible.
    signs : tuple of Sign
    states : tuple of PatientState
        In the order in which they are tested; those of `FIXED` last.
    added : tuple of Sentence
        Sentences that any state may have.
    order : tuple of str
        Actions that head the plan in an emergency.
    later : Later or None
        Actions that are deferred in an emergency.
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
        """Return a copy with compiled conditions; raise ConditionError, with the path, if one cannot be read."""
        parts: dict[str, tuple[Conditional, ...]] = {
            name: tuple(each.bound(language, name, index) for index, each in enumerate(getattr(self, name)))
            for name in ("signs", "states", "added")
        }
        red_flag = language.read(self.red_flag, "red_flag")
        return with_private(self.model_copy(update=parts), _red_flag=red_flag)

    def sentences(self) -> Iterator[Sentence]:
        """Yield every sentence, including those within others."""
        for state in self.states:
            for each in (state.lead, *state.sentences):
                yield from each.parts()
        for each in self.added:
            yield from each.parts()
