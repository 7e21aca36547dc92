/** Where results or sources disagree: one line for each, which opens to the positions. */

import type { Disagreement } from '../engine/types';
import { Disclosure } from '../frontend/disclosure';
import { LaterPart } from '../frontend/later_parts';

export function Disagreements({ given, heading }: { given: readonly Disagreement[]; heading: string }) {
  if (given.length === 0) return null;
  return (
    <div class="cb-conflicts">
      <h3>{heading}</h3>
      {given.map(({ kind, id, title }) => (
        <Disclosure key={id} class="cb-conflict" attributes={{ 'data-conflict': id }} summary={title}>
          {() => <LaterPart part={kind === 'scores' ? 'TensionText' : 'ConflictText'} id={id} />}
        </Disclosure>
      ))}
    </div>
  );
}
