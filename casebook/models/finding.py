"""The vocabulary: findings and their options, and the reading of values given for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from casebook.diagnostics.data import Data
from casebook.diagnostics.suggestions import did_you_mean, nearest
from casebook.messages import message
from casebook.messages.words import hinted, with_hint

Value = str | int
"""An option id. Whole numbers for findings of type number, words for all others."""

Source = dict[str, str]
"""Citation keys of ``references.bib``, each with a locator within the source."""


class Part(BaseModel):
    """A piece of knowledge: immutable, and without keys other than its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=Part)


def with_private(part: Model, **values: Any) -> Model:
    """Return a copy of a part with values for its private attributes; the part itself is unchanged."""
    copy = part.model_copy()
    for name, value in values.items():
        setattr(copy, name, value)
    return copy


class Entry(Part):
    """A piece of knowledge that others name by its id."""

    id: str


class Group(Entry):
    """A group of findings that are shown under one heading."""

    label: str


class Folded(Part):
    """Findings that are folded under another, and the label of the fold."""

    label: str
    findings: tuple[str, ...] = Field(min_length=1)


class Shown(Part):
    """A finding of the first view; with `when`, only if that condition is true."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    finding: str
    when: str = ""
    folded: Folded | None = Field(None, alias="with")


class Option(Part):
    """One value that a finding may have."""

    id: Value
    label: str
    help: str = ""


class Doubt(Part):
    """A remark beside a finding that other findings call into doubt."""

    when: str
    text: str


class Finding(Entry):
    """Something that is observed in a patient; the only input of the engine.

    `worsens` is true if the options are listed from harmless to grave, so that urgency must not decrease from one to
    the next; alternatively, it lists the pairs of options for which urgency must not decrease. `order` lists
    options from least to worst, so that neighbours are one step apart; ``all`` stands for all options as listed.
    The finding is asked for only where `shown_where` is true. `doubt` is a remark that is shown beside the finding
    if its own condition is true.
    """

    group: str
    label: str
    help: str = ""
    definition: str = ""
    type: Literal["choice", "number"] = "choice"
    worsens: bool | tuple[tuple[Value, Value], ...] = False
    shown_where: str = ""
    doubt: Doubt | None = None
    options: tuple[Option, ...] = Field(min_length=2)
    order: tuple[Value, ...] = ()
    source: Source = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _all_is_every_option(cls, data: Data) -> Data:
        if isinstance(data, dict) and data.get("order") == "all" and isinstance(options := data.get("options"), list):
            ids = [option.get("id") for option in options if isinstance(option, dict)]
            return {**data, "order": ids}
        return data

    @model_validator(mode="after")
    def _options_are_distinct_and_of_the_type(self) -> Finding:
        for option in self.options:
            if isinstance(option.id, int) != (self.type == "number"):
                id = "finding-option-number" if self.type == "number" else "finding-option-word"
                raise ValueError(message(id, option=repr(option.id)))
        if len({option.id for option in self.options}) < len(self.options):
            raise ValueError(message("finding-options-repeated"))
        return self

    @model_validator(mode="after")
    def _the_order_is_of_options(self) -> Finding:
        for value in self.order:
            if value not in self.values:
                what = message("finding-order-option", value=value)
                raise ValueError(with_hint(what, did_you_mean(value, self.values)))
        if self.order and (len(set(self.order)) < len(self.order) or len(self.order) < 2):
            raise ValueError(message("finding-order-short"))
        return self

    @model_validator(mode="after")
    def _what_worsens_is_of_options(self) -> Finding:
        for pair in self.worsens if isinstance(self.worsens, tuple) else ():
            for value in pair:
                if value not in self.values:
                    what = message("finding-worsens-option", value=value)
                    raise ValueError(with_hint(what, did_you_mean(value, self.values)))
        return self

    @cached_property
    def worsening(self) -> tuple[tuple[int, int], ...]:
        """The pairs of options of increasing severity, as indices of the milder and the graver option."""
        if isinstance(self.worsens, tuple):
            return tuple((self.values.index(milder), self.values.index(graver)) for milder, graver in self.worsens)
        return tuple((index, index + 1) for index in range(len(self.options) - 1)) if self.worsens else ()

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Option ids in their order."""
        return tuple(option.id for option in self.options)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """The index of each option, by the text of its id."""
        return {str(value): position for position, value in enumerate(self.values)}

    @cached_property
    def labels(self) -> Mapping[str, Value]:
        """Option ids by their labels."""
        return {option.label: option.id for option in self.options}

    @cached_property
    def in_a_row(self) -> bool:
        """Whether a range of options can be named by its limits: numbers, or levels of the spine."""
        return self.type == "number" or (
            self.order == self.values and all(option.id == option.label for option in self.options)
        )

    def steps(self, value: Value) -> tuple[Value, ...]:
        """Return the options one step from `value`: its neighbours in `order`, else all other options."""
        if value in self.order:
            index = self.order.index(value)
            near = {*self.order[max(index - 1, 0) : index], *self.order[index + 1 : index + 2]}
        else:
            near = set(self.values) - {value}
        return tuple(each for each in self.values if each in near)

    def wrong(self, offered: str) -> str:
        """Return the message that a given value is not an option of the finding."""
        return message("error-finding-option", id=self.id, offered=offered)

    def option(self, value: Value) -> Option:
        """Return the option whose id is `value`."""
        return self.options[self.index[str(value)]]


