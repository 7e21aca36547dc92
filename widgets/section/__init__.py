"""Passages of a case, printed from its file so that page and file cannot differ."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from casebook.cases.case import Case, load_case
from casebook.diagnostics.fault import Fault, FaultError
from casebook.export.browser import bundle
from casebook.messages import message
from casebook.messages.words import apart
from casebook.models.case import CONSTRUCTED
from casebook.models.finding import Source
from widgets.core.labels import cited
from widgets.core.markup import Html, constructed_markup, join, paragraphs, tag
from widgets.figure import figure

Part = Literal["vignette", "treatment", "outcome", "teaching"]

FOLDED = ("treatment", "outcome")
"""Parts that are folded until the reader opens them."""


class Section:
    """A passage of a case.

    Parameters
    ----------
    case : str, Path or Case
    part : {"vignette", "treatment", "outcome", "teaching"}
        Treatment and outcome are folded; the fold is the browser's own and needs no script.

    Raises
    ------
    FaultError
        If the case has faults, or, being constructed, has no such part.
    """

    def __init__(self, case: str | Path | Case, part: Part) -> None:
        self.case = case if isinstance(case, Case) else load_case(case)
        self.part = part
        if part not in {"vignette", "teaching", *FOLDED}:
            raise ValueError(message("error-no-part", part=repr(part)))
        if part in FOLDED and getattr(self.case, part) is None:
            fault = Fault(self.case.id, message("error-part-missing", part=part), message("error-part-missing-hint"))
            raise FaultError([fault])

    def _repr_html_(self) -> str:
        match self.part:
            case "vignette":
                banner = constructed_markup() if self.case.constructed else None
                body = join([banner, paragraphs(self.case.vignette), _source(self.case.source), self._drawing()])
            case "teaching":
                body = tag(
                    "ul",
                    *(
                        tag("li", _flow(point.text), " ", _short_source(point.source))
                        for point in self.case.teaching_points
                    ),
                )
            case _:
                passage = getattr(self.case, self.part)
                summary = tag("summary", message(f"section-{self.part}"))
                body = tag("details", summary, paragraphs(passage.text), _source(passage.source))
        return str(tag("div", body, class_=f"casebook-section casebook-{self.part}"))

    def _drawing(self) -> Html:
        """Return the drawing of what is reported, or for a constructed case of what it sets."""
        known = self.case.findings if self.case.constructed else self.case.known("reported")
        provenance = {name: entry["provenance"] for name, entry in self.case.published.items() if name in known}
        return figure(known, provenance, prefix=f"vignette-{self.case.id}")

    def __repr__(self) -> str:
        match self.part:
            case "vignette":
                remark = f"{CONSTRUCTED} " if self.case.constructed else ""
                return remark + _flow(self.case.vignette)
            case "teaching":
                return "\n".join(f"- {_flow(point.text)}" for point in self.case.teaching_points)
            case _:
                return _flow(getattr(self.case, self.part).text)


def _flow(text: str) -> str:
    return " ".join(text.split())


def _short_source(source: Source) -> Html:
    """Return the sources without locators, which the file of the case has."""
    known = bundle()["sources"]
    return tag("cite", f"({apart([known[key]['short'] for key in source])})")


def _source(source: Source) -> Html | None:
    return tag("cite", f"({cited(source.items(), bundle()['sources'])})") if source else None
