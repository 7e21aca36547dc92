/** Contradictions between findings, in words. */

import { message } from '../engine/messages';
import type { Findings, Refusal } from '../engine/types';
import type { Book } from './book';
import { inside, list, sentence } from './labels';

/** The contradictions that involve a finding, in words; null if there are none. */
export function refusalTextFor(refusals: readonly Refusal[], finding: string, book: Book, findings: Findings): string | null {
  const own = refusals.filter((refusal) => refusal.findings.includes(finding));
  return own.length > 0 ? own.map((refusal) => refusalText(refusal, book, findings)).join('\n') : null;
}

/** The findings that contradict a finding. */
export function contradictingFindings(refusals: readonly Refusal[], finding: string): string[] {
  const own = refusals.filter((refusal) => refusal.findings.includes(finding));
  return [...new Set(own.flatMap((refusal) => refusal.findings))].filter((other) => other !== finding);
}

/** Whether findings that contradict each other include a red flag. */
export function hasRedFlag(book: Book, findings: Findings): boolean {
  return book.engine.holds(book.knowledge.emergencies.red_flag, findings) === true;
}

/** The warning of a red flag among findings that contradict each other. */
export const RED_FLAG_WARNING = message('explorer-alarm');

/** A contradiction in words, with labels where editors of files see ids. */
export function refusalText({ id, findings: ids, text }: Refusal, book: Book, findings: Findings): string {
  const both = ids.map((each) =>
    message('explorer-refused-finding', { label: book.findingLabel(each), value: book.valueLabel(each, findings[each]) }),
  );
  const why = book.knowledge.contradictions.find((each) => each.id === id)?.text ?? text;
  const named = why.replace(SETTING, (whole, verb: string, name: string, rest: string) =>
    book.findings.has(name) ? `${verb} ${inside(book.findingLabel(name))}${rest}` : whole,
  );
  const words = message('error-contradiction', { findings: list(both, 'and'), why: named });
  return sentence(words.replaceAll('_', ' '));
}

/** The id of a finding in a sentence: “set pain to none”, “leave escc not assessed”. */
const SETTING = /\b(set|or|leave|use|and) ([a-z_]+)( to\b| not assessed|$)/g;

/** Whether a contradiction concerns or mentions a finding. */
export function involves({ findings, text }: Refusal, finding: string): boolean {
  return findings.includes(finding) || text.split(/\W+/).includes(finding);
}
