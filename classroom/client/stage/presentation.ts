/** A presentation as it stands: which step, what has been asked for, the patient on the stage, the hands that were counted. */

import type { Changed, Findings, Refusal, Value } from '../../../widgets/engine/types';
import { asPublished, withSet, withValues, type Published } from '../../../widgets/frontend/published_case';
import type { Book } from '../../../widgets/frontend/book';

type Cited = Readonly<Record<string, string>>;

export interface Step {
  readonly show: string;
  /** Of the question or the what-if. */
  readonly id?: string;
  readonly findings?: readonly string[];
  readonly minutes: number;
  readonly ask?: string;
  readonly error?: string;
  readonly say?: string;
  readonly source?: Cited;
}

export interface Question {
  readonly id: string;
  readonly question: string;
  readonly options: readonly { readonly id: string; readonly label: string }[];
  readonly published: string;
  readonly feedback: string;
}

export interface WhatIf {
  readonly id: string;
  readonly question: string;
  readonly set: Readonly<Record<string, Value | null>>;
  readonly answer: string;
}

interface Told {
  readonly text: string;
  readonly source?: Cited;
}

/** A case as the book's build writes it to be presented. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly teaches: string;
  /** The sentence that says so, where nobody published this patient. */
  readonly constructed?: string;
  readonly vignette: string;
  readonly source: Cited;
  readonly aims?: readonly string[];
  readonly reading?: readonly Question[];
  readonly treatment?: Told;
  readonly outcome?: Told;
  readonly teaching_points?: readonly Told[];
  readonly what_ifs?: readonly WhatIf[];
  readonly steps: readonly Step[];
  /** Short names of what the case cites. */
  readonly sources: Readonly<Record<string, string>>;
}

/** What one press of a key goes on to: a step, or the second half of one that asks before it answers. */
export interface Beat {
  readonly step: Step;
  /** Of the step, from 0. */
  readonly place: number;
  readonly answered: boolean;
}

/** Steps that ask first. */
const ASKING = ['reading', 'scores', 'what_if'];

export interface State {
  /** Of the beat, from 0. */
  readonly at: number;
  readonly findings: Findings;
  /** What was set and contradicts itself; the patient on the stage stays the last that can exist. */
  readonly draft: { readonly findings: Findings; readonly refusals: readonly Refusal[] } | null;
  /** The findings before a what-if, which lasts as long as its answer is on the stage. */
  readonly kept: Findings | null;
  /** What was changed last on this step, in words, and what it moved. */
  readonly told: { readonly set: string; readonly change: Changed } | null;
  /** What the room sees only when it has been asked for, on this step. */
  readonly results: boolean;
  readonly provenance: boolean;
  /** The panel with the code and the link. */
  readonly link: boolean;
  /** Hands are being counted. */
  readonly counting: boolean;
  /** What was typed for each option of each question. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Milliseconds before the clock was last started, and when that was; null while it stands. */
  readonly spent: number;
  readonly since: number | null;
}

/** What a new step begins with: nothing is shown that has not been asked for there. */
const CLOSED = { draft: null, results: false, provenance: false, link: false, counting: false };

export class Talk {
  readonly beats: readonly Beat[];
  readonly minutes: number;
  readonly #listeners = new Set<() => void>();
  state: State;

  constructor(
    readonly book: Book,
    readonly given: Case,
    readonly published: Published,
    /** The patient as the page shows it. */
    readonly start: Findings,
  ) {
    this.beats = given.steps.flatMap((step, place) =>
      (ASKING.includes(step.show) ? [false, true] : [true]).map((answered) => ({ step, place, answered })),
    );
    this.minutes = given.steps.reduce((sum, step) => sum + step.minutes, 0);
    this.state = this.#beginning();
  }

  #beginning(): State {
    const { start: findings } = this;
    return { at: 0, findings, kept: null, told: null, ...CLOSED, counts: {}, spent: 0, since: Date.now() };
  }

  get beat(): Beat {
    return this.beats[this.state.at]!;
  }

  get next(): Beat | undefined {
    return this.beats[this.state.at + 1];
  }

  /** Milliseconds since the beginning, without pauses. */
  get elapsed(): number {
    const { spent, since } = this.state;
    return spent + (since === null ? 0 : Date.now() - since);
  }

  /** Minutes after which a step should be over. */
  due(place: number): number {
    return this.given.steps.slice(0, place + 1).reduce((sum, step) => sum + step.minutes, 0);
  }

  question({ step }: Beat): Question | undefined {
    return step.show === 'reading' ? this.given.reading?.find(({ id }) => id === step.id) : undefined;
  }

  whatIf({ step }: Beat): WhatIf | undefined {
    return step.show === 'what_if' ? this.given.what_ifs?.find(({ id }) => id === step.id) : undefined;
  }

  /** Labels of the findings that are not as the case gives them. */
  get changed(): readonly string[] {
    const { findings } = this.state;
    return this.book.knowledge.findings.flatMap(({ id, label }) =>
      (findings[id] ?? null) === (this.published[id]?.value ?? null) ? [] : [label],
    );
  }

  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  set(next: Partial<State>): void {
    this.state = { ...this.state, ...next };
    for (const listener of [...this.#listeners]) listener();
  }

  step(by: 1 | -1): void {
    const at = this.state.at + by;
    const beat = this.beats[at];
    if (!beat) return;
    const findings = this.state.kept ?? this.state.findings;
    const supposed = beat.answered ? this.whatIf(beat) : undefined;
    if (!supposed) {
      this.set({ at, findings, kept: null, told: null, ...CLOSED });
      return;
    }
    // What if is asked of the case, whatever was tried before.
    const changed = withSet(this.published, supposed.set);
    const told = this.#told(asPublished(this.published), changed);
    this.set({ at, findings: changed, kept: findings, told, ...CLOSED });
  }

  /** The findings as they were set last, whether or not a patient can have them. */
  get written(): Findings {
    return this.state.draft?.findings ?? this.state.findings;
  }

  change(finding: string, value: Value | null): void {
    const before = this.state.findings;
    const findings = withValues(this.written, { [finding]: value });
    const { contradictions: refusals } = this.book.engine.validate(findings);
    if (refusals.length > 0) this.set({ draft: { findings, refusals } });
    else this.set({ findings, draft: null, told: this.#told(before, findings) });
  }

  reset(): void {
    const findings = asPublished(this.published);
    this.set({ findings, draft: null, told: this.#told(this.state.findings, findings) });
  }

  count(question: string, option: string, text: string): void {
    const { counts } = this.state;
    this.set({ counts: { ...counts, [question]: { ...counts[question], [option]: text } } });
  }

  pause(): void {
    this.set({ spent: this.elapsed, since: null });
  }

  /** The stage is left: the clock stands, and what was asked for on this step is put away. */
  leave(): void {
    this.pause();
    this.set(CLOSED);
  }

  resume(): void {
    if (this.state.since === null) this.set({ since: Date.now() });
  }

  again(): void {
    this.set(this.#beginning());
  }

  #told(before: Findings, after: Findings): State['told'] {
    const { book } = this;
    const set = book.knowledge.findings.flatMap(({ id, label }) =>
      before[id] === after[id]
        ? []
        : [`${label}: ${book.valueLabel(id, after[id])}, before it ${book.valueLabel(id, before[id])}.`],
    );
    return set.length > 0 ? { set: set.join(' '), change: book.engine.explain.changed(before, after) } : null;
  }
}
