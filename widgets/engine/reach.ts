/**
 * What becomes possible after few changes of findings; the twin of `casebook.inference.counterfactual`.
 *
 * Sets of changes are numbered, and a set of such sets is the bits of an array. One walk down a root then finds, for
 * every terminal at once, after which sets of changes it is reachable.
 */

import {
  type Core, Decision, memoised, memoisedByValues, type Recommended, type Result, type State, type Terminal,
} from './core';
import type { Node } from './table';

/** Sets of changes, a bit each. */
type Bits = Int32Array<ArrayBuffer>;

type Reached = ReadonlyMap<Result, Bits>;

/** The index of a finding among those that a target reads, and of an equivalence class of its options. */
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

const reaches = memoised((_: Core) => new Map<string, Reach>());

/** The reach of an action or a score, made once. */
export function reachOf(core: Core, target: string): Reach {
  const known = reaches(core);
  let reach = known.get(target);
  if (!reach) known.set(target, (reach = new Reach(core, target)));
  return reach;
}

const has = (bits: Bits, index: number) => !!(bits[index >> 5]! & (1 << (index & 31)));
const without = (bits: Bits, less: Bits): Bits => bits.map((word, index) => word & ~less[index]!);
const either = (bits: Bits, more: Bits): Bits => bits.map((word, index) => word | more[index]!);
const both = (bits: Bits, other: Bits): Bits => bits.map((word, index) => word & other[index]!);

