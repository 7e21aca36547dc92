/** What the last change did, in words: the findings, then the scores, then the plan. */

import type { Assessment, Findings, PlanEntry, ScoreResult } from '../engine/types';
import type { Book } from '../shared/book';
import { list, particulars, rangeWord, sentence, STANCES, stanceWord } from '../shared/words';

export interface State {
  readonly findings: Findings;
  readonly assessment: Assessment;
}

/** More changes of the plan than these are counted, not told. */
const TOLD = 3;

/**
 * One paragraph on the way from one state to another.
 *
 * `cause` says what the reader did where it was not a single finding: "You reset the case".
 */
export function describeChange(book: Book, before: State, after: State, cause?: string): string {
  const moved = scoreMoves(book, before.assessment, after.assessment);
  const scores = moved.length ? moved.join('; ') : 'the scores are unchanged';
  const what = cause ?? findingsChanged(book, before.findings, after.findings);
  const plan = planMoves(book, before.assessment.plan, after.assessment.plan);
  return /[?.!]$/.test(what) ? `${what} ${sentence(scores)} ${plan}` : `${what}: ${scores}. ${plan}`;
}

function findingsChanged(book: Book, before: Findings, after: Findings): string {
  const ids = book.knowledge.findings
    .map((finding) => finding.id)
    .filter((id) => before[id] !== after[id]);
  if (ids.length === 0) return 'Nothing was changed';
  if (ids.length > 1) return `You changed ${ids.length} findings`;
  const id = ids[0]!;
  return `You changed ${book.findingLabel(id)} to ${book.valueLabel(id, after[id])}`;
}

function scoreMoves(book: Book, before: Assessment, after: Assessment): string[] {
  return book.knowledge.scores.flatMap(({ id, label }) => {
    const was = before.scores[id];
    const is = after.scores[id];
    if (!was || !is) return [];
    const words = scoreMove(book, id, was, is);
    return words ? [`${label} ${words}`] : [];
  });
}

function scoreMove(book: Book, id: string, was: ScoreResult, is: ScoreResult): string {
  const bands = (score: ScoreResult) => bandsInWords(book, id, score);
  if (is.status === 'not_applicable') {
    return was.status === 'not_applicable' ? '' : 'no longer applies';
  }
  if (was.status === 'not_applicable') {
    return `now applies: ${rangeWord(is.low, is.high)}, ${bands(is)}`;
  }
  const from = rangeWord(was.low, was.high);
  const to = rangeWord(is.low, is.high);
  if (from === to) return '';
  const band = bands(was) === bands(is) ? `still ${bands(is)}` : `${bands(was)} → ${bands(is)}`;
  return `${from} → ${to}, ${band}`;
}

/** More than two names at once are not taken in; the scale shows them. */
function bandsInWords(book: Book, id: string, score: ScoreResult): string {
  if (score.bands.length > 2) return `${score.bands.length} bands possible`;
  return list(score.bands.map((band) => book.bandLabel(id, band)), 'or');
}

function planMoves(book: Book, before: readonly PlanEntry[], after: readonly PlanEntry[]): string {
  const was = new Map(before.map((entry) => [entry.action, entry]));
  const is = new Map(after.map((entry) => [entry.action, entry]));
  const moves = [...new Set([...is.keys(), ...was.keys()])]
    .map((action) => ({ action, from: inWords(was.get(action)), to: inWords(is.get(action)) }))
    .filter(({ from, to }) => from !== to)
    .sort((a, b) => rank(was, is, a.action) - rank(was, is, b.action));
  if (moves.length === 0) return 'The plan is unchanged.';
  const told = moves.slice(0, TOLD).map(({ action, from, to }) => {
    return `${book.actionLabel(action)}: ${to} (was ${from})`;
  });
  const rest = moves.length - told.length;
  if (rest > 0) told.push(`and ${rest} more`);
  return `In the plan, ${told.join('; ')}.`;
}

function inWords(entry: PlanEntry | undefined): string {
  if (!entry) return 'no statement';
  if (entry.status === 'undecided') return 'not yet decided';
  return [stanceWord(entry.stance).toLowerCase(), particulars(entry)].filter(Boolean).join(' ');
}

/** What is decided and strong is told first, on either side of the change. */
function rank(
  was: ReadonlyMap<string, PlanEntry>,
  is: ReadonlyMap<string, PlanEntry>,
  action: string,
): number {
  const strength = (entry: PlanEntry | undefined) =>
    entry ? STANCES.indexOf(entry.stance) + (entry.status === 'decided' ? 0 : STANCES.length) : 99;
  return Math.min(strength(was.get(action)), strength(is.get(action)));
}
