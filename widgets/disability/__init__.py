"""A calculator of the disability index from the values of its ten sections."""

from __future__ import annotations

from casebook.disability import ID, MOST, SECTIONS
from casebook.library import knowledge
from widgets.shared.markup import Html, join, live_element, tag


def markup() -> Html:
    """Return the calculator for a page: as text the way to reckon by hand, until a script brings it to life."""
    odi = knowledge().instruments[ID]
    bands = [{"id": band.id, "label": band.label, "low": band.low, "high": band.high} for band in odi.bands]
    state = {"label": odi.label, "most": MOST, "sections": [None] * SECTIONS, "bands": bands}
    by_hand = join(
        [
            tag("p", f"Give each of the {SECTIONS} sections its value, 0 to {MOST}. {odi.label} in per cent is:"),
            tag("p", tag("strong", odi.formula)),
            tag("ul", *(tag("li", f"{band.low} to {band.high} %: {band.label}") for band in odi.bands)),
        ]
    )
    return live_element("disability", state, by_hand)
