"""A calculator of the Oswestry Disability Index from the values of its ten sections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from traitlets import Int, List, Unicode, default, validate

import casebook
from casebook.inference.oswestry import ID, MOST, SECTIONS
from casebook.knowledge_base import knowledge
from casebook.messages import message
from casebook.models.instrument import Instrument, Span
from widgets.core.base import CasebookWidget
from widgets.core.labels import any_of, span
from widgets.core.markup import Html, join, live_element, tag

Sections = Sequence[int | None]


class DisabilityIndex(CasebookWidget):
    """The Oswestry Disability Index of the values of its sections; the questionnaire itself is not shown.

    Parameters
    ----------
    sections : sequence, optional
        Ten whole numbers from 0 to 5, or None where there is no answer; none answered, if not given.

    Attributes
    ----------
    sections : list
        A section without an answer is left out of the sum and of its maximum. Anything else than
        ten such values raises `casebook.FindingError`.
    result : casebook.ScoreResult
        In per cent.
    """

    sections = List[int | None]().tag(sync=True)
    score = Unicode(ID, read_only=True).tag(sync=True)
    label = Unicode(read_only=True).tag(sync=True)
    most = Int(MOST, read_only=True).tag(sync=True)
    bands = List[dict[str, Any]](read_only=True).tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ("score", "label", "most", "sections", "bands")

    def __init__(self, sections: Sections | None = None, **traits: Any) -> None:
        super().__init__(_kind="disability", sections=_unanswered() if sections is None else sections, **traits)

    @default("label")
    def _label_of_the_index(self) -> str:
        return _index().label

    @default("bands")
    def _bands_of_the_index(self) -> list[dict[str, Any]]:
        return _bands()

    @validate("sections")
    def _read_sections(self, proposal: Any) -> list[int | None]:
        casebook.score(ID, {"sections": proposal["value"]})
        return list(proposal["value"])

    @property
    def result(self) -> casebook.ScoreResult:
        """The index of the current sections."""
        return casebook.score(ID, {"sections": self.sections})

    def static(self) -> Html:
        """Return the current result, and how to calculate it by hand."""
        return _static(self.sections)

    def __repr__(self) -> str:
        return f"DisabilityIndex({_per_cent(self.result)}, {' or '.join(self.result.bands)})"


def markup() -> Html:
    """Return the calculator for a page, without creating a widget."""
    sections = _unanswered()
    state = {"score": ID, "label": _index().label, "most": MOST, "sections": sections, "bands": _bands()}
    return live_element("disability", state, _static(sections))


def _static(sections: Sections) -> Html:
    index, result = _index(), casebook.score(ID, {"sections": sections})
    reached = any_of(band.label for band in index.bands if band.id in result.bands)
    given = ", ".join("–" if value is None else str(value) for value in sections)
    by_hand = message("disability-by-hand", count=SECTIONS, most=MOST, label=index.label)
    shown = message("calculator-result", total=_per_cent(result), bands=reached)
    return join(
        [
            tag(
                "p",
                tag("strong", index.label),
                f" {shown}",
                data_score=ID,
                data_low=result.low,
                data_high=result.high,
                data_status=result.status,
            ),
            None if result.total is None else tag("p", message("disability-sections", count=SECTIONS, values=given)),
            tag("p", by_hand),
            tag("p", tag("strong", index.formula)),
            tag("ul", *map(_band, index.bands)),
        ]
    )


def _band(band: Span) -> Html:
    return tag("li", message("disability-band", low=str(band.low), high=str(band.high), band=band.label))


def _per_cent(result: casebook.ScoreResult) -> str:
    """Return “44.4 %” or “0–100 %”."""
    ends = (f"{end:.1f}".removesuffix(".0") for end in (result.low, result.high))
    return message("disability-percent", value=span(*ends))


def _unanswered() -> list[int | None]:
    return [None] * SECTIONS


def _index() -> Instrument:
    return knowledge().instruments[ID]


def _bands() -> list[dict[str, Any]]:
    return [{"id": band.id, "label": band.label, "low": band.low, "high": band.high} for band in _index().bands]
