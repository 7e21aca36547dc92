/**
 * What becomes possible after few changes of findings; the twin of `casebook.inference.counterfactual`.
 *
 * Sets of changes are numbered, and a set of such sets is the bits of an array. One walk down a root then finds, for
 * every terminal at once, after which sets of changes it is reachable.
 */

import { type Core, Decision, kept, type Recommended, type Result, type State, type Terminal } from './core';
import type { Node } from './table';

/** Sets of changes, a bit each. */
type Bits = Int32Array<ArrayBuffer>;

type Reached = ReadonlyMap<Result, Bits>;

/** The index of a finding among those that a target reads, and of a class of its options. */
export type Change = readonly [finding: number, option: number];

/** The smallest sets of changes that move a target. */
export interface Flips {
  /** Those after which exactly one result is possible that is not the only one now. */
  readonly decided: ReadonlyMap<Result, readonly (readonly Change[])[]>;
  /** Those after which several results are possible where one is now. */
  readonly opened: readonly (readonly Change[])[];
}

interface Changes {
  /** Every set of at most so many changes of different findings, by size; the empty set is the first. */
  readonly sets: readonly (readonly Change[])[];
  /** For each finding and class the sets that hold that change. */
  readonly holding: readonly (readonly Bits[])[];
  /** For each finding the sets that do not change it. */
  readonly untouched: readonly Bits[];
}

/** What is reached after sets of changes: those after which several results are possible, and that a patient can have. */
interface After {
  readonly reached: Reached;
  readonly several: Bits;
  readonly allowed: Bits;
}

const reaches = new WeakMap<Core, Map<string, Reach>>();

/** The reach of an action or a score, made once. */
export function reachOf(core: Core, target: string): Reach {
  let known = reaches.get(core);
  if (!known) reaches.set(core, (known = new Map()));
  let reach = known.get(target);
  if (!reach) known.set(target, (reach = new Reach(core, target)));
  return reach;
}

const has = (bits: Bits, place: number) => !!(bits[place >> 5]! & (1 << (place & 31)));
const bitsOf = (like: Bits, word: (index: number) => number): Bits => like.map((_, index) => word(index));
const without = (bits: Bits, less: Bits) => bitsOf(bits, (at) => bits[at]! & ~less[at]!);
const either = (bits: Bits, more: Bits) => bitsOf(bits, (at) => bits[at]! | more[at]!);

/** The results that one action or score may have, as findings are or after few changes that a patient can have. */
export class Reach {
  /** The variables of the findings that the target reads, in the order of the vocabulary. */
  readonly variables: readonly number[];
  /** For each of them its options, those together that make no difference. */
  readonly classes: readonly (readonly (readonly number[])[])[];
  /** For each variable its index among those, or -1. */
  private readonly indices: Int8Array;
  private readonly classOf: readonly (readonly number[])[];
  private readonly root: Node;
  private readonly switches: Recommended['switches'];
  /** Roots of contradictions that a change of what the target reads can bring about. */
  private readonly contradictions: readonly Node[];
  private readonly changes: Changes[] = [];
  private readonly singlesOf: (state: State) => After;

