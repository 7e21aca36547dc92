/** What is settled, what is open, and which finding settles most; the twin of `casebook.explain.openness`. */

import type { Core } from '../core';
import { message } from '../messages';
import type { OpenPoints, PlanEntry, Question } from '../types';
import { inside } from '../words';

export function openPoints(core: Core, plan: readonly PlanEntry[], ask: readonly Question[]): OpenPoints {
  const decided = plan.filter(({ status }) => status === 'decided').map(({ action }) => action);
  const undecided = plan
    .filter(({ status }) => status === 'undecided')
    .map(({ action, depends_on }) => ({ action, depends_on }));
  const sentences = [message('open-summary', { decided: decided.length, undecided: undecided.length })];
  if (ask[0]) sentences.push(message('open-ask', { finding: inside(core.vocabulary.get(ask[0].finding)!.label) }));
  return { decided, undecided, ask, text: sentences.join(' ') };
}
