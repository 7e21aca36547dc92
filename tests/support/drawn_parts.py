"""The visible parts of a drawing, as a browser computes them: what is shown, how it is filled, dashed and placed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from widgets.figure import figure, figure_state

STILL = "<style>.cb-figure *{transition:none!important}.cb-figure.wordless text:not(.q text){visibility:hidden!important}</style>"

SET = """(attributes) => {
  const svg = document.querySelector('svg');
  for (const [name, value] of Object.entries(attributes)) {
    if (value) svg.setAttribute(`data-${name}`, value);
    else svg.removeAttribute(`data-${name}`);
  }
}"""

# Styles inside the copies of `use` cannot be asked for, so each copy is written out in its place.
WRITE_OUT = """() => {
  const svg = document.querySelector('svg');
  for (let use; (use = [...svg.querySelectorAll('use')].find((one) => !one.closest('clipPath'))); ) {
    const outer = document.createElementNS(svg.namespaceURI, 'g');
    for (const { name, value } of use.attributes) if (!['href', 'x', 'y'].includes(name)) outer.setAttribute(name, value);
    const inner = document.createElementNS(svg.namespaceURI, 'g');
    inner.setAttribute('transform', `translate(${use.getAttribute('x') ?? 0} ${use.getAttribute('y') ?? 0})`);
    inner.append(svg.querySelector(use.getAttribute('href')).cloneNode(true));
    outer.append(inner);
    use.replaceWith(outer);
  }
}"""

PARTS = """() => {
  const svg = document.querySelector('svg');
  const frame = svg.getBoundingClientRect();
  const round = (number) => Math.round(number * 10) / 10;
  const displayed = (part) => getComputedStyle(part).display !== 'none' && (part === svg || displayed(part.parentElement));
  const classes = (part) => (part.matches('.view') ? [] : [...part.classList, ...classes(part.parentElement)]);
  const parts = [...svg.querySelectorAll('.view :is(path, circle, ellipse, rect, text)')];
  return parts.map((part, index) => {
    const style = getComputedStyle(part);
    const { a, b, c, d, e, f } = part.getCTM();
    const box = part.getBoundingClientRect();
    return {
      index,
      shown: displayed(part) && !part.closest('.targets, clipPath'),
      classes: classes(part),
      text: part.localName === 'text' ? part.textContent : '',
      view: part.closest('.view').classList[1],
      fill: style.fill, stroke: style.stroke, width: style.strokeWidth, dash: style.strokeDasharray,
      transform: [a, b, c, d, e, f].map(round).join(' '),
      middle: box.x + box.width / 2 - frame.x,
    };
  }).filter(({ shown }) => shown);
}"""

DOT = 0.5
"""The longest dash, in units of the drawing, that is seen as a dot."""


@dataclass(frozen=True)
class SeenPart:
    """A visible part; two are equal if a reader sees the same.

    Attributes
    ----------
    index : int
        Place among all parts of the drawing.
    classes : frozenset of str
        Its own, and those of the groups around it.
    text : str
    view : {"behind", "side", "across"}
    fill, stroke, width, dash, transform : str
        As computed.
    middle : float
        From the left edge of the drawing.
    """

    index: int
    classes: frozenset[str]
    text: str
    view: str
    fill: str
    stroke: str
    width: str
    dash: str
    transform: str
    middle: float

    @property
    def dashes(self) -> list[float]:
        """The lengths of its dashes, without the gaps."""
        return [float(each.strip().removesuffix("px")) for each in self.dash.split(",")[::2]] if self.drawn else []

    @property
    def drawn(self) -> bool:
        """Whether it has a line that is not solid."""
        return self.dash != "none" and self.stroke != "none"

    @property
    def dotted(self) -> bool:
        """Whether its line consists of dots, outside a question mark."""
        return self.drawn and max(self.dashes) <= DOT and "q" not in self.classes

    @property
    def dashed(self) -> bool:
        """Whether its line has dashes."""
        return self.drawn and max(self.dashes) > 1


class DrawnPage:
    """A page with one drawing, of which the state is set and the visible parts are read."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_content(STILL + figure({}, prefix="one"))

    def write_out(self) -> None:
        """Write each copy of a part out in its place, so that its style can be read."""
        self.page.evaluate(WRITE_OUT)

    def hide_words(self) -> None:
        """Hide every word."""
        self.page.evaluate("() => document.querySelector('svg').classList.add('wordless')")

    def show(self, view: str) -> None:
        """Show one view alone, or all."""
        self.page.evaluate(SET, {"view": view})

    def set(
        self,
        findings: Mapping[str, Any],
        provenance: Mapping[str, str] | None = None,
        plan: Iterable[Mapping[str, Any]] = (),
    ) -> None:
        """Draw a patient."""
        state = figure_state(findings, provenance, plan)
        self.page.evaluate(SET, {"view": "", **state.attributes})

    def parts(
        self,
        findings: Mapping[str, Any],
        provenance: Mapping[str, str] | None = None,
        plan: Iterable[Mapping[str, Any]] = (),
    ) -> set[SeenPart]:
        """Draw a patient and return the visible parts."""
        self.set(findings, provenance, plan)
        keys = SeenPart.__dataclass_fields__
        return {
            SeenPart(**{key: frozenset(each[key]) if key == "classes" else each[key] for key in keys})
            for each in self.page.evaluate(PARTS)
        }

    def picture(self) -> bytes:
        """Return a picture of the drawing, as PNG."""
        return self.page.locator("svg").screenshot()
