/** Where results or sources disagree: the sides next to each other, then this book's position. */

import { message } from '../engine/messages';
import type { Disagreement, Side, SourceRef } from '../engine/types';
import { useProse } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { Sources } from '../frontend/sources';
import { TextsMissing } from '../frontend/texts_missing';

export function ConflictText({ id }: { id: string }) {
  const conflict = useProse().conflicts.get(id);
  if (!conflict?.positions) return <TextsMissing />;
  return <Sides sides={conflict.positions} tie={conflict.resolution ?? ''} refs={conflict.authority ?? []} />;
}

function TensionText({ id }: { id: string }) {
  const book = useProse();
  const { sides, tie } = book.knowledge.tensions.find((each) => each.id === id) ?? {};
  if (!sides || !tie) return <TextsMissing />;
  return <Sides sides={sides} tie={tie.text} refs={tie.source} />;
}

interface SidesProps {
  sides: readonly Side[];
  tie: string;
  /** Whose word the tie-break is. */
  refs: readonly SourceRef[];
}

function Sides({ sides, tie, refs }: SidesProps) {
  return (
    <>
      <ul class="cb-positions">
        {sides.map((side) => (
          <li key={side.text}>
            {side.text} <Sources refs={side.source} />
          </li>
        ))}
      </ul>
      <p>
        <strong>{message('explorer-position')}</strong> {tie} <Sources refs={refs} />
      </p>
    </>
  );
}

/** One line a disagreement, each opening to its sides. */
export function Disagreements({ given, heading }: { given: readonly Disagreement[]; heading: string }) {
  if (given.length === 0) return null;
  return (
    <div class="cb-conflicts">
      <h3>{heading}</h3>
      {given.map(({ kind, id, title }) => (
        <Disclosure key={id} class="cb-conflict" attributes={{ 'data-conflict': id }} summary={title}>
          {() => (kind === 'scores' ? <TensionText id={id} /> : <ConflictText id={id} />)}
        </Disclosure>
      ))}
    </div>
  );
}
