/** What the rules recommend in a state, and what is still open in it; the twin of `casebook.inference.planner`. */

import { type Core, Decision, kept, type Recommended, type State, type Terminal } from './core';
import type { Outcome, PlanEntry, Stance } from './types';
import { STANCES } from './words';

export const rank = (stance: Stance) => STANCES.indexOf(stance);
export const inFavour = (stance: Stance) => rank(stance) < 3;

/** For undecided entries that may be an emergency: the findings that decide whether they are. */
export const urgentOn = new WeakMap<PlanEntry, readonly string[]>();

const entries = new WeakMap<Recommended, (state: State) => PlanEntry | null>();
const plans = new WeakMap<State, ReadonlyMap<string, PlanEntry>>();

/** The entry of each action of which something is recommended, in the order of the knowledge. */
export function entriesOf(state: State): ReadonlyMap<string, PlanEntry> {
  let plan = plans.get(state);
  if (!plan) {
    const found = [...state.core.recommended.values()].flatMap((given) => entryOf(state.core, given)(state) ?? []);
    plans.set(state, (plan = new Map(found.map((entry) => [entry.action, entry]))));
  }
  return plan;
}

/** Entries as a plan lists them: by stance, decided before undecided, then as given. */
export function ordered(entries: Iterable<PlanEntry>): PlanEntry[] {
  const undecided = (entry: PlanEntry) => Number(entry.status === 'undecided');
  return [...entries].sort((a, b) => rank(a.stance) - rank(b.stance) || undecided(a) - undecided(b));
}

/** What gives the entry of an action; whatever decides it is in the roots of its clauses. */
function entryOf(core: Core, given: Recommended): (state: State) => PlanEntry | null {
  let entry = entries.get(given);
  if (!entry) {
    const roots = [...given.clauses, ...given.switches, ...given.conflicts].map(({ when }) => when);
    entry = kept(roots.flatMap((root) => [...core.readsOf(root)]), (state) => derive(given, state));
    entries.set(given, entry);
  }
  return entry;
}

function derive({ action, clauses, switches, conflicts }: Recommended, state: State): PlanEntry | null {
  const withdrawn = new Set(switches.flatMap(({ when, stances }) => (state.truth(when) ? stances : [])));
  const left = (end: Terminal) => (end instanceof Decision && !withdrawn.has(end.outcome.stance) ? end.outcome : null);
  const reached = state.reached(action.root);
  const outcomes = new Set(reached.map(left));
  const given = [...outcomes].filter((outcome) => outcome !== null);
  if (!given.length) return null;

  const decided = outcomes.size === 1;
  const possible = STANCES.filter((stance) => given.some((outcome) => outcome.stance === stance));
  const stance = possible[0]!;
  const same = given.filter((outcome) => outcome.stance === stance);
  const hours = same.flatMap((outcome) => outcome.within_hours ?? []);
  const sides = new Set(same.map((outcome) => outcome.side));
  const [side] = sides;
  const settling = new Set(reached.map((end) => (end as Decision | null)?.by));
  const least = outcomes.has(null) || decided ? undefined : possible.at(-1)!;
  const rules = rulesOf(state, clauses, withdrawn, decided ? given[0]! : null);
  const entry: PlanEntry = {
    action: action.id,
    stance,
    status: decided ? 'decided' : 'undecided',
    ...(hours.length ? { within_hours: Math.min(...hours) } : {}),
    ...(sides.size === 1 && side !== undefined ? { side } : {}),
    possible: outcomes.has(null) ? [...possible, 'none'] : possible,
    ...(least && inFavour(least) ? { at_least: least } : {}),
    because: rules(inFavour(stance)),
    against: rules(!inFavour(stance)),
    conflicts: conflicts.filter(({ when }) => state.truth(when)).map(({ id }) => id),
    decided_by: decided && settling.size === 1 ? (settling.values().next().value ?? null) : null,
    depends_on: decided ? [] : state.support(action.root, left),
  };
  if (!decided && stance === 'emergency')
    urgentOn.set(entry, state.support(action.root, (end) => left(end)?.stance === 'emergency'));
  return entry;
}

/** The rules on a side: those that are true if one of them has the decided outcome, else all that may be. */
function rulesOf(
  state: State,
  clauses: Recommended['clauses'],
  withdrawn: ReadonlySet<Stance>,
  decided: Outcome | null,
): (side: boolean) => string[] {
  const holding = clauses.filter(({ when }) => state.truth(when));
  const enough = holding.some(({ outcome }) => outcome === decided);
  const all = enough ? holding : clauses.filter(({ when }) => state.truth(when) !== false);
  const kept = all.filter(({ outcome }) => !withdrawn.has(outcome.stance));
  return (side) => [...new Set(kept.filter(({ outcome }) => inFavour(outcome.stance) === side).map(({ rule }) => rule.id))];
}
