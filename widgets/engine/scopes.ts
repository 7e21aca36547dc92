/** What the book covers: switches that withdraw entries from a finished plan; the twin of `casebook.scopes`. */

import { type Bits, remove, unite } from './bits';
import type { Knowledge, Outcome, Stance, Tree } from './types';
import { STANCES } from './words';

/** Stances of one action that are withdrawn, a bit each; with all of them the action has no entry. */
export type Withdrawn = number;

const bit = (stance: Stance) => 1 << STANCES.indexOf(stance);
const union = (stances: readonly Stance[]) => stances.reduce((bits, stance) => bits | bit(stance), 0);

export const ALL: Withdrawn = union(STANCES);

/** The conditions that withdraw something of an action, and what. */
export function switchesOf({ switches }: Knowledge, action: string): { when: Tree; gone: Withdrawn }[] {
  return switches
    .map(({ when, actions, stances }) => ({ when, gone: actions.includes(action) ? ALL : union(stances[action] ?? []) }))
    .filter(({ gone }) => gone);
}

export function isWithdrawn({ stance }: Outcome, gone: Withdrawn): boolean {
  return !!(gone & bit(stance));
}

/** An outcome, or null where it is withdrawn. */
export function left(outcome: Outcome | null, gone: Withdrawn): Outcome | null {
  return outcome && isWithdrawn(outcome, gone) ? null : outcome;
}

/** What the rules say, and what is withdrawn of it. */
export class Switched {
  constructor(
    readonly outcome: Outcome | null,
    readonly gone: Withdrawn,
  ) {}
}

/**
 * Where each outcome is reached once switches have withdrawn theirs; null where no rule is left.
 *
 * A stance is withdrawn where no completion keeps it: a switch that is not recorded withdraws nothing.
 */
export function resolved(reached: ReadonlyMap<Switched, Bits>): Map<Outcome | null, Bits> {
  const found = new Map<Outcome | null, Bits>();
  const add = (end: Outcome | null, bits: Bits) => {
    const there = found.get(end);
    if (there) unite(there, bits);
    else found.set(end, bits.slice());
  };
  const withdrawn = new Map<Stance, Bits>();
  for (const [{ outcome }, bits] of reached) {
    if (!outcome) {
      add(null, bits);
      continue;
    }
    let without = withdrawn.get(outcome.stance);
    if (!without) {
      withdrawn.set(outcome.stance, (without = bits.map(() => -1)));
      for (const [other, there] of reached) if (!isWithdrawn(outcome, other.gone)) remove(without, there);
    }
    const stays = bits.slice();
    remove(stays, without);
    add(outcome, stays);
    add(null, bits.map((word, at) => word & without![at]!));
  }
  return found;
}
