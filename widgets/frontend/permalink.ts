/**
 * A patient as the fragment of an address: `#colon-s1?pain=occasional&level=`.
 *
 * The fragment contains the differences from the published case; an empty value means not assessed. Fragments may be
 * written by anyone, so every part is validated.
 */

import { message } from '../engine/messages';
import type { Findings, Value } from '../engine/types';
import type { Book } from './book';
import { asPublished, withSet, type Published } from './published_case';

export interface Opened {
  readonly findings: Findings;
  readonly errors: readonly string[];
}

/** Limits of the error message, which only has to help correct the link. */
const MOST_ERRORS = 4;
const LONGEST_ERROR = 160;

export function toFragment(
  book: Book,
  caseId: string,
  published: Published,
  findings: Findings,
): string {
  const original = asPublished(published);
  const parts = book.knowledge.findings.flatMap(({ id }) => {
    const value = findings[id];
    return value === original[id] ? [] : [`${id}=${encodeURIComponent(String(value ?? ''))}`];
  });
  return `#${encodeURIComponent(caseId)}?${parts.join('&')}`;
}

/** The state in a fragment, or null if the fragment belongs to another case. */
export function fromFragment(
  book: Book,
  caseId: string,
  published: Published,
  fragment: string,
): Opened | null {
  const stem = `#${encodeURIComponent(caseId)}?`;
  if (!fragment.startsWith(stem)) return null;

  const cleared = new Map<string, null>();
  const offered = new Map<string, unknown>();
  for (const [id, text] of new URLSearchParams(fragment.slice(stem.length))) {
    const finding = book.findings.get(id);
    if (finding && text === '') cleared.set(id, null);
    else offered.set(id, finding?.type === 'number' ? numberOf(text) : text);
  }
  const { findings, errors } = book.engine.validate(Object.fromEntries(offered));
  const set = Object.fromEntries<Value | null>([...cleared, ...Object.entries(findings)]);
  return { findings: withSet(published, set), errors: readable(errors) };
}

function numberOf(text: string): Value {
  return /^\d{1,4}$/.test(text) ? Number(text) : text;
}

/** At most so many errors as help to correct a link, none of them longer than a few lines. */
export function readable(errors: readonly string[]): readonly string[] {
  const shown = errors
    .slice(0, MOST_ERRORS)
    .map((text) => (text.length > LONGEST_ERROR ? `${text.slice(0, LONGEST_ERROR)}…` : text));
  const rest = errors.length - shown.length;
  return rest > 0 ? [...shown, message('explorer-link-more', { count: rest })] : shown;
}
