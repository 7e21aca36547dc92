/**
 * Entry of score.js, on pages with a calculator: the chosen items in the address of the page, and the score as text.
 *
 * The address, such as `#sins?location=junctional&pain=mechanical`, follows every choice, so reloading loses nothing.
 */

import '../frontend/window';
import { message } from '../engine/messages';
import { scoreOfItems } from '../engine/score_of_items';
import type { Value } from '../engine/types';
import type { Book } from '../frontend/book';
import type { PageWidget } from '../frontend/live';
import { fromAddress, toAddress } from './items_link';
import { noteOf } from './note';

type Items = Readonly<Record<string, Value>>;

const live = window.casebook?.live;
for (const widget of live?.found ?? []) if (widget.kind === 'calculator') attach(live!.book, widget);

function attach(book: Book, { model, element }: PageWidget): void {
  const score = book.scores.get(String(model.get('score')));
  if (!score) return;
  const items = () => model.get('items') as Items;
  const published = items();
  const { tools, errors, said, copy } = controls();
  // Above the items, because a reader must know before reading the total.
  element.before(errors);
  element.after(tools);

  const open = () => {
    const opened = fromAddress(book, score.id, location.hash);
    errors.replaceChildren(...(opened?.errors.length ? faults(opened.errors) : []));
    if (opened) model.set('items', opened.items);
  };
  open();
  addEventListener('hashchange', open);
  model.on('change:items', () => {
    said.textContent = '';
    const own = location.hash.startsWith(`#${score.id}?`);
    const changed = Object.keys(items()).length > 0 || Object.keys(published).length > 0;
    if (changed || own) keep(changed ? toAddress(score, items()) : location.pathname + location.search);
  });
  copy.addEventListener('click', async () => {
    const text = noteOf(score, scoreOfItems(book.knowledge, score.id, items()));
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = message('calculator-copied', { text });
    } catch {
      said.textContent = message('calculator-not-copied', { text });
    }
  });
}

function keep(address: string): void {
  try {
    history.replaceState(history.state, '', address);
  } catch {
    // A browser refuses after a hundred changes in half a minute; the next choice is written again.
  }
}

function controls() {
  const tools = document.createElement('div');
  tools.className = 'cb cb-score-tools';
  const errors = document.createElement('div');
  errors.className = 'cb';
  errors.setAttribute('role', 'status');
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.textContent = message('calculator-copy');
  const said = document.createElement('span');
  said.className = 'cb-said';
  said.setAttribute('aria-live', 'polite');
  const line = document.createElement('div');
  line.className = 'cb-tools';
  line.append(copy, said);
  tools.append(line);
  return { tools, errors, copy, said };
}

function faults(errors: readonly string[]): Node[] {
  const box = document.createElement('div');
  box.className = 'cb-errors';
  const list = document.createElement('ul');
  for (const error of errors) list.append(Object.assign(document.createElement('li'), { textContent: error }));
  box.append(Object.assign(document.createElement('p'), { textContent: message('explorer-link-errors') }), list);
  return [box];
}
