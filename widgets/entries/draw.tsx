/** Renders a widget of any kind into an element; no other module knows all kinds. */

import { render, type ComponentChild } from 'preact';

import { Calculator } from '../calculator/calculator';
import { Oswestry } from '../oswestry/oswestry';
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
  const widget = widgetOf(mount, `casebook-${shared.drawn}`);
  render(<BookContext.Provider value={book}>{widget}</BookContext.Provider>, mount.element);
  return () => render(null, mount.element);
}

function widgetOf({ kind, model, page, peers }: WidgetMount, instance: string): ComponentChild {
  switch (kind) {
    case 'explorer':
      return <Explorer model={model} instance={instance} page={page} />;
    case 'reading':
      return <Reading model={model} instance={instance} />;
    case 'quiz':
      return <Quiz model={model} instance={instance} page={page} />;
    case 'what-if':
      return <WhatIf model={model} explorers={peers} />;
    case 'calculator':
      return <Calculator model={model} instance={instance} />;
    case 'disability':
      return <Oswestry model={model} instance={instance} />;
    default:
      throw new Error(`no widget of the kind ${kind}`);
  }
}
