/** The JSON of the room's server: the same for phone and console, except for what only the presenter may see. */

export interface BallotOption {
  readonly id: string;
  readonly label: string;
}

export interface Field extends BallotOption {
  readonly help?: string;
  readonly options: readonly BallotOption[];
}

export type Kind = 'reading' | 'plan' | 'quiz';

/** What a round is about: a question on a case or a chapter. */
export interface Subject {
  readonly kind: Kind;
  readonly case: string;
  readonly question?: string | null;
}

export interface Ballot {
  readonly fields: readonly Field[];
  /** Whether the answer is an order of all options. */
  readonly rank: boolean;
}

export interface Round extends Subject, Ballot {
  readonly id: number;
  readonly title: string;
  /** Address of the page inside the book. */
  readonly page: string;
  /** Whether this is the second vote on the same question. */
  readonly again: boolean;
}

/** An option id by field id; for a ranking, all option ids in order. */
export type Answer = Readonly<Record<string, string | readonly string[]>>;

/** A published figure of agreement. */
export interface PublishedAgreement {
  /** The finding that the item reads. */
  readonly field: string;
  readonly what: string;
  readonly statistic: string;
  readonly value: string;
  readonly source: string;
}

/** Fleiss' kappa over several patients. */
export interface Kappa {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly readers: number;
  readonly patients: number;
}

export interface RoomAgreement {
  /** The share of agreeing pairs of readers by field; null for fewer than two readers. */
  readonly pairs: Readonly<Record<string, number | null>>;
  readonly kappa: Kappa | null;
  readonly kappas: Readonly<Record<string, Kappa | null>>;
  /** The reason if there is no kappa. */
  readonly why_not: string | null;
  readonly published: readonly PublishedAgreement[];
}

export interface AnswerKey {
  readonly key: string | readonly string[];
  readonly checked: 'engine' | 'source';
  /** The source of the key in words; empty where the engine checks the key. */
  readonly source: string;
  readonly options: readonly { readonly id: string; readonly feedback: string; readonly source: string }[];
}

/** A total or range with the number of votes for it; null where the score does not apply. */
export interface TotalCount {
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/** The score that is read, with its bands. */
export interface ScoreScale {
  readonly label: string;
  readonly bands: readonly {
    readonly id: string;
    readonly label: string;
    readonly low: number;
    readonly high: number;
  }[];
}

export interface RoundResult {
  readonly votes: number;
  /** Number of votes by field and option; for a ranking, by rank and option. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Null where no score is read. */
  readonly score: ScoreScale | null;
  readonly totals: readonly TotalCount[];
  readonly bands: Readonly<Record<string, number>>;
  readonly plans: Readonly<Record<string, number>>;
  readonly key: AnswerKey | null;
  readonly agreement: RoomAgreement | null;
  /** The result of the first vote, if this is a second vote. */
  readonly before: RoundResult | null;
}

export interface RoomState {
  readonly code: string;
  readonly phase: 'waiting' | 'open' | 'closed' | 'ended';
  /** False while the votes cannot be written to disk. */
  readonly durable: boolean;
  readonly joined: number;
  readonly committed: number;
  readonly round: Round | null;
  /** The page of the current question, or the first page. */
  readonly page: string;
  readonly mine: Answer | null;
  readonly result: RoundResult | null;
}

/** A round as listed for the presenter. */
export interface RoundSummary extends Subject {
  readonly id: number;
  readonly title: string;
  readonly phase: 'open' | 'closed';
  readonly committed: number;
  readonly result: RoundResult | null;
  /** Id of the round whose second vote this is. */
  readonly again: number | null;
}

export interface PresenterState extends RoomState {
  readonly rounds: readonly RoundSummary[];
  readonly address: string;
  /** SVG markup. */
  readonly qr: string;
}

export interface AgendaItem extends Ballot {
  readonly kind: Kind;
  readonly question: string | null;
  readonly label: string;
}

export interface AgendaData {
  readonly cases: readonly { readonly id: string; readonly title: string; readonly items: readonly AgendaItem[] }[];
}
