/** A score drawn on its bands: a range as a range, a point only where nothing is missing. */

import { message } from '../engine/messages';
import type { Score, ScoreResult } from '../engine/types';
import { oneAfterAnother, rangeWord } from './labels';

type Scaled = Pick<Score, 'label' | 'minimum' | 'maximum' | 'bands' | 'worse'>;
type Reached = Pick<ScoreResult, 'status' | 'low' | 'high' | 'bands'>;

export function Scale({ score, result }: { score: Scaled; result: Reached }) {
  const { minimum, maximum, bands, worse } = score;
  // Every whole number is a cell of its own width, so that 6 lies inside its band, not on its edge.
  const cells = maximum - minimum + 1;
  const place = (low: number, high: number) => ({
    left: `${(100 * (low - minimum)) / cells}%`,
    width: `${(100 * (high - low + 1)) / cells}%`,
  });
  return (
    <div class="cb-scale" role="img" aria-label={spoken(score, result)}>
      <span class="cb-end">{message(worse === 'low' ? 'score-bar-worse-low' : 'score-bar-better')}</span>
      <div class="cb-track">
        {bands.map((band) => (
          <span
            key={band.id}
            class="cb-band"
            data-possible={result.bands.includes(band.id) ? '' : undefined}
            style={place(band.low, band.high)}
          />
        ))}
        {result.low !== null && result.high !== null && (
          <span
            class={result.status === 'complete' ? 'cb-point' : 'cb-range'}
            style={place(result.low, result.high)}
          />
        )}
      </div>
      <span class="cb-end">{message(worse === 'high' ? 'score-bar-worse-high' : 'score-bar-better')}</span>
      <div class="cb-edges">
        {bands.map((band) => (
          <span key={band.id} style={{ left: place(band.low, band.low).left }}>
            {band.low}
          </span>
        ))}
        <span class="cb-last">{maximum}</span>
      </div>
    </div>
  );
}

function spoken(score: Scaled, result: Reached): string {
  const { label, minimum, maximum, worse } = score;
  const bands = score.bands.map((band) =>
    message('score-bar-band', { band: band.label, range: rangeWord(band.low, band.high) }),
  );
  const total = rangeWord(result.low, result.high);
  return message('score-bar', { score: label, total, minimum, maximum, worse, bands: oneAfterAnother(bands) });
}
