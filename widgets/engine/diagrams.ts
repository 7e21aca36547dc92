/** Walks over the decision diagrams that the build compiled; see `casebook.diagrams`. */

import type { Outcome } from './types';

export type End = boolean | null | Outcome;

/** The diagrams of a knowledge file. A node is at least 0; an end is below 0. */
export interface Diagrams {
  /** The finding that each variable stands for; null where it is never known. */
  readonly variables: readonly (string | null)[];
  /** The finding behind each variable, also where the variable is never known. */
  readonly behind: readonly string[];
  /** `[variable, child for its first value, child for its second value, …]` */
  readonly nodes: readonly (readonly number[])[];
  readonly ends: readonly End[];
  readonly roots: {
    readonly actions: Readonly<Record<string, number>>;
    readonly clauses: Readonly<Record<string, readonly number[]>>;
    readonly conflicts: Readonly<Record<string, number>>;
  };
}

/** Turns the distances of a knowledge file (back to an earlier node) into node numbers. */
export function unpack(packed: Diagrams): Diagrams {
  const nodes = packed.nodes.map(([variable, ...children], place) => [
    variable!,
    ...children.map((child) => (child < 0 ? child : place - child)),
  ]);
  return { ...packed, nodes };
}

/** The places of all ends that some completion of `values` reaches (-1: not known). */
export function reachable(diagrams: Diagrams, root: number, values: readonly number[]): number[] {
  const seen = new Set([root]);
  const stack = [root];
  const ends: number[] = [];
  const visit = (child: number) => {
    if (!seen.has(child)) {
      seen.add(child);
      stack.push(child);
    }
  };
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node < 0) {
      ends.push(-1 - node);
      continue;
    }
    const choice = diagrams.nodes[node]!;
    const known = values[choice[0]!]!;
    if (known >= 0) visit(choice[known + 1]!);
    else for (let place = 1; place < choice.length; place++) visit(choice[place]!);
  }
  return ends;
}

/** The unknown variables on which the value really depends. */
export function support(diagrams: Diagrams, root: number, values: readonly number[]): Set<number> {
  const done = new Map<number, number>();
  const unique = new Map<string, number>();
  const found = new Set<number>();
  const reduce = (node: number): number => {
    if (node < 0) return node;
    let result = done.get(node);
    if (result !== undefined) return result;
    const [variable, ...children] = diagrams.nodes[node]!;
    const known = values[variable!]!;
    if (known >= 0) result = reduce(children[known]!);
    else {
      const below = children.map(reduce);
      if (below.every((child) => child === below[0])) result = below[0]!;
      else {
        found.add(variable!);
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
