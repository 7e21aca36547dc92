/** The interface of a page's window: hooks for scripts, and the shared state of widgets. Modules declare their own parts. */

import type { Assessment, Explainer, Findings, Knowledge } from '../engine/types';

declare global {
  interface CasebookHooks {
    knowledge?: Knowledge;
    assess?: (findings: Findings) => Assessment;
    explain?: Explainer;
    /** The control whose press fetches the presentation. */
    asked?: EventTarget | null;
    /** The case of the page as it is presented. */
    presentation?: unknown;
    /** How many widgets have been drawn in this window. */
    drawn?: number;
  }
  interface Window {
    casebook?: CasebookHooks;
  }
}
