/** Labels of stances, strengths, provenance and numbers. */

import { message } from '../engine/messages';
import type { Stance, Tier } from '../engine/types';
import { list, stanceLabel } from '../engine/words';

export { apart, inside, list, oneAfterAnother, particulars, sentence, STANCES } from '../engine/words';

export const NOT_ASSESSED = message('finding-not_assessed');

export type Provenance = 'reported' | 'derived' | 'assumed' | 'not_reported';

export const PROVENANCE_WORDS: Record<Provenance, string> = {
  reported: message('provenance-reported'),
  derived: message('provenance-derived'),
  assumed: message('provenance-assumed'),
  not_reported: message('provenance-not_reported'),
};

export function stanceWord(stance: Stance | 'none'): string {
  return stanceLabel(stance);
}

export function tierWord(tier: Tier): string {
  return message(`tier-${tier}`);
}

/** "3" or "3–6". */
export function rangeWord(low: number | null, high: number | null): string {
  if (low === null || high === null) return '';
  return low === high ? String(low) : `${low}–${high}`;
}

/** Maximum number of names in a line. */
const FEW = 4;

/** "a, b, c and 5 more". */
export function few(words: readonly string[]): string {
  if (words.length <= FEW) return list(words, 'and');
  return list([...words.slice(0, FEW - 1), message('list-rest', { count: words.length - FEW + 1 })], 'and');
}
