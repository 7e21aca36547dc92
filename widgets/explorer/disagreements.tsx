/** Disagreements between results or sources: their positions, and the position of this book. */

import { message } from '../engine/messages';
import type { Disagreement, Side, SourceRef } from '../engine/types';
import { useLongTexts } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { Sources } from '../frontend/sources';
import { TextsMissing } from '../frontend/texts_missing';

export function ConflictText({ id }: { id: string }) {
  const conflict = useLongTexts().conflicts.get(id);
  if (!conflict?.positions) return <TextsMissing />;
  return <Sides sides={conflict.positions} tie={conflict.resolution ?? ''} refs={conflict.authority ?? []} />;
}

function TensionText({ id }: { id: string }) {
  const book = useLongTexts();
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
          {() => (kind === 'scores' ? <TensionText id={id} /> : <ConflictText id={id} />)}
        </Disclosure>
      ))}
    </>
  );
}
