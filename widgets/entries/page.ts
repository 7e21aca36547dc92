/**
 * Brings the widgets of a built page to life.
 *
 * The page holds them as text that reads without a script, with their state beside it; this replaces
 * that text. Where the knowledge or a state is missing, the text stays.
 */

import { createEngine } from '../engine';
import type { Found } from '../frontend/live';
import { Book } from '../frontend/book';
import { draw } from './draw';
import { StateModel } from '../frontend/host';
import { Prose } from '../frontend/long_texts';
import { watchRoomLink } from '../frontend/room_link';
import { script } from '../frontend/script';
import { afterPaint } from '../frontend/scheduling';

/** Beside this script, and asked for anew when this script is. */
const beside = (name: string) => SCRIPT.replace('page.js', name);
/** Beside it too, and what holds knowledge asked for anew when that is another. */
const later = (version: string) => (name: string) =>
  name === 'details'
    ? beside('details.js')
    : SCRIPT.replace(/page\.js.*$/, `${name}.js?v=${encodeURIComponent(version)}`);
const SCRIPT = (document.currentScript as HTMLScriptElement).src;

function boot(): void {
  const casebook = window.casebook;
  if (!casebook?.knowledge) return;
  const engine = createEngine(casebook.knowledge);
  casebook.assess = (findings) => engine.assess(findings);
  casebook.explain = engine.explain;

  const { knowledge } = engine;
  const book = new Book(knowledge, engine, new Prose(knowledge, later(knowledge.version)));
  const found = [...document.querySelectorAll<HTMLElement>('.casebook-widget')].flatMap(read);
  // What a reader came for first; the rest of the page, and what only a change needs, once it is on the screen.
  for (const one of found.filter(isExplorer)) enliven(book, one, found);
  afterPaint(() => {
    for (const one of found) if (!isExplorer(one)) enliven(book, one, found);
  });
  casebook.live = { book, found };
  const controls = document.querySelector<HTMLElement>('.casebook-present');
  if (controls) offer(controls);
}

/** What presents and prints takes these controls over, once it has been fetched for the first of them. */
function offer(controls: HTMLElement): void {
  controls.hidden = false;
  controls.onclick = ({ target }) => {
    window.casebook!.asked = target;
    script(beside('present.js')).catch(() => offer(controls));
    controls.onclick = null;
  };
}

function isExplorer({ kind }: Found): boolean {
  return kind === 'explorer';
}

function read(element: HTMLElement): Found[] {
  try {
    const state = JSON.parse(element.dataset.state ?? '') as Record<string, unknown>;
    return [{ kind: element.dataset.casebookWidget ?? '', model: new StateModel(state), element }];
  } catch (error) {
    console.error('casebook: a widget has no readable state', element, error);
    return [];
  }
}

function enliven(book: Book, { kind, model, element }: Found, found: readonly Found[]): void {
  const peers = found.filter(
    (other) => isExplorer(other) && other.model.get('case') === model.get('case'),
  );
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

boot();
watchRoomLink(beside('room.js'));
