/** The words of the engine's sentences; the twin of `casebook.words`. */

import type { Finding, Outcome, PlanEntry, Source, SourceRef, Stance, Value } from './types';

export const STANCE_WORDS: Readonly<Record<Stance, string>> = {
  emergency: 'Emergency',
  recommended: 'Recommended',
  consider: 'Consider',
  caution: 'Caution',
  not_indicated: 'Not indicated',
  contraindicated: 'Contraindicated',
};

/** Strongest first; this is the order in which a plan is read. */
export const STANCES = Object.keys(STANCE_WORDS) as readonly Stance[];

export const NOTHING = 'no statement';
export const OPEN = 'undecided';
export const NOT_ASSESSED = 'not assessed';
export const NOT_APPLICABLE = 'not applicable';

/** Outcomes that a sentence names in other words: "is now an emergency within 12 hours". */
const SAID: readonly (readonly [string, string])[] = [
  ['emergency', 'an emergency'],
  ['consider', 'worth considering'],
  ['caution', 'a case for caution'],
  [NOTHING, 'not mentioned'],
];

/** Names that keep their capital inside a sentence. */
const NAMES = ['Frankel', 'Karnofsky', 'Mirels', 'Tokuhashi', 'Tomita'];

/** More options than these are counted, not named. */
const MOST_OPTIONS = 5;

/** The time and the side of an outcome, where it has them: "within 12 hours", "on the left". */
export function particulars({ within_hours: hours, side }: Pick<Outcome, 'within_hours' | 'side'>): string {
  const words: string[] = [];
  if (hours) words.push(within(hours));
  if (side) words.push(`on the ${side}`);
  return words.join(', ');
}

/** A time limit as it is worded everywhere: "within 12 hours", and in days beyond two of them. */
export function within(hours: number): string {
  return hours > 48 && hours % 24 === 0 ? `within ${hours / 24} days` : `within ${hours} hours`;
}

/** What is said of an action, such as "recommended within 2 days", or "no statement". */
export function outcomeWords(given: Outcome | PlanEntry | null): string {
  return given ? `${STANCE_WORDS[given.stance].toLowerCase()} ${particulars(given)}`.trimEnd() : NOTHING;
}

/** How an action stands in a plan, such as "recommended" or "undecided". */
export function standing(entry: PlanEntry | null): string {
  return entry?.status === 'undecided' ? OPEN : outcomeWords(entry);
}

/** How an action stands in a plan; of what is undecided, every outcome that is possible. */
export function inDetail(entry: PlanEntry | null): string {
  if (entry?.status !== 'undecided') return outcomeWords(entry);
  const [first, ...others] = entry.possible.map((one) => (one === 'none' ? NOTHING : STANCE_WORDS[one].toLowerCase()));
  return `${OPEN} (${list([`${first} ${particulars(entry)}`.trimEnd(), ...others], 'or')})`;
}

/** An outcome or a standing as it follows "is now" or "becomes". */
export function said(words: string): string {
  const [start, instead] = SAID.find(([each]) => words.startsWith(each)) ?? ['', ''];
  return instead + words.slice(start.length);
}

/** A label as it stands inside a sentence. */
export function inside(label: string): string {
  const start = label.slice(0, 2);
  const capitals = /\p{L}/u.test(start) && start === start.toUpperCase() && !/^A \p{Ll}/u.test(label);
  return capitals || NAMES.includes(label.split(' ', 1)[0]!) ? label : label.slice(0, 1).toLowerCase() + label.slice(1);
}

export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** "a", "a or b", "a, b or c". */
export function list(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** "1 score" or "2 scores". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** "9", "4 to 12", or "not applicable" where there is no number. */
export function extent(low: number | null, high: number | null): string {
  return low === null ? NOT_APPLICABLE : low === high ? String(low) : `${low} to ${high}`;
}

/** An option as a sentence names it: its label, or the number where a finding counts. */
export function optionWord(finding: Finding, value: Value | null): string {
  if (value === null) return NOT_ASSESSED;
  return finding.type === 'number' ? String(value) : finding.options.find(({ id }) => id === value)!.label;
}

/**
 * Options in the order of the vocabulary, such as "C1, C7 to T2 or L5".
 *
 * Three or more neighbours are joined where the options are numbers or levels; of more than five
 * parts the first four are named.
 */
export function optionWords(finding: Finding, values: readonly Value[]): string {
  const row = inARow(finding);
  const runs: number[][] = [];
  finding.options.forEach(({ id }, place) => {
    if (!values.includes(id)) return;
    const run = runs.at(-1);
    if (row && run && place === run.at(-1)! + 1) run.push(place);
    else runs.push([place]);
  });
  const parts = runs.flatMap((run) => (run.length > 2 ? [run] : run.map((place) => [place])));
  const named = parts.length > MOST_OPTIONS ? parts.slice(0, MOST_OPTIONS - 1) : parts;
  const words = named.map((part) => {
    const ends = [...new Set([part[0]!, part.at(-1)!])].map((place) => finding.options[place]!.id);
    if (finding.type === 'number') ends.sort((a, b) => Number(a) - Number(b));
    return ends.map((value) => optionWord(finding, value)).join(' to ');
  });
  const left = parts.slice(named.length).flat().length;
  return list(left ? [...words, `${left} more`] : words, 'or');
}

/** Whether a stretch of options can be named by its ends: numbers, or levels of the spine. */
function inARow({ type, order, options }: Finding): boolean {
  return type === 'number' || (order === 'all' && options.every(({ id, label }) => id === label));
}

/** The sources of a statement in brackets, such as "(Fourney et al. 2011)". */
export function cited(source: readonly SourceRef[], sources: Readonly<Record<string, Source>>): string {
  return `(${source.map(([key]) => sources[key]!.short).join('; ')})`;
}

/** A statement as a sentence that ends in its sources. */
export function backed(text: string, source: readonly SourceRef[], sources: Readonly<Record<string, Source>>): string {
  const words = sentence(text);
  const stop = words.endsWith('.') ? '.' : '';
  return `${words.slice(0, words.length - stop.length)} ${cited(source, sources)}${stop}`;
}
