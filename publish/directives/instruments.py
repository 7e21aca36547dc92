"""A directive that prints one instrument: what it measures, its data, its use and misuse, and what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message
from casebook.models.instrument import Cell, Instrument, Row, Table
from casebook.models.score import Cited
from publish.directives.directive import KnowledgeDirective, bullets
from publish.directives.tables import cell, table, words


class InstrumentPage(KnowledgeDirective):
    """``{instrument} odi``: everything the knowledge holds on one instrument, in sections."""

    def run(self) -> list[nodes.Node]:
        """Return facts, tables and sections."""
        instrument = self.named("instrument", self.knowledge.instruments, self.arguments[0])
        remarks = ("use", "misuse", "conventions")
        sections = [
            self.section(
                instrument, name, message(f"instrument-section-{name}"), [self.remarks(getattr(instrument, name))]
            )
            for name in remarks
            if getattr(instrument, name)
        ]
        unverified = [[nodes.paragraph("", text)] for text in instrument.unverified]
        return [
            self.facts(instrument),
            *([self.bands(instrument)] if instrument.bands else []),
            *map(self.data, instrument.tables),
            *sections,
            self.section(instrument, "here", message("instrument-here"), [nodes.paragraph("", instrument.in_book)]),
            *(
                [self.section(instrument, "unverified", message("instrument-unverified"), [bullets(unverified)])]
                if unverified
                else []
            ),
            self.section(
                instrument,
                "licence",
                message("instrument-licence"),
                [self.cited(instrument.licence.text, instrument.licence.source)],
            ),
        ]

    def facts(self, instrument: Instrument) -> nodes.field_list:
        """Return what is measured, on which scale, and which end is worse."""
        facts = {
            message("instrument-measures"): instrument.measures,
            message("instrument-range"): instrument.range,
            message("instrument-direction"): instrument.direction,
            message("instrument-formula"): instrument.formula,
        }
        body = {name: nodes.paragraph("", text) for name, text in facts.items() if text}
        body[message("book-column-source")] = nodes.paragraph("", "", *self.source(instrument.source))
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
        rows = []
        for band in instrument.bands:
            values = band.label if not numbered else f"{band.low}–{band.high}"
            rows.append([cell(words(values)), cell(self.cited(band.text, band.source))])
            if numbered:
                rows[-1].insert(1, cell(words(band.label)))
        if numbered:
            return table(tuple(message(f"book-column-{id}") for id in ("value", "band", "meaning")), (12, 20, 68), rows)
        return table((message("book-column-value"), message("book-column-meaning")), (20, 80), rows)

    def data(self, data: Table) -> nodes.table:
        """Return a table of data, each row with the place where it was read."""
        shown = table(
            (*data.columns.values(), message("book-column-source")),
            (*(60 // len(data.columns) for _ in data.columns), 40),
            [self.row(row, data.columns) for row in data.rows],
        )
        shown.insert(0, nodes.title("", data.caption))
        return shown

    def row(self, row: Row, columns: Iterable[str]) -> list[nodes.entry]:
        """Return the cells of a row."""
        source = nodes.paragraph(
            "",
            "",
            *self.source(row.source),
            nodes.Text("" if row.mark == "verified" else message(f"instrument-mark-{row.mark}")),
        )
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
