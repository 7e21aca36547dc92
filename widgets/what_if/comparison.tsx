/** Two states of a patient beside each other: what differs between them. */

import { message } from '../engine/messages';
import type { Findings, Move } from '../engine/types';
import { Thumbnail } from '../figure/thumbnail';
import { useBook, type Book } from '../frontend/book';

/** Changes that the comparison lists; the explorer has them all. */
const MOST_MOVES = 5;

interface Props {
  /** Unique in the page. */
  instance: string;
  before: Findings;
  after: Findings;
}

/** What changes from the case to a what-if, before and after beside each other. */
export function Comparison({ instance, before, after }: Props) {
  const book = useBook();
  const { moves } = book.engine.explain.changed(before, after);
  const more = moves.length - MOST_MOVES;
  return (
    <table class="cb-comparison">
      <thead>
        <tr>
          <td />
          <th scope="col">
            {message('supposition-before')}
            <Thumbnail instance={`${instance}-before`} findings={before} />
          </th>
          <th scope="col">
            {message('supposition-after')}
            <Thumbnail instance={`${instance}-after`} findings={after} />
          </th>
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
