/** Where results or sources disagree in one patient, and what decides; the twin of `casebook.explain.disagreements`. */

import type { State } from '../core';
import { entriesOf } from '../plan';
import type { Disagreement, Side } from '../types';

const NONE: Side = { text: '', source: [] };

/**
 * Only what is surely true: not what findings that are not assessed may still bring. In a page the titles and
 * the words of sources are empty until they have been loaded.
 */
export function disagreements(state: State): Disagreement[] {
  const { tensions, conflicts } = state.core.knowledge;
  const named = new Set([...entriesOf(state).values()].flatMap((entry) => entry.conflicts));
  const bare = ({ text, source }: Side) => ({ text, source });
  return [
    ...tensions
      .filter(({ when }) => state.truth(when))
      .map(({ id, title, sides = [], tie = NONE }) => ({ kind: 'scores' as const, id, title, sides, tie })),
    ...conflicts
      .filter(({ id, when }) => named.has(id) && state.truth(when))
      .map(({ id, title, positions = [], resolution: text = '', authority = [] }) => {
        return { kind: 'sources' as const, id, title, sides: positions.map(bare), tie: { text, authority } };
      }),
  ];
}