  constructor(
    private readonly core: Core,
    target: string,
  ) {
    const recommended = core.recommended.get(target);
    this.root = recommended?.action.root ?? core.scores.get(target)!.band;
    this.switches = recommended?.switches ?? [];
    const own = [this.root, ...this.switches.map(({ when }) => when)];
    const reads = (root: Node) => [...core.readsOf(root)];
    const known = new Set(own.flatMap(reads));
    this.variables = [...core.variableOf.values()].filter((variable) => known.has(variable));
    this.contradictions = core.knowledge.contradictions
      .map(({ when }) => when)
      .filter((root) => reads(root).some((variable) => this.variables.includes(variable)));
    const all = [...own, ...this.contradictions];
    const read = [...this.variables, ...this.contradictions.flatMap(reads)];
    this.singlesOf = kept(read, (state) => this.after(state, 1));
    this.indices = new Int8Array(core.findingOf.length).fill(-1);
    this.variables.forEach((variable, index) => {
      this.indices[variable] = index;
    });
    const { table } = core;
    const tested = new Map<number, Set<Node>>(this.variables.map((variable) => [variable, new Set()]));
    for (const root of all)
      for (const node of table.rowsOf(root).nodes)
        if (!table.isTerminal(node)) tested.get(table.variable(node))?.add(node);
    this.classes = this.variables.map((variable) => {
      const choices = [...tested.get(variable)!];
      const classes: number[][] = [];
      core.vocabulary.get(core.findingOf[variable]!)!.options.forEach((_, option) => {
        const same = classes.find(([other]) => choices.every((node) => table.child(node, option) === table.child(node, other!)));
        if (same) same.push(option);
        else classes.push([option]);
      });
      return classes;
    });
    this.classOf = this.classes.map((classes) => {
      const places: number[] = [];
      classes.forEach((options, place) => {
        for (const option of options) places[option] = place;
      });
      return places;
    });
  }

  /** Every result that some completion reaches. */
  now(state: State): Result[] {
    return [...this.singlesOf(state).reached].filter(([, bits]) => has(bits, 0)).map(([result]) => result);
  }

  /** The place of the change to each class of a finding among the sets of at most one. */
  private placesOf(index: number): readonly number[] {
    const before = this.classes.slice(0, index).reduce((sum, classes) => sum + classes.length, 1);
    return (this.classes[index] ?? []).map((_, place) => before + place);
  }

  /** Whether every value of a finding that a patient can have, and whether some, leaves one result only. */
  settledBy(state: State, variable: number): readonly [every: boolean, some: boolean] {
    const { several, allowed } = this.singlesOf(state);
    const possible = this.placesOf(this.indices[variable]!).filter((place) => has(allowed, place));
    const settled = possible.map((place) => !has(several, place));
    return [settled.length > 0 && settled.every(Boolean), settled.some(Boolean)];
  }

  /** Whether some of these options of a finding gives other results; if `decided`, to or from one that is alone. */
  moves(state: State, variable: number, options: readonly number[], decided: boolean): boolean {
    const index = this.indices[variable]!;
    if (index < 0) return false;
    const { reached, several, allowed } = this.singlesOf(state);
    const places = this.placesOf(index);
    const isOpen = decided && has(several, 0);
    return options
      .map((option) => places[this.classOf[index]![option]!]!)
      .filter((place) => has(allowed, place) && !(isOpen && has(several, place)))
      .some((place) => [...reached.values()].some((bits) => has(bits, place) !== has(bits, 0)));
  }

