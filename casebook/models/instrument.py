"""Published instruments that are not calculated from findings: scales, grades, frameworks and questionnaires."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field, model_validator

from casebook.diagnostics.data import Data, KeyPath
from casebook.messages import message
from casebook.messages.words import one_after_another
from casebook.models.finding import Entry, Part, Source
from casebook.models.score import Cited

Kind = Literal["score", "grade", "scale", "questionnaire", "bands", "framework", "triage", "schemes"]
Mark = Literal["verified", "secondary", "reading"]
Cell = str | int | float | tuple[str, ...] | None


class Span(Part):
    """A named range of the values of an instrument, with both limits if the values are numbers."""

    id: str
    label: str
    low: int | None = None
    high: int | None = None
    text: str
    source: Source = Field(min_length=1)


class Row(Part):
    """One row of a table: its cells by column, its source, and how far the row was verified."""

    cells: dict[str, Cell]
    source: Source = Field(min_length=1)
    mark: Mark

    @model_validator(mode="before")
    @classmethod
    def _other_keys_are_cells(cls, data: Data) -> Data:
        if not isinstance(data, dict):
            return data
        own = {key: data[key] for key in ("source", "mark") if key in data}
        return {"cells": {key: value for key, value in data.items() if key not in own}, **own}


class Table(Part):
    """A table of an instrument; `columns` gives the heading of each column by its name."""

    id: str
    caption: str
    columns: dict[str, str] = Field(min_length=1)
    rows: tuple[Row, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _cells_have_a_column(self) -> Table:
        for row in self.rows:
            if other := [name for name in row.cells if name not in self.columns]:
                columns = one_after_another(list(self.columns))
                raise ValueError(message("table-no-column", other=one_after_another(other), columns=columns))
        return self


class Instrument(Entry):
    """What an instrument measures, its use and misuse, and its role in this book.

    `unverified` lists, in plain words, what could not be verified; none of it is used elsewhere.
    """

    label: str
    name: str
    kind: Kind
    measures: str
    range: str
    direction: str
    formula: str = ""
    bands: tuple[Span, ...] = ()
    tables: tuple[Table, ...] = ()
    use: tuple[Cited, ...] = Field(min_length=1)
    misuse: tuple[Cited, ...] = Field(min_length=1)
    conventions: tuple[Cited, ...] = ()
    licence: Cited
    in_book: str
    unverified: tuple[str, ...] = ()
    source: Source = Field(min_length=1)

    @cached_property
    def cited(self) -> tuple[tuple[KeyPath, Source], ...]:
        """Every source that the instrument cites, each with the path of the citation."""
        citations: list[tuple[KeyPath, Source]] = [
            (("source",), self.source),
            (("licence", "source"), self.licence.source),
        ]
        for name in ("bands", "use", "misuse", "conventions"):
            citations += [((name, index), part.source) for index, part in enumerate(getattr(self, name))]
        for index, table in enumerate(self.tables):
            citations += [(("tables", index, "rows", number), row.source) for number, row in enumerate(table.rows)]
        return tuple(citations)
