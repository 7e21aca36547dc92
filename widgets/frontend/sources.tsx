/** Sources: short name, locator, and how the source was seen. */

import { message } from '../engine/messages';
import type { SourceRef } from '../engine/types';
import { useBook } from './book';

const CAUTIONS = new Map([
  ['secondary', message('seen-secondary')],
  ['unverified', message('seen-unverified')],
]);

export function Sources({ refs }: { refs: readonly SourceRef[] }) {
  const { sources } = useBook().knowledge;
  return (
    <span class="cb-source">
      {refs.map(([key, locator], index) => {
        const source = sources[key];
        return (
          <span key={`${key} ${locator}`}>
            {index > 0 && '; '}
            <cite>{source?.short ?? key}</cite>
            {locator && `, ${locator}`}
            {source && CAUTIONS.get(source.seen)}
          </span>
        );
      })}
    </span>
  );
}
