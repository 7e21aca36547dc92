/**
 * What becomes reachable after few changes of findings, on the diagram of one target; the twin of `casebook.reach`.
 *
 * Sets of changes are numbered, and a set of such sets is the bits of an array. One walk down the
 * diagram then finds, for every end at once, after which sets of changes it is reachable.
 */

import { type Bits, bitsFor, has, put, remove, unite } from './bits';
import type { Compiler, End } from './compiler';
import { leaves } from './conditions';
import type { Node } from './diagrams';
import type { Contradiction, Tree, Value } from './types';

/** The place of a finding among those that a target reads, and of a class of its options. */
export type Change = readonly [index: number, place: number];

/** The smallest sets of changes that move a target. */
export interface Flips {
  /** What leaves one end alone that is not alone now; no part of any of these sets does. */
  readonly decided: ReadonlyMap<End, readonly (readonly Change[])[]>;
  /** What leaves two ends or more where one is alone now; no part of any of these sets does. */
  readonly opened: readonly (readonly Change[])[];
}

interface Changes {
  /** Every set of at most so many changes of different findings, by size; the empty set has the place 0. */
  readonly sets: readonly (readonly Change[])[];
  /** For each finding and class the sets that hold that change. */
  readonly holding: readonly (readonly Bits[])[];
  /** For each finding the sets that do not change it. */
  readonly untouched: readonly Bits[];
}

/** Sets of at most one change: those after which other ends are reached than now, and those after which several are. */
interface Singles {
  readonly moving: Bits;
  readonly several: Bits;
  /** Changes that a patient can have. */
  readonly allowed: Bits;
}

type Reached = ReadonlyMap<End, Bits>;

/** What is known of a state, as far as the diagram and the contradictions around it read it. */
interface Known {
  /** For each finding that the diagram reads the place of its class of options, -1 where it is not known. */
  readonly classes: readonly number[];
  /** The options of other findings that contradict these, -1 where one is not known. */
  readonly others: ReadonlyMap<string, number>;
  readonly key: string;
}

/** The sets of changes after which a condition surely holds, and surely fails. */
type Truths = readonly [holds: Bits, fails: Bits];

/**
 * The ends that one diagram may reach, as findings are or after few changes. Changes that no patient can have are left
 * out: those after which findings contradict each other.
 */
export class Reach {
  /** The variables of the findings that the diagram reads, in the order of the vocabulary. */
  readonly variables: readonly number[];
  /** For each of them its options, those together that make no difference. */
  readonly classes: readonly (readonly (readonly number[])[])[];
  /** For each of them and each option the place of its class. */
  private readonly classOf: readonly (readonly number[])[];
  /** Each choice before all that it leads to: the index of its finding, or -1, and where it goes on by class. */
  private readonly walk: readonly { readonly index: number; readonly next: readonly number[] }[];
  /** What the diagram ends in; as where a choice goes on, the first of them comes after the last choice. */
  private readonly ends: readonly End[];
  /** Those that a change of what the diagram reads can bring about, or leave without an excuse. */
  private readonly contradictions: readonly Contradiction[];
  /** The findings that the diagram reads, by id, and others that contradictions read with them. */
  private readonly indices: ReadonlyMap<string, number>;
  private readonly others: ReadonlyMap<string, number>;
  private readonly changes: Changes[] = [];
  private readonly kept = new Map<string, Flips>();
  private readonly keptSingles = new Map<string, Singles>();
  /** The last that were asked for: one state is asked about each of its findings. */
  private lastSingles: { readonly of: readonly number[]; readonly singles: Singles } | undefined;

  /** `resolved` turns what the diagram reaches into what is said in the end. */
  constructor(
    private readonly compiler: Compiler,
    readonly root: Node,
    private readonly resolved: (reached: Reached) => Reached = (reached) => reached,
  ) {
    const { variables, known, diagrams } = compiler;
    const { variables: top, children } = diagrams;
    const met = diagrams.met(root, variables.map(() => -1));
    const choices = met.filter((node) => node >= 0).sort((a, b) => top[a]! - top[b]!);
    const testing = new Map<number, Node[]>();
    for (const node of choices) {
      const nodes = testing.get(top[node]!);
      if (nodes) nodes.push(node);
      else testing.set(top[node]!, [node]);
    }
    this.variables = known.filter((variable) => testing.has(variable));
    const idOf = (variable: number) => variables[variable]!.finding;
    this.indices = new Map(this.variables.map((variable, index) => [idOf(variable), index]));
    this.contradictions = compiler.knowledge.contradictions.filter(({ when, unless = false }) =>
      [...leaves(when), ...leaves(unless)].some((leaf) => 'finding' in leaf && this.indices.has(leaf.finding)),
    );
    const told = new Map<string, (readonly Value[])[]>();
    for (const { when, unless = false } of this.contradictions)
      for (const leaf of [...leaves(when), ...leaves(unless)])
        if ('finding' in leaf) told.set(leaf.finding, [...(told.get(leaf.finding) ?? []), leaf.in]);
    this.others = new Map(
      known.filter((variable) => !testing.has(variable) && told.has(idOf(variable))).map((each) => [idOf(each), each]),
    );
    this.classes = this.variables.map((variable) => {
      const found = new Map<string, number[]>();
      const options = compiler.vocabulary.get(idOf(variable))!.options;
      for (let option = 0; option < variables[variable]!.size; option++) {
        const asked = (told.get(idOf(variable)) ?? []).map((wanted) => wanted.includes(options[option]!.id));
        const key = [...testing.get(variable)!.map((node) => children[node]![option]), ...asked].join();
        const same = found.get(key);
        if (same) same.push(option);
        else found.set(key, [option]);
      }
      return [...found.values()];
    });
    this.classOf = this.classes.map((classes) => {
      const places: number[] = [];
      classes.forEach((options, place) => options.forEach((option) => (places[option] = place)));
      return places;
    });
    const ends = met.filter((node) => node < 0);
    this.ends = ends.map((node) => diagrams.value(node));
    const rows = new Map([...choices, ...ends].map((node, row) => [node, row]));
    const indices = new Map(this.variables.map((variable, index) => [variable, index]));
    this.walk = choices.map((node) => {
      const index = indices.get(top[node]!) ?? -1;
      const row = (child: Node) => rows.get(child)!;
      const next = index < 0 ? children[node]! : this.classes[index]!.map(([option]) => children[node]![option!]!);
      return { index, next: next.map(row) };
    });
  }

