/** Where sources disagree: both sides with their words and places, then how the book goes on. */

import { useBook, useProse } from '../shared/book';
import { Disclosure } from '../shared/disclosure';
import { Sources } from '../shared/sources';

export function ConflictText({ id }: { id: string }) {
  const conflict = useProse().conflicts.get(id);
  if (!conflict?.positions) return null;
  return (
    <>
      <ul class="cb-positions">
        {conflict.positions.map((position) => (
          <li key={position.text}>
            {position.text} <Sources refs={position.source} />
          </li>
        ))}
      </ul>
      <p>
        <strong>How this book goes on:</strong> {conflict.resolution} <Sources refs={conflict.authority ?? []} />
      </p>
    </>
  );
}

/** One line a disagreement, each opening to both sides. */
export function Conflicts({ ids, heading }: { ids: readonly string[]; heading: string }) {
  const { conflicts } = useBook();
  if (ids.length === 0) return null;
  return (
    <div class="cb-conflicts">
      <h3>{heading}</h3>
      {ids.map((id) => (
        <Disclosure
          key={id}
          class="cb-conflict"
          attributes={{ 'data-conflict': id }}
          summary={conflicts.get(id)?.title}
        >
          {() => <ConflictText id={id} />}
        </Disclosure>
      ))}
    </div>
  );
}
