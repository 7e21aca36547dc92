/** What the room's server says: the same for phone and console, but for what only the presenter may know. */

export interface Option {
  readonly id: string;
  readonly label: string;
}

export interface Field extends Option {
  readonly help?: string;
  readonly options: readonly Option[];
}

export type Kind = 'reading' | 'plan' | 'quiz';

/** What may be opened: of a case, or of a chapter. */
export interface Subject {
  readonly kind: Kind;
  readonly case: string;
  readonly question?: string | null;
}

export interface Asked {
  readonly fields: readonly Field[];
  /** The answer is an order of all options. */
  readonly rank: boolean;
}

export interface Round extends Subject, Asked {
  readonly id: number;
  readonly title: string;
  /** Address inside the book. */
  readonly page: string;
  /** A second vote on the same. */
  readonly again: boolean;
}

/** An option a field; to rank, every option in order. */
export type Answer = Readonly<Record<string, string | readonly string[]>>;

export interface Published {
  /** The finding that answers the item. */
  readonly field: string;
  readonly what: string;
  readonly statistic: string;
  readonly value: string;
  readonly source: string;
}

/** Over several patients. */
export interface Kappa {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly readers: number;
  readonly patients: number;
  readonly what: string;
  /** How the interval was made. */
  readonly interval: string;
}

export interface Agreement {
  /** The share of pairs of readers that agree; null where there is no pair. */
  readonly pairs: Readonly<Record<string, number | null>>;
  readonly kappa: Kappa | null;
  readonly kappas: Readonly<Record<string, Kappa | null>>;
  readonly why_not: string | null;
  readonly published: readonly Published[];
}

export interface Reveal {
  readonly key: string | readonly string[];
  readonly checked: 'engine' | 'source';
  /** Of the key, in words; empty where the engine checks it. */
  readonly source: string;
  readonly options: readonly { readonly id: string; readonly feedback: string; readonly source: string }[];
}

/** Null where the score does not apply. */
export interface Total {
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

export interface Result {
  readonly votes: number;
  /** By option; of a ranking, by place from 1 and option. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly totals: readonly Total[];
  readonly bands: Readonly<Record<string, number>>;
  readonly plans: Readonly<Record<string, number>>;
  readonly key: Reveal | null;
  readonly agreement: Agreement | null;
  readonly before: Result | null;
}

export interface State {
  readonly code: string;
  readonly phase: 'waiting' | 'open' | 'closed' | 'ended';
  /** False while the disk refuses the votes and the room goes on in memory. */
  readonly durable: boolean;
  readonly joined: number;
  readonly committed: number;
  readonly round: Round | null;
  /** The page of the book that the room is at, or begins with. */
  readonly page: string;
  readonly mine: Answer | null;
  readonly result: Result | null;
}

/** A round as the presenter sees it, now or later. */
export interface Held extends Subject {
  readonly id: number;
  readonly title: string;
  readonly phase: 'open' | 'closed';
  readonly committed: number;
  readonly result: Result | null;
  /** Whose second vote it is. */
  readonly again: number | null;
}

export interface Presented extends State {
  readonly rounds: readonly Held[];
  readonly address: string;
  /** SVG markup. */
  readonly qr: string;
}

export interface Item extends Asked {
  readonly kind: Kind;
  readonly question: string | null;
  readonly label: string;
}

export interface Agenda {
  readonly cases: readonly { readonly id: string; readonly title: string; readonly items: readonly Item[] }[];
}
