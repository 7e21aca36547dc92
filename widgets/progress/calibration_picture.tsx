/** A bar for each confidence: the share of its answers that were right. The sentences say the same in words. */

import { message } from '../engine/messages';
import { type Calibration, calibrationOf, LEAST_OF_ONE } from './calibration';
import type { Progress } from './record';

/** Share of right answers from which certainty is called reliable. */
const RELIABLE = 0.8;

export function CalibrationPicture({ answers }: { answers: Progress['answers'] }) {
  const rows = calibrationOf(answers);
  if (!rows) return null;
  return (
    <section>
      <h3>{message('calibration-title')}</h3>
      <ul class="cb-calibration">
        {rows.map((row) => (
          <li key={row.confidence} data-confidence={row.confidence}>
            <span>{sentence(row)}</span>{' '}
            {row.count < LEAST_OF_ONE ? <small>{message('calibration-few')}</small> : <Bar share={row.right / row.count} />}
          </li>
        ))}
      </ul>
      <p>{meaning(rows)}</p>
      <p>
        <small>{message('calibration-key')}</small>
      </p>
    </section>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="cb-right" width={100 * share} height="10" />
      <rect class="cb-all" width="100" height="10" />
    </svg>
  );
}

function sentence({ confidence, count, right }: Calibration): string {
  return message('calibration-row', { confidence: message(`quiz-confidence-${confidence}`), count, right });
}

/** What the row of certain answers means. */
function meaning(rows: readonly Calibration[]): string {
  const { count, right } = rows.find(({ confidence }) => confidence === 'certain')!;
  if (count < LEAST_OF_ONE) return message('calibration-open');
  return message(right / count < RELIABLE ? 'calibration-unreliable' : 'calibration-reliable');
}
