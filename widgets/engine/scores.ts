/** Scores as exact ranges over findings that may be unknown; the twin of `casebook.scores`. */

import { evaluate, leaves, type Situation } from './conditions';
import type { AsOneLesion, Finding, Item, ItemResult, Score, ScoreResult, Tree, Value } from './types';

/** A score result together with every total that some completion reaches. */
export interface Derived {
  readonly result: ScoreResult;
  /** Null among them where the score may turn out not to apply. */
  readonly totals: readonly (number | null)[];
  /** Those that conditions compare: also the totals as one lesion, where it may be one. */
  readonly compared: readonly (number | null)[];
}

type Lookup = (finding: string) => Value | null;
type OneLesion = NonNullable<ScoreResult['as_one_lesion']>;

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
    const one = score.as_one_lesion;
    const conditions: Tree[] = [
      score.applies.when,
      ...score.notes.map((note) => note.when ?? true),
      ...(one ? [one.when, one.unless, ...one.set.map(({ when }) => when)] : []),
    ];
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
      return { result, totals: [], compared: [] };
    }
    const notes = score.notes.filter((note) => evaluate(note.when ?? true, here) === true).map((note) => note.text);
    const reads = score.items.map((item) => Object.fromEntries(item.reads.map((id) => [id, option(id)])));
    const possible = score.items.map((item, place) => this.options(item, Object.values(reads[place]!)));
    const { result, totals, compared } = this.withOneLesion(total(score, possible, notes, reads), option);
    // A condition must not count on a total while the score may turn out not to apply.
    return applies ? { result, totals, compared } : { result, totals: [...totals, null], compared: [...compared, null] };
  }

  /** A result with the range as one continuous lesion, where it may be one. */
  private withOneLesion(derived: Derived, option: Lookup): Derived {
    const { score } = this;
    const one = score.as_one_lesion;
    if (!one) return derived;
    const here = situation(option);
    const when = evaluate(one.when, here);
    if (when === false || evaluate(one.unless, here) === true) return derived;
    const possible = score.items.map((item) => this.optionsAsOne(item, one, option));
    const { result, totals } = total(score, possible, [], score.items.map(() => ({})));
    const { low, high, bands } = result as OneLesion;
    return {
      ...derived,
      result: when ? { ...derived.result, as_one_lesion: { low, high, bands } } : derived.result,
      compared: [...new Set([...derived.totals, ...totals])],
    };
  }

  /** The options of an item that some completion of its findings reaches if all foci are one lesion. */
  private optionsAsOne(item: Item, one: AsOneLesion, option: Lookup): readonly number[] {
    const ids = new Set(item.reads);
    for (const { finding, when } of one.set)
      if (item.reads.includes(finding))
        for (const leaf of leaves(when)) if ('finding' in leaf) ids.add(leaf.finding);
    const read = [...ids];
    const reached = new Set<number>();
    for (const completion of completions(read, read.map(option), this.vocabulary)) {
      const here = situation((id) => completion.get(id) ?? null);
      const values = new Map(completion);
      for (const { finding, when, to } of one.set)
        if (values.has(finding) && evaluate(when, here) === true) values.set(finding, to);
      for (const place of this.options(item, item.reads.map((id) => values.get(id)!))) reached.add(place);
    }
    return [...reached];
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
  return { result, totals: [...totals], compared: [...totals] };
}

/** A condition in which findings are read as they are if all foci are one continuous lesion. */
export function substituted(tree: Tree, one: AsOneLesion): Tree {
  if (typeof tree === 'boolean' || 'score' in tree) return tree;
  if ('finding' in tree) {
    const given = one.set.find(({ finding }) => finding === tree.finding);
    if (!given) return tree;
    const { when, to } = given;
    return { any: [{ all: [when, tree.in.includes(to)] }, { all: [{ not: when }, tree] }] };
  }
  const read = (part: Tree) => substituted(part, one);
  if ('term' in tree) return read(tree.is);
  if ('not' in tree) return { not: read(tree.not) };
  return 'all' in tree ? { all: tree.all.map(read) } : { any: tree.any.map(read) };
}
