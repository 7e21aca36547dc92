"""A directive that prints one instrument: what it measures, its data, its use and misuse, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx

from casebook.models.instrument import Cell, Instrument, Row, Table
from casebook.models.score import Cited
from publish.directives.directive import KnowledgeDirective, bullets
from publish.directives.tables import cell, table, words

MARKS = {"verified": "", "secondary": "; read second-hand", "reading": "; this book's reading"}
"""What is said of a row after its source."""


class InstrumentPage(KnowledgeDirective):
    """``{instrument} odi``: everything the knowledge holds on one instrument, in sections."""

    def run(self) -> list[nodes.Node]:
        """Return facts, tables and sections."""
        instrument = self.named("instrument", self.knowledge.instruments, self.arguments[0])
        remarks = (("use", "Use"), ("misuse", "Misuse"), ("conventions", "Conventions of this book"))
        sections = [
            self.section(instrument, name, title, [self.remarks(getattr(instrument, name))])
            for name, title in remarks
            if getattr(instrument, name)
        ]
        unverified = [[nodes.paragraph("", text)] for text in instrument.unverified]
        return [
            self.facts(instrument),
            *([self.bands(instrument)] if instrument.bands else []),
            *map(self.data, instrument.tables),
            *sections,
            self.section(instrument, "here", "In this book", [nodes.paragraph("", instrument.in_book)]),
            *(
                [self.section(instrument, "unverified", "What is not verified", [bullets(unverified)])]
                if unverified
                else []
            ),
            self.section(
                instrument, "licence", "Licence", [self.cited(instrument.licence.text, instrument.licence.source)]
            ),
        ]

    def facts(self, instrument: Instrument) -> nodes.field_list:
        """Return what is measured, on which scale, and which end is worse."""
        facts = {
            "Measures": instrument.measures,
            "Range": instrument.range,
            "Direction": instrument.direction,
            "Formula": instrument.formula,
        }
        body = {name: nodes.paragraph("", text) for name, text in facts.items() if text}
        body["Source"] = nodes.paragraph("", "", *self.source(instrument.source))
        return nodes.field_list(
            "",
            *(
                nodes.field("", nodes.field_name("", name), nodes.field_body("", content))
                for name, content in body.items()
            ),
        )

    def bands(self, instrument: Instrument) -> nodes.table:
        """Return the bands; one whose label says its values has them in no column of their own."""
        numbered = any(band.low is not None for band in instrument.bands)
        rows: list[list[nodes.entry]] = []
        for band in instrument.bands:
            values = band.label if not numbered else f"{band.low}–{band.high}"
            rows.append([cell(words(values)), cell(self.cited(band.text, band.source))])
            if numbered:
                rows[-1].insert(1, cell(words(band.label)))
        if numbered:
            return table(("Value", "Band", "Meaning"), (12, 20, 68), rows)
        return table(("Value", "Meaning"), (20, 80), rows)

    def data(self, data: Table) -> nodes.table:
        """Return a table of data, each row with the place where it was read."""
        shown = table(
            (*data.columns.values(), "Source"),
            (*(60 // len(data.columns) for _ in data.columns), 40),
            [self.row(row, data.columns) for row in data.rows],
        )
        shown.insert(0, nodes.title("", data.caption))
        return shown

    def row(self, row: Row, columns: Iterable[str]) -> list[nodes.entry]:
        """Return the cells of a row."""
        source = nodes.paragraph("", "", *self.source(row.source), nodes.Text(MARKS[row.mark]))
        return [*(cell(words(text(row.cells.get(name)))) for name in columns), cell(source)]

    def remarks(self, remarks: Iterable[Cited]) -> nodes.bullet_list:
        """Return remarks, each with its source."""
        return bullets([self.cited(remark.text, remark.source)] for remark in remarks)

    def section(self, instrument: Instrument, name: str, title: str, content: list[nodes.Node]) -> nodes.section:
        """Return a section under an address of its own."""
        return nodes.section("", nodes.title("", title), *content, ids=[f"{instrument.id.replace('_', '-')}-{name}"])


def text(value: Cell) -> str:
    """Return a cell as it is printed; one without a value is a dash, a list of ids is words."""
    if value is None or value == () or value == "":
        return "–"
    return ", ".join(value).replace("_", " ") if isinstance(value, tuple) else str(value)


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("instrument", InstrumentPage)
