/** Which finding to assess next: what each answer would settle; the twin of `casebook.asking`. */

import type { Core } from './core';
import { type State, urgentOn } from './plan';
import type { PlanEntry, Question, ScoreResult } from './types';
import { count, inside, list } from './words';

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
  const undecided = count(plan.filter(({ status }) => status === 'undecided').length, 'open recommendation');
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
  undecided: string,
  actions: readonly string[],
  scores: readonly string[],
): string {
  const parts: string[] = [];
  if (settles) parts.push(`Settles ${settles} of ${undecided}${may ? `, may settle ${may} more` : ''}.`);
  else if (may) parts.push(`May settle ${may} of ${undecided}.`);
  else if (actions.length) {
    const labels = actions.map((action) => inside(core.actions.get(action)!.label));
    const shown = labels.length > 2 ? [...labels.slice(0, 2), `${labels.length - 2} more`] : labels;
    parts.push(`Bears on ${list(shown, 'and')}.`);
  }
  if (scores.length) parts.push(`An item of ${list(scores.map((score) => core.scores.get(score)!.score.label), 'and')}.`);
  return parts.join(' ');
}
