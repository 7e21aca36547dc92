"""Directives that print the items and bands of a score as tables."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message
from casebook.models.score import Band, Item
from publish.directives.directive import KnowledgeDirective


def cell(*children: nodes.Node, rows: int = 1) -> nodes.entry:
    """Return a cell that spans a number of rows."""
    return nodes.entry("", *children, **({"morerows": rows - 1} if rows > 1 else {}))


def words(text: object) -> nodes.paragraph:
    """Return plain text as the content of a cell."""
    return nodes.paragraph("", str(text))


def table(headings: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[nodes.entry]]) -> nodes.table:
    """Return a table with one row of headings."""
    columns = [nodes.colspec(colwidth=width) for width in widths]
    head = nodes.thead("", nodes.row("", *(cell(words(heading)) for heading in headings)))
    body = nodes.tbody("", *(nodes.row("", *row) for row in rows))
    group = nodes.tgroup("", *columns, head, body, cols=len(headings))
    return nodes.table("", group, classes=["casebook-table"])


class ScoreItems(KnowledgeDirective):
    """``{score-items} sins``: every item with its options and their points."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [row for item in self.score().items for row in self.rows(item)]
        return [table((message("book-item"), message("book-finding"), message("book-points")), (30, 55, 15), rows)]

    @staticmethod
    def rows(item: Item) -> list[list[nodes.entry]]:
        """Return one row for each option; the first also contains the item, in a cell that spans all of them."""
        rows = [[cell(words(option.label)), cell(words(option.points))] for option in item.options]
        rows[0].insert(0, cell(words(item.label), rows=len(rows)))
        return rows


class ScoreBands(KnowledgeDirective):
    """``{score-bands} sins``: every band with its totals and its meaning."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        rows = [self.row(band) for band in self.score().bands]
        return [table((message("book-total"), message("book-band"), message("book-meaning")), (12, 28, 60), rows)]

    def row(self, band: Band) -> list[nodes.entry]:
        """Return the row of one band."""
        totals = str(band.low) if band.low == band.high else f"{band.low}–{band.high}"
        return [cell(words(totals)), cell(words(band.label)), cell(self.cited(band.text, band.source))]


def register(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("score-items", ScoreItems)
    app.add_directive("score-bands", ScoreBands)
