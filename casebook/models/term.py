"""Terms: names for conditions that several rules use."""

from __future__ import annotations

from pydantic import Field

from casebook.models.finding import Entry, Source


class Term(Entry):
    """A name for a condition that several rules use."""

    label: str
    is_: str = Field(alias="is")
    text: str = ""
    source: Source = {}
