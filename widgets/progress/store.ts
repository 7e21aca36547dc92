/**
 * What this browser keeps of a reader's learning, and when a question is to be seen again.
 *
 * Nothing of it leaves the browser. Keeping is best effort: a browser may refuse, and the page works on
 * without. What cannot be read is set aside before anything is written, never written over.
 */

import { message } from '../engine/messages';

const KEY = 'casebook:learning';
const ASIDE = 'casebook:learning:aside';
const VERSION = 1;

/** So long after a page has opened, in milliseconds, it looks again. */
const LATE = [300, 1000, 3000];

/** A day of the reader's calendar, such as 2026-03-14. No time of day is kept. */
export type Day = string;

export interface Answer {
  readonly at: Day;
  readonly right: boolean;
}

/** What was read, by page, and what was answered, by question (`NAME/ID`), oldest first. */
export interface Learning {
  readonly version: typeof VERSION;
  readonly pages: Readonly<Record<string, { readonly read: Day }>>;
  readonly answers: Readonly<Record<string, readonly Answer[]>>;
}

const NOTHING: Learning = { version: VERSION, pages: {}, answers: {} };

// ── What is kept ──────────────────────────────────────────────────────────────

/** What this browser keeps; nothing, where it keeps nothing that can be read. */
export function learning(): Learning {
  try {
    return opened(localStorage.getItem(KEY) ?? exported(NOTHING));
  } catch {
    return NOTHING;
  }
}

/** Calls back whenever what is kept may have changed: in another page of the book, or one step back. */
export function watch(look: () => void): void {
  // Whatever else a page keeps, as a trial, is not news: two pages would go on answering each other.
  addEventListener('storage', ({ key }) => (key === null || key === KEY || key === ASIDE) && look());
  addEventListener('pageshow', look);
  // From disk every page is a process of its own: what the one before kept may arrive after this one has looked.
  for (const wait of LATE) setTimeout(look, wait);
}

/** Keeps that a question was answered; false, if the browser refuses. */
export function recordAnswer(id: string, right: boolean, at: Day = day()): boolean {
  const kept = learning();
  return keep({ ...kept, answers: { ...kept.answers, [id]: [...(kept.answers[id] ?? []), { at, right }] } });
}

/** Keeps that a page was read; false, if the browser refuses. */
export function recordRead(page: string, at: Day = day()): boolean {
  const kept = learning();
  return keep({ ...kept, pages: { ...kept.pages, [page]: { read: at } } });
}

/** Takes back that a page was read; false, if the browser refuses. */
export function recordUnread(page: string): boolean {
  const { [page]: _, ...pages } = learning().pages;
  return keep({ ...learning(), pages });
}

/** Keeps this in place of all that was kept; false, if the browser refuses. */
export function keep(next: Learning): boolean {
  try {
    setAside();
    localStorage.setItem(KEY, exported(next));
    return true;
  } catch {
    return false;
  }
}

/** Whether this browser keeps anything for this page. */
export function keeps(): boolean {
  try {
    localStorage.setItem(`${KEY}:try`, '');
    localStorage.removeItem(`${KEY}:try`);
    return true;
  } catch {
    return false;
  }
}

/** Takes a change back; false, if the browser refuses. */
export type Undo = () => boolean;

/** Deletes everything, what was set aside too; null, if the browser refuses. */
export function forget(): Undo | null {
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

/** What was found in the place of what is kept and could not be read. */
export function aside(): string | null {
  try {
    setAside();
    return localStorage.getItem(ASIDE);
  } catch {
    return null;
  }
}

function setAside(): void {
  const stored = localStorage.getItem(KEY);
  if (stored === null || !faultIn(stored)) return;
  const before = localStorage.getItem(ASIDE);
  localStorage.setItem(ASIDE, before === null ? stored : `${before}\n${stored}`);
  localStorage.removeItem(KEY);
}

// ── As a file ─────────────────────────────────────────────────────────────────

/** What is kept, as the text of a file. */
export function exported(kept: Learning = learning()): string {
  return JSON.stringify(kept, null, 1);
}

/**
 * Reads the text of a file.
 *
 * Throws an error whose message says what is wrong and what would be right.
 */
export function opened(text: string): Learning {
  const fault = faultIn(text);
  if (fault) throw new Error(fault);
  return JSON.parse(text) as Learning;
}

/**
 * Puts what a file holds in place of what is kept, or with it; null, if the browser refuses.
 *
 * Throws, as `opened` does, before anything is changed.
 */
export function restore(text: string, how: 'merge' | 'replace'): Undo | null {
  const found = opened(text);
  return undoable(() => keep(how === 'merge' ? merged(learning(), found) : found));
}

/**
 * Both together: of a page the later day; of a question, day by day, whichever holds more answers.
 *
 * So the same file restored twice changes nothing the second time.
 */
export function merged(one: Learning, other: Learning): Learning {
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

/** What is wrong with a text, or nothing. */
function faultIn(text: string): string | undefined {
  let value: Partial<Learning>;
  try {
    value = JSON.parse(text) as Partial<Learning>;
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
    if (!Array.isArray(history) || !history.every((each) => isDay(each?.at) && typeof each.right === 'boolean')) {
      return message('backup-error-history', { question: id });
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

// ── When to see it again ──────────────────────────────────────────────────────

/** Days until a question is seen again, by box. */
export const BOXES = [1, 3, 7, 21, 60] as const;

export interface Due {
  /** The box in which the question lies, the first is 1. */
  readonly box: number;
  /** The day on which it is to be seen again. */
  readonly on: Day;
  /** Whether that day has come. */
  readonly now: boolean;
}

/**
 * When a question is to be seen again, by boxes after Leitner; null, if it was never answered.
 *
 * The first answer puts it into the first box. A right answer moves it one box on, once it was due: what is
 * answered again sooner proves less and moves nothing. A wrong answer puts it back into the first box.
 */
export function due(history: readonly Answer[], now: Day = day()): Due | null {
  let box = 0;
  let on = '';
  for (const { at, right } of history) {
    if (right && at < on) continue;
    box = right ? Math.min(box + 1, BOXES.length) : 1;
    on = later(at, BOXES[box - 1]!);
  }
  return box ? { box, on, now: on <= now } : null;
}

/** The reader's own calendar day. */
export function day(moment: Date = new Date()): Day {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function later(from: Day, days: number): Day {
  return new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
}
