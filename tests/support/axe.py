"""What a page owes to readers who see little or hold a phone, asked of the page itself."""

from __future__ import annotations

import pytest
from reader import ROOT, Reader

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"

OF_THE_SCREEN = ("color-contrast", "link-in-text-block", "scrollable-region-focusable")
"""The rules that other colours or another width can break; names and structure hang on neither."""

# Colours take longer than all other rules together, and what is drawn alike is as legible.
OF_WHAT_IS_MARKED = """axe.configure({ rules: [
  { id: 'color-contrast', selector: '[data-drawn-anew]' },
  { id: 'link-in-text-block', selector: 'a[href][data-drawn-anew]' },
] });"""

SHOWN = """(within) => {
  const without = within?.exclude?.flat().join() ?? 'script';
  const all = within?.exclude || !within ? 'body *' : `:is(${within}), :is(${within}) *`;
  return [...document.querySelectorAll(all)].filter((each) => each.checkVisibility() && !each.closest(without));
}"""

# What styles look at: the element, its classes, what it is marked as; and the same of what it stands in.
KINDS = f"""(within) => {{
  const marks = ['provenance', 'stance', 'status', 'shade', 'possible', 'changed'];
  const kind = (element) => [element.localName, ...[...element.classList].sort(),
    ...marks.map((mark) => element.dataset[mark]).filter(Boolean)].join('.');
  return [...new Set(({SHOWN})(within).map((each) => `${{kind(each.parentElement)}} > ${{kind(each)}}`))];
}}"""

# What the rules of the screen look at: the colour of a text, what lies behind it, whether it counts as large; of a
# link, also what tells it from the words around it; of a frame that scrolls, whether a key reaches into it.
LOOKS = """() => {
  const grounds = new Map([[null, '']]);
  const shown = (element) => element ? getComputedStyle(element).opacity * shown(element.parentElement) : 1;
  const behind = (element) => {
    if (!grounds.has(element)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
      const own = [backgroundColor, backgroundImage, opacity].join();
      const nothing = own === 'rgba(0, 0, 0, 0),none,1';
      const opaque = backgroundColor.startsWith('rgb(') && opacity === '1';
      const parent = element.parentElement;
      grounds.set(element, nothing ? behind(parent) : `${own} on ${opaque ? shown(parent) : behind(parent)}`);
    }
    return grounds.get(element);
  };
  return (element) => {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const look = [style.color, style.textShadow, large, behind(element)].join();
    const looks = [];
    const writes = [...element.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim());
    if (writes || element.matches('input, select, textarea')) looks.push(look);
    if (element.localName === 'a') {
      const around = getComputedStyle(element.parentElement).color;
      looks.push([look, style.textDecorationLine, style.borderBottom, around].join());
    }
    const scrolls = element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight;
    if (scrolls && /auto|scroll/.test(style.overflow)) {
      const stop = element.tabIndex === 0 || element.querySelector('a[href], button, input, select, summary, [tabindex]');
      looks.push(`${element.localName}.${element.className} ${stop ? 'with' : 'without'} a stop`);
    }
    return looks;
  };
}"""

# axe measures no text on a gradient: it can be read there, as small as it may be, if it can on each of its colours.
LEGIBLE_ON_STRIPES = """(element) => {
  const { Color, flattenColors, getContrast } = axe.commons.color;
  const colour = (text) => {
    const made = new Color();
    made.parseString(text);
    return made;
  };
  const grounds = (element) => {
    if (!element) return [colour('white')];
    const { backgroundColor, backgroundImage } = getComputedStyle(element);
    const below = colour(backgroundColor);
    const plain = below.alpha === 1 ? [below] : grounds(element.parentElement).map((each) => flattenColors(below, each));
    const stripes = backgroundImage.match(/\\b(?:rgba?|color|ok\\w+)\\([^)]*\\)/g);
    return stripes ? plain.flatMap((each) => stripes.map((stripe) => flattenColors(colour(stripe), each))) : plain;
  };
  const text = colour(getComputedStyle(element).color);
  const heard = element.offsetWidth <= 1; // by those who see nothing, and by nobody seen
  return heard || grounds(element).every((ground) => getContrast(ground, text) >= 4.5);
}"""

