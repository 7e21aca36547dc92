/** What becomes reachable after few changes of findings, on the diagram of one target; the twin of `casebook.reach`. */

import type { Compiler, End } from './compiler';
import type { Node } from './diagrams';

/** A finding and a class of its options as one number: its place among those that a target reads, times CLASSES. */
export type Change = number;
/** More than one finding has. */
export const CLASSES = 64;
/** More than there are changes. */
const CHANGES = CLASSES * 256;

export type Flips = ReadonlyMap<End, readonly (readonly Change[])[]>;

export class Reach {
  /** The variables of the findings that the diagram reads, in the order of the vocabulary. */
  readonly variables: readonly number[];
  /** For each of them its options, those together that make no difference. */
  readonly classes: readonly (readonly (readonly number[])[])[];
  private readonly kept = new Map<string, Flips>();

  constructor(
    private readonly compiler: Compiler,
    readonly root: Node,
  ) {
    const { diagrams, variables, known } = compiler;
    const choices = [...diagrams.met(root, variables.map(() => -1))].filter((node) => node >= 0);
    const read = new Set(choices.map((node) => diagrams.variables[node]!));
    this.variables = known.filter((variable) => read.has(variable));
    this.classes = this.variables.map((variable) => {
      const nodes = choices.filter((node) => diagrams.variables[node] === variable);
      const found = new Map<string, number[]>();
      for (let option = 0; option < variables[variable]!.size; option++) {
        const key = nodes.map((node) => diagrams.children[node]![option]).join();
        const same = found.get(key);
        if (same) same.push(option);
        else found.set(key, [option]);
      }
      return [...found.values()];
    });
  }

  /** Every end that some completion reaches. */
  now(values: readonly number[]): Node[] {
    return [...this.compiler.diagrams.met(this.root, values)].filter((node) => node < 0);
  }

  /** The one end that is reached if a variable has a value, or 0 where there are several. */
  onlyWith(values: readonly number[], variable: number, value: number): Node {
    const other = [...values];
    other[variable] = value;
    return this.compiler.diagrams.only(this.root, other);
  }

  /** The variables on which the end may depend as values are. */
  tested(values: readonly number[]): Set<number> {
    const { diagrams } = this.compiler;
    const found = new Set<number>();
    for (const node of diagrams.met(this.root, values)) if (node >= 0) found.add(diagrams.variables[node]!);
    return found;
  }

  /** The smallest sets of changes that leave one end alone, and another than now. */
  flips(values: readonly number[], most: number): Flips {
    const key = `${most}|${this.variables.map((variable) => values[variable]).join()}`;
    let flips = this.kept.get(key);
    if (!flips) this.kept.set(key, (flips = this.search([...values], most)));
    return flips;
  }

  private search(values: number[], most: number): Flips {
    const { root, variables, classes } = this;
    const { diagrams } = this.compiler;
    const index = new Map(variables.map((variable, place) => [variable, place]));
    const now = diagrams.only(root, values);
    const flips = new Map<End, (readonly Change[])[]>();
    const flipped = new Set<number>();
    const met = new Set<number>();
    const spoilt = (set: readonly Change[], whole = false): boolean =>
      (!whole && flipped.has(code(set))) ||
      (set.length > 1 && set.some((_, spared) => spoilt(set.filter((_, place) => place !== spared))));
    let open: (readonly Change[])[] = [[]];
    for (let size = 1; size <= most; size++) {
      const next: (readonly Change[])[] = [];
      for (const chosen of open) {
        const after = [...values];
        for (const change of chosen) {
          const place = Math.floor(change / CLASSES);
          after[variables[place]!] = classes[place]![change % CLASSES]![0]!;
        }
        // What the end does not test now cannot be the last change that it takes.
        for (const variable of this.tested(after)) {
          const place = index.get(variable);
          const was = values[variable]!;
          if (place === undefined || after[variable] !== was) continue;
          classes[place]!.forEach((options, each) => {
            if (options.includes(was)) return;
            const set = [...chosen, place * CLASSES + each].sort((a, b) => a - b);
            const key = code(set);
            if (met.has(key) || spoilt(set, true)) return;
            met.add(key);
            after[variable] = options[0]!;
            const end = diagrams.only(root, after);
            if (end && end !== now) {
              flipped.add(key);
              const value = diagrams.value(end);
              flips.set(value, [...(flips.get(value) ?? []), set]);
            } else if (size < most) next.push(set);
          });
          after[variable] = was;
        }
      }
      open = next;
    }
    return flips;
  }
}

function code(set: readonly Change[]): number {
  return set.reduce((sum, change) => sum * CHANGES + change + 1, 0);
}
