/** A button that copies a link to the present state of a case. */

import { useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Findings } from '../engine/types';
import { useBook } from '../frontend/book';
import { toFragment } from '../frontend/permalink';
import type { Published } from '../frontend/published_case';

interface Props {
  caseId: string;
  published: Published;
  findings: Findings;
}

export function CopyLink({ caseId, published, findings }: Props) {
  const book = useBook();
  const [said, setSaid] = useState('');
  const copy = async () => {
    history.replaceState(history.state, '', toFragment(book, caseId, published, findings));
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid(message('explorer-copied'));
    } catch {
      setSaid(message('explorer-not-copied'));
    }
  };
  return (
    <>
      <button type="button" onClick={copy}>
        {message('explorer-copy')}
      </button>
      <span class="cb-said" role="status">
        {said}
      </span>
    </>
  );
}
