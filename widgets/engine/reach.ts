/**
 * What becomes reachable after few changes of findings, on the diagram of one target; the twin of `casebook.reach`.
 *
 * Sets of changes are numbered, and a set of such sets is the bits of an array. One walk down the
 * diagram then finds, for every end at once, after which sets of changes it is reachable.
 */

import type { Compiler, End } from './compiler';
import type { Node } from './diagrams';

/** The place of a finding among those that a target reads, and of a class of its options. */
export type Change = readonly [index: number, place: number];

/** The smallest sets of changes that move a target. */
export interface Flips {
  /** What leaves one end alone that is not alone now; no part of any of these sets does. */
  readonly decided: ReadonlyMap<End, readonly (readonly Change[])[]>;
  /** What leaves two ends or more where one is alone now; no part of any of these sets does. */
  readonly opened: readonly (readonly Change[])[];
}

type Bits = Int32Array<ArrayBuffer>;

interface Changes {
  /** Every set of at most so many changes of different findings, by size. */
  readonly sets: readonly (readonly Change[])[];
  /** For each finding and class the sets that hold that change. */
  readonly holding: readonly (readonly Bits[])[];
}

export class Reach {
  /** The variables of the findings that the diagram reads, in the order of the vocabulary. */
  readonly variables: readonly number[];
  /** For each of them its options, those together that make no difference. */
  readonly classes: readonly (readonly (readonly number[])[])[];
  /** Each before all that it leads to. */
  private readonly choices: readonly Node[];
  private readonly changes: Changes[] = [];
  private readonly kept = new Map<string, Flips>();

  constructor(
    private readonly compiler: Compiler,
    readonly root: Node,
  ) {
    const { variables, known } = compiler;
    const { variables: top, children } = compiler.diagrams;
    this.choices = this.met(variables.map(() => -1))
      .filter((node) => node >= 0)
      .sort((a, b) => top[a]! - top[b]!);
    const read = new Set(this.choices.map((node) => top[node]!));
    this.variables = known.filter((variable) => read.has(variable));
    this.classes = this.variables.map((variable) => {
      const nodes = this.choices.filter((node) => top[node] === variable);
      const found = new Map<string, number[]>();
      for (let option = 0; option < variables[variable]!.size; option++) {
        const key = nodes.map((node) => children[node]![option]).join();
        const same = found.get(key);
        if (same) same.push(option);
        else found.set(key, [option]);
      }
      return [...found.values()];
    });
  }

  private met(values: readonly number[]): Node[] {
    return [...this.compiler.diagrams.met(this.root, values)];
  }

  /** Every end that some completion reaches; as if `variable` had `value`, where they are given. */
  now(values: readonly number[], variable = -1, value = -1): Node[] {
    const there = [...values];
    if (variable >= 0) there[variable] = value;
    return this.met(there).filter((node) => node < 0);
  }

  /** The variables on which the end may depend as values are. */
  tested(values: readonly number[]): Set<number> {
    const { variables } = this.compiler.diagrams;
    return new Set(this.met(values).map((node) => variables[node]!));
  }

  /** The smallest sets of changes that decide on another end than now, or leave it open. */
  flips(values: readonly number[], most: number): Flips {
    const key = `${most}|${this.variables.map((variable) => values[variable]).join()}`;
    let flips = this.kept.get(key);
    if (!flips) this.kept.set(key, (flips = this.search(values, most)));
    return flips;
  }

  private search(values: readonly number[], most: number): Flips {
    const { sets, holding } = (this.changes[most] ??= this.upTo(most));
    const reached = this.after(values, sets.length, holding);
    const ends = [...reached].filter(([node]) => node < 0);
    const once = bitsFor(sets.length);
    const several = bitsFor(sets.length);
    for (const [, bits] of ends)
      bits.forEach((word, at) => {
        several[at]! |= once[at]! & word;
        once[at]! |= word;
      });
    remove(once, several);
    const decided = new Map<End, (readonly Change[])[]>();
    const isOpen = several[0]! & 1;
    // An end that the empty set, bit 0, leaves alone is what is now, and no other.
    if (!isOpen) remove(once, ends.find(([, bits]) => bits[0]! & 1)![1]);
    for (const place of this.smallest(once, most)) {
      const [end] = ends.find(([, bits]) => has(bits, place))!;
      const value = this.compiler.diagrams.value(end);
      const same = decided.get(value);
      if (same) same.push(sets[place]!);
      else decided.set(value, [sets[place]!]);
    }
    const opened = isOpen ? [] : [...this.smallest(several, most)].map((place) => sets[place]!);
    return { decided, opened };
  }

