/** Reasoning that a reader can see: why, what would change it, what to ask, and how firm it is. */

import type { Core } from '../core';
import { message } from '../messages';
import type { Explainer } from '../types';
import { stateOf } from '../validation';
import type { argument } from './argument';
import type { changed } from './change';
import type { closest } from './closest';
import { disagreements } from './disagreement';
import type { firmness } from './firmness';
import type { openPoints } from './openness';

/** What a page loads only after it is live (`widgets/entries/details.ts`). */
interface Later {
  readonly changed: typeof changed;
  readonly argument: typeof argument;
  readonly closest: typeof closest;
  readonly firmness: typeof firmness;
  readonly openPoints: typeof openPoints;
}

export const later: Partial<Later> = {};

function fetched<Name extends keyof Later>(name: Name): Later[Name] {
  const explain = later[name];
  if (!explain) throw new Error(message('explorer-texts-missing'));
  return explain as Later[Name];
}

/** Each answer is the JSON that the function of that name in `casebook.explain` gives. */
export function createExplainer(core: Core): Explainer {
  return {
    changed: (before, after) => fetched('changed')(stateOf(core, before), stateOf(core, after)),
    argument: (findings, action) => fetched('argument')(stateOf(core, findings), action),
    closest: (findings, target, changes = 2, reported = []) =>
      fetched('closest')(stateOf(core, findings), target, changes, reported),
    openPoints: (findings) => fetched('openPoints')(stateOf(core, findings)),
    firmness: (findings) => fetched('firmness')(stateOf(core, findings)),
    disagreements: (findings) => disagreements(stateOf(core, findings)),
  };
}
