"""A directive that prints the rooms of the code and the arrows between them, from its imports."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from casebook.messages import message
from publish.directives import house
from publish.directives.tables import cell, table, words


class RoomsMap(SphinxDirective):
    """``{rooms-map}``: each room, its contents, and the rooms that it imports."""

    def run(self) -> list[nodes.Node]:
        """Return a table of the rooms, from the foundation up."""
        found = house.imports()
        for file in found:
            self.env.note_dependency(str(house.ROOT / file))
        numbers = {room: number for number, room in enumerate(house.ROOMS, start=1)}
        arrows = sorted(house.arrows(found), key=lambda pair: numbers[pair[1]])
        rows = [
            [
                cell(words(str(numbers[room]))),
                cell(nodes.paragraph("", "", nodes.literal(text=room))),
                cell(words(message(f"room-of-code-{room.replace('/', '-')}"))),
                cell(words(", ".join(str(numbers[end]) for start, end in arrows if start == room) or "–")),
            ]
            for room in house.ROOMS
        ]
        headings = [message(f"rooms-heading-{name}") for name in ("number", "room", "contents", "imports")]
        return [table(headings, (8, 27, 45, 20), rows)]


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("rooms-map", RoomsMap)
