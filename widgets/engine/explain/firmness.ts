/** How firm a result is: what changes if one finding is read one step differently; the twin of `casebook.explain.firmness`. */

import { contradictionsIn } from '../contradictions';
import type { Core } from '../core';
import type { Finding, FindingFirmness, Findings, Firmness, Value } from '../types';
import { cited, count, inside, list, optionWords } from '../words';

/** Findings that the summary names. */
const MOST = 3;

const ALONE = 'No other reading fits the other findings.';

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
    let text = steps.length
      ? `One step away (${optionWords(finding, steps)}), ${consequence(core, found.scores, found.actions)}.`
      : ALONE;
    if (agreement) text += ` Agreement between observers: ${agreement.words}.`;
    return [{ finding: finding.id, steps, agreement: agreement?.json ?? null, ...found, text }];
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
          words: `${statistic} ${value} ${cited(source, core.knowledge.sources)}`,
        };
      }
  return undefined;
}

function consequence(core: Core, scores: readonly string[], actions: readonly string[]): string {
  const parts: string[] = [];
  if (scores.length) {
    const labels = list(scores.map((id) => core.scores.get(id)!.score.label), 'and');
    parts.push(`${labels} ${scores.length === 1 ? 'changes its band' : 'change their bands'}`);
  }
  if (actions.length)
    parts.push(`${count(actions.length, 'recommendation')} ${actions.length === 1 ? 'changes' : 'change'}`);
  return parts.join(' and ') || 'nothing changes';
}

function summary(core: Core, findings: readonly FindingFirmness[], fragile: number): string {
  if (!findings.length) return 'No finding is assessed.';
  const would = 'would change a band or the plan if read one step differently.';
  if (!fragile) return `No finding ${would}`;
  const weighty = findings
    .filter(({ actions }) => actions.length)
    .sort((a, b) => b.actions.length - a.actions.length)
    .slice(0, MOST)
    .map(({ finding }) => inside(core.vocabulary.get(finding)!.label));
  const most = weighty.length ? ` The plan hangs most on ${list(weighty, 'and')}.` : '';
  return `${fragile} of ${count(findings.length, 'finding')} ${would}${most}`;
}
