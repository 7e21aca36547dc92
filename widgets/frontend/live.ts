/** The live widgets of a page, for scripts that are fetched later. */

import type { Book } from './book';
import type { StateModel } from './host';
import './window';

/** A widget in a page. */
export interface PageWidget {
  readonly kind: string;
  readonly model: StateModel;
  readonly element: HTMLElement;
}

declare global {
  interface CasebookHooks {
    live?: { readonly book: Book; readonly found: readonly PageWidget[] };
  }
}
