"""What the drawing of a patient names: findings, their options, actions and sources."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.knowledge_base.model import Knowledge
from casebook.knowledge_base.origins import DRAWING, KeyPath, Origins
from casebook.models.finding import Value


def check_drawing(origins: Origins, known: Knowledge) -> None:
    """Record a fault for each finding, option, action and source that nothing has."""
    for path, id, values in _named(known):
        origins.name("drawing", DRAWING, (*path, "finding"), "finding", id, known.vocabulary.by_id)
        finding = known.vocabulary.by_id.get(id)
        if finding is not None:
            options = [str(option.id) for option in finding.options]
            for at, value in values:
                origins.name("drawing", DRAWING, (*path, *at), "option", str(value), options)
    for index, each in enumerate(known.drawing.overlay):
        path = ("overlay", index)
        origins.name("drawing", DRAWING, (*path, "action"), "action", each.action, known.actions)
        origins.cited("drawing", DRAWING, (*path, "source"), each.source, known.sources)


def _named(known: Knowledge) -> Iterator[tuple[KeyPath, str, list[tuple[KeyPath, Value]]]]:
    """Yield the place of each mention of a finding, the finding, and its options there with their places."""
    for index, attribute in enumerate(known.drawing.attributes):
        for number, row in enumerate(attribute.reads):
            options: list[tuple[KeyPath, Value]] = [
                (("options", each), value) for each, value in enumerate(row.options)
            ]
            yield ("attributes", index, "reads", number), row.finding, options
    for index, target in enumerate(known.drawing.targets):
        pressed: list[tuple[KeyPath, Value]] = [(("otherwise",), target.otherwise)]
        for now, then in target.press.items():
            pressed += [(("press", str(now)), now), (("press", str(now)), then)]
        yield ("targets", index), target.finding, pressed
