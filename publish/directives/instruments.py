"""A directive that prints an instrument: what it measures, its data, its use and misuse, and open doubts."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message
from casebook.models.instrument import Cell, Instrument, Row, Table
from casebook.models.score import Cited
from publish.directives.directive import KnowledgeDirective, bullets
from publish.directives.tables import cell, table, words

REMARKS = ("use", "misuse", "conventions")


class InstrumentPage(KnowledgeDirective):
    """``{instrument} odi``: everything in the knowledge on one instrument, in sections."""

    def run(self) -> list[nodes.Node]:
        """Return facts, tables and sections."""
        instrument = self.part("instrument", self.knowledge.instruments, self.arguments[0])
        sections = [
            self.section(instrument, name, [self.remarks(getattr(instrument, name))])
            for name in REMARKS
            if getattr(instrument, name)
        ]
        unverified = [[nodes.paragraph("", text)] for text in instrument.unverified]
        return [
            self.facts(instrument),
            *([self.bands(instrument)] if instrument.bands else []),
            *map(self.data, instrument.tables),
            *sections,
            self.section(instrument, "here", [nodes.paragraph("", instrument.in_book)]),
            *([self.section(instrument, "unverified", [bullets(unverified)])] if unverified else []),
            self.section(instrument, "licence", [self.cited(instrument.licence.text, instrument.licence.source)]),
        ]

    def facts(self, instrument: Instrument) -> nodes.field_list:
        """Return what is measured, the range, the direction and the formula."""
        facts = {name: getattr(instrument, name) for name in ("measures", "range", "direction", "formula")}
        body = {name: nodes.paragraph("", text) for name, text in facts.items() if text}
        body["source"] = nodes.paragraph("", "", *self.source(instrument.source))
        return nodes.field_list(
            "",
            *(
                nodes.field("", nodes.field_name("", message(f"instrument-{name}")), nodes.field_body("", content))
                for name, content in body.items()
            ),
        )

    def bands(self, instrument: Instrument) -> nodes.table:
        """Return the bands; values have a column of their own unless the labels contain them."""
        numbered = any(band.low is not None for band in instrument.bands)
        rows: list[list[nodes.entry]] = []
        for band in instrument.bands:
            values = band.label if not numbered else f"{band.low}–{band.high}"
            rows.append([cell(words(values)), cell(self.cited(band.text, band.source))])
            if numbered:
                rows[-1].insert(1, cell(words(band.label)))
        if numbered:
            return table((message("book-value"), message("book-band"), message("book-meaning")), (12, 20, 68), rows)
        return table((message("book-value"), message("book-meaning")), (20, 80), rows)

    def data(self, data: Table) -> nodes.table:
        """Return a table of data, each row with its source."""
        shown = table(
            (*data.columns.values(), message("book-source")),
            (*(60 // len(data.columns) for _ in data.columns), 40),
            [self.row(row, data.columns) for row in data.rows],
        )
        shown.insert(0, nodes.title("", data.caption))
        return shown

    def row(self, row: Row, columns: Iterable[str]) -> list[nodes.entry]:
        """Return the cells of a row."""
        source = nodes.paragraph("", "", *self.source(row.source), nodes.Text(message(f"instrument-mark-{row.mark}")))
        return [*(cell(words(cell_text(row.cells.get(name)))) for name in columns), cell(source)]

    def remarks(self, remarks: Iterable[Cited]) -> nodes.bullet_list:
        """Return remarks with their sources."""
        return bullets([self.cited(remark.text, remark.source)] for remark in remarks)

    def section(self, instrument: Instrument, name: str, content: list[nodes.Node]) -> nodes.section:
        """Return a section with an anchor."""
        title = nodes.title("", message(f"instrument-{name}"))
        return nodes.section("", title, *content, ids=[f"{instrument.id.replace('_', '-')}-{name}"])


def cell_text(value: Cell) -> str:
    """Return a cell as printed: a dash for no value, words for a list of ids."""
    if value is None or value == () or value == "":
        return "–"
    return ", ".join(value).replace("_", " ") if isinstance(value, tuple) else str(value)


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("instrument", InstrumentPage)
