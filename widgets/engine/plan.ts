/** The plan for a state, and what is still open in it; the twin of `casebook.plan`. */

import { evaluate, leaves, type Maybe, type Situation } from './conditions';
import type { Compiler } from './compiler';
import type { Node } from './diagrams';
import { Reach } from './reach';
import { ALL, isWithdrawn, left, resolved, Switched, switchesOf, type Withdrawn } from './scopes';
import type { Conflict, Knowledge, Outcome, PlanEntry, Rule, Stance, Tier, Tree } from './types';
import { STANCES } from './words';

const TIERS: readonly Tier[] = ['absolute', 'directive', 'permissive', 'descriptive'];

export const rank = (stance: Stance) => STANCES.indexOf(stance);
export const speaksFor = (stance: Stance) => rank(stance) < 3;

interface SpokenClause {
  readonly rule: Rule;
  readonly tree: Tree;
  /** The same object in every clause that says the same. */
  readonly outcome: Outcome;
  /** The rules over which it is declared to win. */
  readonly beats: readonly string[];
  /** By each principle that ranks: the least comes before the others. */
  readonly ranks: Readonly<Record<string, number>>;
}

/** What was left of the clauses before a principle, and what it kept; without an id, the declared one. */
interface Step {
  readonly id: string | null;
  readonly left: readonly SpokenClause[];
  readonly kept: readonly SpokenClause[];
}

/** A state as the diagrams see it, and as conditions do. */
export interface State extends Situation {
  /** The place of the option of each finding in the order of the vocabulary, -1 where it is not known. */
  readonly places: readonly number[];
  /** The place of the option of each variable, -1 where it is not known; asked for only if it is needed. */
  readonly values: () => readonly number[];
  /** Of the conditions that have been asked for. */
  readonly truths: Map<Tree, Maybe>;
  /** The plan by action, in the order of the knowledge; thought through once. */
  readonly entries: () => ReadonlyMap<string, PlanEntry>;
}

/** Whether a condition holds over every completion, over none, or null. */
export function truth(tree: Tree, state: State, compiler: () => Compiler): Maybe {
  let found = state.truths.get(tree);
  if (found === undefined) {
    found = evaluate(tree, state);
    // Three-valued logic can miss that two parts exclude or complete each other.
    if (found === null) {
      const compiled = compiler();
      const ends = compiled.diagrams.reachable(compiled.condition(tree), state.values());
      if (ends.length === 1) found = ends[0] as boolean;
    }
    state.truths.set(tree, found);
  }
  return found;
}

/** For undecided entries that may be an emergency: the findings that decide whether they are. */
export const urgentOn = new WeakMap<PlanEntry, readonly string[]>();

/** One action: its rules, its conflicts, what withdraws it, and the entries found so far. */
export class ActionPlan {
  private readonly clauses: readonly SpokenClause[];
  private readonly conflicts: readonly Conflict[];
  private readonly edges: readonly (readonly [string, string, string])[];
  /** The places of the findings that it reads in the vocabulary. */
  private readonly reads: readonly number[];
  private readonly switches: readonly { readonly when: Tree; readonly gone: Withdrawn }[];
  private readonly kept = new Map<string, PlanEntry | null>();
  /** The diagram of what the rules say, by the stances that are withdrawn; and that of whether it is an emergency. */
  private readonly roots = new Map<Withdrawn, Node>();
  private readonly emergencies = new Map<Withdrawn, Node>();
  private kin: Reach | undefined;

  constructor(
    private readonly id: string,
    private readonly knowledge: Knowledge,
    private readonly compiler: () => Compiler,
    scoreReads: (score: string) => readonly string[],
  ) {
    this.edges = knowledge.precedence.edges[id] ?? [];
    const outcomes = new Map<string, Outcome>();
    this.clauses = knowledge.rules.flatMap((rule) =>
      rule.clauses.flatMap((clause) => {
        const said = clause.then[id];
        if (!said) return [];
        const beats = this.edges.filter(([winner]) => winner === rule.id).map(([, loser]) => loser);
        const key = `${said.stance} ${said.within_hours ?? ''} ${said.side ?? ''}`;
        const outcome = outcomes.get(key) ?? said;
        outcomes.set(key, outcome);
        return [{ rule, tree: clause.when, outcome, beats, ranks: ranksOf(rule, outcome) }];
      }),
    );
    this.conflicts = knowledge.conflicts.filter((conflict) => conflict.actions.includes(id));
    this.switches = switchesOf(knowledge, id);
    const ids = new Set<string>();
    const limits = [...this.conflicts, ...this.switches].map(({ when }) => when);
    for (const tree of [...this.clauses.map((clause) => clause.tree), ...limits])
      for (const leaf of leaves(tree)) {
        if ('finding' in leaf) ids.add(leaf.finding);
        else if ('score' in leaf) scoreReads(leaf.score).forEach((each) => ids.add(each));
      }
    this.reads = knowledge.findings.flatMap((finding, place) => (ids.has(finding.id) ? [place] : []));
  }

