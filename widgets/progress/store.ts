/**
 * The progress of a reader, stored in this browser, and the spaced repetition of questions.
 *
 * Nothing leaves the browser. If the browser refuses to store, the page works without progress. Stored text that cannot
 * be read is moved to another key before anything is written.
 */

const KEY = 'casebook:learning';
const ASIDE = 'casebook:learning:aside';
const VERSION = 1;

/** Milliseconds after the opening of a page at which the storage is read again. */
const LATE = [300, 1000, 3000];

/** A day of the reader's calendar, such as 2026-03-14; no time of day is stored. */
export type Day = string;

export interface Answer {
  readonly at: Day;
  readonly right: boolean;
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
    const stored = localStorage.getItem(KEY);
    return stored === null || faultOf(stored) ? NOTHING : (JSON.parse(stored) as Progress);
  } catch {
    return NOTHING;
  }
}

/** Calls a listener whenever the stored progress may have changed: in another page, or after going back. */
export function watch(look: () => void): void {
  // Other keys are ignored; otherwise the test of storage would make two pages notify each other for ever.
  addEventListener('storage', ({ key }) => (key === null || key === KEY || key === ASIDE) && look());
  addEventListener('pageshow', look);
  // From disk, every page is a process of its own, and the storage of the previous page may arrive late.
  for (const wait of LATE) setTimeout(look, wait);
}

/** Stores an answer; returns false if the browser refuses. */
export function recordAnswer(id: string, right: boolean, at: Day = day()): boolean {
  const progress = storedProgress();
  return storeProgress({ ...progress, answers: { ...progress.answers, [id]: [...(progress.answers[id] ?? []), { at, right }] } });
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
    return true;
  } catch {
    return false;
  }
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

/** Makes a change of what is stored; returns null if the browser refuses. */
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

// ── Text ──────────────────────────────────────────────────────────────────────

/** Progress as text. */
export function serialise(progress: Progress = storedProgress()): string {
  return JSON.stringify(progress, null, 1);
}

/** What is wrong with a text; the words are those of the page of progress, which alone reads files. */
export type Fault =
  | { readonly kind: 'json' | 'none' | 'pages' | 'answers' }
  | { readonly kind: 'version'; readonly version: string; readonly expected: number }
  | { readonly kind: 'page'; readonly page: string }
  | { readonly kind: 'history'; readonly question: string };

/** The fault of a text, or undefined. */
export function faultOf(text: string): Fault | undefined {
  let value: Partial<Progress>;
  try {
    value = JSON.parse(text) as Partial<Progress>;
  } catch {
    return { kind: 'json' };
  }
  if (!isTable(value) || !('version' in value)) return { kind: 'none' };
  if (value.version !== VERSION)
    return { kind: 'version', version: JSON.stringify(value.version), expected: VERSION };
  if (!isTable(value.pages)) return { kind: 'pages' };
  if (!isTable(value.answers)) return { kind: 'answers' };
  for (const [page, entry] of Object.entries(value.pages)) {
    if (!isDay(entry?.read)) return { kind: 'page', page };
  }
  for (const [id, history] of Object.entries(value.answers)) {
    if (!Array.isArray(history) || !history.every((each) => isDay(each?.at) && typeof each.right === 'boolean')) {
      return { kind: 'history', question: id };
    }
  }
  return undefined;
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDay(value: unknown): value is Day {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

// ── Spaced repetition ─────────────────────────────────────────────────────────

/** Days until a question is due again, by box. */
export const BOXES = [1, 3, 7, 21, 60] as const;

export interface Due {
  /** The box of the question, from 1. */
  readonly box: number;
  /** The day on which the question is due. */
  readonly on: Day;
  /** Whether the question is due now. */
  readonly now: boolean;
}

/**
 * When a question is due again, by Leitner's boxes; null if it was never answered.
 *
 * The first answer puts a question into the first box. A correct answer moves a question that was due to the next box;
 * an earlier answer proves less and changes nothing. A wrong answer moves the question back to the first box.
 */
export function due(history: readonly Answer[], now: Day = day()): Due | null {
  let box = 0;
  let on = '';
  for (const { at, right } of history) {
    if (right && at < on) continue;
    box = right ? Math.min(box + 1, BOXES.length) : 1;
    on = daysLater(at, BOXES[box - 1]!);
  }
  return box ? { box, on, now: on <= now } : null;
}

/** The day in the reader's time zone. */
export function day(moment: Date = new Date()): Day {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function daysLater(from: Day, days: number): Day {
  return new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
}
