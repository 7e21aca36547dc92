"""Labels of totals, bands, options and sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from casebook.messages import message
from casebook.messages.words import any_of, caution

Json = Mapping[str, Any]


def span(low: float | str | None, high: float | str | None) -> str:
    """Return “9” or “4–12”, or a dash if there is no number."""
    if low is None or high is None:
        return "–"
    return str(low) if low == high else f"{low}–{high}"


def bands(definition: Json, reached: Iterable[str]) -> str:
    """Return the labels of the possible bands; empty if there are none."""
    labels = [band["label"] for band in definition["bands"] if band["id"] in set(reached)]
    return any_of(labels) if labels else ""


def cited(source: Iterable[Iterable[str]], known: Mapping[str, Json]) -> str:
    """Return sources with their locators, such as “Mika & Mesfin 2018, Fig. 2, l. 85”, and a remark if they were not read themselves."""
    return "; ".join(
        f"{known[key]['short']}, {where}{caution(known[key]['seen'])}" if key in known else f"{key}, {where}"
        for key, where in source
    )


def option_label(finding: Json, value: object) -> str:
    """Return the label of an option; “not assessed” for None."""
    if value is None:
        return message("finding-not_assessed")
    return next(option["label"] for option in finding["options"] if option["id"] == value)
