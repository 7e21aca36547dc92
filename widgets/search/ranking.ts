/** Ranks passages by how well they match a query (Okapi BM25 over weighted fields), and pages by their passages. */

import type { Passage, Passages } from './passages';
import { indexOfPhrase, variantsOf, type Variant } from './variants';
import type { Words } from './words';

export interface FoundPassage {
  readonly passage: Passage;
  /** The stems that the passage matches. */
  readonly stems: ReadonlySet<string>;
  readonly score: number;
}

export interface FoundPage {
  readonly name: string;
  readonly title: string;
  /** Best first. */
  readonly passages: readonly FoundPassage[];
}

export interface Found {
  readonly pages: readonly FoundPage[];
  /** Synonyms by which passages were found. */
  readonly synonyms: readonly string[];
}

/** What a word counts where it is. */
const WEIGHT = { title: 1.5, heading: 1.5, term: 3, text: 1 };
/** Saturation of repeated words, and how much a long passage counts less: an explanation may take more words than a table. */
const K = 1.2;
const B = 0.3;
/** A synonym counts a little less than the word that was typed. */
const SYNONYM = 0.9;
const ADJACENT = 1.5;
const DEFINED = 2;
/** Further passages of a page count less and less. */
const DECLINE = 0.6;
const PASSAGES_OF_A_PAGE = 3;

interface Entry {
  readonly passage: Passage;
  /** Stems of the term and the text, in order. */
  readonly stems: readonly string[];
  readonly term: readonly string[];
  /** Weighted frequency of each stem. */
  readonly counts: ReadonlyMap<string, number>;
}

export class Ranking {
  readonly #given: Passages;
  readonly #words: Words;
  readonly #entries: readonly Entry[];
  readonly #withStem = new Map<string, Set<number>>();
  readonly #meanLength: number;

  constructor(given: Passages, words: Words) {
    this.#given = given;
    this.#words = words;
    const titles = given.pages.map(([, title]) => words.of(title));
    this.#entries = given.passages.map((passage) => this.#entry(passage, titles[passage[0]]!));
    this.#entries.forEach(({ counts }, index) => {
      for (const stem of counts.keys()) {
        const known = this.#withStem.get(stem);
        if (known) known.add(index);
        else this.#withStem.set(stem, new Set([index]));
      }
    });
    const total = this.#entries.reduce((sum, { stems }) => sum + stems.length, 0);
    this.#meanLength = total / Math.max(this.#entries.length, 1);
  }

  /** The pages that match a query, best first. */
  search(query: string): Found {
    const best = new Map<number, { score: number; variant: Variant }>();
    for (const variant of variantsOf(query, this.#given.synonyms, this.#words)) {
      for (const [index, score] of this.#scores(variant)) {
        const before = best.get(index);
        if (!before || score > before.score) best.set(index, { score, variant });
      }
    }
    const used = new Set([...best.values()].map(({ variant }) => variant.synonym).filter(Boolean));
    const found = [...best].map(([index, { score, variant }]) => this.#found(index, score, variant));
    return { pages: this.#pages(found), synonyms: [...used] };
  }

  #entry(passage: Passage, title: readonly string[]): Entry {
    const [, , heading, term, text] = passage;
    const fields = { title, heading: this.#words.of(heading), term: this.#words.of(term), text: this.#words.of(text) };
    const counts = new Map<string, number>();
    for (const [field, stems] of Object.entries(fields) as [keyof typeof WEIGHT, readonly string[]][]) {
      for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + WEIGHT[field]);
    }
    return { passage, stems: [...fields.term, ...fields.text], term: fields.term, counts };
  }

  /** The score of every passage that has all words of a variant; a word of the title or the heading counts, too. */
  *#scores({ stems, synonym }: Variant): Generator<[index: number, score: number]> {
    const distinct = [...new Set(stems)].map((stem) => this.#matching(stem));
    if (distinct.length === 0) return;
    const [rarest, ...others] = distinct.sort((one, other) => one.entries.size - other.entries.size);
    for (const index of rarest!.entries) {
      if (!others.every(({ entries }) => entries.has(index))) continue;
      const entry = this.#entries[index]!;
      // A passage of which only title and heading match says nothing by itself.
      if (!distinct.some(({ stems: some }) => some.some((stem) => entry.stems.includes(stem)))) continue;
      let score = this.#given.pages[entry.passage[0]]![2] * (synonym ? SYNONYM : 1);
      score *= distinct.reduce((sum, word) => sum + this.#weight(word, entry), 0);
      if (stems.length > 1 && indexOfPhrase(entry.stems, stems) >= 0) score *= ADJACENT;
      if (entry.term.length > 0 && entry.term.join(' ') === stems.join(' ')) score *= DEFINED;
      yield [index, score];
    }
  }

  #weight({ stems, entries }: Matching, entry: Entry): number {
    const rarity = Math.log(1 + (this.#entries.length - entries.size + 0.5) / (entries.size + 0.5));
    const count = stems.reduce((sum, stem) => sum + (entry.counts.get(stem) ?? 0), 0);
    return (rarity * count * (K + 1)) / (count + K * (1 - B + (B * entry.stems.length) / this.#meanLength));
  }

  /** The stems of the book that a stem of the query matches: itself, or if it is in no passage, words that begin with it. */
  #matching(stem: string): Matching {
    const own = this.#withStem.get(stem);
    if (own) return { stems: [stem], entries: own };
    const stems = stem.length < 4 ? [] : [...this.#withStem.keys()].filter((other) => other.startsWith(stem));
    return { stems, entries: new Set(stems.flatMap((other) => [...this.#withStem.get(other)!])) };
  }

  #found(index: number, score: number, { stems }: Variant): FoundPassage {
    const { passage } = this.#entries[index]!;
    return { passage, score, stems: new Set(stems.flatMap((stem) => this.#matching(stem).stems)) };
  }

  #pages(found: readonly FoundPassage[]): FoundPage[] {
    const byPage = new Map<number, FoundPassage[]>();
    for (const each of [...found].sort((one, other) => other.score - one.score)) {
      const [page] = each.passage;
      const known = byPage.get(page);
      if (known) known.push(each);
      else byPage.set(page, [each]);
    }
    const score = (passages: readonly FoundPassage[]) =>
      passages.reduce((sum, each, rank) => sum + each.score * DECLINE ** rank, 0);
    return [...byPage]
      .sort(([, one], [, other]) => score(other) - score(one))
      .map(([page, passages]) => {
        const [name, title] = this.#given.pages[page]!;
        return { name, title, passages: withoutRepeats(passages).slice(0, PASSAGES_OF_A_PAGE) };
      });
  }
}

interface Matching {
  readonly stems: readonly string[];
  readonly entries: ReadonlySet<number>;
}

/** One passage of each place. */
function withoutRepeats(passages: readonly FoundPassage[]): FoundPassage[] {
  const texts = new Set<string>();
  return passages.filter(({ passage }) => !texts.has(passage[4]) && texts.add(passage[4]));
}
