/** The plan over every combination of two findings, the others as they are. */

import type { Assessment, Findings, PlanEntry, Value } from '../engine/types';
import type { Book } from '../shared/book';
import { withValues } from './published';
import { list, particulars, rangeWord, stanceWord } from '../shared/words';

export interface Landscape {
  /** Options of the two findings; null is not assessed. */
  readonly rows: readonly (Value | null)[];
  readonly columns: readonly (Value | null)[];
  /** For each row and column the place of its words in the legend. */
  readonly cells: readonly (readonly number[])[];
  readonly legend: readonly string[];
}

/** What a map shows where it is not an action or a score. */
export const FIRST = 'first';

export function landscape(
  book: Book,
  findings: Findings,
  row: string,
  column: string,
  show: string,
): Landscape {
  const rows = values(book, row);
  const columns = values(book, column);
  const legend: string[] = [];
  const place = (words: string) => {
    const known = legend.indexOf(words);
    return known < 0 ? legend.push(words) - 1 : known;
  };
  const cells = rows.map((down) =>
    columns.map((across) => place(told(book, book.engine.assess(withValues(findings, { [row]: down, [column]: across })), show))),
  );
  return { rows, columns, cells, legend };
}

function values(book: Book, finding: string): (Value | null)[] {
  return [...(book.findings.get(finding)?.options ?? []).map((option) => option.id), null];
}

function told(book: Book, { plan, scores }: Assessment, show: string): string {
  if (show === FIRST) return first(book, plan);
  const score = scores[show];
  if (!score) return standing(plan.find((entry) => entry.action === show));
  if (score.status === 'not_applicable') return 'Not applicable';
  const bands = list(score.bands.map((band) => book.bandLabel(show, band)), 'or');
  return `${rangeWord(score.low, score.high)}, ${bands}`;
}

/** The recommendation that stands first; where an emergency is still possible, that comes before it. */
function first(book: Book, plan: readonly PlanEntry[]): string {
  const decided = plan.find((entry) => entry.status === 'decided');
  const words = decided ? `${standing(decided)}: ${book.actionLabel(decided.action)}` : 'Nothing is decided';
  const open = decided?.stance !== 'emergency' && plan.some((entry) => entry.possible.includes('emergency'));
  return open ? `An emergency is not ruled out. ${words}` : words;
}

function standing(entry: PlanEntry | undefined): string {
  if (!entry) return stanceWord('none');
  if (entry.status === 'undecided') return 'Not yet decided';
  return [stanceWord(entry.stance), particulars(entry)].filter(Boolean).join(' ');
}
