/** The rulebook: decision diagrams in one table of shared nodes, written by Python and only walked here. */

/** A terminal, or a choice between the options of one variable; terminals come first, children before their parents. */
export type Node = number;

/** For each variable the index of its option, or -1 where it is not known. */
export type Values = Int8Array;

/** The table as `rulebook.json` holds it. */
export interface Rulebook {
  /** The index of a finding; or what nobody knows, the item of a score that a known finding can leave open, and that. */
  readonly variables: readonly (number | readonly [score: number, item: number, finding: number])[];
  readonly ends: readonly unknown[];
  /** Which options of a choice lead to the same child: a digit (or letter) an option, numbered as they first occur. */
  readonly patterns: readonly string[];
  /** Choices by variable and pattern: three numbers each, the last of them how many there are. */
  readonly groups: readonly number[];
  /** For each digit of a pattern the children of all choices that have it, each as the difference from the one before. */
  readonly children: readonly (readonly number[])[];
}

/** A node before all that it leads to: the rows of its children by option; terminals have no variable. */
export interface Row {
  readonly node: Node;
  readonly variable: number;
  readonly next: readonly number[];
}

export class Table<Terminal> {
  private readonly variables: Uint8Array;
  /** The children of all choices, option by option, and where those of a choice begin. */
  private readonly children: Uint16Array;
  private readonly begins: Uint32Array;
  /** The last walk that met a node. */
  private readonly marks: Uint32Array;
  private walks = 0;
  private readonly rows = new Map<Node, readonly Row[]>();
  /** The values of a patient of whom nothing is known. */
  readonly unknown: Values;

  constructor({ variables: order, patterns, groups, children }: Rulebook, private readonly terminals: readonly Terminal[]) {
    const variables: number[] = terminals.map(() => 0);
    const begins: number[] = terminals.map(() => 0);
    const every: number[] = [];
    const next = children.map(() => 0);
    const child = children.map(() => 0);
    for (let at = 0; at < groups.length; at += 3) {
      const digits = [...patterns[groups[at + 1]!]!].map((digit) => parseInt(digit, 36));
      const distinct = Math.max(...digits) + 1;
      for (let count = groups[at + 2]!; count > 0; count--) {
        for (let slot = 0; slot < distinct; slot++) child[slot]! += children[slot]![next[slot]!++]!;
        variables.push(groups[at]!);
        begins.push(every.length);
        for (const digit of digits) every.push(child[digit]!);
      }
    }
    this.variables = Uint8Array.from(variables);
    this.begins = Uint32Array.from([...begins, every.length]);
    this.children = Uint16Array.from(every);
    this.marks = new Uint32Array(variables.length);
    this.unknown = new Int8Array(order.length).fill(-1);
  }

  private isTerminal(node: Node): boolean {
    return node < this.terminals.length;
  }

  terminal(node: Node): Terminal {
    return this.terminals[node]!;
  }

  /** Where a choice leads, option by option. */
  childrenOf(node: Node): Uint16Array {
    return this.children.subarray(this.begins[node]!, this.begins[node + 1]!);
  }

  /** The nodes under a root, each before its children. */
  rowsOf(root: Node): readonly Row[] {
    let rows = this.rows.get(root);
    if (!rows) {
      // A child has a smaller number than its parents.
      const nodes = this.met(root, this.unknown).sort((a, b) => b - a);
      const places = new Map(nodes.map((node, place) => [node, place]));
      rows = nodes.map((node) => {
        if (this.isTerminal(node)) return { node, variable: -1, next: [] };
        return { node, variable: this.variables[node]!, next: Array.from(this.childrenOf(node), (each) => places.get(each)!) };
      });
      this.rows.set(root, rows);
    }
    return rows;
  }

  /** Every node that some completion of the values meets, in no order. */
  private met(root: Node, values: Values): Node[] {
    const { variables, children, begins, marks } = this;
    const walk = ++this.walks;
    const found = [root];
    marks[root] = walk;
    for (let at = 0; at < found.length; at++) {
      const node = found[at]!;
      if (this.isTerminal(node)) continue;
      const known = values[variables[node]!]!;
      const first = begins[node]! + Math.max(known, 0);
      const end = known < 0 ? begins[node + 1]! : first + 1;
      for (let place = first; place < end; place++) {
        const child = children[place]!;
        if (marks[child] === walk) continue;
        marks[child] = walk;
        found.push(child);
      }
    }
    return found;
  }

  /** Every terminal that some completion of the values reaches. */
  reached(root: Node, values: Values): Terminal[] {
    return this.met(root, values)
      .filter((node) => this.isTerminal(node))
      .map((node) => this.terminal(node));
  }

  /** The terminal that every completion reaches, or null where there are several. */
  only(root: Node, values: Values): Terminal | null {
    const [first, ...others] = this.reached(root, values);
    return others.length ? null : first!;
  }

  /** The unknown variables on which the terminal depends, where terminals that `view` finds equal are one. */
  support(root: Node, values: Values, view: (terminal: Terminal) => unknown): Set<number> {
    // Each node once more as it is under the known values: equal numbers are equal functions.
    const reduced = new Map<Node, number>();
    const numbers = new Map<unknown, number>();
    const numberOf = (key: unknown) => {
      let number = numbers.get(key);
      if (number === undefined) numbers.set(key, (number = numbers.size));
      return number;
    };
    const found = new Set<number>();
    // A child has a smaller number than its parents.
    for (const node of this.met(root, values).sort((a, b) => a - b)) {
      if (this.isTerminal(node)) {
        reduced.set(node, numberOf(view(this.terminal(node))));
        continue;
      }
      const variable = this.variables[node]!;
      const known = values[variable]!;
      const children = Array.from(this.childrenOf(node), (child) => reduced.get(child)!);
      const [first] = children;
      if (known >= 0) reduced.set(node, children[known]!);
      else if (children.every((child) => child === first)) reduced.set(node, first!);
      else {
        found.add(variable);
        reduced.set(node, numberOf(`${variable}|${children.join()}`));
      }
    }
    return found;
  }
}
