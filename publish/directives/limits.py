"""A directive that prints what a teaching room refuses, from the limits that its service goes by."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from classroom.server import limits
from publish.directives.tables import cell, table, words


class RoomLimits(SphinxDirective):
    """``{room-limits}``: sizes, numbers and rates, and how little a guess at the code can win."""

    def run(self) -> list[nodes.Node]:
        """Return two tables and a sentence on guessing."""
        self.env.note_dependency(limits.__file__)
        sizes = {
            "body of a request": f"{limits.BODY_BYTES:,} bytes, sent within {limits.BODY_SECONDS:g} seconds",
            "head of a request": f"{limits.HEADER_BYTES:,} bytes",
            "phones in a session": f"{limits.SEATS}",
            "open lines of one phone": f"{limits.STREAMS_OF_A_PHONE}, the oldest is dropped for a new one",
            "open lines of all": f"{limits.STREAMS:,}",
            "connections": f"{limits.CONNECTIONS:,}",
            "life of a session": f"{limits.HOURS:g} hours, at most {limits.MOST_HOURS:g}",
        }
        rates = [
            [cell(words(name)), cell(words(f"{rate.burst:,g}")), cell(words(per(rate.a_second)))]
            for name, rate in limits.RATES.items()
        ]
        return [
            table(
                ("What", "At most"), (35, 65), [[cell(words(name)), cell(words(most))] for name, most in sizes.items()]
            ),
            table(("How often", "At once", "After that"), (50, 20, 30), rates),
            nodes.paragraph("", guessing()),
        ]


def per(a_second: float) -> str:
    """Return a rate in words: so many a second, or one in so many seconds."""
    return f"{a_second:g} a second" if a_second >= 1 else f"one in {1 / a_second:g} seconds"


def guessing() -> str:
    """Return how many codes there are, and what guessing them through a whole session can win."""
    codes = len(limits.CODE_LETTERS) ** limits.CODE_LENGTH
    rate = limits.RATES["wrong codes"]
    tries = rate.burst + rate.a_second * limits.HOURS * 3600
    return (
        f"A code is {limits.CODE_LENGTH} characters out of {len(limits.CODE_LETTERS)}, one of {codes:,}. Whoever "
        f"guesses through all {limits.HOURS:g} hours, from however many addresses, is let try some {tries:,.0f} times: "
        f"a chance of one in {codes / tries:,.0f} to get a seat, and with it one vote. While wrong codes are refused for "
        "their number, nobody new can join; who has joined votes on."
    )


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("room-limits", RoomLimits)
