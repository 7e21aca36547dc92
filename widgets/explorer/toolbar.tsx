/** Actions on the whole case: reset, reported findings only, clear, and copying a link. */

import { message } from '../engine/messages';
import type { Findings } from '../engine/types';
import type { Provenance } from '../frontend/labels';
import { LaterPart } from '../frontend/later_parts';
import type { Published } from '../frontend/published_case';

interface Props {
  caseId: string;
  page: boolean;
  /** Whether the patient was constructed. */
  constructed: boolean;
  published: Published;
  findings: Findings;
  onReset: () => void;
  onReported: () => void;
  onClear: () => void;
}

export function Toolbar({ page, constructed, published, ...props }: Props) {
  return (
    <>
      <p class="cb-known">{known(published)}</p>
      <div class="cb-tools">
        <button type="button" onClick={props.onReset}>
          {message('explorer-reset', { case: constructed ? 'constructed' : 'published' })}
        </button>
        <button type="button" onClick={props.onReported}>
          {message('explorer-reported')}
        </button>
        <button type="button" onClick={props.onClear}>
          {message('form-clear')}
        </button>
        {page && <LaterPart part="CopyLink" caseId={props.caseId} published={published} findings={props.findings} />}
      </div>
    </>
  );
}

interface OpenedProps extends Pick<Props, 'constructed' | 'onReset'> {
  /** The parts of the opened link that could not be read. */
  errors: readonly string[];
  /** The day of the changes that were kept in this browser and are shown again. */
  restored: string | null;
}

/** Where the present findings came from, if not from the case: kept in this browser, or a link with faults. */
export function OpenedNotes({ constructed, errors, restored, onReset }: OpenedProps) {
  return (
    <>
      {restored && (
        <p class="cb-note">
          {message('explorer-did-restore', { day: restored })}{' '}
          <button type="button" class="cb-link" onClick={onReset}>
            {message('explorer-restored-back', { case: constructed ? 'constructed' : 'published' })}
          </button>
        </p>
      )}
      {errors.length > 0 && (
        <div class="cb-errors" role="status">
          <p>{message('explorer-link-errors')}</p>
          <ul>
            {errors.map((error) => (
              <li key={error}>{error}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

/** Number of findings by provenance, such as "9 reported, 3 derived, 6 assumed, …". */
function known(published: Published): string {
  const entries = Object.values(published);
  const count = (provenance: Provenance) => entries.filter((one) => one.provenance === provenance).length;
  return message('explorer-known', {
    count: entries.length,
    reported: count('reported'),
    derived: count('derived'),
    assumed: count('assumed'),
    not_reported: count('not_reported'),
  });
}
