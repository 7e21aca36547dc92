"""The drawing as markup: the hand-written file with ids of its own, its words, and the state on its root."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from casebook.messages import message
from casebook.models.drawing import Drawing
from widgets.core.markup import Html, escape
from widgets.figure.state import DrawingState

DRAWING = Path(__file__).with_name("figure.svg")

_WORD = re.compile(r"\[\[([a-z-]+)\]\]")
_PLACE = re.compile(r"(<text[^>]*)>\[\[([a-z]+)\]\]</text>")
_VIEW = re.compile(r'^<g class="view (\w+)".*?\n</g>\n(?=<g class="view|</svg>)', re.S | re.M)
_TARGETS = re.compile(r'<g class="targets">.*?</g>\n', re.S)
_TEXTS = re.compile(r"<text[^>]*>.*?</text>", re.S)
_HALF = re.compile(r'^<g id="(__[\w-]+-half)".*?^</g>\n', re.S | re.M)
_NAME = re.compile(r'(<title id="__name">).*?(?=</title>)')
_LINES = 17
"""The distance of two lines of names, in units of the drawing."""

VIEWS = {"behind": "0 0 360 340", "side": "336 0 296 340", "across": "600 0 360 340"}
"""The part of the drawing that is left where one view is shown alone."""


@cache
def template() -> str:
    """Return the file with the words that are the same for every patient; ids begin with two underlines."""
    text = DRAWING.read_text(encoding="utf-8")
    return _WORD.sub(lambda found: _fixed(found[1]), text)


def _fixed(id: str) -> str:
    return escape(message(id)) if id.startswith("figure-") else f"[[{id}]]"


def figure_markup(
    state: DrawingState,
    drawing: Drawing,
    prefix: str,
    view: str = "",
    size: str = "",
    styles: bool = True,
    name: str = "",
) -> Html:
    """Return the drawing of a patient.

    Parameters
    ----------
    state : DrawingState
    drawing : Drawing
    prefix : str
        What the ids of this drawing begin with; no two drawings of a page may share it.
    view : {"", "behind", "side", "across"}
        One view alone, or all.
    size : {"", "thumb", "plate"}
        A thumbnail has no words; neither it nor a plate of a chapter has parts to press.
    styles : bool
        Whether the drawing has its styles with it; a page needs them once.
    name : str
        What the drawing is called, if it is not of the patient of the page.
    """
    text = template()
    if not styles:
        text = re.sub(r"<style>.*?</style>\n?", "", text, flags=re.S)
    text = _PLACE.sub(lambda found: _placed(found, state.words), text)
    parts = {each.part: each.finding for each in drawing.targets}
    text = re.sub(r'data-part="([\w-]+)"', lambda found: f'{found[0]} data-finding="{parts[found[1]]}"', text)
    attributes = {**state.attributes, "view": view, "size": size}
    written = " ".join(f'data-{name}="{escape(value)}"' for name, value in attributes.items() if value)
    text = text.replace('class="cb-figure cbf"', f'class="cb-figure cbf" {written}', 1)
    if size:
        text = _TARGETS.sub("", text)
    if size == "thumb":
        text = _TEXTS.sub("", text)
    if name:
        text = _NAME.sub(lambda found: found[1] + escape(name), text)
    if view:
        text = _VIEW.sub(lambda found: found[0] if found[1] == view else "", text)
        text = _HALF.sub(lambda found: found[0] if f'"#{found[1]}"' in text else "", text)
        text = text.replace('viewBox="0 0 960 340"', f'viewBox="{VIEWS[view]}"', 1)
    return Html(text.replace("__", f"{prefix}-"))


def _placed(found: re.Match[str], words: Mapping[str, str]) -> str:
    """Return a text that depends on the patient, marked with its place; lines stand under each other."""
    opening, place = found[1], found[2]
    lines = words.get(place, "").split("\n")
    x = re.search(r'x="(\d+)"', opening)
    inside = escape(lines[0])
    for line in lines[1:]:
        inside += f'<tspan x="{x[1] if x else 0}" dy="{_LINES}">{escape(line)}</tspan>'
    return f'{opening} data-word="{place}">{inside}</text>'
