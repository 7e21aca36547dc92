/** Findings that contradict each other: no such patient exists; the twin of `casebook.contradictions`. */

import { evaluate, leaves, type Situation } from './conditions';
import { message } from './messages';
import type { Finding, Findings, Knowledge, Refusal } from './types';
import { list } from './words';

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
      const shown = [...sides].map((side) =>
        message('error-contradiction-finding', {
          label: vocabulary.get(side)!.label,
          id: side,
          value: findings[side]!,
        }),
      );
      const why = message('error-contradiction', { findings: list(shown, 'and'), why: text });
      return { id, findings: [...sides], text: why };
    });
}
