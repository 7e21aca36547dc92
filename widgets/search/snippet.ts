/** The part of a passage that is shown in a result, with the words that were found. */

import { pieces, type Words } from './words';

export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** Characters of a snippet, and those before its first found word. */
const LENGTH = 220;
const BEFORE = 60;

export function snippet(text: string, stems: ReadonlySet<string>, words: Words): Piece[] {
  const all = pieces(text).map(({ text: piece, word }) => ({
    text: piece,
    found: word && stems.has(words.stem(piece.toLowerCase())),
  }));
  const first = all.findIndex(({ found }) => found);
  let start = Math.max(first, 0);
  for (let room = BEFORE; start > 0 && room > 0; ) room -= all[--start]!.text.length;
  let end = start;
  for (let room = LENGTH; end < all.length && room > 0; end += 1) room -= all[end]!.text.length;
  const shown = joined(all.slice(start, end));
  if (start > 0) shown.unshift({ text: '… ', found: false });
  if (end < all.length) shown.push({ text: ' …', found: false });
  return shown;
}

/** The words of a text that were found, each once and in lower case, as the page that is opened marks them. */
export function foundWords(text: string, stems: ReadonlySet<string>, words: Words): string[] {
  const found = pieces(text)
    .filter(({ word }) => word)
    .map((piece) => piece.text.toLowerCase())
    .filter((word) => stems.has(words.stem(word)));
  return [...new Set(found)];
}

function joined(all: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of all) {
    const last = result.at(-1);
    if (last?.found === piece.found) result[result.length - 1] = { ...piece, text: last.text + piece.text };
    else result.push(piece);
  }
  return result;
}
