/** What is said of an id or a value that does not exist; the twin of `casebook.vocabulary` and `casebook.reader`. */

import { message } from './messages';
import type { Value } from './types';
import { hinted, oneAfterAnother } from './words';

/** Words less alike than this are not near each other. */
const CUTOFF = 0.5;
const MOST_NEAR = 20;
const SHORT_LIST = 12;

/**
 * The one of `words` that was probably meant, or "" when none is near. A word that is written otherwise, or by its
 * alias, is meant whatever looks more like it; where several are named together, such as the ends of a range, none is.
 */
export function nearest(word: string, words: readonly string[], aliases: readonly string[] = []): string {
  const meant = [...words, ...aliases].findIndex((name) => plain(name) === plain(word));
  if (meant >= 0) return words[meant % words.length]!;
  const parts = new Set(word.toLowerCase().match(/[\p{L}\p{N}_]+/gu));
  if (words.filter((each) => parts.has(each.toLowerCase())).length > 1) return '';
  const near = words
    .map((text) => ({ text, alike: ratio(text, word) }))
    .filter(({ alike }) => alike >= CUTOFF)
    .sort((a, b) => b.alike - a.alike || (a.text < b.text ? 1 : -1))
    .slice(0, MOST_NEAR);
  // Among equally close words, people mistype the beginning least.
  const same = near.filter(({ alike }) => alike === near[0]!.alike).map(({ text }) => text);
  return same.sort((one, other) => begins(other, word) - begins(one, word))[0] ?? '';
}

/** How many letters two words begin with alike. */
function begins(one: string, other: string): number {
  const difference = [...one].findIndex((letter, index) => letter !== other[index]);
  return difference < 0 ? one.length : difference;
}

/** A text without what is easily written otherwise: capitals, hyphens and underscores. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase();
}

/** What is wrong with a word, and the nearest right one if there is one. */
export function withNearest(what: string, word: string, words: readonly string[], aliases?: readonly string[]): string {
  return hinted(what, nearest(word, words, aliases));
}

/** What to choose instead of a word: the nearest, or one of few; "" where there are many. */
export function didYouMean(word: string, words: readonly string[], aliases?: readonly string[]): string {
  const near = nearest(word, words, aliases);
  if (near) return message('error-near', { near });
  return words.length <= SHORT_LIST ? message('error-choose', { values: oneAfterAnother(words) }) : '';
}

/** What to choose instead of a value that is not an option. */
export function insteadOf(offered: unknown, values: readonly Value[], labels: readonly string[]): string {
  const words = values.map(String);
  const near = nearestOption(offered, values);
  if (near !== null) return message('error-near', { near });
  const between = () => message('error-choose-between', { first: words[0]!, last: words.at(-1)! });
  return didYouMean(written(offered, false), words, labels) || between();
}

function nearestOption(offered: unknown, values: readonly Value[]): Value | null {
  if (typeof offered === 'boolean') return nearest(offered ? 'yes' : 'no', values.map(String)) || null;
  const numbers = values.filter((value) => typeof value === 'number');
  const number = numberOf(offered);
  if (!numbers.length || number === null) return null;
  return numbers.reduce((best, value) => (Math.abs(value - number) < Math.abs(best - number) ? value : best));
}

function numberOf(offered: unknown): number | null {
  if (typeof offered === 'number') return offered;
  const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
  return typeof offered === 'string' && decimal.test(offered) ? Number(offered) : null;
}

/** A value as Python writes it, so that both say the same: 'pain', True, ['mechanical']. */
export function written(value: unknown, quoted = true): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map((one) => written(one)).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value).map(([key, one]) => `${written(key)}: ${written(one)}`).join(', ')}}`;
  const text = String(value);
  if (typeof value !== 'string' || !quoted) return text;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + [...text].map((letter) => (letter === quote ? `\\${letter}` : escaped(letter))).join('') + quote;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(letter: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const control = /^[\0-\x1f\x7f-\xa0\xad]$/.test(letter);
  return ESCAPES[letter] ?? (control ? `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}` : letter);
}

/** How alike two words are, 0 to 1, by the blocks they share: Ratcliff and Obershelp, as Python's difflib counts. */
function ratio(text: string, word: string): number {
  const a = [...text];
  const b = [...word];
  const length = a.length + b.length;
  if (2 * Math.min(a.length, b.length) < CUTOFF * length) return 0;
  return length ? (2 * shared(a, b)) / length : 1;
}

/** How many letters stand in the longest common block, and in those to its left and right. */
function shared(a: readonly string[], b: readonly string[]): number {
  let size = 0;
  let [endA, endB] = [0, 0];
  let before: number[] = [];
  a.forEach((letter, i) => {
    const here: number[] = [];
    b.forEach((other, j) => {
      if (letter !== other) return;
      here[j] = (before[j - 1] ?? 0) + 1;
      if (here[j]! > size) [size, endA, endB] = [here[j]!, i + 1, j + 1];
    });
    before = here;
  });
  if (size === 0) return 0;
  return size + shared(a.slice(0, endA - size), b.slice(0, endB - size)) + shared(a.slice(endA), b.slice(endB));
}
