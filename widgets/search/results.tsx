/** The results of a search: pages, each with the passages that match best. */

import { useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Found, FoundPage, FoundPassage } from './ranking';
import { foundWords, snippet } from './snippet';
import type { Words } from './words';

/** Pages that are shown at first. */
const FIRST = 10;

interface Props {
  query: string;
  found: Found;
  words: Words;
}

export function Results({ query, found: { pages, synonyms }, words }: Props) {
  const [all, setAll] = useState(false);
  const shown = all ? pages : pages.slice(0, FIRST);
  return (
    <>
      <p role="status">
        {pages.length > 0
          ? message('search-found', { pages: pages.length, words: query })
          : message('search-none', { words: query })}
        {synonyms.length > 0 && ` ${message('search-also', { words: synonyms.join(', ') })}`}
      </p>
      <ol class="casebook-results">
        {shown.map((page) => (
          <PageResult key={page.name} page={page} words={words} />
        ))}
      </ol>
      {shown.length < pages.length && (
        <button type="button" class="btn btn-outline-primary" onClick={() => setAll(true)}>
          {message('search-more-pages', { count: pages.length - shown.length })}
        </button>
      )}
    </>
  );
}

function PageResult({ page, words }: { page: FoundPage; words: Words }) {
  const [best] = page.passages;
  return (
    <li data-page={page.name}>
      {/* The theme hides headings that come first among the results. */}
      <p class="casebook-result-title">
        <a href={addressOf(page, best!, words)}>{page.title}</a>
      </p>
      <ul>
        {page.passages.map((found) => (
          <PassageResult key={found.passage[4]} page={page} found={found} words={words} />
        ))}
      </ul>
    </li>
  );
}

function PassageResult({ page, found, words }: { page: FoundPage; found: FoundPassage; words: Words }) {
  const [, , heading, term, text] = found.passage;
  const label = term || (heading === page.title ? '' : heading);
  const shown = snippet(text, found.stems, words);
  return (
    <li>
      <a href={addressOf(page, found, words)}>
        {label && <strong>{label}</strong>}
        <span>
          {shown.map((piece, index) => (piece.found ? <mark key={index}>{piece.text}</mark> : piece.text))}
        </span>
      </a>
    </li>
  );
}

/** The address of a passage, with the words that the page marks there. */
function addressOf({ name }: FoundPage, { passage, stems }: FoundPassage, words: Words): string {
  const [, anchor, , term, text] = passage;
  const marked = new URLSearchParams({ highlight: foundWords(`${term} ${text}`, stems, words).join(' ') });
  return `${name}.html?${marked}${anchor && `#${encodeURIComponent(anchor)}`}`;
}
