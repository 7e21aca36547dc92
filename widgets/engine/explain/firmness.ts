/** How firm a result is: what changes if one finding is read one step differently; the twin of `casebook.explain.firmness`. */

import { contradictionsIn } from '../contradictions';
import type { Core } from '../core';
import { message } from '../messages';
import type { Finding, FindingFirmness, Findings, Firmness, Value } from '../types';
import { cited, inside, list, optionWords } from '../words';

/** Findings that the summary names. */
const MOST = 3;

export function firmness(core: Core, given: Findings): Firmness {
  const state = core.state(given);
  const values = state.values();
  const scores = new Map([...core.scores.keys()].map((id) => [id, core.bands(id)]));
  const actions = new Map([...core.plans].map(([id, plan]) => [id, plan.reach()]));

  const findings = core.knowledge.findings.flatMap((finding, place): FindingFirmness[] => {
    const value = state.option(finding.id);
    if (value === null) return [];
    const steps = stepsFrom(finding, value).filter((step) => !contradicts(core, given, finding.id, step));
    const places = steps.map((step) => finding.options.findIndex(({ id }) => id === step));
    const variable = core.compiler().known[place]!;
    /** The ids of which the ends change at some step. */
    const moved = (reaches: typeof scores, decided: boolean) =>
      [...reaches].filter(([, reach]) => reach.moves(values, variable, places, decided)).map(([id]) => id);
    // What is not yet decided stands as it did until it is.
    const found = { scores: moved(scores, false), actions: moved(actions, true) };
    const agreement = agreementOn(core, finding.id);
    const sentences = [
      steps.length ? consequence(core, optionWords(finding, steps), found.scores, found.actions) : message('sensitivity-fixed'),
      ...(agreement ? [message('sensitivity-agreement', agreement.figures)] : []),
    ];
    return [{ finding: finding.id, steps, agreement: agreement?.json ?? null, ...found, text: sentences.join(' ') }];
  });
  const fragile = findings.filter(({ scores, actions }) => scores.length || actions.length).length;
  return { findings, text: summary(core, findings, fragile), firm: findings.length - fragile, fragile };
}

/** Whether another option of one finding would contradict the others. */
function contradicts({ knowledge, vocabulary }: Core, findings: Findings, id: string, option: Value): boolean {
  return contradictionsIn(knowledge, { ...findings, [id]: option }, vocabulary).length > 0;
}

/** The options one step from another: its neighbours in the order, else all others. */
function stepsFrom({ options, order = [] }: Finding, value: Value): Value[] {
  const all = options.map(({ id }) => id);
  const along = order === 'all' ? all : order;
  const place = along.indexOf(value);
  return all.filter((id) => (place < 0 ? id !== value : Math.abs(along.indexOf(id) - place) === 1 && along.includes(id)));
}

function agreementOn(core: Core, finding: string) {
  for (const { score } of core.scores.values())
    for (const { id, reads, agreement } of score.items)
      if (agreement && reads.includes(finding)) {
        const { statistic, value, source } = agreement;
        return {
          json: { statistic, value: Number(value), score: score.id, item: id, source },
          figures: { statistic, value: String(value), sources: cited(source, core.knowledge.sources) },
        };
      }
  return undefined;
}

function consequence(core: Core, options: string, scores: readonly string[], actions: readonly string[]): string {
  if (!scores.length && !actions.length) return message('sensitivity-nothing', { options });
  if (!scores.length) return message('sensitivity-actions', { options, actions: actions.length });
  const labels = list(scores.map((id) => core.scores.get(id)!.score.label), 'and');
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
