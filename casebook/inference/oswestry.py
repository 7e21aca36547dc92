"""The Oswestry Disability Index from the values of its sections; the text of the questionnaire is not ours to print."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from casebook.diagnostics.suggestions import nearest
from casebook.messages import message
from casebook.models.finding import FindingError
from casebook.models.instrument import Instrument
from casebook.models.score_result import ItemResult, ScoreResult

ID = "odi"
SECTIONS = 10
MOST = 5
"""The greatest value of a section."""


def disability_index(odi: Instrument, items: Mapping[str, Any]) -> ScoreResult:
    """Return the index as a percentage of what the answered sections allow.

    A section without an answer is left out of the sum and of its maximum, as the index is
    defined. It is not filled in, and a note says how many were answered.

    Parameters
    ----------
    odi : Instrument
        The definition, for its bands.
    items : mapping
        ``sections``: ten whole numbers from 0 to 5, or None where there is no answer.

    Returns
    -------
    ScoreResult
        In per cent. Without any answer a range from 0 to 100, and no total.

    Raises
    ------
    FindingError
        If a key is unknown, or if there are not ten such values.
    """
    for id in items:
        if id != "sections":
            near = nearest(id, ["sections"])
            raise FindingError(message("oswestry-no-item", id=repr(id)), str(id), None, near or "sections")
    sections = _sections(items.get("sections"))
    answered = [value for value in sections if value is not None]
    if not answered:
        return _result(odi, sections, None, message("oswestry-none-answered", count=SECTIONS))
    percentage = 100 * sum(answered) / (MOST * len(answered))
    total = int(percentage) if percentage.is_integer() else percentage
    note = "" if len(answered) == SECTIONS else message("oswestry-answered", answered=len(answered), count=SECTIONS)
    return _result(odi, sections, total, note)


def _sections(offered: Any) -> tuple[int | None, ...]:
    if offered is None:
        return (None,) * SECTIONS
    values = _listed(offered)
    if values is None or len(values) != SECTIONS:
        given = repr(offered) if values is None else message("oswestry-values", count=len(values))
        what = message("oswestry-sections", given=given, count=SECTIONS, most=MOST)
        raise FindingError(what, "sections", offered, "")
    sections: list[int | None] = []
    for index, value in enumerate(values, start=1):
        number = value if isinstance(value, int) and not isinstance(value, bool) else None
        if value is not None and (number is None or not 0 <= number <= MOST):
            near = "" if number is None else str(min(MOST, max(0, number)))
            what = message("oswestry-section", section=index, value=repr(value), most=MOST)
            raise FindingError(what, "sections", value, near)
        sections.append(number)
    return tuple(sections)


def _listed(offered: object) -> list[object] | None:
    return [*offered] if isinstance(offered, list | tuple) else None


def _result(odi: Instrument, sections: tuple[int | None, ...], total: float | None, note: str) -> ScoreResult:
    low, high = (0, 100) if total is None else (total, total)
    items = tuple(
        ItemResult(
            f"section_{index}",
            None if value is None else str(value),
            value,
            0 if value is None else value,
            MOST if value is None else value,
            MappingProxyType({}),
        )
        for index, value in enumerate(sections, start=1)
    )
    return ScoreResult(
        ID,
        "range" if total is None else "complete",
        total,
        low,
        high,
        tuple(
            band.id
            for band in odi.bands
            if band.low is not None and band.high is not None and band.low <= high and low <= band.high
        ),
        (note,) if note else (),
        items,
        totals=frozenset() if total is None else frozenset([total]),
    )
