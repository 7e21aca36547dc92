/** Conditions and scores as decision diagrams over the findings; the twin of `casebook.compiler`. */

import { evaluate, leaves } from './conditions';
import { Diagrams, type Node } from './diagrams';
import type { Switched } from './scopes';
import { completions, substituted } from './scores';
import type { AsOneLesion, Finding, Item, Knowledge, Outcome, Score, Tree } from './types';

export type End = boolean | number | string | Outcome | Switched | null;

interface Variable {
  /** The finding that the variable stands for, or that lies behind it. */
  readonly finding: string;
  readonly size: number;
  /**
   * Whether nobody knows it. An item that some known finding leaves open has such a variable, one value an option; a
   * score that may be counted as one lesion has one of two values.
   */
  readonly latent?: true;
}

type Latent = Item | AsOneLesion;

export class Compiler {
  readonly variables: readonly Variable[];
  /** The variable of each finding, in the order of the vocabulary. */
  readonly known: readonly number[];
  readonly diagrams: Diagrams<End>;
  readonly vocabulary: ReadonlyMap<string, Finding>;
  private readonly place = new Map<string | Latent, number>();
  private readonly conditions = new Map<Tree, Node>();
  private readonly totals = new Map<string, Node>();
  private readonly comparedTotals = new Map<string, Node>();

  constructor(readonly knowledge: Knowledge) {
    this.vocabulary = new Map(knowledge.findings.map((finding) => [finding.id, finding]));
    const variables: Variable[] = [];
    const add = (key: string | Latent, variable: Variable) => {
      if (!this.place.has(key)) this.place.set(key, variables.push(variable) - 1);
    };
    const finding = (id: string) => add(id, { finding: id, size: this.vocabulary.get(id)!.options.length });
    // The findings of a score together, an item without a word for some finding right behind it.
    for (const { items, applies, as_one_lesion: one } of knowledge.scores) {
      if (applies.when === false) continue;
      for (const item of items) {
        item.reads.forEach(finding);
        if (this.leavesOpen(item)) add(item, { finding: item.reads.at(-1) ?? '', size: item.options.length, latent: true });
      }
      if (one) add(one, { finding: firstRead(one.unless), size: 2, latent: true });
    }
    knowledge.findings.forEach(({ id }) => finding(id));
    this.variables = variables;
    this.known = knowledge.findings.map(({ id }) => this.place.get(id)!);
    this.diagrams = new Diagrams(variables.map(({ size }) => size));
  }

  /** The places of options, in the order of the variables. */
  values(places: readonly number[]): readonly number[] {
    const values = this.variables.map(() => -1);
    this.known.forEach((variable, place) => (values[variable] = places[place]!));
    return values;
  }

  condition(tree: Tree): Node {
    let node = this.conditions.get(tree);
    if (node === undefined) {
      node = this.compile(tree);
      this.conditions.set(tree, node);
    }
    return node;
  }

  private compile(tree: Tree): Node {
    const { diagrams } = this;
    if (typeof tree === 'boolean') return diagrams.end(tree);
    if ('finding' in tree) {
      const ends = this.vocabulary.get(tree.finding)!.options.map(({ id }) => diagrams.end(tree.in.includes(id)));
      return diagrams.choose(this.place.get(tree.finding)!, ends);
    }
    if ('score' in tree) {
      const { low, high } = tree;
      return diagrams.map(this.compared(tree.score), (sum) => typeof sum === 'number' && low <= sum && sum <= high);
    }
    if ('term' in tree) return this.condition(tree.is);
    if ('not' in tree) return diagrams.map(this.condition(tree.not), (truth) => !truth);
    const all = 'all' in tree;
    const join = (node: Node, part: Tree) => diagrams.join(node, this.condition(part), all);
    return ('all' in tree ? tree.all : tree.any).reduce(join, diagrams.end(all));
  }

  /** The diagram of a score's total; null where it does not apply. */
  private total(id: string): Node {
    let node = this.totals.get(id);
    if (node === undefined) this.totals.set(id, (node = this.sum(this.score(id), (tree) => tree)));
    return node;
  }

  /** The diagram of the total that conditions compare, which may be that as one lesion. */
  private compared(id: string): Node {
    const score = this.score(id);
    const one = score.as_one_lesion;
    if (!one) return this.total(id);
    let node = this.comparedTotals.get(id);
    if (node === undefined) {
      const { diagrams } = this;
      const mayBe = this.condition({ all: [one.when, { not: one.unless }] });
      const counted = diagrams.choose(this.place.get(one)!, [diagrams.end(false), diagrams.end(true)]);
      const lesion = this.sum(score, (tree) => substituted(tree, one));
      node = this.either(diagrams.join(mayBe, counted, true), lesion, this.total(id));
      this.comparedTotals.set(id, node);
    }
    return node;
  }

  private score(id: string): Score {
    return this.knowledge.scores.find((each) => each.id === id)!;
  }

  /** The diagram of a total whose items are read from findings in some way. */
  private sum(score: Score, read: (tree: Tree) => Tree): Node {
    const none = this.diagrams.end(null);
    const start = this.diagrams.map(this.condition(score.applies.when), (applies) => (applies ? 0 : null));
    return score.items.reduce(
      (sum, item) =>
        this.diagrams.combine(
          sum,
          this.points(item, read),
          (sum, points) => (sum as number) + (points as number),
          (sum) => (sum === none ? none : undefined),
        ),
      start,
    );
  }

  /** The diagram of a score's band; null where it does not apply. */
  band(id: string): Node {
    const { bands } = this.score(id);
    return this.diagrams.map(this.total(id), (total) => {
      const sum = total as number | null;
      return sum === null ? null : bands.find(({ low, high }) => low <= sum && sum <= high)!.id;
    });
  }

  private points(item: Item, read: (tree: Tree) => Tree): Node {
    const { diagrams } = this;
    const open = this.place.get(item);
    const start =
      open === undefined ? diagrams.end(null) : diagrams.choose(open, item.options.map(({ points }) => diagrams.end(points)));
    return item.options.reduce(
      (rest, { points, when }) => this.either(this.condition(read(when)), diagrams.end(points), rest),
      start,
    );
  }

  /** The diagram of one function where a condition holds, and of another elsewhere. */
  private either(condition: Node, there: Node, elsewhere: Node): Node {
    const { diagrams } = this;
    const no = diagrams.end(false);
    // Nothing that is counted is false.
    const one = diagrams.combine(
      condition,
      there,
      (_, value) => value,
      (holds, value) => (holds === no ? no : holds < 0 ? value : undefined),
    );
    return diagrams.combine(
      one,
      elsewhere,
      (value) => value,
      (value, other) => (value === no ? other : value < 0 ? value : undefined),
    );
  }

  /** Whether some known findings match no option of an item. */
  private leavesOpen(item: Item): boolean {
    const unknown = item.reads.map(() => null);
    for (const completion of completions(item.reads, unknown, this.vocabulary)) {
      const situation = { option: (id: string) => completion.get(id) ?? null, totals: () => [] };
      if (!item.options.some(({ when }) => evaluate(when, situation) === true)) return true;
    }
    return false;
  }
}

function firstRead(tree: Tree): string {
  for (const leaf of leaves(tree)) if ('finding' in leaf) return leaf.finding;
  return '';
}
