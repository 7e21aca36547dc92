"""A directive that prints what a teaching room refuses, from the limits that its service goes by."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from casebook.messages import message
from classroom.server import limits
from publish.directives.tables import cell, table, words


class RoomLimits(SphinxDirective):
    """``{room-limits}``: sizes, numbers and rates, and how little a guess at the code can win."""

    def run(self) -> list[nodes.Node]:
        """Return two tables and a sentence on guessing."""
        self.env.note_dependency(limits.__file__)
        sizes = {
            "body": message("limits-body", bytes=f"{limits.BODY_BYTES:,}", seconds=f"{limits.BODY_SECONDS:g}"),
            "head": message("limits-bytes", bytes=f"{limits.HEADER_BYTES:,}"),
            "phones": f"{limits.SEATS}",
            "lines-of-a-phone": message("limits-oldest-dropped", count=limits.STREAMS_OF_A_PHONE),
            "lines": f"{limits.STREAMS:,}",
            "connections": f"{limits.CONNECTIONS:,}",
            "life": message("limits-hours", hours=f"{limits.HOURS:g}", most=f"{limits.MOST_HOURS:g}"),
        }
        rates = [
            [cell(words(name)), cell(words(f"{rate.burst:,g}")), cell(words(per(rate.a_second)))]
            for name, rate in limits.RATES.items()
        ]
        named = [[cell(words(message(f"limits-of-{id}"))), cell(words(most))] for id, most in sizes.items()]
        return [
            table((message("limits-what"), message("limits-at-most")), (35, 65), named),
            table(tuple(message(f"limits-rate-{id}") for id in ("what", "at-once", "after")), (50, 20, 30), rates),
            nodes.paragraph("", guessing()),
        ]


def per(a_second: float) -> str:
    """Return a rate in words: so many a second, or one in so many seconds."""
    if a_second >= 1:
        return message("limits-a-second", count=f"{a_second:g}")
    return message("limits-one-in-seconds", seconds=f"{1 / a_second:g}")


def guessing() -> str:
    """Return how many codes there are, and what guessing them through a whole session can win."""
    codes = len(limits.CODE_LETTERS) ** limits.CODE_LENGTH
    rate = limits.RATES["wrong codes"]
    tries = rate.burst + rate.a_second * limits.HOURS * 3600
    return message(
        "limits-guessing",
        length=limits.CODE_LENGTH,
        letters=len(limits.CODE_LETTERS),
        codes=f"{codes:,}",
        hours=f"{limits.HOURS:g}",
        tries=f"{tries:,.0f}",
        chance=f"{codes / tries:,.0f}",
    )


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("room-limits", RoomLimits)
