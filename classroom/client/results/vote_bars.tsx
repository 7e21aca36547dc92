/** Counts as a table whose cells are drawn as bars: read by eye, by ear, and copied as figures. */

import type { ComponentChildren } from 'preact';

import type { Result } from '../protocol/types';

export interface Row {
  readonly id: string;
  readonly label: string;
  /** Stands after the label: "yours", "keyed answer". */
  readonly mark?: ComponentChildren;
}

interface Props {
  title: ComponentChildren;
  /** What the rows are, for the head of their column. */
  what: string;
  rows: readonly Row[];
  result: Result;
  counts: (result: Result) => Readonly<Record<string, number>>;
}

/** One column a vote: the first alone, or both side by side. */
export function Bars({ title, what, rows, result, counts }: Props) {
  const votes = votesOf(result);
  return (
    <table class="room-bars" data-votes={votes.length}>
      <caption>{title}</caption>
      <thead class={votes.length === 1 ? 'room-hidden' : undefined}>
        <tr>
          <th scope="col">{what}</th>
          <Turns of={votes.length} />
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
              <Bar key={index} n={counts(vote)[id] ?? 0} of={vote.votes} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The first vote alone, or both, in the order in which they were held. */
export function votesOf(result: Result): readonly Result[] {
  return result.before ? [result.before, result] : [result];
}

/** The heads of the columns, one a vote. */
export function Turns({ of }: { of: number }) {
  return (
    <>
      {Array.from({ length: of }, (_, index) => (
        <th key={index} scope="col">
          <Turn index={index} of={of} />
        </th>
      ))}
    </>
  );
}

function Turn({ index, of }: { index: number; of: number }) {
  if (of === 1) return <>Votes</>;
  return (
    <>
      {index === 0 ? 'First' : 'Second'} <span class="room-hidden">vote</span>
    </>
  );
}

function Bar({ n, of }: { n: number; of: number }) {
  const share = of === 0 ? 0 : n / of;
  return (
    <td data-n={n}>
      <div class="room-cell">
        <span class="room-n">{n}</span>
        <span class="room-bar">{n > 0 && <span style={{ width: `${100 * share}%` }} />}</span>
        <span class="room-share">{percent(share)}</span>
      </div>
    </td>
  );
}

export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
