/** The state of a presentation: the current slide, what has been revealed, the patient, and the counted hands. */

import { message } from '../../../widgets/engine/messages';
import type { Changed, Findings, Refusal, Value } from '../../../widgets/engine/types';
import type { Book } from '../../../widgets/frontend/book';
import { asPublished, withSet, withValues, type Published } from '../../../widgets/frontend/published_case';
import type { PresentedCase, ReadingQuestion, Step, WhatIf } from './presented_case';

/** A step, or one half of a step that asks before it answers. */
export interface Slide {
  readonly step: Step;
  /** Index of the step. */
  readonly stepIndex: number;
  readonly answered: boolean;
}

/** Kinds of steps that ask before they answer. */
const ASKING = ['reading', 'scores', 'what_if'];

export interface PresentationState {
  /** Index of the current slide. */
  readonly index: number;
  readonly findings: Findings;
  /** Findings that contradict each other, while the stage still shows the last consistent ones. */
  readonly draft: { readonly findings: Findings; readonly refusals: readonly Refusal[] } | null;
  /** The findings to return to after a what-if. */
  readonly findingsBefore: Findings | null;
  /** The last change on this step, and its effect. */
  readonly change: { readonly text: string; readonly effect: Changed } | null;
  /** Whether results and provenance are shown on this step. */
  readonly results: boolean;
  readonly provenance: boolean;
  /** Whether the panel with the link is open. */
  readonly link: boolean;
  /** Whether hands are being counted. */
  readonly counting: boolean;
  /** The text typed for each option of each question. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Milliseconds before the clock was last started, and the time of that start; null while the clock is stopped. */
  readonly elapsedBefore: number;
  readonly startedAt: number | null;
}

/** A new step reveals nothing until the presenter asks for it. */
const HIDDEN = { draft: null, results: false, provenance: false, link: false, counting: false };

/** A step for each finding. */
export function stepsThrough(findings: readonly string[]): readonly Step[] {
  return findings.map((finding) => ({ show: 'findings', findings: [finding], minutes: 1 }));
}

export class Presentation {
  readonly slides: readonly Slide[];
  readonly minutes: number;
  readonly #listeners = new Set<() => void>();
  state: PresentationState;

  constructor(
    readonly book: Book,
    readonly presented: PresentedCase,
    readonly published: Published,
    /** The findings as the page shows them. */
    readonly initial: Findings,
    /** Whether one reader goes through findings: nothing is hidden from an audience, and nobody watches the clock. */
    readonly alone = false,
  ) {
    this.slides = this.presented.steps.flatMap((step, stepIndex) =>
      (ASKING.includes(step.show) ? [false, true] : [true]).map((answered) => ({ step, stepIndex, answered })),
    );
    this.minutes = this.presented.steps.reduce((sum, step) => sum + step.minutes, 0);
    this.state = this.#initialState();
  }

  /** What a new step does not show. */
  get #hidden() {
    return { ...HIDDEN, results: this.alone, provenance: this.alone };
  }

  #initialState(): PresentationState {
    return {
      ...this.#hidden,
      index: 0,
      findings: this.initial,
      findingsBefore: null,
      change: null,
      counts: {},
      elapsedBefore: 0,
      startedAt: Date.now(),
    };
  }

  get slide(): Slide {
    return this.slides[this.state.index]!;
  }

  get next(): Slide | undefined {
    return this.slides[this.state.index + 1];
  }

  /** Milliseconds since the beginning, without pauses. */
  get elapsed(): number {
    const { elapsedBefore, startedAt } = this.state;
    return elapsedBefore + (startedAt === null ? 0 : Date.now() - startedAt);
  }

  /** Minutes after which a step should be finished. */
  due(stepIndex: number): number {
    return this.presented.steps.slice(0, stepIndex + 1).reduce((sum, step) => sum + step.minutes, 0);
  }

  question({ step }: Slide): ReadingQuestion | undefined {
    return step.show === 'reading' ? this.presented.reading?.find(({ id }) => id === step.id) : undefined;
  }

  whatIf({ step }: Slide): WhatIf | undefined {
    return step.show === 'what_if' ? this.presented.what_ifs?.find(({ id }) => id === step.id) : undefined;
  }

  /** Labels of the findings that differ from the case. */
  get changedFindings(): readonly string[] {
    const { findings } = this.state;
    return this.book.knowledge.findings.flatMap(({ id, label }) =>
      (findings[id] ?? null) === (this.published[id]?.value ?? null) ? [] : [label],
    );
  }

  /** The findings as entered last, even if they contradict each other. */
  get enteredFindings(): Findings {
    return this.state.draft?.findings ?? this.state.findings;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  update(changes: Partial<PresentationState>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of [...this.#listeners]) listener();
  }

  /** Goes one slide on or back. */
  go(by: 1 | -1): void {
    const index = this.state.index + by;
    const slide = this.slides[index];
    if (!slide) return;
    const findings = this.state.findingsBefore ?? this.state.findings;
    const whatIf = slide.answered ? this.whatIf(slide) : undefined;
    if (!whatIf) {
      this.update({ ...this.#hidden, index, findings, findingsBefore: null, change: null });
      return;
    }
    // A what-if starts from the published case, whatever was tried before.
    const changed = withSet(this.published, whatIf.set);
    const change = this.#changeFrom(asPublished(this.published), changed);
    this.update({ ...HIDDEN, index, findings: changed, findingsBefore: findings, change });
  }

  setFinding(finding: string, value: Value | null): void {
    const before = this.state.findings;
    const findings = withValues(this.enteredFindings, { [finding]: value });
    const { contradictions: refusals } = this.book.engine.validate(findings);
    if (refusals.length > 0) this.update({ draft: { findings, refusals } });
    else this.update({ findings, draft: null, change: this.#changeFrom(before, findings) });
  }

  resetFindings(): void {
    const findings = asPublished(this.published);
    this.update({ findings, draft: null, change: this.#changeFrom(this.state.findings, findings) });
  }

  setCount(question: string, option: string, text: string): void {
    const { counts } = this.state;
    this.update({ counts: { ...counts, [question]: { ...counts[question], [option]: text } } });
  }

  stopClock(): void {
    this.update({ elapsedBefore: this.elapsed, startedAt: null });
  }

  startClock(): void {
    if (this.state.startedAt === null) this.update({ startedAt: Date.now() });
  }

  /** Stops the clock and hides what was revealed on this step. */
  leave(): void {
    this.stopClock();
    this.update(HIDDEN);
  }

  restart(): void {
    this.update(this.#initialState());
  }

  #changeFrom(before: Findings, after: Findings): PresentationState['change'] {
    const { book } = this;
    const changes = book.knowledge.findings.flatMap(({ id, label }) =>
      before[id] === after[id]
        ? []
        : [
            message('stage-finding-change', {
              finding: label,
              after: book.valueLabel(id, after[id]),
              before: book.valueLabel(id, before[id]),
            }),
          ],
    );
    if (changes.length === 0) return null;
    return { text: changes.join(' '), effect: book.engine.explain.changed(before, after) };
  }
}
