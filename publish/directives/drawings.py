"""The directive that draws anatomy and operations for a chapter, with the drawing that also shows the patients."""

from __future__ import annotations

from typing import Literal

from docutils import nodes
from pydantic import Field, ValidationError
from sphinx.application import Sphinx

from casebook.diagnostics.document import parse
from casebook.diagnostics.fault import FaultError
from casebook.inference.assessment import engine
from casebook.models.finding import FindingError, Part, Value
from publish.directives.directive import KnowledgeDirective
from widgets.core.markup import Html, join, tag
from widgets.figure import plate
from widgets.figure.template import DRAWING


class Plate(Part):
    """What one drawing of a chapter shows; what it does not name is normal.

    Attributes
    ----------
    label : str
    view : str
        "behind", "side" or "across"; all three if it is empty.
    findings : mapping of finding to option
    plan : mapping of action to side
        Actions to draw; the side is left, right, or empty for an action without one.
    """

    label: str
    view: Literal["", "behind", "side", "across"] = ""
    findings: dict[str, Value] = {}
    plan: dict[str, Literal["", "left", "right"]] = {}


class Plates(Part):
    """The drawings of a figure and its caption."""

    caption: str
    drawings: tuple[Plate, ...] = Field(min_length=1)


class PatientDrawings(KnowledgeDirective):
    """``{patient-drawings}``: one or more drawings and their caption, as YAML.

    Where there are several, each has its label below it.
    """

    required_arguments = 0
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the figure."""
        self.env.note_dependency(str(DRAWING))
        given = self.given()
        plates = given.drawings
        drawn = [self.drawn(each, index == 0) for index, each in enumerate(plates)]
        if len(plates) == 1:
            body = tag(
                "div", *drawn, class_="casebook-figure-views", role="group", tabindex=0, aria_label=plates[0].label
            )
        else:
            body = tag("ul", *map(_labelled, drawn, plates), class_="casebook-plates")
        caption = tag("figcaption", given.caption)
        return [nodes.raw("", tag("figure", body, caption, class_="casebook-figure"), format="html")]

    def given(self) -> Plates:
        """Return what is to be drawn, or fail with what is wrong in it."""
        try:
            return Plates.model_validate(parse("\n".join(self.content).encode()).data)
        except (FaultError, ValidationError) as error:
            raise self.error(str(error)) from None

    def drawn(self, given: Plate, styles: bool) -> Html:
        """Return one drawing, or fail with a finding, option or action that nothing has."""
        known = self.knowledge
        actions = {each.action: each for each in known.drawing.overlay}
        plan = [
            {
                "action": self.part("action", actions, id).action,
                "stance": "recommended",
                "status": "decided",
                "side": side,
            }
            for id, side in given.plan.items()
        ]
        try:
            findings = known.vocabulary.assessed(engine().state(given.findings))
        except FindingError as error:
            raise self.error(str(error)) from None
        return plate(findings, plan, name=given.label, view=given.view, styles=styles)


def _labelled(drawn: Html, given: Plate) -> Html:
    return tag("li", join([drawn, tag("strong", given.label, aria_hidden="true")]))


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("patient-drawings", PatientDrawings)
