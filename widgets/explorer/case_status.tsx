/** The status of the case: constructed or published, its differences from the file, and saving it under a name. */

import { message } from '../engine/messages';
import type { Findings } from '../engine/types';
import { useBook } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import type { Model } from '../frontend/host';
import { PROVENANCE_WORDS, type Provenance } from '../frontend/labels';
import { LaterPart } from '../frontend/later_parts';
import type { Published } from '../frontend/published_case';

interface Props {
  /** Unique in the page. */
  instance: string;
  model: Model;
  /** Whether the widget is in a page of the book, without a kernel that could write a file. */
  page: boolean;
  published: Published;
  /** As the reader has entered them. */
  findings: Findings;
}

export function CaseStatus({ instance, model, page, published, findings }: Props) {
  const constructed = model.get('constructed') === true;
  return (
    <>
      {constructed && (
        <p class="casebook-constructed">
          <strong>{message('case-constructed')}</strong>
        </p>
      )}
      <Differences published={published} findings={findings} of={constructed ? 'constructed' : 'published'} />
      {!page && <LaterPart part="SaveAs" instance={instance} model={model} />}
    </>
  );
}

interface DifferencesProps extends Pick<Props, 'published' | 'findings'> {
  of: 'constructed' | 'published';
}

function Differences({ published, findings, of }: DifferencesProps) {
  const book = useBook();
  const changed = Object.entries(published).filter(([id, { value }]) => (findings[id] ?? null) !== (value ?? null));
  // Shown even without differences, so that the first change does not shift the controls.
  return (
    <Disclosure
      class="cb-differences"
      summary={message('explorer-differences', { case: of, count: changed.length })}
    >
      {() => (
        <dl>
          {changed.map(([id, { value, provenance }]) => (
            <div key={id} data-difference={id}>
              <dt>{book.findingLabel(id)}</dt>
              <dd>{difference(book.valueLabel(id, findings[id]), book.valueLabel(id, value), value != null && provenance)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Disclosure>
  );
}

/** A changed finding now and in the case, with its provenance if the case gives a value. */
function difference(now: string, before: string, provenance: Provenance | false): string {
  return provenance
    ? message('explorer-difference-provenance', { now, before, provenance: PROVENANCE_WORDS[provenance] })
    : message('explorer-difference', { now, before });
}
