/** Scores as exact ranges over findings that may be unknown; the twin of `casebook.scores`. */

import { evaluate, leaves, type Situation } from './conditions';
import type { Finding, Item, ItemResult, Score, ScoreResult, Tree, Value } from './types';

/** A score result together with every total that some completion reaches. */
export interface Derived {
  readonly result: ScoreResult;
  /** Null among them where the score may turn out not to apply. */
  readonly totals: readonly (number | null)[];
}

type Lookup = (finding: string) => Value | null;

const situation = (option: Lookup): Situation => ({ option, totals: () => [] });

/** Derives one score from findings. */
export class ScoreReader {
  /** Those that it reads, in the order of the vocabulary. */
  readonly findings: readonly string[];
  private readonly possible = new Map<string, readonly number[]>();
  private readonly kept = new Map<string, Derived>();

  constructor(
    readonly score: Score,
    private readonly vocabulary: ReadonlyMap<string, Finding>,
  ) {
    const conditions: Tree[] = [score.applies.when, ...score.notes.map((note) => note.when ?? true)];
    const ids = new Set(score.items.flatMap((item) => item.reads));
    for (const tree of conditions)
      for (const leaf of leaves(tree)) if ('finding' in leaf) ids.add(leaf.finding);
    this.findings = [...vocabulary.keys()].filter((id) => ids.has(id));
  }

  derive(option: Lookup): Derived {
    const key = this.findings.map((id) => option(id) ?? '').join('|');
    let derived = this.kept.get(key);
    if (!derived) {
      derived = this.think(option);
      this.kept.set(key, derived);
    }
    return derived;
  }

  private think(option: Lookup): Derived {
    const { score } = this;
    const here = situation(option);
    const applies = evaluate(score.applies.when, here);
    if (applies === false) {
      const reason = score.applies.otherwise;
      const result: ScoreResult = {
        status: 'not_applicable', total: null, low: null, high: null, bands: [], notes: [reason], items: [], reason,
      };
      return { result, totals: [] };
    }
    const notes = score.notes.filter((note) => evaluate(note.when ?? true, here) === true).map((note) => note.text);
    const reads = score.items.map((item) => Object.fromEntries(item.reads.map((id) => [id, option(id)])));
    const possible = score.items.map((item, place) => this.options(item, Object.values(reads[place]!)));
    const derived = total(score, possible, notes, reads);
    return applies ? derived : { ...derived, totals: [...derived.totals, null] };
  }

  /** The options of an item that some completion of its findings reaches. */
  private options(item: Item, known: readonly (Value | null)[]): readonly number[] {
    const key = `${item.id}|${known.map((value) => value ?? '').join('|')}`;
    let places = this.possible.get(key);
    if (!places) {
      const reached = new Set<number>();
      for (const completion of completions(item.reads, known, this.vocabulary)) {
        const here = situation((id) => completion.get(id) ?? null);
        const place = item.options.findIndex((option) => evaluate(option.when, here) === true);
        // No option fits: the finding is known, but the score has no word for it.
        if (place < 0) item.options.forEach((_, each) => reached.add(each));
        else reached.add(place);
      }
      places = [...reached];
      this.possible.set(key, places);
    }
    return places;
  }
}

/** Every way to complete what is known of some findings. */
export function* completions(
  ids: readonly string[],
  known: readonly (Value | null)[],
  vocabulary: ReadonlyMap<string, Finding>,
  place = 0,
  chosen = new Map<string, Value>(),
): Generator<ReadonlyMap<string, Value>> {
  if (place === ids.length) {
    yield chosen;
    return;
  }
  const id = ids[place]!;
  const fixed = known[place] ?? null;
  const values = fixed === null ? vocabulary.get(id)!.options.map((option) => option.id) : [fixed];
  for (const value of values) {
    chosen.set(id, value);
    yield* completions(ids, known, vocabulary, place + 1, chosen);
  }
}

/** Adds up items of which each may still have several options. */
export function total(
  score: Score,
  possible: readonly (readonly number[])[],
  notes: readonly string[],
  reads: readonly Readonly<Record<string, Value | null>>[],
): Derived {
  let totals = new Set([0]);
  const items = score.items.map((item, place): ItemResult => {
    const places = possible[place]!;
    const points = new Set(places.map((each) => item.options[each]!.points));
    const low = Math.min(...points);
    const high = Math.max(...points);
    totals = new Set([...totals].flatMap((sum) => [...points].map((point) => sum + point)));
    return {
      id: item.id,
      option: places.length === 1 ? item.options[places[0]!]!.id : null,
      points: low === high ? low : null,
      low,
      high,
      from: reads[place]!,
    };
  });
  const low = Math.min(...totals);
  const high = Math.max(...totals);
  const bands = score.bands
    .filter((band) => [...totals].some((sum) => band.low <= sum && sum <= band.high))
    .map((band) => band.id);
  const complete = low === high;
  const result: ScoreResult = {
    status: complete ? 'complete' : 'range', total: complete ? low : null, low, high, bands, notes, items,
  };
  return { result, totals: [...totals] };
}
