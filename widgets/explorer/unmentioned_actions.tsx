/** Actions to which no rule applies, each with the reasons and counterfactuals. */

import { useBook } from '../frontend/book';
import { Disclosure } from '../frontend/disclosure';
import { ArgumentDetails } from './argument';

export function UnmentionedActions({ ids }: { ids: readonly string[] }) {
  const book = useBook();
  return (
    <>
      {ids.map((id) => (
        <Disclosure key={id} class="cb-entry" summary={<span class="cb-action">{book.actionLabel(id)}</span>}>
          {() => <ArgumentDetails action={id} />}
        </Disclosure>
      ))}
    </>
  );
}
