/**
 * Entry of found.js, on every page: marks the words for which a search led here, opens what they are folded in, and scrolls
 * to the passage.
 *
 * Nothing is put into the text: widgets draw it again, and would leave the marks behind.
 */

/** The custom highlight that prose.css colours. */
const NAME = 'casebook-found';
const BLOCKS = 'p,li,dt,dd,tr,h1,h2,h3,h4,summary,caption,legend,figcaption';

const address = new URL(location.href);
const words = address.searchParams.get('highlight')?.split(/\s+/).filter(Boolean) ?? [];
const article = document.querySelector('article') ?? document.body;

if (words.length > 0) {
  address.searchParams.delete('highlight');
  history.replaceState(history.state, '', address);
  // Widgets other than the explorer are drawn after the first paint.
  addEventListener('load', () => requestAnimationFrame(() => setTimeout(show, 50)));
}

function show(): void {
  const ranges = rangesOf(words);
  window.CSS.highlights?.set(NAME, new Highlight(...ranges));
  const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const block = bestBlock(ranges, target) ?? target;
  if (block) {
    reveal(block);
    block.scrollIntoView({ block: 'center' });
  }
  addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') window.CSS.highlights?.delete(NAME);
  });
}

/** Every place of one of the words, as whole words in any case. */
function rangesOf(wanted: readonly string[]): Range[] {
  const alternatives = wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives})(?![\\p{L}\\p{N}])`, 'giu');
  const ranges: Range[] = [];
  const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode as Text;
    if (text.parentElement?.closest('script, style, select, textarea')) continue;
    for (const { 0: word, index } of text.data.matchAll(pattern)) {
      const range = new Range();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      ranges.push(range);
    }
  }
  return ranges;
}

/** The first block with most of the words, in the section or the entry to which the address leads. */
function bestBlock(ranges: readonly Range[], target: HTMLElement | null): Element | null {
  const found = new Map<Element, Set<string>>();
  for (const range of ranges) {
    const block = range.startContainer.parentElement?.closest(BLOCKS);
    if (!block || (target && !belongs(block, target))) continue;
    found.set(block, (found.get(block) ?? new Set()).add(range.toString().toLowerCase()));
  }
  const most = Math.max(0, ...[...found.values()].map(({ size }) => size));
  return [...found].find(([, { size }]) => size === most)?.[0] ?? null;
}

/** Whether a block is part of what an address leads to; a term goes on to its definition. */
function belongs(block: Element, target: HTMLElement): boolean {
  return target.contains(block) || (target.localName === 'dt' && !!target.nextElementSibling?.contains(block));
}

/** Opens everything that an element is folded in. */
function reveal(element: Element): void {
  for (let around: Element | null = element; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement && !(element.localName === 'summary' && element.parentElement === around)) around.open = true;
    if (around.getAttribute('hidden') === 'until-found') {
      around.dispatchEvent(new Event('beforematch', { bubbles: true }));
      around.removeAttribute('hidden');
    }
  }
}

export {};
