/** The evaluator for pages without Python; the twin of `casebook.inference.assessment`. */

import { questionsOf } from './asking';
import { Core, FindingError, State } from './core';
import { createExplainer } from './explain';
import { linesOf } from './first_line';
import { message } from './messages';
import { didYouMean, withNearest, written } from './offered';
import { added, scoreOf } from './scores';
import { planOf, shown, statesOf } from './triage';
import type { Assessment, Engine, Item, Knowledge, Line, ScoreResult, Value } from './types';
import { notAnOption, optionOf, stateOf, validate } from './validation';

export { FindingError };

export function createEngine(knowledge: Knowledge): Engine {
  const core = new Core(knowledge);
  return {
    knowledge,
    holds: (root, findings) => new State(core, validate(core, findings).findings).truth(root),
    assess: (findings) => assessed(stateOf(core, findings)),
    score: (name, items) => scoreGiven(core, name, items),
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

/** A score of item options that are given directly; what is missing is unknown. */
function scoreGiven(core: Core, name: string, items: Readonly<Record<string, Value | null>>): ScoreResult {
  const score = core.scores.get(name);
  if (!score) throw new FindingError(noScore([...core.scores.keys()], name));
  const known = score.items.map(({ id }) => id);
  for (const id of Object.keys(items)) if (!known.includes(id)) throw new FindingError(noItem(name, score.items, id));
  return added(score, score.items.map((item) => possibleOptions(name, item, items[item.id] ?? null)));
}

function possibleOptions(score: string, item: Item, offered: Value | null): number[] {
  if (offered === null) return item.options.map((_, index) => index);
  const option = optionOf(item, offered);
  if (option === undefined) throw new FindingError(noOption(score, item, offered));
  return [item.options.findIndex(({ id }) => id === option)];
}

// Words

function noScore(names: readonly string[], name: string): string {
  return message('error-hint', { what: message('error-no-score', { id: written(name) }), hint: didYouMean(name, names) });
}

function noItem(score: string, items: readonly Item[], id: string): string {
  const [names, labels] = [items.map((item) => item.id), items.map((item) => item.label)];
  return withNearest(message('error-no-item', { score, id: written(id) }), id, names, labels);
}

function noOption(score: string, item: Item, offered: Value): string {
  return notAnOption(message('error-item-option', { score, id: item.id, offered: written(offered) }), item, offered);
}