  entry(state: State): PlanEntry | null {
    const key = String.fromCharCode(...this.reads.map((place) => state.places[place]! + 1));
    let entry = this.kept.get(key);
    if (entry === undefined) {
      entry = this.think(state);
      this.kept.set(key, entry);
    }
    return entry;
  }

  /** What is said of the action as findings are, and after few changes of them. */
  reach(): Reach {
    if (!this.kin) {
      const compiler = this.compiler();
      this.kin = this.switches.length
        ? new Reach(compiler, this.switched(), (reached) => resolved(reached as Parameters<typeof resolved>[0]))
        : new Reach(compiler, this.under(0));
    }
    return this.kin;
  }

  /** The diagram of what the rules say where some stances are withdrawn, made once. */
  private under(gone: Withdrawn): Node {
    let root = this.roots.get(gone);
    if (root === undefined) {
      root = gone
        ? this.compiler().diagrams.map(this.under(0), (outcome) => left(outcome as Outcome | null, gone))
        : this.compile();
      this.roots.set(gone, root);
    }
    return root;
  }

  /** The diagram of outcomes, each with the stances that switches withdraw. */
  private switched(): Node {
    const compiler = this.compiler();
    const { diagrams } = compiler;
    const gone = this.switches.reduce(
      (sum, { when, gone }) =>
        diagrams.combine(sum, compiler.condition(when), (bits, truth) => (bits as number) | (truth ? gone : 0)),
      diagrams.end(0),
    );
    const pairs = new Map<Outcome | null, Switched[]>();
    return diagrams.combine(this.under(0), gone, (end, bits) => {
      const outcome = end as Outcome | null;
      const same = pairs.get(outcome) ?? [];
      pairs.set(outcome, same);
      return (same[bits as number] ??= new Switched(outcome, bits as number));
    });
  }

  /** The stances that the recorded findings withdraw. */
  private withdrawn(state: State): Withdrawn {
    return this.switches.reduce(
      (bits, { when, gone }) => (truth(when, state, this.compiler) ? bits | gone : bits),
      0,
    );
  }

  private think(state: State): PlanEntry | null {
    const { clauses, compiler } = this;
    const gone = this.withdrawn(state);
    if (gone === ALL || !clauses.length) return null;
    const truths = clauses.map((clause) => truth(clause.tree, state, compiler));
    const holding = clauses.filter((_, place) => truths[place] === true);
    const open = clauses.filter((_, place) => truths[place] !== false);
    const kept = (spoken: readonly SpokenClause[]) => spoken.filter(({ outcome }) => !isWithdrawn(outcome, gone));
    if (open.length === holding.length) {
      if (!holding.length) return null;
      const [winner, steps] = this.settle(holding);
      return isWithdrawn(winner.outcome, gone)
        ? null
        : this.compose(state, [winner.outcome], kept(holding), this.settledBy(winner, steps), []);
    }
    const { diagrams, variables } = compiler();
    const root = this.under(gone);
    const outcomes = diagrams.reachable(root, state.values()) as (Outcome | null)[];
    if (outcomes.length === 1) {
      if (outcomes[0] === null) return null;
      // Decided although some rule is open: by those that hold if they suffice, else by all.
      if (holding.length) {
        const [winner, steps] = this.settle(holding);
        if (winner.outcome === outcomes[0])
          return this.compose(state, outcomes, kept(holding), this.settledBy(winner, steps), []);
      }
      return this.compose(state, outcomes, kept(open), null, []);
    }
    const supportOf = (diagram: Node) => {
      const behind = new Set([...diagrams.support(diagram, state.values())].map((place) => variables[place]!.finding));
      return this.knowledge.findings.map((finding) => finding.id).filter((id) => behind.has(id));
    };
    const entry = this.compose(state, outcomes, kept(open), null, supportOf(root));
    if (entry.stance === 'emergency') {
      let emergency = this.emergencies.get(gone);
      if (emergency === undefined) {
        emergency = diagrams.map(root, (outcome) => (outcome as Outcome | null)?.stance === 'emergency');
        this.emergencies.set(gone, emergency);
      }
      urgentOn.set(entry, supportOf(emergency));
    }
    return entry;
  }

