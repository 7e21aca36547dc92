/** Counts as a table whose cells are drawn as bars, so that they can be seen, heard and copied. */

import type { ComponentChildren } from 'preact';

import { message } from '../../../widgets/engine/messages';
import type { RoundResult } from '../protocol/types';

export interface Row {
  readonly id: string;
  readonly label: string;
  /** Follows the label: the reader's own answer, the answer key. */
  readonly mark?: ComponentChildren;
}

interface Props {
  title: ComponentChildren;
  /** Heading of the first column. */
  heading: string;
  rows: readonly Row[];
  result: RoundResult;
  counts: (result: RoundResult) => Readonly<Record<string, number>>;
}

/** One column for each vote: the first alone, or both side by side. */
export function VoteBars({ title, heading, rows, result, counts }: Props) {
  const votes = votesOf(result);
  return (
    <table class="room-bars" data-votes={votes.length}>
      <caption>{title}</caption>
      <thead class={votes.length === 1 ? 'room-hidden' : undefined}>
        <tr>
          <th scope="col">{heading}</th>
          <VoteHeadings count={votes.length} />
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, label, mark }) => (
          <tr key={id} data-option={id}>
            <th scope="row">
              {label}
              {mark}
            </th>
            {votes.map((vote, index) => (
              <Bar key={index} count={counts(vote)[id] ?? 0} total={vote.votes} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The first vote alone, or both in order. */
export function votesOf(result: RoundResult): readonly RoundResult[] {
  return result.before ? [result.before, result] : [result];
}

/** The headings of the columns, one for each vote. */
export function VoteHeadings({ count }: { count: number }) {
  const headings =
    count === 1
      ? [message('room-votes-column')]
      : [message('room-votes-first-column'), message('room-votes-second-column')];
  return (
    <>
      {headings.map((heading) => (
        <th key={heading} scope="col">
          {heading}
        </th>
      ))}
    </>
  );
}

function Bar({ count, total }: { count: number; total: number }) {
  const share = total === 0 ? 0 : count / total;
  return (
    <td data-n={count}>
      <div class="room-cell">
        <span class="room-n">{count}</span>
        <span class="room-bar">{count > 0 && <span style={{ width: `${100 * share}%` }} />}</span>
        <span class="room-share">{percentage(share)}</span>
      </div>
    </td>
  );
}

export function percentage(share: number): string {
  return message('room-share', { share: Math.round(100 * share) });
}
