/** The words in which the widgets speak of stances, strengths, provenance and numbers. */

import type { Stance, Tier } from '../engine/types';
import { message } from '../engine/messages';
import { list, stanceLabel } from '../engine/words';

export { inside, list, particulars, sentence, STANCES } from '../engine/words';

export const NOT_ASSESSED = message('finding-not_assessed');

export type Provenance = 'reported' | 'derived' | 'assumed' | 'not_reported';

const TIER_WORDS: Record<Tier, string> = {
  absolute: 'absolute: the source says must, or never',
  directive: 'directive: the source says should',
  permissive: 'permissive: the source says may',
  descriptive: 'descriptive: the source tells what was done',
};

export const PROVENANCE_WORDS: Record<Provenance, string> = {
  reported: 'reported',
  derived: 'derived',
  assumed: 'assumed',
  not_reported: 'not reported',
};

export function stanceWord(stance: Stance | 'none'): string {
  return stanceLabel(stance);
}

export function tierWord(tier: Tier): string {
  return TIER_WORDS[tier];
}

/** "3" or "3–6". */
export function rangeWord(low: number | null, high: number | null): string {
  if (low === null || high === null) return '';
  return low === high ? String(low) : `${low}–${high}`;
}

/** As many as a line can name. */
const FEW = 4;

/** "a, b, c and 5 more". */
export function few(words: readonly string[]): string {
  if (words.length <= FEW) return list(words, 'and');
  return list([...words.slice(0, FEW - 1), `${words.length - FEW + 1} more`], 'and');
}
