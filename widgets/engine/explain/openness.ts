/** What is decided, what is open, and which finding decides most; the twin of `casebook.explain.open_questions`. */

import { questionsOf } from '../asking';
import type { State } from '../core';
import { message } from '../messages';
import { planOf } from '../triage';
import type { OpenPoints } from '../types';
import { inside } from '../words';

export function openPoints(state: State): OpenPoints {
  const plan = planOf(state);
  const decided = plan.filter(({ status }) => status === 'decided').map(({ action }) => action);
  const undecided = plan
    .filter(({ status }) => status === 'undecided')
    .map(({ action, depends_on }) => ({ action, depends_on }));
  const ask = questionsOf(state);
  const sentences = [message('open-summary', { decided: decided.length, undecided: undecided.length })];
  const first = ask[0] && state.core.vocabulary.get(ask[0].finding)!;
  if (first) sentences.push(message('open-ask', { finding: inside(first.label) }));
  return { decided, undecided, ask, text: sentences.join(' ') };
}
