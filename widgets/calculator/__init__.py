"""A calculator of a score from its items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from traitlets import Dict, Unicode, validate

import casebook
from casebook.export.browser import bundle
from casebook.messages import message
from widgets.core.base import CasebookWidget
from widgets.core.labels import bands, span
from widgets.core.markup import Html, join, live_element, tag


class ScoreCalculator(CasebookWidget):
    """A score of chosen items; an item that is not chosen is unknown.

    Parameters
    ----------
    score : str
        Id of the score, such as ``sins``.
    items : mapping, optional
        Option ids by item id to start from.

    Attributes
    ----------
    items : dict
        Chosen options. An unknown id or option raises `casebook.FindingError`.
    result : casebook.ScoreResult
    """

    score = Unicode(read_only=True).tag(sync=True)
    items = Dict().tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ("score", "items")

    def __init__(self, score: str, items: Mapping[str, Any] | None = None, **traits: Any) -> None:
        casebook.score(score, {})
        self.set_trait("score", score)
        super().__init__(_kind="calculator", items=dict(items or {}), **traits)

    @validate("items")
    def _read_items(self, proposal: Any) -> dict[str, Any]:
        chosen = {item: option for item, option in proposal["value"].items() if option is not None}
        casebook.score(self.score, chosen)
        return chosen

    @property
    def result(self) -> casebook.ScoreResult:
        """The score of the current items."""
        return casebook.score(self.score, self.items)

    def static(self) -> Html:
        """Return the current result, and every item with its options and points."""
        return _static(self.score, self.items)

    def __repr__(self) -> str:
        result = self.result
        reached = " or ".join(result.bands)
        return f"ScoreCalculator({self.score!r}, {span(result.low, result.high)}, {reached})"


def markup(score: str, items: Mapping[str, Any] | None = None) -> Html:
    """Return the calculator for a page, without creating a widget.

    Parameters
    ----------
    score : str
    items : mapping, optional
        Option ids by item id to start from.
    """
    chosen = dict(items or {})
    state = {"score": score, "items": chosen}
    return live_element("calculator", state, _static(score, chosen))


def _static(score: str, items: Mapping[str, Any]) -> Html:
    result = casebook.score(score, items)
    definition = next(entry for entry in bundle()["scores"] if entry["id"] == score)
    total = message("calculator-result", total=span(result.low, result.high), bands=bands(definition, result.bands))
    return join(
        [
            tag(
                "p",
                tag("strong", definition["label"]),
                f" {total}",
                data_score=score,
                data_low=result.low,
                data_high=result.high,
                data_status=result.status,
            ),
            *(_item(item, items.get(item["id"])) for item in definition["items"]),
        ]
    )


def _item(item: Mapping[str, Any], chosen: str | None) -> Html:
    options = (
        tag(
            "li",
            message("score-option-points", option=option["label"], points=option["points"]),
            tag("strong", f" {message('calculator-chosen')}") if option["id"] == chosen else None,
        )
        for option in item["options"]
    )
    return join([tag("p", tag("strong", item["label"])), tag("ul", *options)])
