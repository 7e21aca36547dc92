/** What a change of findings moves, and the rule that accounts for it; the twin of `casebook.explain.change`. */

import type { Core } from '../core';
import { rank, type State, truth } from '../plan';
import { shown, statesOf } from '../triage';
import type { Changed, Findings, Move, PlanEntry, Rule, ScoreResult } from '../types';
import { cited, count, extent, inDetail, inside, list, said, sentence, standing, STANCES } from '../words';

export function changed(core: Core, before: Findings, after: Findings): Changed {
  const states = [core.state(before), core.state(after)] as const;
  const scores = [...core.scores.keys()].flatMap((id) => scoreMove(core, id, states));
  const actions = core.knowledge.actions
    .flatMap(({ id }) => {
      const [was, is] = states.map((state) => state.entries().get(id) ?? null) as [PlanEntry | null, PlanEntry | null];
      if (inDetail(was) === inDetail(is)) return [];
      const strength = Math.min(strengthOf(was), strengthOf(is));
      return [{ strength, urgent: emergency(was) !== emergency(is), move: actionMove(core, id, was, is, states) }];
    })
    .sort((a, b) => a.strength - b.strength);
  const moves = (urgent: boolean) => actions.filter((one) => one.urgent === urgent).map(({ move }) => move);
  const all = [...stateMove(core, states), ...moves(true), ...scores, ...moves(false)];
  return { text: summary(all), moves: all };
}

type Pair = readonly [before: State, after: State];

/** The change of the patient's state, if it changes. */
function stateMove(core: Core, pair: Pair): Move[] {
  const [was, is] = pair.map((state) => statesOf(core, state)) as [readonly string[], readonly string[]];
  if (was.join() === is.join()) return [];
  const label = (id: string) => core.knowledge.emergencies.states.find((each) => each.id === id)!.label;
  const [from, to] = [was.map(label).join('; '), is.map(label).join('; ')];
  const text = `The patient's state is now: ${to}. It was: ${from}.`;
  return [{ kind: 'state', id: shown(is[0]!), from, to, because: [], source: [], text }];
}

function scoreMove(core: Core, id: string, states: Pair): Move[] {
  const { score } = core.scores.get(id)!;
  const [was, is] = states.map((state) => core.scores.get(id)!.derive(state.option).result) as [ScoreResult, ScoreResult];
  const same = was.bands.join() === is.bands.join();
  if (same && was.status === is.status && was.low === is.low && was.high === is.high) return [];
  const from = extent(was.low, was.high);
  const to = extent(is.low, is.high);
  const labels = score.bands.filter(({ id }) => is.bands.includes(id)).map(({ label }) => label);
  let text = `${score.label} `;
  if (is.status === 'not_applicable') text += 'no longer applies.';
  else if (was.status === 'not_applicable') text += `now applies: ${to}, ${list(labels, 'or')}.`;
  else if (was.total !== null && is.total !== null)
    text += `${is.total > was.total ? 'rises' : 'falls'} from ${from} to ${to}${same ? '' : ` and is now ${labels[0]}`}.`;
  else {
    text += `is now ${to}, was ${from}.`;
    if (!same && labels.length > 2) text += ` Now ${labels.length} bands are possible.`;
    else if (!same) text += ` It ${labels.length === 1 ? 'is now' : 'may be'} ${list(labels, 'or')}.`;
  }
  return [{ kind: 'score', id, from, to, because: [], source: [], text }];
}

function actionMove(core: Core, id: string, was: PlanEntry | null, is: PlanEntry | null, states: Pair): Move {
  let [from, to] = [standing(was), standing(is)];
  // What is possible has changed, and it is still open.
  if (from === to) [from, to] = [inDetail(was), inDetail(is)];
  const [rule, holds] = account(core, id, was, is, states);
  let text = `${core.actions.get(id)!.label} is now ${said(to)}; it was ${said(from)}`;
  if (rule) {
    const ceased = holds ? '' : 'this no longer applies: ';
    text += `: ${ceased}${inside(rule.title)} ${cited(rule.source, core.knowledge.sources)}`;
  }
  return { kind: 'action', id, from, to, because: rule ? [rule.id] : [], source: rule?.source ?? [], text: sentence(text) };
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

function summary([first, ...rest]: readonly Move[]): string {
  if (!first) return 'No score and no recommendation changes.';
  if (!rest.length) return first.text;
  const scores = rest.filter(({ kind }) => kind === 'score').length;
  const others = rest.length - scores;
  const parts = [scores && count(scores, 'score'), others && count(others, 'recommendation')].filter(Boolean);
  return `${first.text} ${parts.join(' and ')} ${rest.length === 1 ? 'changes' : 'change'} too.`;
}
