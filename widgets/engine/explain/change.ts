/** What a change of findings changes, and the rule that accounts for it; the twin of `casebook.explain.change`. */

import type { State } from '../core';
import { message } from '../messages';
import { entriesOf, rank } from '../plan';
import { scoreOf } from '../scores';
import { shown, statesOf } from '../triage';
import type { Action, ActionKind, Changed, Move, PlanEntry, Rule, Score, ScoreResult } from '../types';
import { apart, cited, extent, inDetail, list, standing, STANCES } from '../words';

/** Changes that the text names. */
const MOST_MOVES = 3;

/** Bands that the text names. */
const MOST_BANDS = 2;

/** The order in which changes are reported. */
const STATE = 0;
const EMERGENCIES = 1;
const KINDS: Readonly<Record<ActionKind, number>> = { treatment: 2, stabilisation: 3, investigation: 4, other: 6 };
const SCORES = 5;
const LEFT = 7;

interface Ranked {
  readonly importance: number;
  readonly strength: number;
  readonly move: Move;
}

export function changed(before: State, after: State): Changed {
  const states = [before, after] as const;
  const { core } = after;
  const scores = [...core.scores.values()].flatMap((score) => scoreMove(score, states));
  const ranked: Ranked[] = [
    ...stateMove(states).map((move) => ({ importance: STATE, strength: 0, move })),
    ...scores.map((move) => ({ importance: SCORES, strength: 0, move })),
    ...core.knowledge.actions.flatMap((action) => {
      const [was, is] = states.map((state) => entriesOf(state).get(action.id) ?? null) as [PlanEntry | null, PlanEntry | null];
      if (was === is || inDetail(was) === inDetail(is)) return [];
      const urgent = emergency(was) !== emergency(is);
      const importance = !is ? LEFT : urgent ? EMERGENCIES : KINDS[action.kind ?? 'other'];
      const strength = Math.min(strengthOf(was), strengthOf(is));
      return [{ importance, strength, move: actionMove(action, was, is, states) }];
    }),
  ].sort((a, b) => a.importance - b.importance || a.strength - b.strength);
  const moves = ranked.map(({ move }) => move);
  return { text: summary(moves, ranked.filter(({ importance }) => importance === LEFT).length), moves };
}

type Pair = readonly [before: State, after: State];

/** The change of the patient's state, if it changes. */
function stateMove(pair: Pair): Move[] {
  const [was, is] = pair.map(statesOf) as [readonly string[], readonly string[]];
  if (was.join() === is.join()) return [];
  const { states } = pair[1].core.knowledge.emergencies;
  const label = (id: string) => states.find((each) => each.id === id)!.label;
  const [from, to] = [apart(was.map(label)), apart(is.map(label))];
  const text = message('change-state', { before: from, now: to });
  return [{ kind: 'state', id: shown(is[0]!), from, to, because: [], source: [], text }];
}

function scoreMove(score: Score, states: Pair): Move[] {
  const [was, is] = states.map((state) => scoreOf(state, score)) as [ScoreResult, ScoreResult];
  if (was === is) return [];
  const same = was.bands.join() === is.bands.join();
  if (same && was.status === is.status && was.low === is.low && was.high === is.high) return [];
  const [from, to] = [extent(was.low, was.high), extent(is.low, is.high)];
  return [{ kind: 'score', id: score.id, from, to, because: [], source: [], text: scoreText(score, was, is, from, to) }];
}

function actionMove({ id, label }: Action, was: PlanEntry | null, is: PlanEntry | null, states: Pair): Move {
  let [before, now] = [standing(was), standing(is)];
  // What is possible has changed, and it is still open.
  if (before === now) [before, now] = [inDetail(was), inDetail(is)];
  if (!was) before = message('change-not-listed');
  if (!is) now = message('change-no-longer-listed');
  const [rule, holds] = account(id, was, is, states);
  if (!rule) {
    const text = message('change-action', { label, before, now });
    return { kind: 'action', id, from: before, to: now, because: [], source: [], text };
  }
  const sources = cited(rule.source, states[1].core.knowledge.sources);
  const given = { label, before, now, rule: rule.title, sources };
  const text = message(holds ? 'change-action-because' : 'change-action-ended', given);
  return { kind: 'action', id, from: before, to: now, because: [rule.id], source: rule.source, text };
}

/**
 * A rule that came to hold, else one that ceased to, and whether it holds now.
 *
 * Of several it is the first that says the stance itself, else the first.
 */
function account(
  action: string,
  was: PlanEntry | null,
  is: PlanEntry | null,
  [before, after]: Pair,
): [Rule | undefined, boolean] {
  const { clauses } = after.core.recommended.get(action)!;
  const says = (rule: Rule, state: State) =>
    clauses.filter((clause) => clause.rule === rule && state.truth(clause.when)).map(({ outcome }) => outcome.stance);
  for (const [entry, there, other] of [[is, after, before], [was, before, after]] as const) {
    if (!entry) continue;
    const turned = [...entry.because, ...entry.against]
      .map((id) => after.core.rules.get(id)!)
      .filter((rule) => says(rule, there).length > 0 && says(rule, other).length === 0);
    const best = turned.find((rule) => says(rule, there).includes(entry.stance)) ?? turned[0];
    if (best) return [best, there === after];
  }
  return [undefined, false];
}

/** The rank of a standing: decided ones first, each by strength; where no rule applies, last. */
function strengthOf(entry: PlanEntry | null): number {
  if (!entry) return 2 * STANCES.length;
  return rank(entry.stance) + (entry.status === 'decided' ? 0 : STANCES.length);
}

function emergency(entry: PlanEntry | null): boolean {
  return entry?.status === 'decided' && entry.stance === 'emergency';
}

// Words

function scoreText({ label, bands }: Score, was: ScoreResult, is: ScoreResult, before: string, now: string): string {
  const labels = bands.filter(({ id }) => is.bands.includes(id)).map((band) => band.label);
  const named = list(labels, 'or');
  if (is.status === 'not_applicable') return message('change-score-ends', { label });
  if (was.status === 'not_applicable') return message('change-score-begins', { label, now, bands: named });
  if (was.bands.join() === is.bands.join()) return message('change-score', { label, before, now });
  return labels.length > MOST_BANDS
    ? message('change-score-many-bands', { label, before, now, count: labels.length })
    : message('change-score-band', { label, before, now, bands: named });
}

/** The first moves, and how many follow; what is only no longer listed is never named first. */
function summary(moves: readonly Move[], left: number): string {
  if (!moves.length) return message('change-nothing');
  if (left === moves.length) return message('change-only-left', { count: left });
  const first = moves.slice(0, Math.min(MOST_MOVES, moves.length - left));
  const more = moves.length - first.length;
  return [...first.map(({ text }) => text), ...(more ? [message('change-more', { count: more })] : [])].join(' ');
}
