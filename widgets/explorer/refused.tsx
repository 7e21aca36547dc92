/** Findings that contradict each other: what is wrong, beside each of the controls that hold them. */

import type { Refusal } from '../engine/types';

/** The sentences of the contradictions in which a finding takes part, as one text; null where there is none. */
export function refusalOf(refusals: readonly Refusal[], finding: string): string | null {
  const texts = refusals.filter(({ findings }) => findings.includes(finding)).map(({ text }) => text);
  return texts.length > 0 ? texts.join('\n') : null;
}

/** Whether a sentence asks for a finding that is not among those that contradict each other. */
export function mentions(refusals: readonly Refusal[], finding: string): boolean {
  return refusals.some(({ text }) => text.split(/\W+/).includes(finding));
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
