/**
 * The progress of a reader, stored in this browser.
 *
 * Nothing leaves the browser. If the browser refuses to store, the page works without progress. Stored text that cannot
 * be read is moved to another key before anything is written.
 */

import { type Answer, day, faultOf, NOTHING, type Day, type Progress, serialise } from './record';

const KEY = 'casebook:learning';
const ASIDE = 'casebook:learning:aside';

/** Dispatched on the window after a change in this page, which the event `storage` reports only to the others. */
const CHANGED = 'casebook:learning';

/** Milliseconds after the opening of a page at which the storage is read again. */
const LATE = [300, 1000, 3000];

/** The stored progress; empty if nothing readable is stored. */
export function storedProgress(): Progress {
  try {
    const text = localStorage.getItem(KEY);
    return text === null || faultOf(text) ? NOTHING : (JSON.parse(text) as Progress);
  } catch {
    return NOTHING;
  }
}

/** Calls a listener whenever the stored progress may have changed: in this page, in another, or after going back. */
export function watch(look: () => void): void {
  // Other keys are ignored; otherwise the test of storage would make two pages notify each other for ever.
  addEventListener('storage', ({ key }) => (key === null || key === KEY || key === ASIDE) && look());
  addEventListener(CHANGED, look);
  addEventListener('pageshow', look);
  // From disk, every page is a process of its own, and the storage of the previous page may arrive late.
  for (const wait of LATE) setTimeout(look, wait);
}

/** Stores an answer; returns false if the browser refuses. */
export function recordAnswer(id: string, answer: Omit<Answer, 'at'>, at: Day = day()): boolean {
  const progress = storedProgress();
  const history = [...(progress.answers[id] ?? []), { at, ...answer }];
  return storeProgress({ ...progress, answers: { ...progress.answers, [id]: history } });
}

/** Stores that a page was read; returns false if the browser refuses. */
export function recordRead(page: string, at: Day = day()): boolean {
  const progress = storedProgress();
  return storeProgress({ ...progress, pages: { ...progress.pages, [page]: { read: at } } });
}

/** Removes the mark of a page as read; returns false if the browser refuses. */
export function recordUnread(page: string): boolean {
  const { [page]: _, ...pages } = storedProgress().pages;
  return storeProgress({ ...storedProgress(), pages });
}

/** Replaces the stored progress; returns false if the browser refuses. */
export function storeProgress(next: Progress): boolean {
  try {
    setAside();
    localStorage.setItem(KEY, serialise(next));
  } catch {
    return false;
  }
  dispatchEvent(new Event(CHANGED));
  return true;
}

/** Whether this browser stores anything for this page. */
export function canStore(): boolean {
  try {
    localStorage.setItem(`${KEY}:try`, '');
    localStorage.removeItem(`${KEY}:try`);
    return true;
  } catch {
    return false;
  }
}

/** Undoes a change; returns false if the browser refuses. */
export type Undo = () => boolean;

/** Deletes everything, including unreadable text; returns null if the browser refuses. */
export function deleteAll(): Undo | null {
  return undoable(() => {
    for (const key of [KEY, ASIDE]) localStorage.removeItem(key);
    return true;
  });
}

/** Makes a change and returns its undoing; returns null if the browser refuses the change. */
export function undoable(change: () => boolean): Undo | null {
  try {
    const before = [KEY, ASIDE].map((key) => [key, localStorage.getItem(key)] as const);
    const undo = () => {
      try {
        for (const [key, text] of before) text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text);
        return true;
      } catch {
        return false;
      }
    };
    return change() ? undo : null;
  } catch {
    return null;
  }
}

/** Stored text that could not be read, or null. */
export function unreadableText(): string | null {
  try {
    setAside();
    return localStorage.getItem(ASIDE);
  } catch {
    return null;
  }
}

function setAside(): void {
  const stored = localStorage.getItem(KEY);
  if (stored === null || !faultOf(stored)) return;
  const before = localStorage.getItem(ASIDE);
  localStorage.setItem(ASIDE, before === null ? stored : `${before}\n${stored}`);
  localStorage.removeItem(KEY);
}
