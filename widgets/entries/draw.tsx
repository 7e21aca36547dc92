/** Renders a widget of any kind into an element. */

import { render, type ComponentChild } from 'preact';

import { Explorer } from '../explorer/explorer';
import { Quiz } from '../quiz/quiz';
import { Reading } from '../reading/reading';
import { WhatIf, type ExplorerInPage } from '../what_if/what_if';
import { BookContext, type Book } from '../frontend/book';
import type { Model } from '../frontend/host';
import '../frontend/window';

export interface WidgetMount {
  readonly kind: string;
  readonly model: Model;
  readonly element: HTMLElement;
  /** In a page of the book, without Python. */
  readonly page: boolean;
  /** The explorers of the same case in the page. */
  readonly peers: readonly ExplorerInPage[];
}

/** Renders a widget and returns the function that removes it. */
export function draw(book: Book, mount: WidgetMount): () => void {
  // Counted in the window, because every widget in JupyterLab loads this module again, and radio buttons of two
  // explorers must not share a name.
  const shared = (window.casebook ??= {});
  shared.drawn = (shared.drawn ?? 0) + 1;
  const drawn = kinds[mount.kind];
  if (!drawn) throw new Error(`no widget of the kind ${mount.kind}`);
  const widget = drawn(mount, `casebook-${shared.drawn}`);
  render(<BookContext.Provider value={book}>{widget}</BookContext.Provider>, mount.element);
  return () => render(null, mount.element);
}

type Draw = (mount: WidgetMount, instance: string) => ComponentChild;

/** How a widget of each kind is drawn; scripts that are loaded by some pages only add theirs. */
export const kinds: Record<string, Draw> = {
  explorer: ({ model, page }, instance) => <Explorer model={model} instance={instance} page={page} />,
  reading: ({ model }, instance) => <Reading model={model} instance={instance} />,
  quiz: ({ model, page }, instance) => <Quiz model={model} instance={instance} page={page} />,
  'what-if': ({ model, peers }) => <WhatIf model={model} explorers={peers} />,
};
