/**
 * The progress of a reader, stored in this browser.
 *
 * Nothing leaves the browser. If the browser refuses to store, the page works without progress. Stored text that cannot
 * be read is moved to another key before anything is written.
 */

import { message } from '../engine/messages';

const KEY = 'casebook:learning';
const ASIDE = 'casebook:learning:aside';
const VERSION = 1;

/** Dispatched on the window after a change in this page, which the event `storage` reports only to the others. */
const CHANGED = 'casebook:learning';

/** Milliseconds after the opening of a page at which the storage is read again. */
const LATE = [300, 1000, 3000];

/** A day of the reader's calendar, such as 2026-03-14; no time of day is stored. */
export type Day = string;

/** How sure a reader was of an answer before submitting it, least sure first. */
export const CONFIDENCES = ['guess', 'fairly-sure', 'certain'] as const;

export type Confidence = (typeof CONFIDENCES)[number];

export interface Answer {
  readonly at: Day;
  readonly right: boolean;
  /** Absent if the reader did not say, and in records from before the reader was asked. */
  readonly confidence?: Confidence;
}

/** The pages read, and the answers by question (`NAME/ID`), oldest first. */
export interface Progress {
  readonly version: typeof VERSION;
  readonly pages: Readonly<Record<string, { readonly read: Day }>>;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
}

const NOTHING: Progress = { version: VERSION, pages: {}, answers: {} };

// ── Storage ───────────────────────────────────────────────────────────────────

/** The stored progress; empty if nothing readable is stored. */
export function storedProgress(): Progress {
  try {
    return parseProgress(localStorage.getItem(KEY) ?? serialise(NOTHING));
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

function undoable(change: () => boolean): Undo | null {
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

// ── Files ─────────────────────────────────────────────────────────────────────

/** Progress as the text of a file. */
export function serialise(progress: Progress = storedProgress()): string {
  return JSON.stringify(progress, null, 1);
}

/**
 * Parses the text of a file.
 *
 * Throws an error whose message says what is wrong and how to correct it.
 */
export function parseProgress(text: string): Progress {
  const fault = faultOf(text);
  if (fault) throw new Error(fault);
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
  return { version: VERSION, pages, answers };
}

/** The fault of a text, or undefined. */
function faultOf(text: string): string | undefined {
  let value: Partial<Progress>;
  try {
    value = JSON.parse(text) as Partial<Progress>;
  } catch {
    return message('backup-error-json');
  }
  if (!isTable(value) || !('version' in value)) return message('backup-error-none');
  if (value.version !== VERSION)
    return message('backup-error-version', { version: JSON.stringify(value.version), expected: VERSION });
  if (!isTable(value.pages)) return message('backup-error-pages');
  if (!isTable(value.answers)) return message('backup-error-answers');
  for (const [page, entry] of Object.entries(value.pages)) {
    if (!isDay(entry?.read)) return message('backup-error-page', { page });
  }
  for (const [id, history] of Object.entries(value.answers)) {
    if (!Array.isArray(history) || !history.every(isAnswer)) {
      return message('backup-error-history', { question: id });
    }
  }
  return undefined;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAnswer(value: Partial<Answer> | null): value is Answer {
  if (!isDay(value?.at) || typeof value?.right !== 'boolean') return false;
  return value.confidence === undefined || CONFIDENCES.includes(value.confidence);
}

function isDay(value: unknown): value is Day {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

// ── Days ──────────────────────────────────────────────────────────────────────

/** The day in the reader's time zone. */
export function day(moment: Date = new Date()): Day {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
