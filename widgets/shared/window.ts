/** What the widgets keep in the window of a page: its hooks, and what all of them must share. */

import type { Assessment, Explainer, Findings, Knowledge } from '../engine/types';

declare global {
  interface Window {
    casebook?: {
      knowledge?: Knowledge;
      /** The long texts of the knowledge, once they have been fetched. */
      prose?: unknown;
      assess?: (findings: Findings) => Assessment;
      explain?: Explainer;
      /** How many widgets have been drawn in this window. */
      drawn?: number;
    };
  }
}
