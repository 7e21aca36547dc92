/** Disagreements between results or sources: their positions, and the position of this book. */

import { message } from '../engine/messages';
import type { Side, SourceRef } from '../engine/types';
import { useLaterFiles } from '../frontend/book';
import { Sources } from '../frontend/sources';
import { TextsMissing } from '../frontend/texts_missing';

export function ConflictText({ id }: { id: string }) {
  const conflict = useLaterFiles().conflicts.get(id);
  if (!conflict?.positions) return <TextsMissing />;
  return <Sides sides={conflict.positions} tie={conflict.resolution ?? ''} refs={conflict.authority ?? []} />;
}

export function TensionText({ id }: { id: string }) {
  const book = useLaterFiles();
  const { sides, tie } = book.knowledge.tensions.find((each) => each.id === id) ?? {};
  if (!sides || !tie) return <TextsMissing />;
  return <Sides sides={sides} tie={tie.text} refs={tie.source} />;
}

interface SidesProps {
  sides: readonly Side[];
  tie: string;
  /** The sources of the resolution. */
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
