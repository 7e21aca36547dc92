/** The words in which the widgets speak of stances, strengths, provenance and numbers. */

import type { Outcome, Stance, Tier } from '../engine/types';

export type Provenance = 'reported' | 'derived' | 'assumed' | 'not_reported';

/** Strongest first; this is the order in which a plan is read. */
export const STANCES: readonly Stance[] = [
  'emergency',
  'recommended',
  'consider',
  'caution',
  'not_indicated',
  'contraindicated',
];

const STANCE_WORDS: Record<Stance | 'none', string> = {
  emergency: 'Emergency',
  recommended: 'Recommended',
  consider: 'Consider',
  caution: 'Caution',
  not_indicated: 'Not indicated',
  contraindicated: 'Contraindicated',
  none: 'No statement',
};

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

export const NOT_ASSESSED = 'not assessed';

export function stanceWord(stance: Stance | 'none'): string {
  return STANCE_WORDS[stance];
}

export function tierWord(tier: Tier): string {
  return TIER_WORDS[tier];
}

/** "3" or "3–6". */
export function rangeWord(low: number | null, high: number | null): string {
  if (low === null || high === null) return '';
  return low === high ? String(low) : `${low}–${high}`;
}

/** "a", "a or b", "a, b or c". */
export function list(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** As many as a line can name. */
export const FEW = 4;

/** "a, b, c and 5 more". */
export function few(words: readonly string[]): string {
  if (words.length <= FEW) return list(words, 'and');
  return list([...words.slice(0, FEW - 1), `${words.length - FEW + 1} more`], 'and');
}

/** The time and the side of an outcome, where it has them: "within 12 hours", "on the left". */
export function particulars(outcome: Pick<Outcome, 'within_hours' | 'side'>): string {
  const words: string[] = [];
  const hours = outcome.within_hours;
  if (hours !== undefined && hours !== null) {
    words.push(hours > 48 && hours % 24 === 0 ? `within ${hours / 24} days` : `within ${hours} hours`);
  }
  if (outcome.side) words.push(`on the ${outcome.side}`);
  return words.join(', ');
}

export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
