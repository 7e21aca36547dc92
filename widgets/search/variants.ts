/** A query as it was typed, and the same with synonyms in it. */

import type { Passages } from './passages';
import type { Words } from './words';

export interface Variant {
  readonly stems: readonly string[];
  /** The synonym that replaced words of the query; empty for the query itself. */
  readonly synonym: string;
}

/** More variants add noise, not results. */
const MOST = 12;

/** The query first, then each synonym in place of the words that it replaces, one at a time. */
export function variantsOf(query: string, synonyms: Passages['synonyms'], words: Words): Variant[] {
  const stems = words.of(query);
  const result: Variant[] = [{ stems, synonym: '' }];
  const seen = new Set([stems.join(' ')]);
  for (const group of synonyms) {
    const phrases = group.map((text) => ({ text, stems: words.of(text) }));
    for (const phrase of longestFirst(phrases)) {
      const at = indexOfPhrase(stems, phrase.stems);
      if (at < 0) continue;
      for (const other of phrases) {
        const replaced = [...stems.slice(0, at), ...other.stems, ...stems.slice(at + phrase.stems.length)];
        if (seen.has(replaced.join(' '))) continue;
        seen.add(replaced.join(' '));
        result.push({ stems: replaced, synonym: other.text });
      }
      break;
    }
  }
  return result.slice(0, MOST);
}

function longestFirst<Phrase extends { readonly stems: readonly string[] }>(phrases: readonly Phrase[]): Phrase[] {
  return [...phrases].sort((one, other) => other.stems.length - one.stems.length);
}

/** Where a phrase begins in a list of words, or -1. */
export function indexOfPhrase(words: readonly string[], phrase: readonly string[]): number {
  if (phrase.length === 0) return -1;
  return words.findIndex((_, start) => phrase.every((word, offset) => words[start + offset] === word));
}
