/** The interface of the widgets in the window of a page, and their shared state. */

import type { Assessment, Conditions, Explainer, Findings, Knowledge } from '../engine/types';
import type { Book } from './book';
import type { LongTextParts } from './long_texts';
import type { StateModel } from './host';

/** A widget in a page. */
export interface PageWidget {
  readonly kind: string;
  readonly model: StateModel;
  readonly element: HTMLElement;
}

declare global {
  interface Window {
    casebook?: {
      knowledge?: Knowledge;
      /** The conditions of rules and the long texts of the knowledge, once loaded. */
      arguments?: Conditions;
      prose?: LongTextParts;
      assess?: (findings: Findings) => Assessment;
      explain?: Explainer;
      /** The book and the widgets of the page, for scripts that are loaded later. */
      live?: { readonly book: Book; readonly found: readonly PageWidget[] };
      /** The button whose press loaded present.js. */
      asked?: EventTarget | null;
      /** The presentation of the case of the page. */
      presentation?: unknown;
      /** Number of widgets rendered in this window. */
      drawn?: number;
    };
  }
}
