/** Entry of search.js: the search page, over http and from disk. */

import { render } from 'preact';

import '../frontend/window';
import type { Passages } from './passages';
import { Ranking } from './ranking';
import { Results } from './results';
import { Words } from './words';

declare global {
  interface CasebookHooks {
    passages?: Passages;
  }
  /** Of Sphinx: language_data.js. */
  var Stemmer: new () => { stemWord(word: string): string };
  var stopwords: readonly string[];
}

const query = new URLSearchParams(location.search).get('q')?.trim() ?? '';
const place = document.getElementById('search-results');
const passages = window.casebook?.passages;

for (const field of document.querySelectorAll<HTMLInputElement>('input[name="q"]')) field.value = query;
if (query && place && passages) {
  const stemmer = new Stemmer();
  const words = new Words({ stem: (word) => stemmer.stemWord(word), stopWords: stopwords }, passages.spellings);
  const found = new Ranking(passages, words).search(query);
  render(<Results query={query} found={found} words={words} />, place);
}