  /** Every end that some completion reaches. */
  now(values: readonly number[]): End[] {
    const { diagrams } = this.compiler;
    const ends = diagrams.met(this.root, values).filter((node) => node < 0);
    const reached = this.resolved(new Map(ends.map((node) => [diagrams.value(node), new Int32Array([1])])));
    return [...reached].filter(([, bits]) => bits[0]).map(([end]) => end);
  }

  private project(values: readonly number[]): Known {
    const classes = this.variables.map((variable, index) => this.classOf[index]![values[variable]!] ?? -1);
    const others = new Map([...this.others].map(([id, variable]) => [id, values[variable]!]));
    return { classes, others, key: [...classes, ...others.values()].join() };
  }

  private singles(values: readonly number[]): Singles {
    if (this.lastSingles?.of === values) return this.lastSingles.singles;
    const known = this.project(values);
    let singles = this.keptSingles.get(known.key);
    if (!singles) {
      const moving = bitsFor(this.upTo(1).sets.length);
      const { reached, allowed } = this.after(known, 1);
      for (const bits of reached.values())
        bits.forEach((word, at) => (moving[at]! |= (bits[0]! & 1 ? ~word : word) & allowed[at]!));
      this.keptSingles.set(known.key, (singles = { moving, several: severalOf(reached), allowed }));
    }
    this.lastSingles = { of: values, singles };
    return singles;
  }

  /** The place of the change of one finding among the sets of at most one. */
  private *single(variable: number): Generator<number> {
    let place = 1;
    for (const [index, each] of this.variables.entries()) {
      if (each === variable) for (let at = 0; at < this.classes[index]!.length; at++) yield place + at;
      place += this.classes[index]!.length;
    }
  }

  /** Whether every value of a variable that a patient can have, and whether some, leaves one end only. */
  settledBy(values: readonly number[], variable: number): readonly [every: boolean, some: boolean] {
    const { several, allowed } = this.singles(values);
    const possible = [...this.single(variable)].filter((place) => has(allowed, place));
    const settled = possible.map((place) => !has(several, place));
    return [settled.length > 0 && settled.every(Boolean), settled.some(Boolean)];
  }

  /** Whether some of these options of a variable leads to other ends; if `decided`, to or from one that is alone. */
  moves(values: readonly number[], variable: number, options: readonly number[], decided: boolean): boolean {
    const index = this.variables.indexOf(variable);
    if (index < 0) return false;
    const { moving, several } = this.singles(values);
    const places = [...this.single(variable)];
    const isOpen = decided && has(several, 0);
    return options
      .map((option) => places[this.classOf[index]![option]!]!)
      .some((place) => has(moving, place) && !(isOpen && has(several, place)));
  }

  /** The smallest sets of changes that decide on another end than now, or leave it open. */
  flips(values: readonly number[], most: number): Flips {
    const known = this.project(values);
    const key = `${most}|${known.key}`;
    let flips = this.kept.get(key);
    if (!flips) this.kept.set(key, (flips = this.search(known, most)));
    return flips;
  }

  private search(known: Known, most: number): Flips {
    const { sets } = this.upTo(most);
    const { reached } = this.after(known, most);
    const once = bitsFor(sets.length);
    for (const bits of reached.values()) unite(once, bits);
    const several = severalOf(reached);
    remove(once, several);
    const decided = new Map<End, (readonly Change[])[]>();
    const isOpen = several[0]! & 1;
    const ends = [...reached];
    // An end that the empty set, bit 0, leaves alone is what is now, and no other.
    if (!isOpen) remove(once, ends.find(([, bits]) => bits[0]! & 1)![1]);
    for (const place of this.smallest(once, most)) {
      const [end] = ends.find(([, bits]) => has(bits, place))!;
      const same = decided.get(end);
      if (same) same.push(sets[place]!);
      else decided.set(end, [sets[place]!]);
    }
    const opened = isOpen ? [] : [...this.smallest(several, most)].map((place) => sets[place]!);
    return { decided, opened };
  }