/** The results that one action or score may have, as findings are or after few changes that a patient can have. */
export class Reach {
  /** The variables of the findings that the target reads, in the order of the vocabulary. */
  readonly variables: readonly number[];
  /** For each of them the equivalence classes of its options: options of one class give the same results. */
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
    this.singlesOf = memoisedByValues(() => read, (state) => this.after(state, 1));
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
      const classOf: number[] = [];
      classes.forEach((options, index) => {
        for (const option of options) classOf[option] = index;
      });
      return classOf;
    });
  }

  /** Every result that some completion reaches. */
  now(state: State): Result[] {
    return [...this.singlesOf(state).reached].filter(([, bits]) => has(bits, 0)).map(([result]) => result);
  }

  /** For each class of a finding the index of the set that has this change alone. */
  private singles(finding: number): readonly number[] {
    const before = this.classes.slice(0, finding).reduce((sum, classes) => sum + classes.length, 1);
    return (this.classes[finding] ?? []).map((_, index) => before + index);
  }

  /** Whether every value of a finding that a patient can have, and whether some, leaves one result only. */
  settledBy(state: State, variable: number): readonly [every: boolean, some: boolean] {
    const { several, allowed } = this.singlesOf(state);
    const possible = this.singles(this.indices[variable]!).filter((set) => has(allowed, set));
    const settled = possible.map((set) => !has(several, set));
    return [settled.length > 0 && settled.every(Boolean), settled.some(Boolean)];
  }

  /** Whether some of these options of a finding gives other results; if `decided`, to or from a single one. */
  moves(state: State, variable: number, options: readonly number[], decided: boolean): boolean {
    const finding = this.indices[variable]!;
    if (finding < 0) return false;
    const { reached, several, allowed } = this.singlesOf(state);
    const singles = this.singles(finding);
    const isOpen = decided && has(several, 0);
    return options
      .map((option) => singles[this.classOf[finding]![option]!]!)
      .filter((set) => has(allowed, set) && !(isOpen && has(several, set)))
      .some((set) => [...reached.values()].some((bits) => has(bits, set) !== has(bits, 0)));
  }

  /** The smallest sets of changes that decide on another result than now, or leave it open. */
  flips(state: State, most: number): Flips {
    const { sets } = this.upTo(most);
    const { reached, several } = this.after(state, most);
    const results = [...reached];
    const isOpen = has(several, 0);
    let once = without(results.map(([, bits]) => bits).reduce(either), several);
    // A single result after the empty set is what is now, and no other.
    if (!isOpen) once = without(once, results.find(([, bits]) => has(bits, 0))![1]);
    const decided = new Map<Result, (readonly Change[])[]>();
    for (const index of this.smallest(once, most)) {
      const [result] = results.find(([, bits]) => has(bits, index))!;
      decided.set(result, [...(decided.get(result) ?? []), sets[index]!]);
    }
    return { decided, opened: isOpen ? [] : [...this.smallest(several, most)].map((index) => sets[index]!) };
  }

  /** The indices of the sets among `bits` of which no part is among them; the bits are used up. */
  private *smallest(bits: Bits, most: number): Generator<number> {
    const { sets, holding } = this.upTo(most);
    for (let word = 0; word < bits.length; word++)
      for (let left = bits[word]!; left; left &= left - 1) {
        const index = word * 32 + 31 - Math.clz32(left & -left);
        // Larger sets that contain one which was found are removed.
        if (!has(bits, index)) continue;
        yield index;
        const set = sets[index]!;
        if (set.length === most) continue;
        const masks = set.map(([finding, option]) => holding[finding]![option]!);
        for (let later = word; later < bits.length; later++)
          bits[later]! &= ~masks.reduce((common, mask) => common & mask[later]!, -1);
      }
  }

  /** What is reached after each set of changes, among those that change something and that a patient can have. */
  private after(state: State, most: number): After {
    const { sets, holding, untouched } = this.upTo(most);
    const known = this.variables.map((variable, finding) => this.classOf[finding]![state.values[variable]!] ?? -1);
    const every = bitsFor(sets.length).fill(-1);
    const none = bitsFor(sets.length);
    // For each class the sets after which the finding is in it, or may be.
    const masks = holding.map((classes, finding) =>
      classes.map((changing, option) => {
        const mayBe = known[finding]! < 0 || known[finding] === option;
        return mayBe ? either(changing, untouched[finding]!) : changing;
      }),
    );
    const walk = (root: Node) => this.walk(root, state, masks, every);
    // Those that give a finding the class that it has change nothing.
    let allowed = every;
    known.forEach((option, finding) => {
      if (option >= 0) allowed = without(allowed, holding[finding]![option]!);
    });
    for (const root of this.contradictions) {
      const terminals = walk(root);
      const refused = without(terminals.get(true) ?? none, terminals.get(false) ?? none);
      refused[0]! &= ~1; // what is recorded is judged elsewhere
      allowed = without(allowed, refused);
    }
    const reached = this.withdrawn(walk(this.root), walk, every);
    for (const [result, bits] of reached) reached.set(result, both(bits, allowed));
    let once = none;
    let several = none;
    for (const bits of reached.values()) {
      several = either(several, both(once, bits));
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
      const finding = this.indices[variable]!;
      const known = state.values[variable]!;
      const begin = begins[row]!;
      if (finding >= 0) {
        const { [finding]: classes = [] } = this.classes;
        for (let option = 0; option < classes.length; option++)
          go(row, next[begin + classes[option]![0]!]!, masks[finding]![option]!);
      } else if (known >= 0) go(row, next[begin + known]!, every);
      else for (let child = begin; child < begins[row + 1]!; child++) go(row, next[child]!, every);
    });
    return found;
  }

  /** Results where switches have withdrawn theirs: a stance is withdrawn where no completion retains it. */
  private withdrawn(terminals: ReadonlyMap<Terminal, Bits>, walk: (root: Node) => Map<Terminal, Bits>, every: Bits) {
    const found = new Map<Result, Bits>();
    const add = (result: Result, bits: Bits) => found.set(result, either(bits, found.get(result) ?? bits));
    const none = every.map(() => 0);
    const surely = this.switches.map(({ when, stances }) => ({ stances, bits: without(every, walk(when).get(false) ?? none) }));
    for (const [terminal, bits] of terminals) {
      if (!(terminal instanceof Decision)) {
        add(terminal, bits);
        continue;
      }
      const withdrawing = surely.filter(({ stances }) => stances.includes(terminal.outcome.stance));
      const lost = both(bits, withdrawing.map((each) => each.bits).reduce(either, none));
      add(terminal.outcome, without(bits, lost));
      if (withdrawing.length) add(null, lost);
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
        this.classes.flatMap((classes, finding) =>
          finding > (set.at(-1)?.[0] ?? -1) ? classes.map((_, option): readonly Change[] => [...set, [finding, option]]) : [],
        ),
      );
      sets = sets.concat(last);
    }
    const holding = this.classes.map((classes) => classes.map(() => bitsFor(sets.length)));
    sets.forEach((set, index) => {
      for (const [finding, option] of set) holding[finding]![option]![index >> 5]! |= 1 << (index & 31);
    });
    const untouched = holding.map((classes) => classes.reduce(without, bitsFor(sets.length).fill(-1)));
    return { sets, holding, untouched };
  }
}

/** Room for the numbers below `size`, and a few more. */
function bitsFor(size: number): Bits {
  return new Int32Array((size >> 5) + 1);
}
