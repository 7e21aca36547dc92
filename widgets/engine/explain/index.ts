/** Reasoning that a reader can see: why, what would change it, what to ask, and how firm it is. */

import type { Core } from '../core';
import type { Engine, Explainer } from '../types';
import { questions } from '../asking';
import { argument } from './argument';
import { changed } from './change';
import { closest } from './closest';
import { disagreements } from './disagreement';
import { firmness } from './firmness';
import { openPoints } from './openness';

/** Each answer is the JSON that the function of that name in `casebook.explain` gives. */
export function createExplainer(core: Core, assess: Engine['assess']): Explainer {
  return {
    changed: (before, after) => changed(core, before, after),
    argument: (findings, action) => argument(core, findings, action),
    closest: (findings, target, changes = 2, reported = []) => closest(core, findings, target, changes, reported),
    openPoints: (findings) => {
      const { plan, scores } = assess(findings);
      return openPoints(core, plan, questions(core, core.state(findings), scores, plan));
    },
    firmness: (findings) => firmness(core, findings),
    disagreements: (findings) => disagreements(core, findings),
  };
}
