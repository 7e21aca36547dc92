/** A score of item options that are given directly, as in a calculator; the twin of `casebook.score`. */

import { FindingError } from './core';
import { message } from './messages';
import { didYouMean, withNearest, written } from './offered';
import { itemResult, summed } from './scores';
import type { Item, Knowledge, Score, ScoreResult, Value } from './types';
import { notAnOption, optionOf } from './validation';

/** The result of a score; what is missing is unknown. */
export function scoreOfItems({ scores }: Knowledge, name: string, items: Readonly<Record<string, Value | null>>): ScoreResult {
  const score = scores.find(({ id }) => id === name);
  if (!score) throw new FindingError(noScore(scores.map(({ id }) => id), name));
  const known = score.items.map(({ id }) => id);
  for (const id of Object.keys(items)) if (!known.includes(id)) throw new FindingError(noItem(name, score.items, id));
  return scored(score, score.items.map((item) => possibleOptions(name, item, items[item.id] ?? null)));
}

function possibleOptions(score: string, item: Item, offered: Value | null): number[] {
  if (offered === null) return item.options.map((_, index) => index);
  const option = optionOf(item, offered);
  if (option === undefined) throw new FindingError(noOption(score, item, offered));
  return [item.options.findIndex(({ id }) => id === option)];
}

/** The result of a score of which each item may have some options, by their indices. */
function scored(score: Score, possible: readonly (readonly number[])[]): ScoreResult {
  let totals = new Set([0]);
  const items = score.items.map((item, index) => {
    const points = possible[index]!.map((each) => item.options[each]!.points);
    totals = new Set([...totals].flatMap((sum) => points.map((point) => sum + point)));
    return { ...itemResult(item, possible[index]!), from: {} };
  });
  const notes = score.notes.filter(({ when }) => when === undefined).map(({ text }) => text);
  return summed(score, [...totals], notes, items);
}

// Words

function noScore(names: readonly string[], name: string): string {
  return message('error-hint', { what: message('error-no-score', { id: written(name) }), hint: didYouMean(name, names) });
}

function noItem(score: string, items: readonly Item[], id: string): string {
  const [names, labels] = [items.map((item) => item.id), items.map((item) => item.label)];
  return withNearest(message('error-no-item', { score, id: written(id) }), id, names, labels);
}

function noOption(score: string, item: Item, offered: Value): string {
  return notAnOption(message('error-item-option', { score, id: item.id, offered: written(offered) }), item, offered);
}
