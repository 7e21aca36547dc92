/** Draws a widget of any kind into an element: the one place that knows them all. */

import { render, type ComponentChild } from 'preact';

import { Calculator } from '../calculator/calculator';
import { Disability } from '../oswestry/oswestry';
import { Explorer } from '../explorer/explorer';
import { Quiz } from '../quiz/quiz';
import { Reading } from '../reading/reading';
import { WhatIf, type Peer } from '../what_if/what_if';
import { BookContext, type Book } from '../frontend/book';
import type { Model } from '../frontend/host';
import '../frontend/window';

export interface Place {
  readonly kind: string;
  readonly model: Model;
  readonly element: HTMLElement;
  /** In a page of the book, without Python. */
  readonly page: boolean;
  /** The explorers of the same case. */
  readonly peers: readonly Peer[];
}

/** Draws, and gives back what takes the drawing away again. */
export function draw(book: Book, place: Place): () => void {
  // Counted in the window: in JupyterLab every widget loads this module anew, and radio buttons
  // of two explorers that share a name would put each other out.
  const shared = (window.casebook ??= {});
  shared.drawn = (shared.drawn ?? 0) + 1;
  const widget = widgetOf(place, `casebook-${shared.drawn}`);
  render(<BookContext.Provider value={book}>{widget}</BookContext.Provider>, place.element);
  return () => render(null, place.element);
}

function widgetOf({ kind, model, page, peers }: Place, instance: string): ComponentChild {
  switch (kind) {
    case 'explorer':
      return <Explorer model={model} instance={instance} page={page} />;
    case 'reading':
      return <Reading model={model} instance={instance} />;
    case 'quiz':
      return <Quiz model={model} instance={instance} page={page} />;
    case 'what-if':
      return <WhatIf model={model} peers={peers} />;
    case 'calculator':
      return <Calculator model={model} instance={instance} />;
    case 'disability':
      return <Disability model={model} instance={instance} />;
    default:
      throw new Error(`no widget of the kind ${kind}`);
  }
}
