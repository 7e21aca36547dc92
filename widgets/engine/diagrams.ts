/** Reduced multi-valued decision diagrams; the twin of `casebook.diagrams`. */

/** A choice is at least 0, an end below 0. */
export type Node = number;

/** More than there will ever be nodes: two of them make one key. */
const KEY = 2 ** 26;

/** Choices, each of them once. */
class Choices {
  readonly variables: number[] = [];
  readonly children: (readonly Node[])[] = [];
  /** Those whose variable and children have the same hash. */
  private readonly alike = new Map<number, Node[]>();

  /** The choice that goes on in one of some children by the value of a variable; the child itself, if all are one. */
  of(variable: number, children: readonly Node[]): Node {
    let hash = variable;
    let same = true;
    for (const child of children) {
      same &&= child === children[0];
      hash = (Math.imul(hash, 31) + child) & 0x3fffffff;
    }
    if (same) return children[0]!;
    let alike = this.alike.get(hash);
    if (!alike) this.alike.set(hash, (alike = []));
    const known = alike.find(
      (node) =>
        this.variables[node] === variable && this.children[node]!.every((child, value) => child === children[value]),
    );
    if (known !== undefined) return known;
    this.children.push(children);
    const node = this.variables.push(variable) - 1;
    alike.push(node);
    return node;
  }
}

export class Diagrams<End> {
  private readonly choices = new Choices();
  /** Of each choice. */
  readonly variables: readonly number[] = this.choices.variables;
  readonly children: readonly (readonly Node[])[] = this.choices.children;
  private readonly ends: End[] = [];
  private readonly places = new Map<End, Node>();
  /** The last walk that met a choice, or an end. */
  private readonly marks: number[] = [];
  private readonly endMarks: number[] = [];
  private walks = 0;

  /** `sizes`: for each variable the number of its values. */
  constructor(private readonly sizes: readonly number[]) {}

  /** The diagram that has `value` everywhere; equal values must be the same object or primitive. */
  end(value: End): Node {
    let node = this.places.get(value);
    if (node === undefined) this.places.set(value, (node = -this.ends.push(value)));
    return node;
  }

  value(node: Node): End {
    return this.ends[-1 - node]!;
  }

  choose(variable: number, children: readonly Node[]): Node {
    return this.choices.of(variable, children);
  }

  /** The diagram of a function of the values of another. */
  map(root: Node, result: (value: End) => End): Node {
    // Any end will do beside it.
    return this.combine(root, -1, result);
  }

  /** The diagram of whether both of two others are true, or of whether one is. */
  join(left: Node, right: Node, both: boolean): Node {
    const stop = this.end(!both as End);
    const go = this.end(both as End);
    const settled = (a: Node, b: Node) => (a === stop || b === go ? a : b === stop || a === go ? b : undefined);
    return this.combine(left, right, (a) => a, settled);
  }

  /** The diagram of a function of the values of two others; `settled` gives what is known of it without a walk. */
  combine(
    left: Node,
    right: Node,
    result: (left: End, right: End) => End,
    settled: (left: Node, right: Node) => Node | undefined = () => undefined,
  ): Node {
    const { variables, children, sizes } = this;
    const done = new Map<number, Node>();
    const walk = (a: Node, b: Node): Node => {
      const known = settled(a, b);
      if (known !== undefined) return known;
      const key = a * KEY + b;
      let node = done.get(key);
      if (node === undefined) {
        if (a < 0 && b < 0) node = this.end(result(this.value(a), this.value(b)));
        else {
          const first = a < 0 ? Infinity : variables[a]!;
          const second = b < 0 ? Infinity : variables[b]!;
          const top = Math.min(first, second);
          const below: Node[] = [];
          for (let value = 0; value < sizes[top]!; value++)
            below.push(walk(first === top ? children[a]![value]! : a, second === top ? children[b]![value]! : b));
          node = this.choose(top, below);
        }
        done.set(key, node);
      }
      return node;
    };
    return walk(left, right);
  }

  /** Every node that some completion meets; a value of -1 is not known. */
  met(root: Node, values: readonly number[]): Node[] {
    const { variables, children, marks, endMarks } = this;
    const walk = ++this.walks;
    // Without gaps, which would make them slow.
    while (marks.length < variables.length) marks.push(0);
    while (endMarks.length < this.ends.length) endMarks.push(0);
    const found: Node[] = [];
    const meet = (node: Node) => {
      const there = node < 0 ? endMarks : marks;
      const place = node < 0 ? -1 - node : node;
      if (there[place] === walk) return;
      there[place] = walk;
      found.push(node);
    };
    meet(root);
    for (let at = 0; at < found.length; at++) {
      const node = found[at]!;
      if (node < 0) continue;
      const known = values[variables[node]!]!;
      if (known >= 0) meet(children[node]![known]!);
      else children[node]!.forEach(meet);
    }
    return found;
  }

  /** Every value that some completion reaches. */
  reachable(root: Node, values: readonly number[]): End[] {
    return this.met(root, values)
      .filter((node) => node < 0)
      .map((node) => this.value(node));
  }

  /** The unknown variables on which the value really depends. */
  support(root: Node, values: readonly number[]): Set<number> {
    const done = new Map<Node, Node>();
    // The diagram once more, as it is where the known values are.
    const left = new Choices();
    const reduce = (node: Node): Node => {
      if (node < 0) return node;
      let result = done.get(node);
      if (result !== undefined) return result;
      const children = this.children[node]!;
      const variable = this.variables[node]!;
      const known = values[variable]!;
      result = known >= 0 ? reduce(children[known]!) : left.of(variable, children.map(reduce));
      done.set(node, result);
      return result;
    };
    reduce(root);
    return new Set(left.variables);
  }
}
