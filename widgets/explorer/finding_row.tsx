/** One finding: its control, where the published value comes from, and help to choose. */

import { useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Finding, Value } from '../engine/types';
import { useBook, useProse } from '../frontend/book';
import { Choice } from '../frontend/choice';
import { memo } from '../frontend/memo';
import { Sources } from '../frontend/sources';
import { TextsMissing } from '../frontend/texts_missing';
import { PROVENANCE_WORDS, sentence } from '../frontend/labels';
import { MovedMark, type Moved } from './sensitivity';
import type { PublishedFinding } from '../frontend/published_case';
import { Refused } from '../frontend/refusal';

export type SetFinding = (finding: string, value: Value | null) => void;

interface Props {
  finding: Finding;
  value: Value | null;
  published: PublishedFinding | null;
  /** Why the value contradicts another finding; null where it does not. */
  refused: string | null;
  /** The findings that it contradicts. */
  others: readonly string[];
  /** What other findings make doubtful of it. */
  doubt: string | null;
  /** How firm the reading is, in words; null where it is not assessed. */
  firm: string | null;
  moves: Moved | null;
  agreement: string | null;
  instance: string;
  onChange: SetFinding;
}

export const FindingRow = memo(({ finding, value, published, refused, others, doubt, instance, onChange, ...marks }: Props) => {
  const { firm, moves, agreement } = marks;
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
          {agreement && <span class="cb-agreement">{agreement}</span>}
          {moves && <MovedMark moves={moves} />}
          <span class="cb-badge" data-provenance={provenance}>
            {PROVENANCE_WORDS[provenance]}
          </span>
          <button
            type="button"
            class="cb-about"
            aria-expanded={helping}
            aria-controls={`${name}-help`}
            onClick={() => setHelping(!helping)}
          >
            {message('explorer-definition')}
            <span class="cb-hidden"> {finding.label}</span>
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
      <Refused id={`${name}-refused`} text={refused} others={others} onLeave={(other) => onChange(other, null)} />
      {doubt && <p class="cb-doubt">{doubt}</p>}
      <div id={`${name}-help`} hidden={!helping} class="cb-help">
        {helping && <Help finding={finding} published={published} firm={firm} />}
      </div>
    </Choice>
  );
});

function Help({ finding, published, firm }: Pick<Props, 'finding' | 'published' | 'firm'>) {
  const book = useProse();
  const { option_help: helps = {} } = finding;
  const explained = finding.options.filter(({ id }) => helps[id]);
  return (
    <>
      <TextsMissing />
      <p>{finding.help}</p>
      <p>
        {finding.definition} <Sources refs={finding.source ?? []} />
      </p>
      {explained.length > 0 && (
        <dl>
          {explained.map((option) => (
            <div key={option.id}>
              <dt>{option.label}</dt>
              <dd>{helps[option.id]}</dd>
            </div>
          ))}
        </dl>
      )}
      <p>
        <strong>{message('explorer-here')}</strong>{' '}
        {message('explorer-here-value', {
          value: book.valueLabel(finding.id, published?.value),
          provenance: PROVENANCE_WORDS[published?.provenance ?? 'not_reported'],
        })}{' '}
        {published?.note && sentence(published.note)}{' '}
        {published?.source && <Sources refs={published.source} />}
      </p>
      {firm && (
        <p>
          <strong>{message('explorer-here-sensitivity')}</strong> {firm}
        </p>
      )}
    </>
  );
}
