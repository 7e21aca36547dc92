/** What a change of findings moves, and the rule that accounts for it; the twin of `casebook.explain.change`. */

import type { Core } from '../core';
import { message } from '../messages';
import { rank, type State, truth } from '../plan';
import { shown, statesOf } from '../triage';
import type { ActionKind, Changed, Findings, Move, PlanEntry, Rule, ScoreResult } from '../types';
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

interface Placed {
  readonly importance: number;
  readonly strength: number;
  readonly move: Move;
}

export function changed(core: Core, before: Findings, after: Findings): Changed {
  const states = [core.state(before), core.state(after)] as const;
  const placed: Placed[] = [
    ...stateMove(core, states).map((move) => ({ importance: STATE, strength: 0, move })),
    ...[...core.scores.keys()].flatMap((id) => scoreMove(core, id, states)).map((move) => ({ importance: SCORES, strength: 0, move })),
    ...core.knowledge.actions.flatMap(({ id, kind = 'other' }) => {
      const [was, is] = states.map((state) => state.entries().get(id) ?? null) as [PlanEntry | null, PlanEntry | null];
      if (inDetail(was) === inDetail(is)) return [];
      const urgent = emergency(was) !== emergency(is);
      const importance = !is ? LEFT : urgent ? EMERGENCIES : KINDS[kind];
      const strength = Math.min(strengthOf(was), strengthOf(is));
      return [{ importance, strength, move: actionMove(core, id, was, is, states) }];
    }),
  ].sort((a, b) => a.importance - b.importance || a.strength - b.strength);
  const moves = placed.map(({ move }) => move);
  return { text: summary(moves, placed.filter(({ importance }) => importance === LEFT).length), moves };
}

type Pair = readonly [before: State, after: State];

/** The change of the patient's state, if it changes. */
function stateMove(core: Core, pair: Pair): Move[] {
  const [was, is] = pair.map((state) => statesOf(core, state)) as [readonly string[], readonly string[]];
  if (was.join() === is.join()) return [];
  const label = (id: string) => core.knowledge.emergencies.states.find((each) => each.id === id)!.label;
  const [from, to] = [apart(was.map(label)), apart(is.map(label))];
  const text = message('change-state', { before: from, now: to });
  return [{ kind: 'state', id: shown(is[0]!), from, to, because: [], source: [], text }];
}

function scoreMove(core: Core, id: string, states: Pair): Move[] {
  const [was, is] = states.map((state) => core.scores.get(id)!.derive(state.option).result) as [ScoreResult, ScoreResult];
  const same = was.bands.join() === is.bands.join();
  if (same && was.status === is.status && was.low === is.low && was.high === is.high) return [];
  const from = extent(was.low, was.high);
  const to = extent(is.low, is.high);
  return [{ kind: 'score', id, from, to, because: [], source: [], text: scoreText(core, id, was, is, from, to) }];
}

function scoreText(core: Core, id: string, was: ScoreResult, is: ScoreResult, before: string, now: string): string {
  const { label, bands } = core.scores.get(id)!.score;
  const labels = bands.filter(({ id }) => is.bands.includes(id)).map((band) => band.label);
  const named = list(labels, 'or');
  if (is.status === 'not_applicable') return message('change-score-ends', { label });
  if (was.status === 'not_applicable') return message('change-score-begins', { label, now, bands: named });
  if (was.bands.join() === is.bands.join()) return message('change-score', { label, before, now });
  return labels.length > MOST_BANDS
    ? message('change-score-many-bands', { label, before, now, count: labels.length })
    : message('change-score-band', { label, before, now, bands: named });
}

function actionMove(core: Core, id: string, was: PlanEntry | null, is: PlanEntry | null, states: Pair): Move {
  let [before, now] = [standing(was), standing(is)];
  // What is possible has changed, and it is still open.
  if (before === now) [before, now] = [inDetail(was), inDetail(is)];
  if (!was) before = message('change-not-listed');
  if (!is) now = message('change-no-longer-listed');
  const { label } = core.actions.get(id)!;
  const [rule, holds] = account(core, id, was, is, states);
  if (!rule) {
    const text = message('change-action', { label, before, now });
    return { kind: 'action', id, from: before, to: now, because: [], source: [], text };
  }
  const sources = cited(rule.source, core.knowledge.sources);
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
  core: Core,
  action: string,
  was: PlanEntry | null,
  is: PlanEntry | null,
  [before, after]: Pair,
): [Rule | undefined, boolean] {
  const says = (rule: Rule, state: State) =>
    rule.clauses.flatMap(({ when, then }) => {
      const outcome = then[action];
      return outcome && truth(when, state, core.compiler) === true ? [outcome.stance] : [];
    });
  for (const [entry, there, other] of [[is, after, before], [was, before, after]] as const) {
    if (!entry) continue;
    const turned = [...entry.because, ...entry.against]
      .map((id) => core.knowledge.rules.find((each) => each.id === id)!)
      .filter((rule) => says(rule, there).length > 0 && says(rule, other).length === 0);
    const best = turned.find((rule) => says(rule, there).includes(entry.stance)) ?? turned[0];
    if (best) return [best, there === after];
  }
  return [undefined, false];
}

/** The place of a standing: decided ones first, each by strength; nothing said is last. */
function strengthOf(entry: PlanEntry | null): number {
  if (!entry) return 2 * STANCES.length;
  return rank(entry.stance) + (entry.status === 'decided' ? 0 : STANCES.length);
}

function emergency(entry: PlanEntry | null): boolean {
  return entry?.status === 'decided' && entry.stance === 'emergency';
}

/** The first moves, and how many follow; what is only no longer listed is never named first. */
function summary(moves: readonly Move[], left: number): string {
  if (!moves.length) return message('change-nothing');
  if (left === moves.length) return message('change-only-left', { count: left });
  const first = moves.slice(0, Math.min(MOST_MOVES, moves.length - left));
  const more = moves.length - first.length;
  return [...first.map(({ text }) => text), ...(more ? [message('change-more', { count: more })] : [])].join(' ');
}
