"""The patient, drawn: a schematic of the sacrum that is the state of the findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

from traitlets import Bool, Dict, List, Unicode, validate

import casebook
from casebook.cases.case import Case, load_case
from casebook.inference.assessment import engine
from casebook.knowledge_base import knowledge
from casebook.messages import message
from widgets.core.base import STATIC, CasebookWidget, MimeBundle
from widgets.core.markup import Html, tag
from widgets.figure.state import UNKNOWN, DrawingState, drawing_state
from widgets.figure.template import figure_markup, template

__all__ = ["CaseFigure", "figure", "figure_state", "plate"]

_numbers = count(1)


def figure_state(
    findings: Mapping[str, Any],
    provenance: Mapping[str, str] | None = None,
    plan: Iterable[Mapping[str, Any]] = (),
) -> DrawingState:
    """Return the attributes, words and caption of the drawing of a patient."""
    return drawing_state(knowledge().drawing, findings, provenance, plan)


def figure(
    findings: Mapping[str, Any],
    provenance: Mapping[str, str] | None = None,
    plan: Iterable[Mapping[str, Any]] = (),
    *,
    view: str = "",
    size: str = "",
    styles: bool = True,
    prefix: str = "",
) -> Html:
    """Return the drawing of a patient with its caption, as a figure that needs no script.

    Parameters
    ----------
    findings : mapping
        Assessed findings; what is missing is drawn as unknown.
    provenance : mapping, optional
        Of findings: reported, derived or assumed.
    plan : iterable of mapping, optional
        Entries of a plan, as JSON; those in favour are drawn over the patient.
    view : {"", "behind", "side", "across"}
    size : {"", "thumb"}
        A thumbnail has no caption: it is beside a text that says the same.
    styles : bool
        Whether the styles are with the drawing; a page needs them once.
    prefix : str
        What the ids begin with; by default it differs from that of every drawing before.
    """
    state = figure_state(findings, provenance, plan)
    drawn = figure_markup(state, knowledge().drawing, prefix or f"figure{next(_numbers)}", view, size, styles)
    caption = None if size == "thumb" else tag("figcaption", state.caption)
    if not size and not view:
        drawn = tag(
            "div", drawn, class_="casebook-figure-views", role="group", tabindex=0, aria_label=message("figure-name")
        )
    return tag("figure", drawn, caption, class_="casebook-figure")


def plate(
    findings: Mapping[str, Any],
    plan: Iterable[Mapping[str, Any]] = (),
    *,
    name: str,
    view: str = "",
    styles: bool = True,
) -> Html:
    """Return the drawing as a plate of a chapter, in which all that is not named is normal and nothing is unknown.

    Parameters
    ----------
    findings : mapping
    plan : iterable of mapping, optional
        Entries of a plan, as JSON.
    name : str
        What the plate shows, as its text alternative.
    view : {"", "behind", "side", "across"}
    styles : bool
        Whether the styles are with the drawing; a page needs them once.
    """
    drawing = knowledge().drawing
    state = figure_state(findings, plan=plan)
    normal = {each.id: each.otherwise for each in drawing.attributes}
    attributes = {id: normal[id] if value == UNKNOWN else value for id, value in state.attributes.items()}
    drawn = replace(state, attributes=attributes | {"open": ""})
    return figure_markup(drawn, drawing, f"plate{next(_numbers)}", view, "plate", styles, name)


class CaseFigure(CasebookWidget):
    """The drawing of a case, of which the parts can be pressed.

    Parameters
    ----------
    case : str, Path or Case
    findings : mapping, optional
        Findings to start from in place of the published ones.

    Attributes
    ----------
    findings : dict
        Assessed findings. Setting the trait draws the patient again; `observe` and `link` work.
    plan : bool
        Whether what the plan recommends or weighs is drawn over the patient.
    view : str
        "behind", "side" or "across"; all three if it is empty.
    """

    _esm = STATIC / "figure-lab.js"
    _css = ""

    case = Unicode(read_only=True).tag(sync=True)
    findings = Dict().tag(sync=True)
    provenance = Dict(read_only=True).tag(sync=True)
    published = Dict(read_only=True).tag(sync=True)
    plan = Bool(False).tag(sync=True)
    view = Unicode("").tag(sync=True)
    entries = List[dict[str, Any]](read_only=True).tag(sync=True)
    _drawing = Dict(read_only=True).tag(sync=True)
    _svg = Unicode(read_only=True).tag(sync=True)
    _labels = Dict(read_only=True).tag(sync=True)

    page_traits: ClassVar[tuple[str, ...]] = ("case", "findings", "provenance", "plan", "view")

    def __init__(self, case: str | Path | Case, findings: Mapping[str, Any] | None = None, **traits: Any) -> None:
        given = case if isinstance(case, Case) else load_case(case)
        known = knowledge()
        published = {name: entry["value"] for name, entry in given.published.items() if entry["value"] is not None}
        for name, value in (
            ("case", given.id),
            ("provenance", {name: entry["provenance"] for name, entry in given.published.items()}),
            ("published", published),
            ("_drawing", known.drawing.to_dict()),
            ("_svg", template()),
            ("_labels", labels()),
        ):
            self.set_trait(name, value)
        super().__init__(_kind="figure", findings=dict(published if findings is None else findings), **traits)
        self.observe(self._assess, "findings")
        self._assess(None)

    @validate("findings")
    def _read_findings(self, proposal: Any) -> dict[str, Any]:
        return knowledge().vocabulary.assessed(engine().state(proposal["value"]))

    def _assess(self, _: Any) -> None:
        plan = casebook.assess(self.findings).to_dict()["plan"]
        self.set_trait("entries", [{key: entry.get(key) for key in _OF_ENTRY} for entry in plan])

    @property
    def state(self) -> DrawingState:
        """What the drawing shows now."""
        known = {
            name: kind for name, kind in self.provenance.items() if self.findings.get(name) == self.published.get(name)
        }
        return figure_state(self.findings, known, self.entries if self.plan else ())

    def static(self) -> Html:
        """Return the drawing and its caption as markup that needs no script."""
        drawn = figure_markup(self.state, knowledge().drawing, f"figure{next(_numbers)}", self.view)
        return tag("figure", drawn, tag("figcaption", self.state.caption), class_="casebook-figure")

    def _repr_mimebundle_(self, **kwargs: Any) -> MimeBundle:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        return {**data, "text/plain": repr(self)}, metadata

    def __repr__(self) -> str:
        return f"CaseFigure({self.case!r}): {self.state.caption}"


_OF_ENTRY = ("action", "stance", "status", "side")


def labels() -> dict[str, Any]:
    """Return the labels of the findings that a press can set, and of their options."""
    known = knowledge()
    ids = dict.fromkeys(target.finding for target in known.drawing.targets)
    return {
        id: {"label": finding.label, "options": {str(option.id): option.label for option in finding.options}}
        for id, finding in known.vocabulary.by_id.items()
        if id in ids
    }
