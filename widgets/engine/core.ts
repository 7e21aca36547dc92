/** What the parts of the engine share. */

import type { Compiler } from './compiler';
import type { ActionPlan, State } from './plan';
import type { Reach } from './reach';
import type { ScoreReader } from './scores';
import type { Action, Finding, Findings, Knowledge } from './types';

/** An id or a value that the vocabulary does not have, or findings that no patient has together. */
export class FindingError extends Error {
  override readonly name = 'FindingError';
}

export interface Core {
  readonly knowledge: Knowledge;
  readonly vocabulary: ReadonlyMap<string, Finding>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly scores: ReadonlyMap<string, ScoreReader>;
  readonly plans: ReadonlyMap<string, ActionPlan>;
  /** The decision diagrams, made when first needed. */
  readonly compiler: () => Compiler;
  /** The bands that a score may be in; null where it does not apply. */
  bands(score: string): Reach;
  /** The state of findings; throws `FindingError`. */
  state(findings: Findings): State;
}
