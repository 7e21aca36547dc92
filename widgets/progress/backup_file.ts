/** Progress in a file that a reader saved: reading it, and restoring or merging what it has. */

import { message } from '../engine/messages';
import { type Answer, type Fault, faultOf, type Progress, storedProgress, storeProgress, type Undo, undoable } from './store';

/**
 * Parses the text of a file.
 *
 * Throws an error whose message says what is wrong and how to correct it.
 */
export function parseProgress(text: string): Progress {
  const fault = faultOf(text);
  if (fault) throw new Error(faultText(fault));
  return JSON.parse(text) as Progress;
}

/**
 * Replaces the stored progress by that of a file, or merges both; returns null if the browser refuses.
 *
 * Throws, as `parseProgress` does, before anything is changed.
 */
export function restore(text: string, how: 'merge' | 'replace'): Undo | null {
  const found = parseProgress(text);
  return undoable(() => storeProgress(how === 'merge' ? merge(storedProgress(), found) : found));
}

/**
 * The union of two records: for a page the later day; for a question and day, the record with more answers.
 *
 * Restoring the same file twice therefore changes nothing the second time.
 */
export function merge(one: Progress, other: Progress): Progress {
  const pages = { ...one.pages };
  for (const [page, { read }] of Object.entries(other.pages)) {
    if (!(page in pages) || read > pages[page]!.read) pages[page] = { read };
  }
  const answers = { ...one.answers };
  for (const [id, history] of Object.entries(other.answers)) {
    const mine = answers[id] ?? [];
    const days = [...new Set([...mine, ...history].map(({ at }) => at))].sort();
    answers[id] = days.flatMap((each) => {
      const [a, b] = [mine, history].map((list) => list.filter(({ at }) => at === each)) as [Answer[], Answer[]];
      return b.length > a.length ? b : a;
    });
  }
  return { version: one.version, pages, answers };
}

// Words

function faultText(fault: Fault): string {
  switch (fault.kind) {
    case 'version':
      return message('backup-error-version', { version: fault.version, expected: fault.expected });
    case 'page':
      return message('backup-error-page', { page: fault.page });
    case 'history':
      return message('backup-error-history', { question: fault.question });
    default:
      return message(`backup-error-${fault.kind}`);
  }
}
