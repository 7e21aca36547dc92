"""How the drawing of a patient is made from findings and a plan: what it reads, what it overlays, what can be pressed."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from casebook.models.finding import Entry, Part, Source, Value
from casebook.models.rule import Stance

Sentence = Literal["where", "bone", "nerves"]
"""The sentence of the caption in which an attribute is said."""


class AttributeRow(Part):
    """A finding that gives an attribute its value.

    Attributes
    ----------
    finding : str
    options : tuple of option ids
        Those that meet the row; any option if there are none.
    value : str
        The value of the attribute; the option itself if it is empty.
    alarm : str
        The words in the colour of alarm, as the end of a message's id; none if it is empty.
    """

    finding: str
    options: tuple[Value, ...] = ()
    value: str = ""
    alarm: str = ""


class Attribute(Entry):
    """A state of the drawing, which its root carries as ``data-…``.

    Attributes
    ----------
    reads : tuple of AttributeRow
        The first that is met gives the value.
    otherwise : str
        The value where every finding is assessed and no row is met.
    sentence : str
    one_side : tuple of str
        Values with a side that is not recorded, so that both are drawn as possible.
    at : str
        The only level at which the attribute is drawn; every level if it is empty.
    """

    reads: tuple[AttributeRow, ...] = Field(min_length=1)
    otherwise: str = "none"
    sentence: Sentence
    one_side: tuple[str, ...] = ()
    at: str = ""


class Overlay(Part):
    """What is drawn of an action; with `by_side`, a mark for each side that a plan may name."""

    action: str
    mark: str
    by_side: dict[str, str] = {}
    source: Source = Field(min_length=1)


class Target(Part):
    """A part that sets a finding when it is pressed: to `press` of the present option, else to `otherwise`."""

    part: str
    finding: str
    otherwise: Value
    press: dict[Value, Value] = {}


class Drawing(Part):
    """The drawing of a patient as data; without attributes, there is no drawing.

    Attributes
    ----------
    attributes : tuple of Attribute
    stances : tuple of str
        Stances of which an overlay is drawn.
    overlay : tuple of Overlay
    targets : tuple of Target
    """

    attributes: tuple[Attribute, ...] = ()
    stances: tuple[Stance, ...] = ()
    overlay: tuple[Overlay, ...] = ()
    targets: tuple[Target, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return what a page needs: the drawing without its sources."""
        return self.model_dump(mode="json", exclude={"overlay": {"__all__": {"source"}}})
