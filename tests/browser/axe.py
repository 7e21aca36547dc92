"""What a page owes to readers who see little or hold a phone, asked of the page itself."""

from __future__ import annotations

import pytest
from reader import ROOT, Reader

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

# The theme fades its colours in, one after another; a colour half-way is nobody's.
VIOLATIONS = """async ([context, rules]) => {
  const fading = () => document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity);
  for (let left = fading(); left.length; left = fading()) left.forEach((each) => each.finish());
  const options = { resultTypes: ['violations'], ...(rules && { runOnly: rules }) };
  return (await axe.run(context ?? document, options)).violations.map(
  ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
}"""

OF_THE_SCREEN = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
"""The rules that other colours or another width can break; names and structure hang on neither."""

# What styles look at: the element, its classes, what it is marked as; and the same of what it stands in.
KINDS = """(within) => {
  const marks = ['provenance', 'stance', 'status', 'shade', 'possible', 'changed'];
  const kind = (element) => [element.localName, ...[...element.classList].sort(),
    ...marks.map((mark) => element.dataset[mark]).filter(Boolean)].join('.');
  const without = within?.exclude?.flat().join() ?? 'script';
  return [...new Set([...document.querySelectorAll(within?.exclude || !within ? 'body *' : `${within} *`)]
    .filter((element) => element.checkVisibility() && !element.closest(without))
    .map((element) => `${kind(element.parentElement)} > ${kind(element)}`))];
}"""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""How far a page must be scrolled sideways, in pixels."""


def violations(reader: Reader, within: str | dict[str, object] | None = None, rules: tuple[str, ...] = ()) -> list[str]:
    """What axe finds wrong in the page, or within a part of it; by all of its rules, or by some."""
    if not reader.page.evaluate("() => 'axe' in window"):
        if not AXE.exists():
            pytest.fail(f"{AXE} is missing: run npm ci.")
        reader.page.evaluate(AXE.read_text("utf-8"))
    return reader.page.evaluate(VIOLATIONS, [within, list(rules) or None])


def violations_if_new(
    reader: Reader, met: set[str], within: str | dict[str, object] | None = None, rules: tuple[str, ...] = ()
) -> list[str]:
    """What axe finds wrong where any kind of element is shown that was not yet `met`; what is drawn alike is alike."""
    new = set(reader.page.evaluate(KINDS, within)) - met
    met |= new
    return violations(reader, within, rules) if new else []
