"""What a page owes to readers who see little or hold a phone, asked of the page itself."""

from __future__ import annotations

import pytest
from reader import ROOT, Reader

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# The theme fades its colours in, one after another; a colour half-way is nobody's.
FADED = """() => {
  const fading = () => document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity);
  for (let left = fading(); left.length; left = fading()) left.forEach((each) => each.finish());
}"""

VIOLATIONS = """async ([context, rules, without]) => {
  const left = Object.fromEntries(without.map((rule) => [rule, { enabled: false }]));
  const options = rules ? { runOnly: rules } : { rules: left };
  return (await axe.run(context ?? document, { resultTypes: ['violations'], ...options })).violations.map(
  ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}"""

OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that hang on nothing but how text is drawn; they take longer than all others together."""

OF_THE_SCREEN = (*OF_COLOURS, "scrollable-region-focusable")
"""The rules that other colours or another width can break; names and structure hang on neither."""

# What styles look at: the element, its classes, what it is marked as; and the same of what it stands in.
KIND = """(element) => {
  const marks = ['provenance', 'stance', 'status', 'shade', 'possible', 'changed'];
  const kind = (element) => [element.localName, ...[...element.classList].sort(),
    ...marks.map((mark) => element.dataset[mark]).filter(Boolean)].join('.');
  return [`${kind(element.parentElement)} > ${kind(element)}`];
}"""

# What the rules of the screen look at: the colour of a text, what lies behind it, whether it counts as large; of a
# link, also what tells it from the words around it; of a frame that scrolls, how it is reached.
LOOK = """(element) => {
  const clear = 'rgba(0, 0, 0, 0)';
  const behind = (element) => {
    if (!element) return '';
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity].join();
      grounds.set(element, own === `${clear},none,1` ? behind(element.parentElement)
        : `${own} on ${/^rgb\\(/.test(backgroundColor) && opacity === '1' ? '' : behind(element.parentElement)}`);
    }
    return grounds.get(element);
  };
  const style = getComputedStyle(element);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
  const look = [style.color, style.textShadow, large, behind(element)].join();
  const looks = [];
  if ([...element.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim())) looks.push(look);
  if (element.localName === 'a') {
    looks.push([look, style.textDecorationLine, style.borderBottom, getComputedStyle(element.parentElement).color].join());
  }
  const scrolls = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
  if (scrolls && /auto|scroll/.test(style.overflow)) {
    const stops = element.tabIndex === 0 || element.querySelector('a[href], button, input, select, summary, [tabindex]');
    looks.push(`${element.localName}.${element.className} ${stops ? 'with' : 'without'} a stop`);
  }
  return looks;
}"""

SHOWN = """(within) => {
  const grounds = new Map();
  const without = within?.exclude?.flat().join() ?? 'script';
  return [...new Set([...document.querySelectorAll(
    within?.exclude || !within ? 'body *' : `:is(${within}), :is(${within}) *`)]
    .filter((element) => element.checkVisibility() && !element.closest(without)).flatMap(%s))];
}"""

Part = str | dict[str, object] | None
"""A selector of axe, or what it takes as a context; None is the whole page."""

MET: set[str] = set()
"""How all was drawn that axe has looked at in this process."""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""How far a page must be scrolled sideways, in pixels."""


def violations(reader: Reader, within: Part = None, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds wrong in the page, or within a part of it; by all of its rules, or by some.

    The rules of colours, and at the end all of the screen, are left out where everything is drawn as
    something was at which axe has looked: what is drawn alike is as legible.
    """
    reader.page.evaluate(FADED)
    new = kinds_shown(reader, LOOK, within) - MET
    MET.update(new)
    if rules == OF_THE_SCREEN and not new:
        return []
    if not reader.page.evaluate("() => 'axe' in window"):
        if not AXE.exists():
            pytest.fail(f"{AXE} is missing: run npm ci.")
        reader.page.evaluate(AXE.read_text("utf-8"))
    return reader.page.evaluate(VIOLATIONS, [within, list(rules) or None, [] if new else list(OF_COLOURS)])


def violations_if_new(reader: Reader, met: set[str], within: Part = None) -> list[str]:
    """The same where any kind of element is shown that was not yet `met`."""
    new = kinds_shown(reader, KIND, within) - met
    met |= new
    return violations(reader, within) if new else []


def kinds_shown(reader: Reader, told_by: str, within: Part = None) -> set[str]:
    """What there is to see in the page, or within a part of it, told by `KIND` or `LOOK`."""
    return set(reader.page.evaluate(SHOWN % told_by, within))
