/** The findings on the summary: the known ones with their provenance, then the unknown ones. */

import { message, messageParts } from '../../../widgets/engine/messages';
import type { Findings } from '../../../widgets/engine/types';
import type { Book } from '../../../widgets/frontend/book';
import { PROVENANCE_WORDS } from '../../../widgets/frontend/labels';
import type { Published } from '../../../widgets/frontend/published_case';

interface Props {
  book: Book;
  published: Published;
  findings: Findings;
}

export function HandoutFindings({ book, published, findings }: Props) {
  const known = book.knowledge.findings.filter(({ id }) => id in findings);
  const unknown = book.knowledge.findings.filter(({ id }) => !(id in findings));
  const origin = (id: string) => {
    const entry = published[id];
    if (entry && entry.value === findings[id])
      return message('handout-origin', { provenance: PROVENANCE_WORDS[entry.provenance] });
    if (entry?.value == null) return message('handout-origin-unknown');
    return message('handout-origin-changed', { value: book.valueLabel(id, entry.value) });
  };
  return (
    <>
      {known.map(({ id, label }) => (
        <p key={id} data-finding={id}>
          {messageParts('handout-finding', {
            finding: label,
            value: <b>{book.valueLabel(id, findings[id])}</b>,
            origin: <i>{origin(id)}</i>,
          })}
        </p>
      ))}
      {unknown.length > 0 && (
        <p data-unknown={unknown.length}>
          {messageParts('handout-unknown', {
            label: <b>{message('handout-unknown-count', { count: unknown.length })}</b>,
            findings: unknown.map(({ label }) => label).join('; '),
          })}
        </p>
      )}
    </>
  );
}
