/** Findings that contradict each other: what is wrong, in words, beside each of the controls that hold them. */

import type { Findings, Refusal } from '../engine/types';
import type { Book } from '../shared/book';
import { inside, list, sentence } from '../shared/words';

/** Sentences on the contradictions in which a finding takes part; null where there is none. */
export function refusalOf(refusals: readonly Refusal[], finding: string, book: Book, findings: Findings): string | null {
  const own = refusals.filter((refusal) => refusal.findings.includes(finding));
  return own.length > 0 ? own.map((refusal) => inWords(refusal, book, findings)).join('\n') : null;
}

/** A contradiction as a reader of the page is told it: by labels, where editors of files are told ids. */
export function inWords({ id, findings: ids, text }: Refusal, book: Book, findings: Findings): string {
  const both = ids.map((each) => `${book.findingLabel(each)} “${book.valueLabel(each, findings[each])}”`);
  const why = book.knowledge.contradictions.find((each) => each.id === id)?.text ?? text;
  const named = why.replace(SETTING, (whole, verb: string, name: string, rest: string) =>
    book.findings.has(name) ? `${verb} ${inside(book.findingLabel(name))}${rest}` : whole,
  );
  return sentence(`${list(both, 'and')}: ${named}`.replaceAll('_', ' '));
}

/** Where a sentence names a finding by its id: “set pain to none”, “leave escc not assessed”. */
const SETTING = /\b(set|or|leave|use|and) ([a-z_]+)( to\b| not assessed|$)/g;

/** Whether a contradiction is about a finding, or asks for it. */
export function concerns({ findings, text }: Refusal, finding: string): boolean {
  return findings.includes(finding) || text.split(/\W+/).includes(finding);
}

export function Refused({ id, text }: { id: string; text: string | null }) {
  if (text === null) return null;
  return (
    <div id={id} class="cb-errors cb-refused">
      {text.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
