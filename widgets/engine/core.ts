/** What the parts of the engine share: the rulebook, the knowledge by id, and the state of a patient. */

import { type Node, Table, type Values } from './table';
import type { Action, Conflict, Finding, Findings, Knowledge, Outcome, Rule, Score, Stance, Value } from './types';
import { STANCES } from './words';

/** True, false, or null where findings that are not assessed could still make it either. */
export type Maybe = boolean | null;

/** An outcome, and what settled it where rules differ. */
export class Decision {
  constructor(
    /** The same object wherever the outcome is the same. */
    readonly outcome: Outcome,
    readonly by: string | null,
  ) {}
}

export type Terminal = boolean | number | null | Decision;

/** What a terminal says: an outcome, the index of a band or an option, a total, true, false, or null. */
export type Result = Exclude<Terminal, Decision> | Outcome;

const resultOf = (terminal: Terminal): Result => (terminal instanceof Decision ? terminal.outcome : terminal);

/** What a clause of a rule recommends of an action. */
export interface RecommendedClause {
  readonly rule: Rule;
  /** The indices of the rule and of its clause, by which the conditions are listed. */
  readonly index: readonly [rule: number, clause: number];
  readonly when: Node;
  readonly outcome: Outcome;
}

/** What is recommended of an action, clause by clause, and what may withdraw it. */
export interface Recommended {
  readonly action: Action;
  readonly clauses: readonly RecommendedClause[];
  readonly switches: readonly { readonly when: Node; readonly stances: readonly Stance[] }[];
  readonly conflicts: readonly Conflict[];
}

/** An id or a value that the vocabulary does not have, or findings that no patient has together. */
export class FindingError extends Error {
  override readonly name = 'FindingError';
}

export class Core {
  readonly table: Table<Terminal>;
  readonly vocabulary: ReadonlyMap<string, Finding>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly scores: ReadonlyMap<string, Score>;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly recommended: ReadonlyMap<string, Recommended>;
  /** The finding that each variable stands for, or that lies behind it. */
  readonly findingOf: readonly string[];
  /** The variable of each finding, in the order of the vocabulary. */
  readonly variableOf: ReadonlyMap<string, number>;
  private ofParts: Table<boolean> | undefined;
  private readonly reads = new Map<Node, ReadonlySet<number>>();

  constructor(readonly knowledge: Knowledge) {
    const { rulebook, findings, actions, rules, switches } = knowledge;
    this.vocabulary = byId(findings);
    this.actions = byId(actions);
    this.scores = byId(knowledge.scores);
    this.rules = byId(rules);
    this.findingOf = rulebook.variables.map((each) => findings[typeof each === 'number' ? each : each[2]]!.id);
    this.variableOf = new Map(findings.map(({ id }, index) => [id, rulebook.variables.indexOf(index)]));
    const outcomes = new Map<string, Outcome>();
    const outcome = (given: Outcome): Outcome => {
      const key = `${given.stance} ${given.within_hours ?? ''} ${given.side ?? ''}`;
      if (!outcomes.has(key)) outcomes.set(key, given);
      return outcomes.get(key)!;
    };
    const terminals = rulebook.ends.map((terminal): Terminal => {
      if (!Array.isArray(terminal)) return terminal as Terminal;
      const [stance, within_hours, side, by] = terminal as [Stance, number | null, string | null, string | null];
      return new Decision(outcome({ stance, ...(within_hours && { within_hours }), ...(side && { side }) }), by);
    });
    this.table = new Table(rulebook, terminals);
    this.recommended = new Map(
      actions.map((action) => [
        action.id,
        {
          action,
          clauses: rules.flatMap((rule, ruleIndex) =>
            rule.clauses.flatMap(({ when, then }, clauseIndex) => {
              const given = then[action.id];
              return given ? [{ rule, index: [ruleIndex, clauseIndex] as const, when, outcome: outcome(given) }] : [];
            }),
          ),
          switches: switches.flatMap(({ when, actions: all, stances }) => {
            const gone = all.includes(action.id) ? STANCES : stances[action.id];
            return gone ? [{ when, stances: gone }] : [];
          }),
          conflicts: knowledge.conflicts.filter((conflict) => conflict.actions.includes(action.id)),
        },
      ]),
    );
  }

  /** The table of the parts of conditions; only once they are here. */
  get parts(): Table<boolean> {
    const { rulebook } = this.knowledge.conditions!;
    return (this.ofParts ??= new Table(rulebook, rulebook.ends as readonly boolean[]));
  }

  /** The variables on which what a root says depends, whatever settles it. */
  readsOf(root: Node): ReadonlySet<number> {
    let reads = this.reads.get(root);
    if (!reads) this.reads.set(root, (reads = this.table.support(root, this.table.unknown, resultOf)));
    return reads;
  }

  /** Ids of findings in the order of the vocabulary. */
  sorted(ids: ReadonlySet<string>): string[] {
    return this.knowledge.findings.map(({ id }) => id).filter((id) => ids.has(id));
  }
}

/** The findings of one patient, as the rulebook reads them. */
export class State {
  readonly values: Values;
  private readonly truths = new Map<Node, Maybe>();

  constructor(
    readonly core: Core,
    readonly findings: Findings,
  ) {
    this.values = core.table.unknown.slice();
    for (const [id, value] of Object.entries(findings))
      this.values[core.variableOf.get(id)!] = core.vocabulary.get(id)!.options.findIndex((each) => each.id === value);
  }

  option(id: string): Value | null {
    return this.findings[id] ?? null;
  }

  /** Every terminal that some completion reaches. */
  reached(root: Node): Terminal[] {
    return this.core.table.reached(root, this.values);
  }

  /** Whether a root is true over every completion, over none, or null. */
  truth(root: Node): Maybe {
    let truth = this.truths.get(root);
    if (truth === undefined) {
      this.truths.set(root, (truth = this.core.table.only(root, this.values) as Maybe));
    }
    return truth;
  }

  /** Whether something surely applies and is not surely excused, which is null. */
  applies(root: Node | undefined): boolean {
    if (root === undefined) return true;
    const reached = this.reached(root);
    return reached.includes(true) && !reached.includes(false);
  }

  /** The findings on which a root still depends, where terminals that `view` finds equal are one. */
  support(root: Node, view: (terminal: Terminal) => unknown = (terminal) => terminal): string[] {
    const { table, findingOf } = this.core;
    return this.core.sorted(new Set([...table.support(root, this.values, view)].map((each) => findingOf[each]!)));
  }
}

/** A function that derives something of an object once. */
export function memoised<Key extends object, Result>(derive: (key: Key) => Result): (key: Key) => Result {
  const results = new WeakMap<Key, Result>();
  return (key) => {
    let result = results.get(key);
    if (result === undefined) results.set(key, (result = derive(key)));
    return result;
  };
}

/** What is derived from a state, once for each combination of the variables that it reads: so equal results are one object. */
export function memoisedByValues<Result>(
  readsOf: (core: Core) => Iterable<number>,
  derive: (state: State) => Result,
): (state: State) => Result {
  let reads: readonly number[] | undefined;
  const results = new Map<string, Result>();
  return (state) => {
    reads ??= [...new Set(readsOf(state.core))];
    const key = String.fromCharCode(...reads.map((variable) => state.values[variable]! + 1));
    let result = results.get(key);
    if (result === undefined) results.set(key, (result = derive(state)));
    return result;
  };
}

function byId<T extends { readonly id: string }>(things: readonly T[]): ReadonlyMap<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