class FindingError(ValueError):
    """Raised for an id or a value that the vocabulary does not have.

    Attributes
    ----------
    id : str
        The id of the finding, score or item.
    offered : object
        The value that was given, or None if the id itself is unknown.
    nearest : str or int
        The id or value that was probably meant, or "".
    """

    def __init__(self, message: str, id: str, offered: Any = None, nearest: Value = "") -> None:
        super().__init__(message)
        self.id = id
        self.offered = offered
        self.nearest = nearest

    def _render_traceback_(self) -> list[str]:
        """Return the lines that a notebook prints instead of a traceback."""
        return [f"{type(self).__name__}: {self}"]


def read_option(
    wrong: Callable[[Any], str],
    id: str,
    offered: Any,
    values: Mapping[str, int],
    all_values: tuple[Value, ...],
    labels: Mapping[str, Value],
) -> int | None:
    """Return the index of the option that was given, or None if the finding is *not assessed*.

    Parameters
    ----------
    wrong : callable
        Returns the message that a value, given as it is written in code, is not an option.
    id : str
    offered : object
        An option id, its text, or None.
    values : mapping of str to int
        Indices by the text of the option id.
    all_values : tuple
        The option ids, for the message.
    labels : mapping of str to option id
        Option ids by their labels, for the message.

    Raises
    ------
    FindingError
        If the value is not an option.
    """
    if offered is None:
        return None
    if not isinstance(offered, bool) and isinstance(offered, (str, int, float)):
        text = str(int(offered)) if isinstance(offered, float) and offered.is_integer() else str(offered)
        if text in values:
            return values[text]
    near = _nearest_option(offered, all_values, labels)
    if near != "":
        hint = message("error-near", near=near)
    else:
        between = message("error-choose-between", first=all_values[0], last=all_values[-1])
        hint = did_you_mean(offered, all_values, labels) or between
    raise FindingError(message("error-hint", what=wrong(repr(offered)), hint=hint), id, offered, near)


def _nearest_option(offered: Any, values: tuple[Value, ...], labels: Mapping[str, Value]) -> Value:
    if isinstance(offered, bool):
        return nearest("yes" if offered else "no", values)
    numbers = [value for value in values if isinstance(value, int)]
    try:
        if numbers:
            return min(numbers, key=lambda value: abs(value - float(offered)))
    except (TypeError, ValueError):
        return ""
    return nearest(offered, values, labels)


class Vocabulary:
    """All findings in order, and the reading of values given for them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        self.by_id: dict[str, Finding] = {finding.id: finding for finding in findings}
        self.position: dict[str, int] = {finding.id: index for index, finding in enumerate(findings)}

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def finding(self, id: object) -> Finding:
        """Return the finding with this id; raise FindingError, which names the nearest id, if there is none."""
        if isinstance(id, str) and id in self.by_id:
            return self.by_id[id]
        near = nearest(id, self.by_id, {finding.label: finding.id for finding in self.findings})
        raise FindingError(hinted(message("error-no-finding", id=repr(id)), near), str(id), None, near)

    def state(self, findings: Mapping[str, Any]) -> tuple[int, ...]:
        """Read findings into a state.

        Parameters
        ----------
        findings : mapping of finding id to option id
            An absent finding, or None, is not assessed.

        Returns
        -------
        tuple of int
            For each finding of the vocabulary, in order, the index of its option, or -1
            if the finding is not assessed.

        Raises
        ------
        FindingError
            If an id is not a finding, or a value not an option of its finding.
        """
        state = [-1] * len(self.findings)
        for id, offered in findings.items():
            finding = self.finding(id)
            position = self.position[id]
            index = read_option(finding.wrong, id, offered, finding.index, finding.values, finding.labels)
            state[position] = -1 if index is None else index
        return tuple(state)

    def assessed(self, state: tuple[int, ...]) -> dict[str, Value]:
        """Return the assessed findings of `state`: option ids by finding id."""
        return {
            finding.id: finding.values[index] for finding, index in zip(self.findings, state, strict=True) if index >= 0
        }
