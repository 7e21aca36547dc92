/** What the rules recommend in a state, and what is still open in it; the twin of `casebook.inference.planner`. */

import { Decision, memoised, memoisedByValues, type Recommended, type State, type Terminal } from './core';
import type { Outcome, PlanEntry, Stance } from './types';
import { STANCES } from './words';

export const rank = (stance: Stance) => STANCES.indexOf(stance);
export const inFavour = (stance: Stance) => rank(stance) < 3;

/** For undecided entries that may be an emergency: the findings that decide whether they are. */
export const urgentOn = new WeakMap<PlanEntry, readonly string[]>();

/** Whatever decides the entry of an action is in the roots of its clauses. */
const entries = memoised((given: Recommended) =>
  memoisedByValues(
    (core) => [...given.clauses, ...given.switches, ...given.conflicts].flatMap(({ when }) => [...core.readsOf(when)]),
    (state) => derive(given, state),
  ),
);

/** The entry of each action of which something is recommended, in the order of the knowledge. */
export const entriesOf = memoised((state: State): ReadonlyMap<string, PlanEntry> => {
  const found = [...state.core.recommended.values()].flatMap((given) => entries(given)(state) ?? []);
  return new Map(found.map((entry) => [entry.action, entry]));
});

/** Entries as a plan lists them: by stance, decided before undecided, then as given. */
export function ordered(entries: Iterable<PlanEntry>): PlanEntry[] {
  const undecided = (entry: PlanEntry) => Number(entry.status === 'undecided');
  return [...entries].sort((a, b) => rank(a.stance) - rank(b.stance) || undecided(a) - undecided(b));
}

function derive({ action, clauses, switches, conflicts }: Recommended, state: State): PlanEntry | null {
  const withdrawn = new Set(switches.flatMap(({ when, stances }) => (state.truth(when) ? stances : [])));
  const left = (terminal: Terminal) =>
    terminal instanceof Decision && !withdrawn.has(terminal.outcome.stance) ? terminal.outcome : null;
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
  const settling = new Set(reached.map((terminal) => (terminal as Decision | null)?.by));
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
    urgentOn.set(entry, state.support(action.root, (terminal) => left(terminal)?.stance === 'emergency'));
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
  const effective = all.filter(({ outcome }) => !withdrawn.has(outcome.stance));
  return (side) => [...new Set(effective.filter(({ outcome }) => inFavour(outcome.stance) === side).map(({ rule }) => rule.id))];
}
