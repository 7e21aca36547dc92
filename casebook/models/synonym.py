"""Words that readers search for: synonyms of the words of this book, and American spellings."""

from __future__ import annotations

from pydantic import Field, model_validator

from casebook.messages import message
from casebook.models.finding import Entry


class Synonym(Entry):
    """A word of this book, and other words that a reader may use for it.

    Other names of a finding are `aliases` of the finding; here are words that name no finding.
    """

    label: str
    aliases: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _no_word_is_repeated(self) -> Synonym:
        words: set[str] = set()
        for word in (self.label, *self.aliases):
            if (folded := word.casefold().strip()) in words:
                raise ValueError(message("synonym-repeated", word=word))
            words.add(folded)
        return self


class Spelling(Entry):
    """A British spelling, as its id, and the American ones: of the beginning of words, or after a hyphen of their end."""

    american: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _both_are_beginnings_or_ends(self) -> Spelling:
        for american in self.american:
            if american.startswith("-") != self.id.startswith("-"):
                raise ValueError(message("spelling-hyphen", british=self.id, american=american))
        return self
