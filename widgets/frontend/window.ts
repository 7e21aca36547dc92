/** What the widgets keep in the window of a page: its hooks, and what all of them must share. */

import type { Assessment, Conditions, Explainer, Findings, Knowledge } from '../engine/types';
import type { Book } from './book';
import type { Texts } from './long_texts';
import type { StateModel } from './host';

/** A widget in a page. */
export interface Found {
  readonly kind: string;
  readonly model: StateModel;
  readonly element: HTMLElement;
}

declare global {
  interface Window {
    casebook?: {
      knowledge?: Knowledge;
      /** The conditions of rules and the long texts of the knowledge, once they have been fetched. */
      arguments?: Conditions;
      prose?: Texts;
      assess?: (findings: Findings) => Assessment;
      explain?: Explainer;
      /** What is live in the page, for what is fetched later. */
      live?: { readonly book: Book; readonly found: readonly Found[] };
      /** What was pressed to have the presentation fetched. */
      asked?: EventTarget | null;
      /** The case of the page as it is presented. */
      presentation?: unknown;
      /** How many widgets have been drawn in this window. */
      drawn?: number;
    };
  }
}