# Of each new look the first, the last and one between: something may lie on one of them. What a frame has scrolled out
# of view cannot be measured, so the frames are spread out for looks of which none could be.
# The theme fades its colours in, one after another; a colour half-way is nobody's.
VIOLATIONS = f"""async ([within, rules, met]) => {{
  const fading = () => document.getAnimations().filter((each) => each.effect?.getTiming().iterations !== Infinity);
  for (let left = fading(); left.length; left = fading()) left.forEach((each) => each.finish());

  const looks = ({LOOKS})();
  const known = new Set(met);
  const found = new Map();
  for (const element of ({SHOWN})(within)) {{
    for (const look of looks(element).filter((each) => !known.has(each))) {{
      if (!found.has(look)) found.set(look, []);
      found.get(look).push(element);
    }}
  }}
  const striped = [...found.keys()].filter((look) => look.includes('gradient('));
  const pale = striped.flatMap((look) => found.get(look).filter((each) => !({LEGIBLE_ON_STRIPES})(each))
    .map((each) => `color-contrast: on stripes: ${{each.outerHTML.slice(0, 200)}}`));
  striped.forEach((look) => found.delete(look));
  if (rules && !found.size) return [[], pale];

  const asked = async (which, rules) => {{
    const marks = which.map((look) => ((all) => [all[0], all[all.length >> 1], all.at(-1)])(found.get(look)));
    const marked = marks.flat();
    for (const each of marked) each.dataset.drawnAnew = '';
    // It would fetch all style sheets again for a rule that is off unless asked for.
    const preload = {{ assets: ['media'] }};
    const resultTypes = ['violations', 'incomplete'];
    const options = {{ preload, resultTypes, elementRef: true, ...(rules && {{ runOnly: rules }}) }};
    const {{ violations, incomplete }} = await axe.run(within ?? document, options);
    for (const each of marked) delete each.dataset.drawnAnew;
    const open = incomplete.filter(({{ id }}) => id === 'color-contrast').flatMap(({{ nodes }}) => nodes);
    const unmeasured = new Set(open.map(({{ element }}) => element));
    return [violations.map(
      ({{ id, help, nodes }}) => `${{id}}: ${{help}}: ${{nodes.map(({{ html }}) => html.slice(0, 200)).join(' | ')}}`),
      which.filter((_, place) => marks[place].every((each) => unmeasured.has(each)))];
  }};

  let [violations, unmeasured] = await asked([...found.keys()], rules);
  if (unmeasured.length) {{
    const frames = [...document.querySelectorAll('body *')].filter((each) => each.scrollHeight > each.clientHeight
      && /auto|scroll/.test(getComputedStyle(each).overflowY)).map((each) => [each, each.style.cssText]);
    for (const [frame] of frames) frame.style.cssText += '; overflow: visible; height: auto; max-height: none';
    const more = await asked(unmeasured, ['color-contrast']);
    for (const [frame, style] of frames) frame.style.cssText = style;
    violations = violations.concat(more[0]);
    unmeasured = more[1];
  }}
  return [[...found.keys()].filter((look) => !unmeasured.includes(look)), [...violations, ...pale]];
}}"""

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""How far a page must be scrolled sideways, in pixels."""

Part = str | dict[str, object] | None
"""A selector, or what axe takes as a context; None is the whole page."""

MET: set[str] = set()
"""How all was drawn that axe has looked at in this process."""


def violations(reader: Reader, within: Part = None, of_the_screen: bool = False) -> list[str]:
    """What axe finds wrong in the page, or within a part of it; by all of its rules, or by those of the screen.

    Contrast is measured where text is drawn as none before it was, and all that is of the screen alone
    is asked only where anything is.
    """
    if not reader.page.evaluate("() => 'axe' in window"):
        if not AXE.exists():
            pytest.fail(f"{AXE} is missing: run npm ci.")
        reader.page.evaluate(f"{AXE.read_text('utf-8')};{OF_WHAT_IS_MARKED}")
    looks, found = reader.page.evaluate(VIOLATIONS, [within, list(OF_THE_SCREEN) if of_the_screen else None, [*MET]])
    MET.update(looks)
    return found


def shows_anything_new(reader: Reader, met: set[str], within: Part = None) -> bool:
    """Whether any kind of element is shown that was not yet `met`; it is, then."""
    new = set(reader.page.evaluate(KINDS, within)) - met
    met |= new
    return bool(new)
