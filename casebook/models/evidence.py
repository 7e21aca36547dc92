"""The evidence: one row for each figure that a study measured, as printed and as in its primary paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError, field_validator, model_validator

from casebook.diagnostics.document import Document, bytes_of, decoded
from casebook.diagnostics.fault import Fault, FaultError
from casebook.diagnostics.validation import faults_of
from casebook.messages import message
from casebook.messages.words import one_after_another
from casebook.models.finding import Part, Source


class Figure(Part):
    """One measured figure.

    Attributes
    ----------
    id : str
        The id of the entry; several rows may share one.
    n : int or None
    n_unit : str
        The number of units that were measured, and what a unit is (such as patients or lesions).
    time_months : float or None
        `time` in months, if it is a number.
    value, low, high : float or None
        In `unit`; None if no number was printed. `spread` names the interval from `low` to `high`.
    as_printed, as_in_primary : str
        In the words of the source that was read, and of the paper that measured the figure.
    source : mapping of citation key to locator
    mark : str
        How far the row was verified.
    """

    id: str = Field(pattern=r"^[EX]\d\d$")
    study: str = Field(min_length=1)
    bibkey: str
    year: int | None
    design: str
    n: int | None = Field(gt=0)
    n_unit: str
    treatment: str
    site: str
    measure: str = Field(min_length=1)
    time: str
    time_months: float | None = Field(ge=0)
    value: float | None
    unit: str
    low: float | None
    high: float | None
    spread: str
    p: str
    as_printed: str
    as_in_primary: str
    note: str
    source: Source = Field(min_length=1)
    mark: Literal["verified", "secondary", "unverified"]

    @field_validator("year", "n", "time_months", "value", "low", "high", mode="before")
    @classmethod
    def _an_empty_cell_is_unknown(cls, cell: Any) -> Any:
        return None if cell == "" else cell

    @model_validator(mode="before")
    @classmethod
    def _sources_are_in_two_columns(cls, row: Any) -> Any:
        keys, locators = (row[name].split("; ") for name in ("source", "locator"))
        if len(keys) != len(locators):
            raise ValueError(message("evidence-locators", sources=len(keys), locators=len(locators)))
        return {name: cell for name, cell in row.items() if name != "locator"} | {
            "source": dict(zip(keys, locators, strict=True))
        }

    @model_validator(mode="after")
    def _an_interval_has_two_limits_in_order(self) -> Figure:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(message("evidence-interval", low=f"{self.low:g}", high=f"{self.high:g}"))
        return self


COLUMNS = tuple(
    name for field in Figure.model_fields for name in ([field, "locator"] if field == "source" else [field])
)


def read(path: Path, faults: list[Fault]) -> Iterator[tuple[int, Figure]]:
    """Yield every row of a file with its line number; add each fault to `faults`."""
    try:
        text = decoded(bytes_of(path), path)
    except FaultError as error:
        faults.extend(error.faults)
        return
    lines = csv.reader(io.StringIO(text), strict=True)
    try:
        yield from _rows(lines, path, faults)
    except csv.Error as error:
        faults.append(Fault.of(f"{path}:{lines.line_num}:1", "evidence-not-csv", why=str(error)))


def _rows(lines: Any, path: Path, faults: list[Fault]) -> Iterator[tuple[int, Figure]]:
    head: list[str] = next(lines, list[str]())
    if tuple(head) != COLUMNS:
        right = ",".join(COLUMNS)
        if head:
            faults.append(Fault.of(f"{path}:1:1", "evidence-columns", columns=one_after_another(head), right=right))
        else:
            faults.append(Fault.of(f"{path}:1:1", "evidence-no-columns", right=right))
        return
    for row in lines:
        line = lines.line_num
        if len(row) != len(COLUMNS):
            count = {"cells": len(row), "columns": len(COLUMNS)}
            faults.append(Fault.of(f"{path}:{line}:1", "evidence-cells", **count))
            continue
        try:
            yield line, Figure.model_validate(dict(zip(COLUMNS, row, strict=True)))
        except ValidationError as error:
            faults.extend(faults_of(error, Document(path, row, {(): (line, 1)}), about=row[0]))
