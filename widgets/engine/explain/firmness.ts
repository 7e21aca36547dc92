/** How firm a result is if one finding is read one step differently; the twin of `casebook.explain.sensitivity`. */

import { type Core, State } from '../core';
import { message } from '../messages';
import { reachOf } from '../reach';
import type { Finding, FindingFirmness, Firmness, Value } from '../types';
import { cited, inside, list, optionWords } from '../words';

/** Findings that the summary names. */
const MOST = 3;

export function firmness(state: State): Firmness {
  const { core } = state;
  const findings = core.knowledge.findings.flatMap((finding): FindingFirmness[] => {
    const value = state.option(finding.id);
    if (value === null) return [];
    const steps = stepsFrom(finding, value).filter((step) => !contradicts(state, finding.id, step));
    const options = steps.map((step) => finding.options.findIndex(({ id }) => id === step));
    const variable = core.variableOf.get(finding.id)!;
    /** The ids of which the results change at some step. */
    const moved = (targets: Iterable<string>, decided: boolean) =>
      [...targets].filter((id) => reachOf(core, id).moves(state, variable, options, decided));
    // What is not yet decided stays undecided until it is.
    const found = { scores: moved(core.scores.keys(), false), actions: moved(core.actions.keys(), true) };
    const agreement = agreementOn(core, finding.id);
    const text = inWords(core, finding, steps, found, agreement);
    return [{ finding: finding.id, steps, agreement: agreement?.json ?? null, ...found, text }];
  });
  const fragile = findings.filter(({ scores, actions }) => scores.length || actions.length).length;
  return { findings, text: summary(core, findings, fragile), firm: findings.length - fragile, fragile };
}

/** Whether another option of one finding would contradict the others. */
function contradicts({ core, findings }: State, id: string, option: Value): boolean {
  const other = new State(core, { ...findings, [id]: option });
  return core.knowledge.contradictions.some(({ when }) => other.applies(when));
}

/** The options one step from another: its neighbours in the order, else all others. */
function stepsFrom({ options, order = [] }: Finding, value: Value): Value[] {
  const all = options.map(({ id }) => id);
  const along = order === 'all' ? all : order;
  const index = along.indexOf(value);
  return all.filter((id) => (index < 0 ? id !== value : Math.abs(along.indexOf(id) - index) === 1 && along.includes(id)));
}

function agreementOn(core: Core, finding: string) {
  for (const score of core.scores.values())
    for (const { id, reads, agreement } of score.items)
      if (agreement && reads.includes(finding)) {
        const { statistic, value, source } = agreement;
        return {
          json: { statistic, value: Number(value), score: score.id, item: id, source },
          figures: { statistic, value, sources: cited(source, core.knowledge.sources) },
        };
      }
  return undefined;
}

// Words

function inWords(
  core: Core,
  finding: Finding,
  steps: readonly Value[],
  { scores, actions }: Pick<FindingFirmness, 'scores' | 'actions'>,
  agreement: ReturnType<typeof agreementOn>,
): string {
  const text = steps.length
    ? consequence(core, optionWords(finding, steps), scores, actions)
    : message('sensitivity-fixed');
  return agreement ? `${text} ${message('sensitivity-agreement', agreement.figures)}` : text;
}

function consequence(core: Core, options: string, scores: readonly string[], actions: readonly string[]): string {
  if (!scores.length && !actions.length) return message('sensitivity-nothing', { options });
  if (!scores.length) return message('sensitivity-actions', { options, actions: actions.length });
  const labels = list(scores.map((id) => core.scores.get(id)!.label), 'and');
  const bands = { options, count: scores.length, scores: labels };
  return actions.length
    ? message('sensitivity-both', { ...bands, actions: actions.length })
    : message('sensitivity-scores', bands);
}

function summary(core: Core, findings: readonly FindingFirmness[], fragile: number): string {
  if (!findings.length) return message('sensitivity-none-assessed');
  if (!fragile) return message('sensitivity-none-fragile');
  const text = message('sensitivity-fragile', { fragile, count: findings.length });
  const weighty = findings
    .filter(({ actions }) => actions.length)
    .sort((a, b) => b.actions.length - a.actions.length)
    .slice(0, MOST)
    .map(({ finding }) => inside(core.vocabulary.get(finding)!.label));
  return weighty.length ? `${text} ${message('sensitivity-most', { findings: list(weighty, 'and') })}` : text;
}
