/** The findings that differ from the case, each now and in the case. */

import { message } from '../engine/messages';
import type { Findings } from '../engine/types';
import { useBook } from '../frontend/book';
import { PROVENANCE_WORDS, type Provenance } from '../frontend/labels';
import type { PublishedFinding } from '../frontend/published_case';

interface Props {
  changed: readonly (readonly [id: string, published: PublishedFinding])[];
  findings: Findings;
}

export function DifferenceList({ changed, findings }: Props) {
  const book = useBook();
  return (
    <dl>
      {changed.map(([id, { value, provenance }]) => (
        <div key={id} data-difference={id}>
          <dt>{book.findingLabel(id)}</dt>
          <dd>{difference(book.valueLabel(id, findings[id]), book.valueLabel(id, value), value != null && provenance)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A changed finding now and in the case, with its provenance if the case gives a value. */
function difference(now: string, before: string, provenance: Provenance | false): string {
  return provenance
    ? message('explorer-difference-provenance', { now, before, provenance: PROVENANCE_WORDS[provenance] })
    : message('explorer-difference', { now, before });
}