  private compose(
    state: State,
    outcomes: readonly (Outcome | null)[],
    spoken: readonly SpokenClause[],
    decidedBy: string | null,
    depends: readonly string[],
  ): PlanEntry {
    const given = outcomes.filter((outcome) => outcome !== null);
    const possible = STANCES.filter((stance) => given.some((outcome) => outcome.stance === stance));
    const stance = possible[0]!;
    const same = given.filter((outcome) => outcome.stance === stance);
    const hours = same.flatMap((outcome) => outcome.within_hours ?? []);
    const sides = [...new Set(same.map((outcome) => outcome.side))];
    const rules = (side: boolean) => [
      ...new Set(spoken.filter((clause) => speaksFor(clause.outcome.stance) === side).map((clause) => clause.rule.id)),
    ];
    const none = outcomes.includes(null);
    const least = depends.length && !none ? possible.at(-1)! : undefined;
    return {
      action: this.id,
      stance,
      status: depends.length ? 'undecided' : 'decided',
      ...(hours.length ? { within_hours: Math.min(...hours) } : {}),
      ...(sides.length === 1 && sides[0] !== undefined ? { side: sides[0] } : {}),
      possible: none ? [...possible, 'none'] : possible,
      ...(least && speaksFor(least) ? { at_least: least } : {}),
      because: rules(speaksFor(stance)),
      against: rules(!speaksFor(stance)),
      conflicts: this.conflicts
        .filter((conflict) => truth(conflict.when, state, this.compiler))
        .map((conflict) => conflict.id),
      decided_by: decidedBy,
      depends_on: depends,
    };
  }

  /** The diagram of the action; its ends are outcomes, or null where no rule speaks. */
  private compile(): Node {
    const { clauses } = this;
    const compiler = this.compiler();
    const { diagrams } = compiler;
    // A number says which clauses hold, a bit each of the 53 that it has; halves first, for they are small.
    const holding = (from: number, to: number, result: (bits: number) => number | Outcome | null): Node => {
      if (to - from < 2)
        return diagrams.map(compiler.condition(clauses[from]!.tree), (truth) => result(truth ? 2 ** from : 0));
      const half = (from + to) >> 1;
      const bits = (sum: number) => sum;
      return diagrams.combine(holding(from, half, bits), holding(half, to, bits), (a, b) =>
        result((a as number) + (b as number)),
      );
    };
    const settled = (bits: number) => {
      const held = clauses.filter((_, place) => Math.floor(bits / 2 ** place) % 2);
      return held.length ? this.settle(held)[0].outcome : null;
    };
    return clauses.length ? holding(0, clauses.length, settled) : diagrams.end(null);
  }

  /** The clause in force among those that hold, and the steps by which it was found. */
  private settle(holding: readonly SpokenClause[]): [SpokenClause, readonly Step[]] {
    let left = holding;
    const steps: Step[] = [];
    for (const { id, by } of this.knowledge.precedence.principles) {
      if (left.every(({ outcome }) => outcome === left[0]!.outcome)) break;
      const declared = by === 'declared';
      const kept = declared ? left.filter(({ rule }) => !left.some(({ beats }) => beats.includes(rule.id))) : best(left, by);
      steps.push({ id: declared ? null : id, left, kept });
      left = kept;
    }
    return [left[0]!, steps];
  }

  /** What settled it: the last step by which an outcome yielded that differs. */
  private settledBy(winner: SpokenClause, steps: readonly Step[]): string | null {
    const step = steps
      .filter(({ left, kept }) =>
        left.some(({ outcome }) => differs(outcome, winner.outcome) && !kept.some((one) => one.outcome === outcome)),
      )
      .at(-1);
    return step ? (step.id ?? this.edge(step.left, step.kept)) : null;
  }

  private edge(before: readonly SpokenClause[], after: readonly SpokenClause[]): string {
    const winners = new Set(after.map((clause) => clause.rule.id));
    const losers = new Set(before.map((clause) => clause.rule.id).filter((id) => !winners.has(id)));
    const direct = this.edges.find(([winner, loser]) => winners.has(winner) && losers.has(loser));
    return (direct ?? this.edges.find(([, loser]) => losers.has(loser))!)[2];
  }
}

/** Whether an outcome that yielded says more than a weaker word for the same. */
function differs(outcome: Outcome, winner: Outcome): boolean {
  if (speaksFor(outcome.stance) !== speaksFor(winner.stance)) return true;
  return rank(outcome.stance) <= rank(winner.stance);
}

function best(clauses: readonly SpokenClause[], by: string): readonly SpokenClause[] {
  let least = Infinity;
  for (const { ranks } of clauses) least = Math.min(least, ranks[by]!);
  return clauses.filter(({ ranks }) => ranks[by] === least);
}

function ranksOf({ tier }: Rule, { stance, within_hours: hours }: Outcome): SpokenClause['ranks'] {
  return {
    emergency: Number(stance !== 'emergency'),
    tier: TIERS.indexOf(tier),
    caution: Number(rank(stance) < 4),
    stance: rank(stance),
    soonest: hours || Infinity,
  };
}

/** Orders entries as a plan lists them: by stance, decided before undecided, then as given. */
export function ordered(entries: readonly PlanEntry[]): PlanEntry[] {
  const undecided = (entry: PlanEntry) => Number(entry.status === 'undecided');
  return [...entries].sort((a, b) => rank(a.stance) - rank(b.stance) || undecided(a) - undecided(b));
}
