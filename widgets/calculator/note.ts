/** A score as a line of text for a note. */

import { message } from '../engine/messages';
import type { ItemResult, Score, ScoreResult } from '../engine/types';
import { inside, list, oneAfterAnother, rangeWord } from '../frontend/labels';

/** The total or range, every item, and the bands, such as "SINS 9 (location 3, …), potentially unstable". */
export function noteOf(score: Score, result: ScoreResult): string {
  const bands = score.bands.filter(({ id }) => result.bands.includes(id)).map(({ label }) => inside(label));
  return message('calculator-note', {
    score: score.label,
    total: rangeWord(result.low, result.high),
    items: itemsOf(score, result),
    bands: list(bands, 'or'),
  });
}

/** Every item with its points, such as "location 3, pain not assessed". */
export function itemsOf(score: Score, result: ScoreResult): string {
  return oneAfterAnother(result.items.map((item) => itemOf(score, item)));
}

function itemOf(score: Score, { id, option, points }: ItemResult): string {
  const item = inside(score.items.find((one) => one.id === id)!.label);
  if (option === null || points === null) return message('calculator-note-unknown', { item });
  return message('calculator-note-item', { item, points });
}
