/** The totals of the readings on the scale of the score: a range where an item could not be told. */

import { message } from '../../../widgets/engine/messages';
import type { RoundResult, ScoreScale, TotalCount } from '../protocol/types';
import { VoteHeadings, votesOf } from './vote_bars';

interface Props {
  result: RoundResult;
  score: ScoreScale;
}

export function Totals({ result, score: { label: name, bands } }: Props) {
  const votes = votesOf(result);
  const byLabel = new Map(votes.flatMap(({ totals }) => totals.map((total) => [totalLabel(total), total])));
  const rows = [...byLabel.values()].sort(
    (one, other) => (one.low ?? 0) - (other.low ?? 0) || (one.high ?? 0) - (other.high ?? 0),
  );
  const minimum = bands[0]?.low ?? 0;
  const maximum = bands.at(-1)?.high ?? 0;
  const width = (points: number) => `${(100 * points) / (maximum - minimum + 1)}%`;
  return (
    <table class="room-totals">
      <caption>{message('room-totals', { score: name })}</caption>
      <thead>
        <tr>
          <th scope="col">{message('room-total')}</th>
          <th scope="col">
            <span class="room-hidden">{message('room-total-scale', { low: minimum, high: maximum })}</span>
            <span class="room-scale" aria-hidden="true">
              {bands.map(({ id, label, low, high }) => (
                <span key={id} style={{ width: width(high - low + 1) }}>
                  <span>{label}</span> {low}–{high}
                </span>
              ))}
            </span>
          </th>
          <VoteHeadings count={votes.length} />
        </tr>
      </thead>
      <tbody>
        {rows.map((total) => (
          <tr key={totalLabel(total)} data-total={totalLabel(total)}>
            <th scope="row">{totalLabel(total)}</th>
            <td>
              <span class="room-track" aria-hidden="true">
                {bands.slice(1).map(({ id, low }) => (
                  <i key={id} style={{ left: width(low - minimum) }} />
                ))}
                {total.low !== null && total.high !== null && (
                  <span style={{ left: width(total.low - minimum), width: width(total.high - total.low + 1) }} />
                )}
              </span>
              <span class="room-hidden">
                {message(total.low === total.high ? 'room-total-exact' : 'room-total-range')}
              </span>
            </td>
            {votes.map((vote, index) => (
              <td key={index} class="room-n">
                {vote.totals.find((one) => totalLabel(one) === totalLabel(total))?.n ?? 0}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function totalLabel({ low, high }: TotalCount): string {
  if (low === null || high === null) return message('score-not_applicable');
  return low === high ? String(low) : `${low}–${high}`;
}
