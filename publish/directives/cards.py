"""The directive that shows every case as a card: what it teaches, with a place for its drawing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from casebook.cases.case import Case, load_case
from casebook.cases.table_of_contents import find_cases
from casebook.diagnostics.fault import FaultError
from publish.directives.directive import KnowledgeDirective
from widgets.figure import figure

CARD_DRAWING = '<div class="casebook-card-figure" aria-hidden="true">{drawing}</div>'
"""The drawing of a card; title and text beside it say what the case is about."""


class CaseCards(KnowledgeDirective):
    """``{case-cards}``: a card for every case, in the order of the table of contents."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the list of cards."""
        try:
            cards = [self.card(case, index == 0) for index, case in enumerate(self.cases())]
        except FaultError as error:
            raise self.error(str(error)) from None
        return [nodes.bullet_list("", *cards, classes=["casebook-cards"])]

    def cases(self) -> Iterator[Case]:
        """Yield the cases; the page depends on their files and on the table of contents."""
        book = Path(self.env.srcdir)
        document, path = find_cases(book)
        self.env.note_dependency(str(document.path))
        entries = document.data
        for key in path:
            entries = cast("dict[str | int, object]", entries)[key]
        for entry in cast("list[dict[str, str]]", entries):
            file = book / f"{entry['file']}.yml"
            if file.is_file():
                self.env.note_dependency(str(file))
                yield load_case(file)

    def card(self, case: Case, styles: bool) -> nodes.list_item:
        """Return the card of a case: its drawing, its title as a link, and what it teaches; a page needs styles once."""
        known = case.findings if case.constructed else case.known("reported")
        drawn = figure(known, view="behind", size="thumb", styles=styles, prefix=f"card-{case.id}")
        drawing = CARD_DRAWING.format(drawing=drawn)
        link = addnodes.pending_xref(
            "", refdomain="std", reftype="doc", reftarget=f"/cases/{case.id}", refexplicit=True, refwarn=True
        )
        link += nodes.inline("", case.title)
        link["refdoc"] = self.env.docname
        title = nodes.paragraph("", "", link, classes=["casebook-card-title"])
        return nodes.list_item("", nodes.raw("", drawing, format="html"), title, nodes.paragraph("", case.teaches))


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("case-cards", CaseCards)
