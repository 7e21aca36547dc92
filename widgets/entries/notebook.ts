/** Entry of lab.js: the front end that anywidget loads where there is a kernel. */

import { createEngine } from '../engine';
import type { Knowledge } from '../engine/types';
import { Book } from '../frontend/book';
import './calculators';
import './details';
import { draw } from './draw';
import type { Model } from '../frontend/host';
import { laterParts } from '../frontend/later_parts';
import { SaveAs } from '../explorer/save_as';

Object.assign(laterParts, { SaveAs });

const books = new Map<string, Book>();

function bookOf(knowledge: Knowledge): Book {
  const known = books.get(knowledge.version);
  if (known) return known;
  const engine = createEngine(knowledge);
  const book = new Book(engine.knowledge, engine);
  books.set(knowledge.version, book);
  return book;
}

function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const book = bookOf(model.get('_knowledge') as Knowledge);
  const kind = String(model.get('_kind'));
  return draw(book, { kind, model, element: el, peers: [], page: false });
}

export default { render };
