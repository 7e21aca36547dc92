/** Scores as exact ranges over findings that may be unknown; the twin of `casebook.models.score`. */

import { memoised, memoisedByValues, type State } from './core';
import type { Node } from './table';
import type { Item, ItemResult, Score, ScoreResult } from './types';

const results = memoised((score: Score) =>
  memoisedByValues(
    ({ variableOf }) => score.reads.map((id) => variableOf.get(id)!),
    (state) => derive(state, score),
  ),
);

/** The result of a score for a patient. */
export function scoreOf(state: State, score: Score): ScoreResult {
  return results(score)(state);
}

function derive(state: State, score: Score): ScoreResult {
  if (state.truth(score.applies.when) === false) {
    const reason = score.applies.otherwise;
    return {
      status: 'not_applicable', total: null, low: null, high: null, bands: [], notes: [reason], items: [], reason,
    };
  }
  const totals = (root: Node) => state.reached(root).filter((total) => total !== null) as number[];
  const items = score.items.map((item) => ({
    ...itemResult(item, state.reached(item.root) as number[]),
    from: Object.fromEntries(item.reads.map((id) => [id, state.option(id)])),
  }));
  const notes = score.notes.filter(({ when }) => when === undefined || state.truth(when)).map(({ text }) => text);
  const one = score.as_one_lesion;
  return {
    ...summed(score, totals(score.total), notes, items),
    ...(one && state.applies(one.when) ? { as_one_lesion: extent(score, totals(one.total)) } : {}),
  };
}

export function itemResult({ id, options }: Item, possible: readonly number[]): ItemResult {
  const points = possible.map((index) => options[index]!.points);
  const low = Math.min(...points);
  const high = Math.max(...points);
  return { id, option: possible.length === 1 ? options[possible[0]!]!.id : null, points: low === high ? low : null, low, high };
}

export function summed(
  score: Score,
  totals: readonly number[],
  notes: readonly string[],
  items: readonly ItemResult[],
): ScoreResult {
  const { low, high, bands } = extent(score, totals);
  const complete = low === high;
  return { status: complete ? 'complete' : 'range', total: complete ? low : null, low, high, bands, notes, items };
}

/** The least and the greatest of some totals, and the bands that they lie in. */
function extent({ bands }: Score, totals: readonly number[]): NonNullable<ScoreResult['as_one_lesion']> {
  return {
    low: Math.min(...totals),
    high: Math.max(...totals),
    bands: bands.filter(({ low, high }) => totals.some((sum) => low <= sum && sum <= high)).map(({ id }) => id),
  };
}
