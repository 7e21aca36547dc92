/** The status of the case: constructed or published, its differences from the file, and saving it under a name. */

import { message } from '../engine/messages';
import type { Findings } from '../engine/types';
import { Disclosure } from '../frontend/disclosure';
import type { Model } from '../frontend/host';
import { LaterPart } from '../frontend/later_parts';
import { differences, type Published } from '../frontend/published_case';

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
  const changed = differences(published, findings);
  // Shown even without differences, so that the first change does not shift the controls.
  return (
    <Disclosure
      class="cb-differences"
      summary={message('explorer-differences', { case: of, count: changed.length })}
    >
      {() => <LaterPart part="DifferenceList" changed={changed} findings={findings} />}
    </Disclosure>
  );
}
