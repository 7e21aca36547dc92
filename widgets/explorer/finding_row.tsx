/** A finding: its control, the provenance of the published value, and help. */

import { useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Finding, Value } from '../engine/types';
import { useBook } from '../frontend/book';
import { Choice } from '../frontend/choice';
import { memo } from '../frontend/memo';
import { PROVENANCE_WORDS } from '../frontend/labels';
import { LaterPart } from '../frontend/later_parts';
import type { StepEffect } from './sensitivity';
import type { PublishedFinding } from '../frontend/published_case';

export type ChangeFinding = (finding: string, value: Value | null) => void;

interface Props {
  finding: Finding;
  value: Value | null;
  published: PublishedFinding | null;
  /** Why the value contradicts another finding; null where it does not. */
  refused: string | null;
  /** The findings that the value contradicts. */
  others: readonly string[];
  /** A doubt about the value that other findings raise. */
  doubt: string | null;
  /** The sensitivity of the result to this finding, in words; null where it is not assessed. */
  sensitivity: string | null;
  effect: StepEffect | null;
  agreement: string | null;
  instance: string;
  onChange: ChangeFinding;
}

export const FindingRow = memo(({ finding, value, published, refused, others, doubt, instance, onChange, ...marks }: Props) => {
  const [helping, setHelping] = useState(false);
  const name = `${instance}-${finding.id}`;
  const provenance = published?.provenance ?? 'not_reported';
  const changed = value !== (published?.value ?? null);
  const described = useBook().valueLabel(finding.id, value);
  return (
    <Choice
      class="cb-finding"
      attributes={{
        'data-finding': finding.id,
        ...(changed && { 'data-changed': '' }),
        ...(refused !== null && { 'data-refused': '' }),
      }}
      name={name}
      invalid={refused !== null}
      describedBy={refused === null ? undefined : `${name}-refused`}
      label={finding.label}
      options={finding.options}
      value={value}
      onChange={(next) => onChange(finding.id, next)}
      mark={<span class="cb-changed-mark">{message('explorer-changed')}</span>}
      aside={
        <span class="cb-meta">
          <button
            type="button"
            class="cb-about"
            aria-expanded={helping}
            aria-controls={`${name}-help`}
            onClick={() => setHelping(!helping)}
          >
            <span class="cb-badge" data-provenance={provenance}>
              {PROVENANCE_WORDS[provenance]}
            </span>
            <span class="cb-hidden">, {message('explorer-details-of', { finding: finding.label })}</span>
            <svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true">
              <path d={helping ? 'm3 10 5-5 5 5' : 'm3 6 5 5 5-5'} fill="none" stroke="currentColor" stroke-width="1.6" />
            </svg>
          </button>
        </span>
      }
    >
      <p class="cb-printed">
        {message('explorer-printed', {
          value: described,
          provenance: changed ? message('explorer-changed') : PROVENANCE_WORDS[provenance],
        })}
      </p>
      {refused !== null && (
        <LaterPart
          part="RefusalMessage"
          id={`${name}-refused`}
          text={refused}
          others={others}
          onLeave={(other) => onChange(other, null)}
        />
      )}
      {doubt && <p class="cb-doubt">{doubt}</p>}
      <div id={`${name}-help`} hidden={!helping} class="cb-help">
        {helping && <LaterPart part="FindingHelp" finding={finding} published={published} {...marks} />}
      </div>
    </Choice>
  );
});
