/** What is settled, what is open, and which finding settles most; the twin of `casebook.explain.openness`. */

import type { Core } from '../core';
import type { OpenPoints, PlanEntry, Question } from '../types';
import { count, inside } from '../words';

export function openPoints(core: Core, plan: readonly PlanEntry[], ask: readonly Question[]): OpenPoints {
  const decided = plan.filter(({ status }) => status === 'decided').map(({ action }) => action);
  const undecided = plan
    .filter(({ status }) => status === 'undecided')
    .map(({ action, depends_on }) => ({ action, depends_on }));
  const are = (number: number) => (number === 1 ? 'is' : 'are');
  const open = undecided.length
    ? ` and ${undecided.length} ${are(undecided.length)} open.`
    : ', and none is open.';
  let text = `${count(decided.length, 'recommendation')} ${are(decided.length)} decided${open}`;
  if (ask[0]) text += ` Ask first about ${inside(core.vocabulary.get(ask[0].finding)!.label)}.`;
  return { decided, undecided, ask, text };
}
