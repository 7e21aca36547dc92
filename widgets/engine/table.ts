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

/** What is under a root, a row for each node before its children: the rows of these, option by option, from where each begins. */
export interface Rows {
  readonly nodes: Uint16Array;
  readonly begins: Uint32Array;
  readonly next: Uint16Array;
}

/** More than there are numbers in a reduction: two of them make one key. */
const PAIR = 2 ** 26;

export class Table<Terminal> {
  private readonly variables: Uint8Array;
  /** The children of all choices, option by option, and where those of a choice begin. */
  private readonly children: Uint16Array;
  private readonly begins: Uint32Array;
  /** The last walk that met a node. */
  private readonly marks: Uint32Array;
  private walks = 0;
  /** A number of each node, as the last walk gave it. */
  private readonly reduced: Float64Array;
  private readonly rows = new Map<Node, Rows>();
  /** The values of a patient of whom nothing is known. */
  readonly unknown: Values;

  constructor({ variables, patterns, groups, children }: Rulebook, private readonly terminals: readonly Terminal[]) {
    const digits = patterns.map((pattern) => Uint8Array.from(pattern, (digit) => parseInt(digit, 36)));
    let nodes = terminals.length;
    let edges = 0;
    for (let group = 0; group < groups.length; group += 3) {
      nodes += groups[group + 2]!;
      edges += groups[group + 2]! * digits[groups[group + 1]!]!.length;
    }
    this.variables = new Uint8Array(nodes);
    this.begins = new Uint32Array(nodes + 1);
    this.children = new Uint16Array(edges);
    this.marks = new Uint32Array(nodes);
    this.reduced = new Float64Array(nodes);
    this.unknown = new Int8Array(variables.length).fill(-1);
    const next = new Uint16Array(children.length);
    const child = new Uint16Array(children.length);
    let node = terminals.length;
    let edge = 0;
    for (let group = 0; group < groups.length; group += 3) {
      const pattern = digits[groups[group + 1]!]!;
      const distinct = Math.max(...pattern) + 1;
      for (let count = groups[group + 2]!; count > 0; count--) {
        for (let slot = 0; slot < distinct; slot++) child[slot]! += children[slot]![next[slot]!++]!;
        this.variables[node] = groups[group]!;
        this.begins[node++] = edge;
        for (const digit of pattern) this.children[edge++] = child[digit]!;
      }
    }
    this.begins[node] = edge;
  }

  isTerminal(node: Node): boolean {
    return node < this.terminals.length;
  }

  terminal(node: Node): Terminal {
    return this.terminals[node]!;
  }

  variable(choice: Node): number {
    return this.variables[choice]!;
  }

  /** Where a choice leads with an option. */
  child(choice: Node, option: number): Node {
    return this.children[this.begins[choice]! + option]!;
  }

  rowsOf(root: Node): Rows {
    let rows = this.rows.get(root);
    if (!rows) {
      const { reduced: rowOf, children, begins: from } = this;
      // A child has a smaller number than its parents.
      const nodes = Uint16Array.from(this.met(root, this.unknown)).sort().reverse();
      const begins = new Uint32Array(nodes.length + 1);
      nodes.forEach((node, row) => {
        rowOf[node] = row;
        begins[row + 1] = begins[row]! + (this.isTerminal(node) ? 0 : from[node + 1]! - from[node]!);
      });
      const next = new Uint16Array(begins[nodes.length]!);
      nodes.forEach((node, row) => {
        for (let edge = begins[row]!; edge < begins[row + 1]!; edge++)
          next[edge] = rowOf[children[from[node]! + edge - begins[row]!]!]!;
      });
      this.rows.set(root, (rows = { nodes, begins, next }));
    }
    return rows;
  }

  /** Every node that some completion of the values meets, in no order. */
  private met(root: Node, values: Values): Node[] {
    const { variables, children, begins, marks } = this;
    const walk = ++this.walks;
    const found = [root];
    marks[root] = walk;
    for (let index = 0; index < found.length; index++) {
      const node = found[index]!;
      if (this.isTerminal(node)) continue;
      const known = values[variables[node]!]!;
      const first = begins[node]! + Math.max(known, 0);
      const end = known < 0 ? begins[node + 1]! : first + 1;
      for (let edge = first; edge < end; edge++) {
        const child = children[edge]!;
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
    let node = root;
    while (!this.isTerminal(node)) {
      const known = values[this.variables[node]!]!;
      if (known < 0) {
        const [first, ...others] = this.reached(node, values);
        return others.length ? null : first!;
      }
      node = this.children[this.begins[node]! + known]!;
    }
    return this.terminal(node);
  }

  /** The unknown variables on which the terminal depends, where terminals that `view` finds equal are one. */
  support(root: Node, values: Values, view: (terminal: Terminal) => unknown): Set<number> {
    const { variables, children, begins, reduced } = this;
    const found = new Set<number>();
    // Each node as it is under the known values: equal numbers are equal functions. A choice has the number of the pair
    // of its last child and of the pair of all before it, and so on to the first.
    const views = new Map<unknown, number>();
    const pairs = new Map<number, number>();
    const numberIn = <Key>(map: Map<Key, number>, key: Key, from: number) => {
      let number = map.get(key);
      if (number === undefined) map.set(key, (number = from + map.size));
      return number;
    };
    // A child has a smaller number than its parents.
    for (const node of Uint16Array.from(this.met(root, values)).sort()) {
      if (this.isTerminal(node)) {
        reduced[node] = numberIn(views, view(this.terminal(node)), 0);
        continue;
      }
      const variable = variables[node]!;
      const known = values[variable]!;
      const start = begins[node]!;
      const first = reduced[children[start + Math.max(known, 0)]!]!;
      let number = -1 - variable;
      let same = true;
      if (known < 0)
        for (let edge = start; edge < begins[node + 1]!; edge++) {
          const child = reduced[children[edge]!]!;
          same &&= child === first;
          number = numberIn(pairs, number * PAIR + child, this.terminals.length);
        }
      reduced[node] = same ? first : number;
      if (!same) found.add(variable);
    }
    return found;
  }
}
