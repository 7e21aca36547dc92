"""A directive that prints the table of evidence, which the page's script makes filterable."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from casebook.messages import message
from casebook.models.evidence import Figure
from publish.directives.directive import KnowledgeDirective
from publish.directives.tables import cell, table, words

MARKER = "casebook-evidence"
COLUMNS = {
    "study": 16,
    "treatment": 12,
    "site": 8,
    "measure": 14,
    "time": 7,
    "value": 10,
    "printed": 14,
    "note": 12,
    "source": 12,
}
"""Relative width of each column."""

CONFLICT = re.compile(r"\b(C\d+)\b")


class EvidenceTable(KnowledgeDirective):
    """``{evidence-table}``: every row; the first of each entry has an anchor such as ``#evidence-e01``."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the table in the element that its script looks for."""
        rows_of: Counter[str] = Counter()
        rows: list[tuple[str, list[nodes.entry]]] = []
        for figure in self.knowledge.evidence:
            rows_of[figure.id] += 1
            suffix = f"-{rows_of[figure.id]}" if rows_of[figure.id] > 1 else ""
            rows.append((f"evidence-{figure.id.lower()}{suffix}", self.row(figure)))
        headings = [message(f"evidence-column-{name}") for name in COLUMNS]
        shown = table(headings, list(COLUMNS.values()), [row for _, row in rows])
        body = next(shown.findall(nodes.tbody))
        body["classes"].append("list")
        for row, (address, _) in zip(body.findall(nodes.row), rows, strict=True):
            row["ids"] = [address]
        return [nodes.container("", shown, classes=[MARKER], ids=["evidence-table"])]

    def row(self, figure: Figure) -> list[nodes.entry]:
        """Return the cells of one figure, each with the name of its column as a class."""
        size = f"{figure.n} {figure.n_unit}" if figure.n else ""
        entries = [
            cell(words(f"{figure.id} · {figure.study}"), *lines(figure.design, size)),
            cell(words(figure.treatment or "–")),
            cell(words(figure.site)),
            cell(words(figure.measure)),
            cell(words(figure.time or "–")),
            cell(
                words(value(figure)),
                *lines(figure.spread, message("evidence-p", value=p_value(figure.p)) if figure.p else ""),
            ),
            cell(*printed(figure)),
            cell(nodes.paragraph("", "", *self.note(figure.note))),
            cell(
                nodes.paragraph(
                    "", "", *self.source(figure.source), nodes.Text(message(f"evidence-mark-{figure.mark}"))
                )
            ),
        ]
        for entry, name in zip(entries, COLUMNS, strict=True):
            entry["classes"].append(f"ev-{name}")
        return entries

    def note(self, text: str) -> Iterator[nodes.Node]:
        """Yield a remark, in which ids of disagreements are links."""
        for index, part in enumerate(CONFLICT.split(text)):
            if index % 2 and part in self.knowledge.conflicts:
                found, messages = self.parse_inline(f"{{ref}}`{part} <conflict-{part.lower()}>`")
                yield from (*found, *messages)
            elif part:
                yield nodes.Text(part)


def value(figure: Figure) -> str:
    """Return the value, or otherwise the interval, with its unit."""
    if figure.value is not None:
        number = f"{figure.value:,.10g}"
    elif figure.low is not None and figure.high is not None:
        number = f"{figure.low:g}–{figure.high:g}"
    elif figure.high is not None:
        number = message("evidence-up-to", value=f"{figure.high:g}")
    else:
        return "–"
    return f"{number} {figure.unit}".strip()


def p_value(text: str) -> str:
    """Return a p value with its sign."""
    return text if text[:1] in "<>" or not text[:1].isdigit() else f"= {text}"


def printed(figure: Figure) -> list[nodes.Node]:
    """Return the wording of the source that was read, and that of the primary publication."""
    wordings = lines(
        message("evidence-printed", text=figure.as_printed) if figure.as_printed else "",
        message("evidence-primary", text=figure.as_in_primary) if figure.as_in_primary else "",
    )
    return wordings or [words("–")]


def lines(*texts: str) -> list[nodes.Node]:
    """Return one paragraph for each text that is not empty."""
    return [words(text) for text in texts if text]


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("evidence-table", EvidenceTable)
