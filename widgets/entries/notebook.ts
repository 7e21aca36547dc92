/** Entry of lab.js: the front end that anywidget loads where there is a kernel. */

import { createEngine } from '../engine';
import type { Knowledge } from '../engine/types';
import { Book } from '../frontend/book';
import './calculators';
import './details';
import { draw } from './draw';
import { keepFile } from '../figure/figure';
import type { Model } from '../frontend/host';
import { kernelModel } from '../frontend/kernel_model';
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

function render({ model: given, el }: { model: Model; el: HTMLElement }): () => void {
  const model = kernelModel(given);
  const book = bookOf(model.get('_knowledge') as Knowledge);
  const kind = String(model.get('_kind'));
  const figure = model.get('_svg');
  if (typeof figure === 'string') keepFile(figure);
  return draw(book, { kind, model, element: el, peers: [], page: false });
}

export default { render };
