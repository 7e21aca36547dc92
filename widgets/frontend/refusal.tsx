/** Findings that contradict each other: what is wrong, in words, beside each of the controls that hold them. */

import { message } from '../engine/messages';
import type { Findings, Refusal } from '../engine/types';
import { useBook, type Book } from './book';
import { inside, list, sentence } from './labels';

/** Sentences on the contradictions in which a finding takes part; null where there is none. */
export function refusalOf(refusals: readonly Refusal[], finding: string, book: Book, findings: Findings): string | null {
  const own = refusals.filter((refusal) => refusal.findings.includes(finding));
  return own.length > 0 ? own.map((refusal) => inWords(refusal, book, findings)).join('\n') : null;
}

/** The other findings of the contradictions in which a finding takes part. */
export function othersOf(refusals: readonly Refusal[], finding: string): string[] {
  const own = refusals.filter((refusal) => refusal.findings.includes(finding));
  return [...new Set(own.flatMap((refusal) => refusal.findings))].filter((other) => other !== finding);
}

/** Whether findings that contradict each other hold a red flag all the same. */
export function alarms(book: Book, findings: Findings): boolean {
  return book.engine.holds(book.knowledge.emergencies.red_flag, findings) === true;
}

/** What is said first of a red flag among findings that contradict each other. */
export const ALARM = message('explorer-alarm');

/** A contradiction as a reader of the page is told it: by labels, where editors of files are told ids. */
export function inWords({ id, findings: ids, text }: Refusal, book: Book, findings: Findings): string {
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

/** Where a sentence names a finding by its id: “set pain to none”, “leave escc not assessed”. */
const SETTING = /\b(set|or|leave|use|and) ([a-z_]+)( to\b| not assessed|$)/g;

/** Whether a contradiction is about a finding, or asks for it. */
export function concerns({ findings, text }: Refusal, finding: string): boolean {
  return findings.includes(finding) || text.split(/\W+/).includes(finding);
}

interface Props {
  id: string;
  /** What is wrong; null where nothing is. */
  text: string | null;
  /** The findings that contradict this one. */
  others: readonly string[];
  onLeave: (finding: string) => void;
}

export function Refused({ id, text, others, onLeave }: Props) {
  const book = useBook();
  if (text === null) return null;
  function leave(button: HTMLElement, other: string): void {
    // The button goes with what it mends; the reader goes on at the control beside it.
    button.closest('.cb-finding')?.querySelector<HTMLElement>('select, input:checked')?.focus();
    onLeave(other);
  }
  return (
    <div id={id} class="cb-errors cb-refused">
      {text.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p class="cb-mend">
        {others.map((other) => (
          <button key={other} type="button" onClick={(event) => leave(event.currentTarget, other)}>
            {message('explorer-unset', { finding: book.findingLabel(other) })}
          </button>
        ))}
      </p>
    </div>
  );
}
