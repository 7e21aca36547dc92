/** Which finding to assess next: what each answer would settle; the twin of `casebook.inference.next_question`. */

import { type Core, memoised, type State } from './core';
import { message } from './messages';
import { urgentOn } from './plan';
import { reachOf } from './reach';
import { scoreOf } from './scores';
import { planOf } from './triage';
import type { Question } from './types';
import { few, inside, list } from './words';

/** Actions that a question names. */
const MOST_NAMED = 2;

/** The questions that are open in a state, those on which an emergency depends first. */
export const questionsOf = memoised((state: State): readonly Question[] => {
  const { core } = state;
  const undecided = planOf(state).filter(({ status }) => status === 'undecided');
  const open = [...core.scores.values()].flatMap((score) =>
    scoreOf(state, score).items.flatMap(({ option, from }) =>
      option === null ? Object.keys(from!).map((finding) => ({ finding, label: score.label })) : [],
    ),
  );
  return core.knowledge.findings
    .filter(({ id }) => state.option(id) === null)
    .flatMap(({ id }) => {
      const entries = undecided.filter((entry) => entry.depends_on.includes(id));
      const scores = open.filter(({ finding }) => finding === id).map(({ label }) => label);
      if (!entries.length && !scores.length) return [];
      const variable = core.variableOf.get(id)!;
      const answers = entries.map(({ action }) => reachOf(core, action).settledBy(state, variable));
      const settles = answers.filter(([every]) => every).length;
      const may = answers.filter(([every, some]) => some && !every).length;
      const urgent = entries.filter((entry) => urgentOn.get(entry)?.includes(id)).length;
      const actions = entries.map(({ action }) => action);
      const question = { finding: id, settles, may, why: why(core, settles, may, undecided.length, actions, scores) };
      return [{ question, order: [urgent, settles, may, scores.length] }];
    })
    .sort((a, b) => b.order.map((each, at) => each - a.order[at]!).find((difference) => difference) ?? 0)
    .map(({ question }) => question);
});

// Words

function why(
  core: Core,
  decides: number,
  may: number,
  undecided: number,
  actions: readonly string[],
  scores: readonly string[],
): string {
  const parts: string[] = [];
  if (decides && may) parts.push(message('question-decides-may', { decides, may, undecided }));
  else if (decides) parts.push(message('question-decides', { decides, undecided }));
  else if (may) parts.push(message('question-may', { may, undecided }));
  else if (actions.length) {
    const labels = actions.map((action) => inside(core.actions.get(action)!.label));
    parts.push(message('question-affects', { actions: list(few(labels, MOST_NAMED), 'and') }));
  }
  if (scores.length) parts.push(message('question-scores', { scores: list(scores, 'and') }));
  return parts.join(' ');
}
