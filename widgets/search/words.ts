/** Words as a search compares them: in British spelling and without their endings. */

import type { Passages } from './passages';

/** Letters and figures; a decimal such as 48.8 is one word. */
const WORD = /\d+\.\d+|[\p{L}\p{N}]+/gu;

export interface Language {
  readonly stem: (word: string) => string;
  /** Words that are in every text, such as "the". */
  readonly stopWords: readonly string[];
}

export class Words {
  readonly #language: Language;
  readonly #stopWords: ReadonlySet<string>;
  readonly #beginnings: Passages['spellings'];
  readonly #ends: Passages['spellings'];
  readonly #stems = new Map<string, string>();

  constructor(language: Language, spellings: Passages['spellings']) {
    this.#language = language;
    this.#stopWords = new Set(language.stopWords);
    this.#beginnings = spellings.filter(([american]) => !american.startsWith('-'));
    this.#ends = spellings
      .filter(([american]) => american.startsWith('-'))
      .map(([american, british]) => [american.slice(1), british.slice(1)] as const);
  }

  /** The stems of a text in order, without stop words. */
  of(text: string): string[] {
    return splitWords(text).flatMap((word) => (this.#stopWords.has(word) ? [] : [this.stem(word)]));
  }

  /** The stem of a word in lower case. */
  stem(word: string): string {
    let stem = this.#stems.get(word);
    if (stem === undefined) this.#stems.set(word, (stem = this.#language.stem(this.#british(word))));
    return stem;
  }

  #british(word: string): string {
    const beginning = this.#beginnings.find(([american]) => word.startsWith(american));
    const begun = beginning ? beginning[1] + word.slice(beginning[0].length) : word;
    const end = this.#ends.find(([american]) => begun.endsWith(american));
    return end ? begun.slice(0, -end[0].length) + end[1] : begun;
  }
}

/** The words of a text in lower case. */
export function splitWords(text: string): string[] {
  return text.toLowerCase().match(WORD) ?? [];
}

/** A text in pieces: each word, and what is between words, with whether it is a word. */
export function pieces(text: string): { readonly text: string; readonly word: boolean }[] {
  const result: { text: string; word: boolean }[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (index > end) result.push({ text: text.slice(end, index), word: false });
    result.push({ text: word, word: true });
    end = index + word.length;
  }
  if (end < text.length) result.push({ text: text.slice(end), word: false });
  return result;
}