  /** The places of the sets among `bits` of which no part is among them; the bits are used up. */
  private *smallest(bits: Bits, most: number): Generator<number> {
    const { sets, holding } = this.upTo(most);
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

  /** For each end the sets of changes after which some completion reaches it, among those that change something. */
  private after(all: Known, most: number): { reached: Reached; allowed: Bits } {
    const { sets, holding, untouched } = this.upTo(most);
    const { classes: known } = all;
    const every = bitsFor(sets.length).fill(-1);
    // A set that gives a finding the class that it has changes nothing, and one that no patient can have is no change.
    const allowed = every.slice();
    remove(allowed, this.refused(all, most));
    known.forEach((place, index) => {
      if (place >= 0) remove(allowed, holding[index]![place]!);
    });
    // For each class the sets after which the finding is in it, or may be.
    const masks = holding.map((classes, index) =>
      classes.map((touching, place) => {
        const mask = touching.slice();
        if (known[index]! < 0 || known[index] === place) unite(mask, untouched[index]!);
        return mask;
      }),
    );
    const size = every.length;
    const reached = new Int32Array((this.walk.length + this.ends.length) * size);
    // The root is the first of all.
    reached.set(allowed);
    this.walk.forEach(({ index, next }, row) => {
      const from = row * size;
      next.forEach((child, place) => {
        const mask = index < 0 ? every : masks[index]![place]!;
        const to = child * size;
        for (let word = 0; word < size; word++) reached[to + word]! |= reached[from + word]! & mask[word]!;
      });
    });
    const ends = this.ends.map((end, place): [End, Bits] => {
      const from = (this.walk.length + place) * size;
      return [end, reached.subarray(from, from + size)];
    });
    return { reached: this.resolved(new Map(ends)), allowed };
  }

  /** The sets of changes after which findings contradict each other. */
  private refused({ classes, others }: Known, most: number): Bits {
    const { sets, holding, untouched } = this.upTo(most);
    const { vocabulary } = this.compiler;
    const none = bitsFor(sets.length);
    const every = none.slice().fill(-1);
    const joined = (parts: readonly Bits[], all: boolean): Bits =>
      parts.reduce((one, other) => one.map((word, at) => (all ? word & other[at]! : word | other[at]!)));

    const truth = (tree: Tree): Truths => {
      if (typeof tree === 'boolean') return tree ? [every, none] : [none, every];
      if ('not' in tree) return [...truth(tree.not)].reverse() as unknown as Truths;
      if ('term' in tree) return truth(tree.is);
      if ('finding' in tree) return comparison(tree.finding, tree.in);
      if ('score' in tree) return [none, none];
      const all = 'all' in tree;
      const parts = (all ? tree.all : tree.any).map(truth);
      return [joined(parts.map(([holds]) => holds), all), joined(parts.map(([, fails]) => fails), !all)];
    };
    const comparison = (id: string, wanted: readonly Value[]): Truths => {
      const { options } = vocabulary.get(id)!;
      const index = this.indices.get(id);
      if (index === undefined) {
        const option = others.get(id)!;
        if (option < 0) return [none, none];
        return wanted.includes(options[option]!.id) ? [every, none] : [none, every];
      }
      const both: Truths = [none.slice(), none.slice()];
      this.classes[index]!.forEach(([option], place) => {
        const there = both[wanted.includes(options[option!]!.id) ? 0 : 1];
        unite(there, holding[index]![place]!);
        if (classes[index] === place) unite(there, untouched[index]!);
      });
      return both;
    };

    const found = none.slice();
    for (const { when, unless = false } of this.contradictions) {
      const held = truth(when)[0].slice();
      remove(held, truth(unless)[0]);
      unite(found, held);
    }
    found[0]! &= ~1; // what is recorded is judged elsewhere
    return found;
  }

  private upTo(most: number): Changes {
    return (this.changes[most] ??= this.every(most));
  }

  private every(most: number): Changes {
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
      for (const [index, place] of set) put(holding[index]![place]!, at);
    });
    const untouched = holding.map((classes) => {
      const left = bitsFor(sets.length).fill(-1);
      for (const touching of classes) remove(left, touching);
      return left;
    });
    return { sets, holding, untouched };
  }
}

/** The sets after which several ends can be reached. */
function severalOf(reached: Reached): Bits {
  let once: Bits | undefined;
  let several: Bits | undefined;
  for (const bits of reached.values()) {
    once ??= new Int32Array(bits.length);
    several ??= new Int32Array(bits.length);
    for (let at = 0; at < bits.length; at++) {
      several[at]! |= once[at]! & bits[at]!;
      once[at]! |= bits[at]!;
    }
  }
  return several!;
}
