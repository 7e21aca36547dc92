/** A score on the scale of its bands: a bar for a range, a point for a complete score. */

import { message } from '../engine/messages';
import type { Score, ScoreResult } from '../engine/types';
import { oneAfterAnother, rangeWord } from './labels';

type BarScore = Pick<Score, 'label' | 'minimum' | 'maximum' | 'bands' | 'worse'>;
type BarResult = Pick<ScoreResult, 'status' | 'low' | 'high' | 'bands'>;

export function ScoreBar({ score, result }: { score: BarScore; result: BarResult }) {
  const { minimum, maximum, bands, worse } = score;
  // Every whole number is a cell of the scale, so that each total is inside its band rather than on an edge.
  const cells = maximum - minimum + 1;
  const position = (low: number, high: number) => ({
    left: `${(100 * (low - minimum)) / cells}%`,
    width: `${(100 * (high - low + 1)) / cells}%`,
  });
  return (
    <div class="cb-scale" role="img" aria-label={description(score, result)}>
      <span class="cb-end">{message(worse === 'low' ? 'score-bar-worse-low' : 'score-bar-better')}</span>
      <div class="cb-track">
        {bands.map((band) => (
          <span
            key={band.id}
            class="cb-band"
            data-possible={result.bands.includes(band.id) ? '' : undefined}
            style={position(band.low, band.high)}
          />
        ))}
        {result.low !== null && result.high !== null && (
          <span
            class={result.status === 'complete' ? 'cb-point' : 'cb-range'}
            style={position(result.low, result.high)}
          />
        )}
      </div>
      <span class="cb-end">{message(worse === 'high' ? 'score-bar-worse-high' : 'score-bar-better')}</span>
      <div class="cb-edges">
        {bands.map((band) => (
          <span key={band.id} style={{ left: position(band.low, band.low).left }}>
            {band.low}
          </span>
        ))}
        <span class="cb-last">{maximum}</span>
      </div>
    </div>
  );
}

function description(score: BarScore, result: BarResult): string {
  const { label, minimum, maximum, worse } = score;
  const bands = score.bands.map((band) =>
    message('score-bar-band', { band: band.label, range: rangeWord(band.low, band.high) }),
  );
  const total = rangeWord(result.low, result.high);
  return message('score-bar', { score: label, total, minimum, maximum, worse, bands: oneAfterAnother(bands) });
}
