/** Reasoning that a reader can see: why, what would change it, what to ask, and how firm it is. */

import type { Core } from '../core';
import type { Explainer } from '../types';
import { stateOf } from '../validation';
import { argument } from './argument';
import { changed } from './change';
import { closest } from './closest';
import { disagreements } from './disagreement';
import { firmness } from './firmness';
import { openPoints } from './openness';

/** Each answer is the JSON that the function of that name in `casebook.explain` gives. */
export function createExplainer(core: Core): Explainer {
  return {
    changed: (before, after) => changed(stateOf(core, before), stateOf(core, after)),
    argument: (findings, action) => argument(stateOf(core, findings), action),
    closest: (findings, target, changes = 2, reported = []) => closest(stateOf(core, findings), target, changes, reported),
    openPoints: (findings) => openPoints(stateOf(core, findings)),
    firmness: (findings) => firmness(stateOf(core, findings)),
    disagreements: (findings) => disagreements(stateOf(core, findings)),
  };
}
