/** Where results or sources disagree: one line for each, which opens to the positions. */

import { message } from '../engine/messages';
import type { Disagreement } from '../engine/types';
import { Disclosure } from '../frontend/disclosure';
import { LaterPart } from '../frontend/later_parts';

/** The major disagreements, under their heading. */
export function Disagreements({ given, heading }: { given: readonly Disagreement[]; heading: string }) {
  if (given.length === 0) return null;
  return (
    <div class="cb-conflicts">
      <h3>{heading}</h3>
      <Titles given={given} />
    </div>
  );
}

/** The others, behind a line that counts them. */
export function MinorDisagreements({ given }: { given: readonly Disagreement[] }) {
  if (given.length === 0) return null;
  return (
    <Disclosure class="cb-minor" summary={message('explorer-disagree-minor-count', { count: given.length })}>
      {() => <Titles given={given} />}
    </Disclosure>
  );
}

/** One line for each disagreement, which opens to its positions. */
function Titles({ given }: { given: readonly Disagreement[] }) {
  return (
    <>
      {given.map(({ kind, id, title }) => (
        <Disclosure key={id} class="cb-conflict" attributes={{ 'data-conflict': id }} summary={title}>
          {() => <LaterPart part={kind === 'scores' ? 'TensionText' : 'ConflictText'} id={id} />}
        </Disclosure>
      ))}
    </>
  );
}
