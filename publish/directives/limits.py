"""A directive that prints the limits of a teaching room, as its server applies them."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from casebook.messages import message
from classroom.server import limits
from publish.directives.tables import cell, table, words


class RoomLimits(SphinxDirective):
    """``{room-limits}``: sizes, numbers and rates, and the chance of guessing a code."""

    def run(self) -> list[nodes.Node]:
        """Return a table of sizes, a table of rates, and a sentence on guessing."""
        self.env.note_dependency(limits.__file__)
        rates = [
            [
                cell(words(message(f"room-rate-{name}"))),
                cell(words(f"{rate.burst:,g}")),
                cell(words(per_second(rate.per_second))),
            ]
            for name, rate in limits.RATES.items()
        ]
        return [
            table(
                (message("room-limit-heading"), message("room-limit-maximum")),
                (35, 65),
                [[cell(words(message(f"room-size-{name}"))), cell(words(value))] for name, value in sizes().items()],
            ),
            table(
                (message("room-limit-rate-heading"), message("room-limit-burst"), message("room-limit-after")),
                (50, 20, 30),
                rates,
            ),
            nodes.paragraph("", guessing()),
        ]


def sizes() -> dict[str, str]:
    """Return the limits that are not rates, in words, by the end of the message that names them."""
    return {
        "body": message("room-limit-body-value", bytes=f"{limits.BODY_BYTES:,}", seconds=f"{limits.BODY_SECONDS:g}"),
        "header": message("room-limit-header-value", bytes=f"{limits.HEADER_BYTES:,}"),
        "seats": f"{limits.SEATS}",
        "phone-streams": message("room-limit-phone-streams-value", streams=limits.STREAMS_PER_PHONE),
        "streams": f"{limits.STREAMS:,}",
        "connections": f"{limits.CONNECTIONS:,}",
        "hours": message("room-limit-hours-value", hours=f"{limits.HOURS:g}", maximum=f"{limits.MAXIMUM_HOURS:g}"),
    }


def per_second(rate: float) -> str:
    """Return a rate in words, such as “4 per second” or “one every 5 seconds”."""
    if rate >= 1:
        return message("room-limit-per-second", rate=f"{rate:g}")
    return message("room-limit-interval", seconds=f"{1 / rate:g}")


def guessing() -> str:
    """Return the number of possible codes, and the chance of guessing one during a session."""
    codes = len(limits.CODE_LETTERS) ** limits.CODE_LENGTH
    rate = limits.RATES["wrong_codes"]
    attempts = rate.burst + rate.per_second * limits.HOURS * 3600
    return message(
        "room-limit-guessing",
        length=limits.CODE_LENGTH,
        letters=len(limits.CODE_LETTERS),
        codes=f"{codes:,}",
        hours=f"{limits.HOURS:g}",
        attempts=f"{attempts:,.0f}",
        chance=f"{codes / attempts:,.0f}",
    )


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("room-limits", RoomLimits)
