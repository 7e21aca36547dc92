/** The arguments of messages: outcomes, options, lists, ranges and sources in words; the twin of `casebook.messages.words`. */

import { message, type MessageId } from './messages';
import type { Finding, Knowledge, Outcome, PlanEntry, SourceRef, Stance, Value } from './types';

/** Strongest first; this is the order in which a plan is read. */
export const STANCES: readonly Stance[] = [
  'emergency', 'recommended', 'consider', 'caution', 'not_indicated', 'contraindicated',
];

/** More options than these are counted, not named. */
const MOST_OPTIONS = 5;

/** The label of a stance, or of none. */
export function stanceLabel(stance: Stance | 'none'): string {
  return message(`stance-${stance}`);
}

/** The time and the side of an outcome, where it has them: "within 12 hours", "on the left". */
export function particulars({ within_hours: hours, side }: Pick<Outcome, 'within_hours' | 'side'>): string {
  const words: string[] = [];
  if (hours) words.push(within(hours));
  if (side) words.push(message('limit-side', { side }));
  return oneAfterAnother(words);
}

/** A time limit as it is worded everywhere: "within 12 hours", and in days beyond two of them. */
export function within(hours: number): string {
  return hours > 48 && hours % 24 === 0
    ? message('limit-days', { count: hours / 24 })
    : message('limit-hours', { count: hours });
}

export interface OutcomeArguments {
  readonly stance: string;
  readonly limit: string;
}

export const UNDECIDED: OutcomeArguments = { stance: 'undecided', limit: 'none' };

/** The arguments by which a message names an outcome. */
export function outcomeArguments(given: Outcome | PlanEntry | null): OutcomeArguments {
  return given ? { stance: given.stance, limit: particulars(given) || 'none' } : { stance: 'none', limit: 'none' };
}

/** An outcome, such as "recommended within 2 days", or "no rule applies". */
export function outcomeWords(given: Outcome | PlanEntry | null): string {
  return message('outcome-name', outcomeArguments(given));
}

/** The arguments by which a message names the status of an option. */
export function standingArguments(entry: PlanEntry | null): OutcomeArguments {
  return entry?.status === 'undecided' ? UNDECIDED : outcomeArguments(entry);
}

/** The status of an option in a plan, such as "recommended" or "undecided". */
export function standing(entry: PlanEntry | null): string {
  return message('outcome-name', standingArguments(entry));
}

/** The status of an option in a plan; of what is undecided, every outcome that is possible. */
export function inDetail(entry: PlanEntry | null): string {
  if (entry?.status !== 'undecided') return outcomeWords(entry);
  const first = particulars(entry) || 'none';
  const each = entry.possible.map((stance, index) => message('outcome-name', { stance, limit: index ? 'none' : first }));
  return message('outcome-possible', { outcomes: list(each, 'or') });
}

/** Names with which a label begins, and that keep their capital. */
let names: ReadonlySet<string> | undefined;

/** A label as it is written inside a sentence. */
export function inside(label: string): string {
  names ??= new Set(message('list-names').split(', '));
  const start = label.slice(0, 2);
  const capitals = /\p{L}/u.test(start) && start === start.toUpperCase() && !/^A \p{Ll}/u.test(label);
  return capitals || names.has(label.split(' ', 1)[0]!) ? label : label.slice(0, 1).toLowerCase() + label.slice(1);
}

export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** "a", "a or b", "a, b or c". */
export function list(words: readonly string[], last: 'or' | 'and'): string {
  if (words.length < 2) return words.join('');
  return message(`list-${last}`, { first: oneAfterAnother(words.slice(0, -1)), last: words.at(-1)! });
}

/** "a, b, c". */
export function oneAfterAnother(words: readonly string[]): string {
  return joined(words, 'list-next');
}

/** "a; b; c". */
export function apart(words: readonly string[]): string {
  return joined(words, 'list-apart');
}

/** Conditions of which each is enough: "a, or if b". */
export function anyIf(conditions: readonly string[]): string {
  return joined(conditions, 'list-or-if');
}

/** Words, of which all beyond `most` are counted where more than one is left. */
export function few(words: readonly string[], most: number): readonly string[] {
  if (words.length <= most + 1) return words;
  return [...words.slice(0, most), message('list-rest', { count: words.length - most })];
}

function joined(words: readonly string[], pattern: Extract<MessageId, 'list-next' | 'list-apart' | 'list-or-if'>): string {
  return words.length ? words.reduce((first, next) => message(pattern, { first, next })) : '';
}

/** "9", "4 to 12", or "not applicable" where there is no number. */
export function extent(low: number | null, high: number | null): string {
  if (low === null || high === null) return message('score-not_applicable');
  return low === high ? String(low) : message('list-range', { low, high });
}

/** An option as a sentence names it: its label, or the number where a finding counts. */
export function optionWord(finding: Finding, value: Value | null): string {
  if (value === null) return message('finding-not_assessed');
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
  finding.options.forEach(({ id }, index) => {
    if (!values.includes(id)) return;
    const run = runs.at(-1);
    if (row && run && index === run.at(-1)! + 1) run.push(index);
    else runs.push([index]);
  });
  const parts = runs.flatMap((run) => (run.length > 2 ? [run] : run.map((index) => [index])));
  const named = parts.length > MOST_OPTIONS ? parts.slice(0, MOST_OPTIONS - 1) : parts;
  const words = named.map((part) => {
    const bounds = [part[0]!, part.at(-1)!].map((index) => finding.options[index]!.id);
    if (finding.type === 'number') bounds.sort((a, b) => Number(a) - Number(b));
    const [low, high] = bounds.map((value) => optionWord(finding, value)) as [string, string];
    return part.length === 1 ? low : message('list-range', { low, high });
  });
  const left = parts.slice(named.length).flat().length;
  return list(left ? [...words, message('list-rest', { count: left })] : words, 'or');
}

/** Whether a run of options can be named by its first and last: numbers, or levels of the spine. */
function inARow({ type, order, options }: Finding): boolean {
  return type === 'number' || (order === 'all' && options.every(({ id, label }) => id === label));
}

/** The sources of a statement in brackets, such as "(Fourney et al. 2011)". */
export function cited(source: readonly SourceRef[], sources: Knowledge['sources']): string {
  return message('source-brackets', { sources: named(source, sources) });
}

/** A statement as a sentence that ends in its sources. */
export function backed(text: string, source: readonly SourceRef[], known: Knowledge['sources']): string {
  const words = sentence(text);
  const sources = named(source, known);
  return words.endsWith('.')
    ? message('source-behind', { text: words.slice(0, -1), sources })
    : message('source-behind-mark', { text: words, sources });
}

function named(source: readonly SourceRef[], sources: Knowledge['sources']): string {
  return apart(source.map(([key]) => sources[key]!.short));
}

/** What is wrong, and the nearest right id or value if there is one. */
export function hinted(what: string, near: string): string {
  return near ? message('error-hint', { what, hint: message('error-near', { near }) }) : what;
}
