/** The state of a patient, and the plan in its order; the twin of `casebook.inference.triage`. */

import { type Maybe, memoised, type State } from './core';
import { entriesOf, inFavour, ordered } from './plan';
import type { Asked, PlanEntry } from './types';

/** A state as the reader meets its name: whatever is not ruled out, it is open. */
export function shown(state: string): string {
  return state.startsWith('open') ? 'open' : state;
}

/**
 * The states that are said of a patient, the first of them first.
 *
 * An emergency that is decided, else one that is presumed because a red flag is recorded, else the first other state
 * that is decided. "open" stands before it, or alone, where something worse is still possible.
 */
export function statesOf(state: State): readonly string[] {
  const { states, call, red_flag: redFlag } = state.core.knowledge.emergencies;
  const entries = entriesOf(state);
  const truths = new Map<string, Maybe>();
  // The states that follow from others have no condition of their own.
  for (const { id, when } of states) if (when !== undefined) truths.set(id, state.truth(when));
  if (truths.get('compressed')) return ['compressed'];
  if (truths.get('unexplained') || isDecided(entries.get(call), 'emergency')) return ['unexplained'];
  const urgent = [...entries.values()].some(({ possible }) => possible[0] === 'emergency');
  if (urgent && state.truth(redFlag)) return ['presumed'];
  const decided = [...truths.keys()].find((id) => truths.get(id));
  const parted = truths.get('parted') !== false;
  const threat = [...truths].some(([id, holds]) => holds === null && id !== 'parted');
  const open = urgent ? 'open' : threat && decided === undefined ? 'open_nerves' : 'open_instability';
  if (decided === undefined) return [urgent || threat || parted ? open : 'none'];
  const worse = truths.get('compressed') === null || truths.get('unexplained') === null;
  return worse || (decided === 'look_again' && parted) ? [open, decided] : [decided];
}

/** The plan as it is listed: by stance; in an emergency what saves the nerves first. */
export const planOf = memoised((state: State) => inEmergency(state, ordered(entriesOf(state).values())));

/**
 * The entries of a plan in the order of the patient's state.
 *
 * In an emergency what saves the nerves and is in favour whatever is still unknown comes first, in its own order, and
 * what waits until they are safe comes after all else that is decided in favour.
 */
function inEmergency(state: State, plan: readonly PlanEntry[]): readonly PlanEntry[] {
  const { states, order, later } = state.core.knowledge.emergencies;
  const [said] = statesOf(state);
  if (states.find(({ id }) => id === said)?.level !== 'emergency') return plan;
  const rankIn = (entry: PlanEntry) => {
    const first = order.indexOf(entry.action);
    if (first >= 0 && isDecided(entry, 'at_least')) return first;
    return isDecided(entry, 'in_favour') ? order.length + Number(later.actions.includes(entry.action)) : Infinity;
  };
  const ranked = plan.map((entry) => ({ entry, rank: rankIn(entry) }));
  // Two entries without a rank of their own are equal, and their difference is no number.
  return ranked.sort((a, b) => a.rank - b.rank || 0).map(({ entry }) => entry);
}

/** Whether an entry is decided as a sentence asks; without an entry there is no emergency. */
export function isDecided(entry: PlanEntry | undefined, asked: Asked): boolean {
  if (!entry) return asked === 'not_emergency';
  if (asked === 'at_least' && entry.at_least) return true;
  if (entry.status === 'undecided') return false;
  if (asked === 'in_favour' || asked === 'at_least') return inFavour(entry.stance);
  if (asked === 'recommended') return entry.stance === 'emergency' || entry.stance === 'recommended';
  return (entry.stance === 'emergency') === (asked === 'emergency');
}
