/** Questions of a quiz and of a reading, as the build writes them into a page. */

export interface QuizOption {
  readonly id: string;
  readonly label: string;
  readonly feedback: string;
  readonly source: string;
}

export interface QuizQuestion {
  /** Unique in the book, such as `colon-s1/pain`. */
  readonly id: string;
  readonly kind: string;
  readonly question: string;
  readonly setting: string;
  readonly options: readonly QuizOption[];
  readonly key: string | readonly string[];
  /** The source of the key where the engine cannot check it; otherwise empty. */
  readonly source: string;
}

/** The chosen option, or for a ranking all options in order; empty while the answer is incomplete. */
export type Answer = readonly string[];

export interface ReadingQuestion {
  readonly id: string;
  readonly question: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly published: string;
  readonly feedback: string;
}
