/** The evaluator for pages without Python; the twin of `casebook.inference.assessment`. */

import { questionsOf } from './asking';
import { Core, FindingError, type State } from './core';
import { createExplainer } from './explain';
import { linesOf } from './first_line';
import { scoreOf } from './scores';
import { planOf, shown, statesOf } from './triage';
import type { Assessment, Engine, Knowledge, Line } from './types';
import { read, stateOf, validate } from './validation';

export { FindingError };

export function createEngine(knowledge: Knowledge): Engine {
  const core = new Core(knowledge);
  return {
    knowledge,
    holds: (root, findings) => read(core, findings).state.truth(root),
    assess: (findings) => assessed(stateOf(core, findings)),
    validate: (findings) => validate(core, findings),
    explain: createExplainer(core),
  };
}

function assessed(state: State): Assessment {
  const { core } = state;
  const states = statesOf(state);
  let lines: readonly Line[] | undefined;
  return {
    state: shown(states[0]!),
    // Derived only where it is read, like what is asked next.
    get first_line() {
      return (lines ??= linesOf(state, states));
    },
    scores: Object.fromEntries([...core.scores].map(([id, score]) => [id, scoreOf(state, score)])),
    plan: planOf(state),
    get ask_next() {
      return questionsOf(state).map(({ finding, why }) => ({ finding, why }));
    },
    knowledge: core.knowledge.version,
  };
}
