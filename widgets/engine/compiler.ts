/** Conditions and scores as decision diagrams over the findings; the twin of `casebook.compiler`. */

import { evaluate } from './conditions';
import { Diagrams, type Node } from './diagrams';
import { completions } from './scores';
import type { Finding, Item, Knowledge, Outcome, Tree } from './types';

export type End = boolean | number | string | Outcome | null;

interface Variable {
  /** The finding that the variable stands for, or that lies behind it. */
  readonly finding: string;
  readonly size: number;
  /** Of an item that some known finding leaves open: never known, one value an option. */
  readonly item?: Item;
}

export class Compiler {
  readonly variables: readonly Variable[];
  /** The variable of each finding, in the order of the vocabulary. */
  readonly known: readonly number[];
  readonly diagrams: Diagrams<End>;
  private readonly vocabulary: ReadonlyMap<string, Finding>;
  private readonly place = new Map<string | Item, number>();
  private readonly conditions = new Map<Tree | string, Node>();
  private readonly totals = new Map<string, Node>();

  constructor(private readonly knowledge: Knowledge) {
    this.vocabulary = new Map(knowledge.findings.map((finding) => [finding.id, finding]));
    const variables: Variable[] = [];
    const add = (key: string | Item, variable: Variable) => {
      if (!this.place.has(key)) this.place.set(key, variables.push(variable) - 1);
    };
    const finding = (id: string) => add(id, { finding: id, size: this.vocabulary.get(id)!.options.length });
    // The findings of a score together, an item without a word for some finding right behind it.
    const applying = knowledge.scores.filter(({ applies }) => applies.when !== false);
    for (const item of applying.flatMap((score) => score.items)) {
      item.reads.forEach(finding);
      if (this.leavesOpen(item)) add(item, { finding: item.reads.at(-1) ?? '', size: item.options.length, item });
    }
    knowledge.findings.forEach(({ id }) => finding(id));
    this.variables = variables;
    this.known = knowledge.findings.map(({ id }) => this.place.get(id)!);
    this.diagrams = new Diagrams(variables.map(({ size }) => size));
  }

  condition(tree: Tree): Node {
    // A term is the same wherever it stands.
    const key = typeof tree === 'object' && 'term' in tree ? tree.term : tree;
    let node = this.conditions.get(key);
    if (node === undefined) {
      node = this.compile(tree);
      this.conditions.set(key, node);
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
      return diagrams.map(this.total(tree.score), (sum) => typeof sum === 'number' && low <= sum && sum <= high);
    }
    if ('term' in tree) return this.condition(tree.is);
    if ('not' in tree) return diagrams.map(this.condition(tree.not), (truth) => !truth);
    const all = 'all' in tree;
    const join = (a: Node, b: Tree) =>
      diagrams.combine(a, this.condition(b), (x, y) => (all ? x && y : x || y) as boolean);
    return ('all' in tree ? tree.all : tree.any).reduce(join, diagrams.end(all));
  }

  /** The diagram of a score's total; null where it does not apply. */
  private total(id: string): Node {
    let node = this.totals.get(id);
    if (node === undefined) {
      const score = this.knowledge.scores.find((each) => each.id === id)!;
      node = this.diagrams.map(this.condition(score.applies.when), (applies) => (applies ? 0 : null));
      for (const item of score.items)
        node = this.diagrams.combine(node, this.points(item), (sum, points) =>
          sum === null ? null : (sum as number) + (points as number),
        );
      this.totals.set(id, node);
    }
    return node;
  }

  /** The diagram of a score's band; null where it does not apply. */
  band(id: string): Node {
    const { bands } = this.knowledge.scores.find((score) => score.id === id)!;
    return this.diagrams.map(this.total(id), (total) => {
      const sum = total as number | null;
      return sum === null ? null : bands.find(({ low, high }) => low <= sum && sum <= high)!.id;
    });
  }

  private points(item: Item): Node {
    const { diagrams } = this;
    const open = this.place.get(item);
    const start =
      open === undefined ? diagrams.end(null) : diagrams.choose(open, item.options.map(({ points }) => diagrams.end(points)));
    return item.options.reduce(
      (rest, { points, when }) => diagrams.combine(this.condition(when), rest, (holds, other) => (holds ? points : other)),
      start,
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
