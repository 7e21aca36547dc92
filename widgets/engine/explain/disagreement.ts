/** Where results or sources pull apart for one patient, and what decides; the twin of `casebook.explain.disagreement`. */

import type { Core } from '../core';
import { truth } from '../plan';
import type { Disagreement, Findings } from '../types';

/**
 * Only what surely holds: not what findings that are not assessed may still bring. In a page the words of sources are
 * empty until the long texts have come (`shared/prose.ts`).
 */
export function disagreements(core: Core, findings: Findings): Disagreement[] {
  const state = core.state(findings);
  const holds = ({ when }: { readonly when: Parameters<typeof truth>[0] }) => truth(when, state, core.compiler) === true;
  const { tensions, conflicts } = core.knowledge;
  const named = new Set([...state.entries().values()].flatMap((entry) => entry.conflicts));
  const bare = ({ text, source }: Disagreement['sides'][number]) => ({ text, source });
  return [
    ...tensions
      .filter(holds)
      .map(({ id, title, sides, tie }) => ({ kind: 'scores' as const, id, title, sides, tie })),
    ...conflicts
      .filter((conflict) => named.has(conflict.id) && holds(conflict))
      .map(({ id, title, positions = [], resolution: text = '', authority = [] }) => {
        return { kind: 'sources' as const, id, title, sides: positions.map(bare), tie: { text, authority } };
      }),
  ];
}