  /** The smallest sets of changes that decide on another result than now, or leave it open. */
  flips(state: State, most: number): Flips {
    const { sets } = this.upTo(most);
    const { reached, several } = this.after(state, most);
    const results = [...reached];
    const isOpen = has(several, 0);
    let once = without(results.map(([, bits]) => bits).reduce(either), several);
    // A result that the empty set leaves alone is what is now, and no other.
    if (!isOpen) once = without(once, results.find(([, bits]) => has(bits, 0))![1]);
    const decided = new Map<Result, (readonly Change[])[]>();
    for (const place of this.smallest(once, most)) {
      const [result] = results.find(([, bits]) => has(bits, place))!;
      decided.set(result, [...(decided.get(result) ?? []), sets[place]!]);
    }
    return { decided, opened: isOpen ? [] : [...this.smallest(several, most)].map((place) => sets[place]!) };
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

  /** What is reached after each set of changes, among those that change something and that a patient can have. */
  private after(state: State, most: number): After {
    const { sets, holding, untouched } = this.upTo(most);
    const known = this.variables.map((variable, index) => this.classOf[index]![state.values[variable]!] ?? -1);
    const every = bitsFor(sets.length).fill(-1);
    // For each class the sets after which the finding is in it, or may be.
    const masks = holding.map((classes, index) =>
      classes.map((touching, place) => {
        const mayBe = known[index]! < 0 || known[index] === place;
        return mayBe ? either(touching, untouched[index]!) : touching;
      }),
    );
    const walk = (root: Node) => this.walk(root, state, masks, every);
    // Those that give a finding the class that it has change nothing.
    let allowed = every;
    known.forEach((place, index) => {
      if (place >= 0) allowed = without(allowed, holding[index]![place]!);
    });
    for (const root of this.contradictions) {
      const ends = walk(root);
      const none = bitsFor(sets.length);
      const refused = without(ends.get(true) ?? none, ends.get(false) ?? none);
      refused[0]! &= ~1; // what is recorded is judged elsewhere
      allowed = without(allowed, refused);
    }
    const reached = this.withdrawn(walk(this.root), walk, every);
    for (const [result, bits] of reached) reached.set(result, bitsOf(bits, (at) => bits[at]! & allowed[at]!));
    let once = bitsFor(sets.length);
    let several = once;
    for (const bits of reached.values()) {
      several = bitsOf(bits, (at) => several[at]! | (once[at]! & bits[at]!));
      once = either(once, bits);
    }
    return { reached, several, allowed };
  }

  /** For each terminal of a root the sets of changes after which some completion reaches it. */
  private walk(root: Node, state: State, masks: readonly (readonly Bits[])[], every: Bits): Map<Terminal, Bits> {
    const { table } = this.core;
    const { nodes, begins, next } = table.rowsOf(root);
    const size = every.length;
    const reached = new Int32Array(nodes.length * size);
    reached.set(every);
    const found = new Map<Terminal, Bits>();
    const go = (from: number, to: number, mask: Bits) => {
      for (let word = 0; word < size; word++) reached[to * size + word]! |= reached[from * size + word]! & mask[word]!;
    };
    nodes.forEach((node, row) => {
      if (table.isTerminal(node)) {
        found.set(table.terminal(node), reached.subarray(row * size, (row + 1) * size));
        return;
      }
      const variable = table.variable(node);
      const index = this.indices[variable]!;
      const known = state.values[variable]!;
      const begin = begins[row]!;
      if (index >= 0) {
        const { [index]: classes = [] } = this.classes;
        for (let place = 0; place < classes.length; place++) go(row, next[begin + classes[place]![0]!]!, masks[index]![place]!);
      } else if (known >= 0) go(row, next[begin + known]!, every);
      else for (let place = begin; place < begins[row + 1]!; place++) go(row, next[place]!, every);
    });
    return found;
  }

  /** Results where switches have withdrawn theirs: a stance is withdrawn where no completion keeps it. */
  private withdrawn(ends: ReadonlyMap<Terminal, Bits>, walk: (root: Node) => Map<Terminal, Bits>, every: Bits) {
    const found = new Map<Result, Bits>();
    const add = (result: Result, bits: Bits) => found.set(result, either(bits, found.get(result) ?? bits));
    const surely = this.switches.map(({ when, stances }) => ({ stances, bits: without(every, walk(when).get(false) ?? every.map(() => 0)) }));
    for (const [end, bits] of ends) {
      if (!(end instanceof Decision)) {
        add(end, bits);
        continue;
      }
      const gone = surely.filter(({ stances }) => stances.includes(end.outcome.stance)).map(({ bits }) => bits);
      const lost = bitsOf(bits, (at) => bits[at]! & gone.reduce((some, each) => some | each[at]!, 0));
      add(end.outcome, without(bits, lost));
      if (gone.length) add(null, lost);
    }
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
      for (const [index, place] of set) holding[index]![place]![at >> 5]! |= 1 << (at & 31);
    });
    const untouched = holding.map((classes) => classes.reduce(without, bitsFor(sets.length).fill(-1)));
    return { sets, holding, untouched };
  }
}

/** Room for the numbers below `size`, and a few more. */
function bitsFor(size: number): Bits {
  return new Int32Array((size >> 5) + 1);
}
