/**
 * Entry of page.js: renders the widgets of a built page.
 *
 * The page contains each widget as text with its state. The script replaces the text, unless the knowledge or the state is
 * missing.
 */

import { createEngine } from '../engine';
import type { PageWidget } from '../frontend/live';
import { Book } from '../frontend/book';
import { kinds } from './draw';
import { hydrate, isExplorer } from './hydrate';
import { StateModel } from '../frontend/host';
import { WHEN_IDLE, LaterFiles } from '../frontend/later_files';
import { watchRoomLink } from '../frontend/room_link';
import { script } from '../frontend/script';
import { afterPaint, whenIdle } from '../frontend/scheduling';

/** The address of a file beside this script, with the same version. */
const beside = (name: string) => SCRIPT.replace('page.js', name);
/** Files that contain knowledge have the version of the knowledge. */
const laterFile = (version: string) => (name: string) =>
  name.startsWith('details')
    ? beside(name)
    : SCRIPT.replace(/page\.js.*$/, `${name}?v=${encodeURIComponent(version)}`);
const SCRIPT = (document.currentScript as HTMLScriptElement).src;

function boot(): void {
  const casebook = window.casebook;
  if (!casebook?.knowledge) return;
  const engine = createEngine(casebook.knowledge);
  casebook.assess = (findings) => engine.assess(findings);
  casebook.explain = engine.explain;

  const { knowledge } = engine;
  const book = new Book(knowledge, engine, new LaterFiles(knowledge, laterFile(knowledge.version)));
  const found = [...document.querySelectorAll<HTMLElement>('.casebook-widget')].flatMap(widgetIn);
  // Explorers first; the other widgets after they have been painted.
  hydrate(book, found, isExplorer);
  afterPaint(() => hydrate(book, found, (one) => !isExplorer(one) && one.kind in kinds));
  // So that the first change or answer is explained as fast as every other, and an answer asks for nothing.
  whenIdle(() => void book.later.fetch(WHEN_IDLE));
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

function widgetIn(element: HTMLElement): PageWidget[] {
  try {
    const state = JSON.parse(element.dataset.state ?? '') as Record<string, unknown>;
    return [{ kind: element.dataset.casebookWidget ?? '', model: new StateModel(state), element }];
  } catch (error) {
    console.error('casebook: a widget has no readable state', element, error);
    return [];
  }
}

boot();
watchRoomLink(beside('room.js'));
