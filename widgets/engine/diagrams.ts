/** Reduced multi-valued decision diagrams; the twin of `casebook.diagrams`. */

/** A choice is at least 0, an end below 0. */
export type Node = number;

export class Diagrams<End> {
  private readonly variables: number[] = [];
  private readonly children: (readonly Node[])[] = [];
  private readonly ends: End[] = [];
  private readonly nodes = new Map<string, Node>();

  /** `sizes`: for each variable the number of its values. */
  constructor(private readonly sizes: readonly number[]) {}

  /** The diagram that has `value` everywhere; equal values must be the same object or primitive. */
  end(value: End): Node {
    let place = this.ends.indexOf(value);
    if (place < 0) place = this.ends.push(value) - 1;
    return -1 - place;
  }

  value(node: Node): End {
    return this.ends[-1 - node]!;
  }

  choose(variable: number, children: readonly Node[]): Node {
    if (children.every((child) => child === children[0])) return children[0]!;
    const key = `${variable}:${children.join()}`;
    let node = this.nodes.get(key);
    if (node === undefined) {
      node = this.variables.push(variable) - 1;
      this.children.push(children);
      this.nodes.set(key, node);
    }
    return node;
  }

  /** The diagram of a function of the values of other diagrams. */
  combine(roots: readonly Node[], result: (values: readonly End[]) => End): Node {
    const done = new Map<string, Node>();
    const walk = (nodes: readonly Node[]): Node => {
      const key = nodes.join();
      let node = done.get(key);
      if (node === undefined) {
        const tops = nodes.filter((each) => each >= 0).map((each) => this.variables[each]!);
        if (tops.length === 0) node = this.end(result(nodes.map((each) => this.value(each))));
        else {
          const top = Math.min(...tops);
          const below = (value: number) =>
            nodes.map((each) => (each >= 0 && this.variables[each] === top ? this.children[each]![value]! : each));
          node = this.choose(top, Array.from({ length: this.sizes[top]! }, (_, value) => walk(below(value))));
        }
        done.set(key, node);
      }
      return node;
    };
    return walk(roots);
  }

  /** Every value that some completion reaches; a value of -1 is not known. */
  reachable(root: Node, values: readonly number[]): End[] {
    const seen = new Set([root]);
    const ends: End[] = [];
    for (const node of seen) {
      if (node < 0) {
        ends.push(this.value(node));
        continue;
      }
      const known = values[this.variables[node]!]!;
      if (known >= 0) seen.add(this.children[node]![known]!);
      else this.children[node]!.forEach((child) => seen.add(child));
    }
    return ends;
  }

  /** The unknown variables on which the value really depends. */
  support(root: Node, values: readonly number[]): Set<number> {
    const done = new Map<Node, Node>();
    const unique = new Map<string, Node>();
    const found = new Set<number>();
    const reduce = (node: Node): Node => {
      if (node < 0) return node;
      let result = done.get(node);
      if (result !== undefined) return result;
      const variable = this.variables[node]!;
      const known = values[variable]!;
      if (known >= 0) result = reduce(this.children[node]![known]!);
      else {
        const below = this.children[node]!.map(reduce);
        if (below.every((child) => child === below[0])) result = below[0]!;
        else {
          found.add(variable);
          const key = `${variable}:${below.join()}`;
          result = unique.get(key) ?? unique.size;
          unique.set(key, result);
        }
      }
      done.set(node, result);
      return result;
    };
    reduce(root);
    return found;
  }
}
