/**
 * Entry of page.js: renders the widgets of a built page.
 *
 * The page contains each widget as text with its state. The script replaces the text, unless the knowledge or the state is
 * missing.
 */

import { createEngine } from '../engine';
import type { PageWidget } from '../frontend/live';
import { Book } from '../frontend/book';
import { draw } from './draw';
import { StateModel } from '../frontend/host';
import { LongTexts } from '../frontend/long_texts';
import { watchRoomLink } from '../frontend/room_link';
import { script } from '../frontend/script';
import { afterPaint } from '../frontend/scheduling';

/** The address of a file beside this script, with the same version. */
const beside = (name: string) => SCRIPT.replace('page.js', name);
/** The same for files that contain knowledge, with the version of the knowledge. */
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
  const book = new Book(knowledge, engine, new LongTexts(knowledge, later(knowledge.version)));
  const found = [...document.querySelectorAll<HTMLElement>('.casebook-widget')].flatMap(widgetIn);
  // Explorers first; the other widgets after they have been painted.
  for (const one of found.filter(isExplorer)) hydrate(book, one, found);
  afterPaint(() => {
    for (const one of found) if (!isExplorer(one)) hydrate(book, one, found);
  });
  casebook.live = { book, found };
  const controls = document.querySelector<HTMLElement>('.casebook-present');
  if (controls) offerPresentation(controls);
}

/** Loads present.js at the first press; that script then takes over the buttons. */
function offerPresentation(controls: HTMLElement): void {
  controls.hidden = false;
  controls.onclick = ({ target }) => {
    window.casebook!.asked = target;
    script(beside('present.js')).catch(() => offerPresentation(controls));
    controls.onclick = null;
  };
}

function isExplorer({ kind }: PageWidget): boolean {
  return kind === 'explorer';
}

function widgetIn(element: HTMLElement): PageWidget[] {
  try {
    const state = JSON.parse(element.dataset.state ?? '') as Record<string, unknown>;
    return [{ kind: element.dataset.casebookWidget ?? '', model: new StateModel(state), element }];
  } catch (error) {
    console.error('casebook: a widget has no readable state', element, error);
    return [];
  }
}

function hydrate(book: Book, { kind, model, element }: PageWidget, found: readonly PageWidget[]): void {
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
