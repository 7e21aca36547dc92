"""A directive that prints the table of evidence; where scripts run, a reader can filter it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from casebook.models.evidence import Figure
from publish.directives.directive import KnowledgeDirective
from publish.directives.tables import cell, table, words

MARKER = "casebook-evidence"
COLUMNS = (
    ("study", "Study", 16),
    ("treatment", "Treatment", 12),
    ("site", "Site", 8),
    ("measure", "Measure", 14),
    ("time", "Time", 7),
    ("value", "Value", 10),
    ("printed", "As printed, and in the primary", 14),
    ("note", "Remark", 12),
    ("source", "Source", 12),
)
"""Name, heading and share of the width of each column."""

MARKS = {"verified": "", "secondary": "; second-hand", "unverified": "; not verified"}
CONFLICT = re.compile(r"\b(C\d+)\b")


class EvidenceTable(KnowledgeDirective):
    """``{evidence-table}``: every row, with the address ``#evidence-e01`` at the first of each entry."""

    required_arguments = 0

    def run(self) -> list[nodes.Node]:
        """Return the table in the element that its script looks for."""
        known: Counter[str] = Counter()
        rows: list[tuple[str, list[nodes.entry]]] = []
        for figure in self.knowledge.evidence:
            known[figure.id] += 1
            later = f"-{known[figure.id]}" if known[figure.id] > 1 else ""
            rows.append((f"evidence-{figure.id.lower()}{later}", self.row(figure)))
        shown = table(
            [heading for _, heading, _ in COLUMNS], [width for *_, width in COLUMNS], [row for _, row in rows]
        )
        body = next(shown.findall(nodes.tbody))
        body["classes"].append("list")
        for row, (address, _) in zip(body.findall(nodes.row), rows, strict=True):
            row["ids"] = [address]
        return [nodes.container("", shown, classes=[MARKER], ids=["evidence-table"])]

    def row(self, figure: Figure) -> list[nodes.entry]:
        """Return the cells of one figure, each with the name of its column as class."""
        size = f"{figure.n} {figure.n_unit}" if figure.n else ""
        entries = [
            cell(words(f"{figure.id} · {figure.study}"), *lines(figure.design, size)),
            cell(words(figure.treatment or "–")),
            cell(words(figure.site)),
            cell(words(figure.measure)),
            cell(words(figure.time or "–")),
            cell(words(value(figure)), *lines(figure.spread, f"p {p(figure.p)}" if figure.p else "")),
            cell(*printed(figure)),
            cell(nodes.paragraph("", "", *self.note(figure.note))),
            cell(nodes.paragraph("", "", *self.source(figure.source), nodes.Text(MARKS[figure.mark]))),
        ]
        for entry, (name, *_) in zip(entries, COLUMNS, strict=True):
            entry["classes"].append(f"ev-{name}")
        return entries

    def note(self, text: str) -> Iterator[nodes.Node]:
        """Yield a remark, in which the id of a disagreement leads to it."""
        for place, part in enumerate(CONFLICT.split(text)):
            if place % 2 and part in self.knowledge.conflicts:
                found, messages = self.parse_inline(f"{{ref}}`{part} <conflict-{part.lower()}>`")
                yield from (*found, *messages)
            elif part:
                yield nodes.Text(part)


def value(figure: Figure) -> str:
    """Return value and unit; the interval alone where that is all there is."""
    if figure.value is not None:
        number = f"{figure.value:,.10g}"
    elif figure.low is not None and figure.high is not None:
        number = f"{figure.low:g}–{figure.high:g}"
    elif figure.high is not None:
        number = f"up to {figure.high:g}"
    else:
        return "–"
    return f"{number} {figure.unit}".strip()


def p(text: str) -> str:
    """Return a p value with its sign."""
    return text if text[:1] in "<>" or not text[:1].isdigit() else f"= {text}"


def printed(figure: Figure) -> list[nodes.Node]:
    """Return the words of the source that was read, then those of the paper that measured."""
    said = lines(
        f"Printed: {figure.as_printed}" if figure.as_printed else "",
        f"Primary: {figure.as_in_primary}" if figure.as_in_primary else "",
    )
    return said or [words("–")]


def lines(*texts: str) -> list[nodes.Node]:
    """Return a paragraph for each text that is not empty."""
    return [words(text) for text in texts if text]


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("evidence-table", EvidenceTable)
