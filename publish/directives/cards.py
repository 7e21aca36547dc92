"""The directive that shows every case as a card: what it teaches, with a place for its drawing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from casebook.cases.case import Case, load_case
from casebook.cases.table_of_contents import place_of_cases
from casebook.diagnostics.fault import FaultError
from publish.directives.directive import KnowledgeDirective

DRAWING = '<figure class="casebook-card-figure"></figure>'
"""Where a drawing of the patient goes; without one it takes no room."""


class CaseCards(KnowledgeDirective):
    """``{case-cards}``: a card for every case, in the order of the table of contents."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the list of cards."""
        try:
            cards = [self.card(case) for case in self.cases()]
        except FaultError as error:
            raise self.error(str(error)) from None
        return [nodes.bullet_list("", *cards, classes=["casebook-cards"])]

    def cases(self) -> Iterator[Case]:
        """Yield the cases; the page depends on their files and on the table of contents."""
        book = Path(self.env.srcdir)
        document, path = place_of_cases(book)
        self.env.note_dependency(str(document.path))
        entries = document.data
        for key in path:
            entries = cast("dict[str | int, object]", entries)[key]
        for entry in cast("list[dict[str, str]]", entries):
            file = book / f"{entry['file']}.yml"
            if file.is_file():
                self.env.note_dependency(str(file))
                yield load_case(file)

    def card(self, case: Case) -> nodes.list_item:
        """Return the card of a case: its drawing, its title as a link, and what it teaches."""
        link = addnodes.pending_xref(
            "", refdomain="std", reftype="doc", reftarget=f"/cases/{case.id}", refexplicit=True, refwarn=True
        )
        link += nodes.inline("", case.title)
        link["refdoc"] = self.env.docname
        title = nodes.paragraph("", "", link, classes=["casebook-card-title"])
        return nodes.list_item("", nodes.raw("", DRAWING, format="html"), title, nodes.paragraph("", case.teaches))


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("case-cards", CaseCards)
