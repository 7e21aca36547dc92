/** Conditions over findings and scores, in three-valued logic; the twin of `casebook.conditions`. */

import type { Tree, Value } from './types';

/** True, false, or null where findings that are not assessed could still make it either. */
export type Maybe = boolean | null;

/** What a condition is evaluated in. */
export interface Situation {
  option(finding: string): Value | null;
  /** The totals that a score may still have, null among them where it may not apply; empty where it does not. */
  totals(score: string): readonly (number | null)[];
}

export function evaluate(tree: Tree, situation: Situation): Maybe {
  if (typeof tree === 'boolean') return tree;
  if ('finding' in tree) {
    const option = situation.option(tree.finding);
    return option === null ? null : tree.in.includes(option);
  }
  if ('score' in tree) {
    const totals = situation.totals(tree.score);
    const inside = totals.filter((total) => total !== null && tree.low <= total && total <= tree.high).length;
    return inside === 0 ? false : inside === totals.length ? true : null;
  }
  if ('term' in tree) return evaluate(tree.is, situation);
  if ('not' in tree) {
    const truth = evaluate(tree.not, situation);
    return truth === null ? null : !truth;
  }
  const decisive = 'any' in tree;
  let open = false;
  for (const part of 'any' in tree ? tree.any : tree.all) {
    const truth = evaluate(part, situation);
    if (truth === decisive) return decisive;
    open ||= truth === null;
  }
  return open ? null : !decisive;
}

export type Comparison = Extract<Tree, { readonly in: unknown } | { readonly score: string }>;

const kept = new WeakMap<object, readonly Comparison[]>();

/** Every comparison in a condition, left to right, also those inside terms. */
export function leaves(tree: Tree): readonly Comparison[] {
  if (typeof tree === 'boolean') return [];
  if ('finding' in tree || 'score' in tree) return [tree];
  let found = kept.get(tree);
  if (!found) {
    if ('not' in tree) found = leaves(tree.not);
    else if ('term' in tree) found = leaves(tree.is);
    else found = ('any' in tree ? tree.any : tree.all).flatMap(leaves);
    kept.set(tree, found);
  }
  return found;
}
