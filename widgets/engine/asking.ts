/** Which finding to assess next: what each answer would settle; the twin of `casebook.asking`. */

import type { Core } from './core';
import { type State, urgentOn } from './plan';
import { message } from './messages';
import type { PlanEntry, Question, ScoreResult } from './types';
import { few, inside, list } from './words';

/** Actions that a question names. */
const MOST_NAMED = 2;

/** The questions that are open in a state, those on which an emergency hangs first. */
export function questions(
  core: Core,
  state: State,
  scores: Readonly<Record<string, ScoreResult>>,
  plan: readonly PlanEntry[],
): Question[] {
  const { known } = core.compiler();
  const hangs = new Map<string, string[]>();
  const items = new Map<string, string[]>();
  const urgent = new Map<string, number>();
  const add = (map: Map<string, string[]>, id: string, what: string) => map.set(id, [...(map.get(id) ?? []), what]);
  for (const entry of plan)
    for (const id of entry.depends_on)
      if (state.option(id) === null) {
        add(hangs, id, entry.action);
        if (urgentOn.get(entry)?.includes(id)) urgent.set(id, (urgent.get(id) ?? 0) + 1);
      }
  for (const [score, result] of Object.entries(scores))
    for (const item of result.items)
      if (item.option === null)
        for (const [id, value] of Object.entries(item.from ?? {})) if (value === null) add(items, id, score);
  const undecided = plan.filter(({ status }) => status === 'undecided').length;
  return [...core.vocabulary.values()]
    .flatMap(({ id }, place) => {
      const actions = hangs.get(id) ?? [];
      const open = items.get(id) ?? [];
      if (!actions.length && !open.length) return [];
      let settles = 0;
      let may = 0;
      for (const action of actions) {
        // What is open behind a finding that the action does not read is open after any answer.
        const [every, some] = core.plans.get(action)!.reach().settledBy(state.values(), known[place]!);
        if (every) settles++;
        else if (some) may++;
      }
      return [{ finding: id, settles, may, why: why(core, settles, may, undecided, actions, open), of: open.length }];
    })
    .sort(
      (a, b) =>
        (urgent.get(b.finding) ?? 0) - (urgent.get(a.finding) ?? 0) ||
        b.settles - a.settles ||
        b.may - a.may ||
        b.of - a.of,
    )
    .map(({ of: _, ...question }) => question);
}

function why(
  core: Core,
  settles: number,
  may: number,
  undecided: number,
  actions: readonly string[],
  scores: readonly string[],
): string {
  const parts: string[] = [];
  if (settles && may) parts.push(message('question-decides-may', { decides: settles, may, undecided }));
  else if (settles) parts.push(message('question-decides', { decides: settles, undecided }));
  else if (may) parts.push(message('question-may', { may, undecided }));
  else if (actions.length) {
    const labels = actions.map((action) => inside(core.actions.get(action)!.label));
    parts.push(message('question-affects', { actions: list(few(labels, MOST_NAMED), 'and') }));
  }
  if (scores.length) {
    const labels = scores.map((score) => core.scores.get(score)!.score.label);
    parts.push(message('question-scores', { scores: list(labels, 'and') }));
  }
  return parts.join(' ');
}