  /** The places of the sets among `bits` of which no part is among them; the bits are used up. */
  private *smallest(bits: Bits, most: number): Generator<number> {
    const { sets, holding } = this.changes[most]!;
    for (let at = 0; at < bits.length; at++)
      for (let left = bits[at]!; left; left &= left - 1) {
        const place = at * 32 + 31 - Math.clz32(left & -left);
        // Larger sets that hold one which was found are taken out.
        if (!has(bits, place)) continue;
        yield place;
        const set = sets[place]!;
        if (set.length === most) continue;
        const masks = set.map(([index, each]) => holding[index]![each]!);
        for (let word = at; word < bits.length; word++)
          bits[word]! &= ~masks.reduce((common, mask) => common & mask[word]!, -1);
      }
  }

  /** For each node the sets of changes after which some completion reaches it. */
  private after(values: readonly number[], size: number, holding: Changes['holding']): Map<Node, Bits> {
    const { variables, children } = this.compiler.diagrams;
    const every = bitsFor(size).fill(-1);
    const start = every.slice();
    // For each class the sets after which the finding is in it, or may be.
    const within = new Map(
      this.variables.map((variable, index) => {
        const value = values[variable]!;
        const untouched = every.slice();
        for (const mask of holding[index]!) remove(untouched, mask);
        return [
          variable,
          holding[index]!.map((mask, place) => {
            const here = this.classes[index]![place]!.includes(value);
            // A set that gives a finding the class that it has changes nothing.
            if (here) remove(start, mask);
            return here || value < 0 ? mask.map((word, at) => word | untouched[at]!) : mask;
          }),
        ];
      }),
    );
    const reached = new Map([[this.root, start]]);
    const pass = (bits: Bits, child: Node, mask: Bits) => {
      let there = reached.get(child);
      if (!there) reached.set(child, (there = bitsFor(size)));
      for (let at = 0; at < bits.length; at++) there[at]! |= bits[at]! & mask[at]!;
    };
    for (const node of this.choices) {
      const bits = reached.get(node);
      if (!bits) continue;
      const variable = variables[node]!;
      const masks = within.get(variable);
      if (!masks) for (const child of children[node]!) pass(bits, child, every);
      else {
        const classes = this.classes[this.variables.indexOf(variable)]!;
        masks.forEach((mask, place) => pass(bits, children[node]![classes[place]![0]!]!, mask));
      }
    }
    return reached;
  }

  private upTo(most: number): Changes {
    let sets: (readonly Change[])[] = [[]];
    let last = sets;
    for (let size = 1; size <= most; size++) {
      last = last.flatMap((set) =>
        this.classes.flatMap((classes, index) =>
          index > (set.at(-1)?.[0] ?? -1) ? classes.map((_, place): readonly Change[] => [...set, [index, place]]) : [],
        ),
      );
      sets = sets.concat(last);
    }
    const holding = this.classes.map((classes) => classes.map(() => bitsFor(sets.length)));
    sets.forEach((set, at) => {
      for (const [index, place] of set) holding[index]![place]![at >> 5]! |= 1 << (at & 31);
    });
    return { sets, holding };
  }
}

function bitsFor(size: number): Bits {
  return new Int32Array((size >> 5) + 1);
}

function has(bits: Bits, place: number): boolean {
  return !!(bits[place >> 5]! & (1 << (place & 31)));
}

function remove(from: Bits, mask: Bits): void {
  mask.forEach((word, at) => (from[at]! &= ~word));
}
