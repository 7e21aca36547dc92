/** The questions of the book in the window of a page, for the line of what is due. */

import '../frontend/window';

declare global {
  interface CasebookHooks {
    /** The addresses of all questions by id, in reading order, relative to the folder of the book. */
    questions?: Readonly<Record<string, string>>;
  }
}
