/** The totals that follow from each reading, on the scale of the score: a range where an item could not be told. */

import { useContext } from 'preact/hooks';

import { Turns, votesOf } from './vote_bars';
import { Scale } from './score_bands';
import type { Result, Total } from '../protocol/types';

export function Totals({ result }: { result: Result }) {
  const votes = votesOf(result);
  const rows = [...new Map(votes.flatMap(({ totals }) => totals.map((total) => [named(total), total]))).values()].sort(
    (one, other) => (one.low ?? 0) - (other.low ?? 0) || (one.high ?? 0) - (other.high ?? 0),
  );
  const scale = useContext(Scale);
  const least = scale[0]?.low ?? 0;
  const most = scale.at(-1)?.high ?? Math.max(...rows.map(({ high }) => high ?? 0));
  const part = (points: number) => `${(100 * points) / (most - least + 1)}%`;
  return (
    <table class="room-totals">
      <caption>SINS total of each reading</caption>
      <thead>
        <tr>
          <th scope="col">Total</th>
          <th scope="col">
            <span class="room-hidden">{`Place between ${least} and ${most}`}</span>
            <span class="room-scale" aria-hidden="true">
              {scale.map(({ id, label, low, high }) => (
                <span key={id} style={{ width: part(high - low + 1) }}>
                  <span>{label}</span> {low}–{high}
                </span>
              ))}
            </span>
          </th>
          <Turns of={votes.length} />
        </tr>
      </thead>
      <tbody>
        {rows.map((total) => (
          <tr key={named(total)} data-total={named(total)}>
            <th scope="row">{named(total)}</th>
            <td>
              <span class="room-track" aria-hidden="true">
                {scale.slice(1).map(({ id, low }) => (
                  <i key={id} style={{ left: part(low - least) }} />
                ))}
                {total.low !== null && total.high !== null && (
                  <span style={{ left: part(total.low - least), width: part(total.high - total.low + 1) }} />
                )}
              </span>
              <span class="room-hidden">{total.low === total.high ? 'exactly' : 'a range'}</span>
            </td>
            {votes.map((vote, index) => (
              <td key={index} class="room-n">
                {vote.totals.find((one) => named(one) === named(total))?.n ?? 0}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function named({ low, high }: Total): string {
  if (low === null || high === null) return 'not applicable';
  return low === high ? String(low) : `${low}–${high}`;
}
