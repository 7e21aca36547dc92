/** Renders widgets of a page in the place of their text. */

import type { Book } from '../frontend/book';
import type { PageWidget } from '../frontend/live';
import { draw } from './draw';

/** Renders those of some widgets that are wanted and not live yet; the text remains where a widget cannot be drawn. */
export function hydrate(book: Book, found: readonly PageWidget[], wanted: (widget: PageWidget) => boolean): void {
  for (const widget of found.filter(wanted)) {
    const { kind, model, element } = widget;
    // The script of its kind may have come before the paint after which all others are drawn.
    if (element.dataset.live !== undefined) continue;
    const peers = found.filter((other) => isExplorer(other) && other.model.get('case') === model.get('case'));
    const text = [...element.childNodes];
    element.replaceChildren();
    try {
      draw(book, { kind, model, element, peers, page: true });
      element.dataset.live = '';
    } catch (error) {
      console.error('casebook: a widget could not be drawn', element, error);
      element.replaceChildren(...text);
    }
  }
}

export function isExplorer({ kind }: PageWidget): boolean {
  return kind === 'explorer';
}
