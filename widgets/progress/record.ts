/** What is stored of a reader's progress, and how it is written. */

export const VERSION = 1;

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

export const NOTHING: Progress = { version: VERSION, pages: {}, answers: {} };

/** A record as the text that is stored and saved as a file. */
export function serialise(progress: Progress): string {
  return JSON.stringify(progress, null, 1);
}

/** What is wrong with a text, and where: the version, the page or the question. */
export interface Fault {
  readonly kind: 'json' | 'none' | 'version' | 'pages' | 'answers' | 'page' | 'history';
  readonly at?: string;
}

/** The fault of a text that should be a record, or undefined. */
export function faultOf(text: string): Fault | undefined {
  let value: Partial<Progress>;
  try {
    value = JSON.parse(text) as Partial<Progress>;
  } catch {
    return { kind: 'json' };
  }
  if (!isTable(value) || !('version' in value)) return { kind: 'none' };
  if (value.version !== VERSION) return { kind: 'version', at: JSON.stringify(value.version) };
  if (!isTable(value.pages)) return { kind: 'pages' };
  if (!isTable(value.answers)) return { kind: 'answers' };
  for (const [page, entry] of Object.entries(value.pages)) {
    if (!isDay(entry?.read)) return { kind: 'page', at: page };
  }
  for (const [id, history] of Object.entries(value.answers)) {
    if (!Array.isArray(history) || !history.every(isAnswer)) return { kind: 'history', at: id };
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

/** The day in the reader's time zone. */
export function day(moment: Date = new Date()): Day {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
