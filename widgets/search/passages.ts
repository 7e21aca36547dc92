/** What `publish/pages/search.py` writes for the search page. */

export interface Passages {
  /** Name, such as book/scores/sins; title; and what its passages count. */
  readonly pages: readonly (readonly [name: string, title: string, weight: number])[];
  readonly passages: readonly Passage[];
  /** Words or phrases of one meaning. */
  readonly synonyms: readonly (readonly string[])[];
  /** Beginnings of words, or ends after a hyphen. */
  readonly spellings: readonly (readonly [american: string, british: string])[];
}

/** A paragraph, a row or an entry of a list; `page` is an index, `term` the term that an entry defines. */
export type Passage = readonly [page: number, anchor: string, heading: string, term: string, text: string];
