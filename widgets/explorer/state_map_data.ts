/** The plan for every combination of two findings, with the other findings unchanged. */

import { message } from '../engine/messages';
import type { Assessment, Findings, PlanEntry, Value } from '../engine/types';
import type { Book } from '../frontend/book';
import { withValues } from '../frontend/published_case';
import { list, particulars, rangeWord, stanceWord } from '../frontend/labels';

export interface StateMapData {
  /** Options of the two findings; null for not assessed. */
  readonly rows: readonly (Value | null)[];
  readonly columns: readonly (Value | null)[];
  /** Index in the legend, by row and column. */
  readonly cells: readonly (readonly number[])[];
  readonly legend: readonly string[];
}

/** The choice that shows the first line and the first recommendation. */
export const FIRST = 'first';

export function stateMapOf(
  book: Book,
  findings: Findings,
  row: string,
  column: string,
  show: string,
): StateMapData {
  const rows = values(book, row);
  const columns = values(book, column);
  const legend: string[] = [];
  const index = (words: string) => {
    const known = legend.indexOf(words);
    return known < 0 ? legend.push(words) - 1 : known;
  };
  const cells = rows.map((down) =>
    columns.map((across) => index(cell(book, withValues(findings, { [row]: down, [column]: across }), show))),
  );
  return { rows, columns, cells, legend };
}

function values(book: Book, finding: string): (Value | null)[] {
  return [...(book.findings.get(finding)?.options ?? []).map((option) => option.id), null];
}

function cell(book: Book, findings: Findings, show: string): string {
  if (book.engine.validate(findings).contradictions.length > 0) return message('explorer-map-refused');
  return outcomeText(book, book.engine.assess(findings), show);
}

function outcomeText(book: Book, assessment: Assessment, show: string): string {
  if (show === FIRST) return firstLineText(book, assessment);
  const score = assessment.scores[show];
  if (!score) return recommendationText(assessment.plan.find((entry) => entry.action === show));
  if (score.status === 'not_applicable') return message('score-none');
  const bands = list(score.bands.map((band) => book.bandLabel(show, band)), 'or');
  return message('explorer-map-score', { total: rangeWord(score.low, score.high), bands });
}

/** The first line of the result, and the first decided recommendation. */
function firstLineText(book: Book, { first_line: lines, plan }: Assessment): string {
  const decided = plan.find((entry) => entry.status === 'decided');
  const words = decided
    ? message('explorer-map-entry', { standing: recommendationText(decided), action: book.actionLabel(decided.action) })
    : message('explorer-map-undecided');
  return [...lines.map(({ lead }) => lead), words].join(' ');
}

function recommendationText(entry: PlanEntry | undefined): string {
  if (!entry) return stanceWord('none');
  if (entry.status === 'undecided') return message('explorer-plan-open');
  const [stance, limit] = [stanceWord(entry.stance), particulars(entry)];
  return limit ? message('explorer-entry-outcome', { stance, limit }) : stance;
}
