/** Findings that contradict each other: no such patient exists; the twin of `casebook.contradictions`. */

import { evaluate, leaves, type Situation } from './conditions';
import type { Finding, Findings, Knowledge, Refusal } from './types';

/** Every contradiction that findings hold; an unknown in `unless` does not excuse. */
export function contradictionsIn(
  { contradictions }: Knowledge,
  findings: Findings,
  vocabulary: ReadonlyMap<string, Finding>,
): Refusal[] {
  const here: Situation = { option: (id) => findings[id] ?? null, totals: () => [] };
  return contradictions
    .filter(({ when, unless = false }) => evaluate(when, here) === true && evaluate(unless, here) !== true)
    .map(({ id, when, text }) => {
      const sides = new Set<string>();
      for (const leaf of leaves(when)) if ('finding' in leaf && evaluate(leaf, here) === true) sides.add(leaf.finding);
      const shown = [...sides].map((side) => `${vocabulary.get(side)!.label} (${side}) ${findings[side]}`);
      return { id, findings: [...sides], text: `${shown.join(' and ')}: ${text}` };
    });
}
