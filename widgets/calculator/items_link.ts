/** The items of a score as the fragment of an address. Fragments may be written by anyone, so every part is validated. */

import { scoreOfItems } from '../engine/score_of_items';
import type { Score, Value } from '../engine/types';
import type { Book } from '../frontend/book';
import { readable } from '../frontend/permalink';

export interface OpenedItems {
  readonly items: Readonly<Record<string, Value>>;
  /** What could not be read. */
  readonly errors: readonly string[];
}

export function toAddress(score: Score, items: Readonly<Record<string, Value>>): string {
  const parts = score.items.flatMap(({ id }) => {
    const option = items[id];
    return option === undefined ? [] : [`${id}=${encodeURIComponent(String(option))}`];
  });
  return `#${score.id}?${parts.join('&')}`;
}

/** The items in a fragment, or null if the fragment belongs to something else. */
export function fromAddress({ knowledge }: Pick<Book, 'knowledge'>, score: string, fragment: string): OpenedItems | null {
  const stem = `#${score}?`;
  if (!fragment.startsWith(stem)) return null;
  const items: [string, Value][] = [];
  const errors: string[] = [];
  for (const [id, option] of new URLSearchParams(fragment.slice(stem.length))) {
    try {
      scoreOfItems(knowledge, score, { [id]: option });
      items.push([id, option]);
    } catch (error) {
      errors.push((error as Error).message);
    }
  }
  return { items: Object.fromEntries(items), errors: readable(errors) };
}
