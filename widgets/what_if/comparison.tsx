/** Two states of a patient beside each other: what differs between them. */

import { message } from '../engine/messages';
import type { Findings, Move } from '../engine/types';
import { useBook, type Book } from '../frontend/book';

/** Changes that the comparison lists; the explorer has them all. */
const MOST_MOVES = 5;

/** What changes from the case to a what-if, before and after beside each other. */
export function Comparison({ before, after }: { before: Findings; after: Findings }) {
  const book = useBook();
  const { moves } = book.engine.explain.changed(before, after);
  const more = moves.length - MOST_MOVES;
  return (
    <table class="cb-comparison">
      <thead>
        <tr>
          <td />
          <th scope="col">{message('supposition-before')}</th>
          <th scope="col">{message('supposition-after')}</th>
        </tr>
      </thead>
      <tbody>
        {moves.slice(0, MOST_MOVES).map((move) => (
          <tr key={move.id}>
            <th scope="row">{subject(move, book)}</th>
            <td>{move.from}</td>
            <td>{move.to}</td>
          </tr>
        ))}
      </tbody>
      {more > 0 && <caption class="cb-note">{message('supposition-more', { count: more })}</caption>}
    </table>
  );
}

/** What a change is of. */
function subject({ kind, id }: Move, book: Book): string {
  if (kind === 'state') return message('explorer-state');
  return kind === 'score' ? book.scoreLabel(id) : book.actionLabel(id);
}
