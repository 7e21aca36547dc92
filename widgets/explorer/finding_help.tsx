/** The definition of a finding, its value in the case, and how sensitive the result is to it. */

import { message } from '../engine/messages';
import type { Finding } from '../engine/types';
import { useLaterFiles } from '../frontend/book';
import { PROVENANCE_WORDS, sentence } from '../frontend/labels';
import type { PublishedFinding } from '../frontend/published_case';
import { Sources } from '../frontend/sources';
import { TextsMissing } from '../frontend/texts_missing';

interface Props {
  finding: Finding;
  published: PublishedFinding | null;
  /** The sensitivity of the result to this finding, in words; null where it is not assessed. */
  sensitivity: string | null;
}

export function FindingHelp({ finding, published, sensitivity }: Props) {
  const book = useLaterFiles();
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
      {sensitivity && (
        <p>
          <strong>{message('explorer-here-sensitivity')}</strong> {sensitivity}
        </p>
      )}
    </>
  );
}
