/** The evaluator for pages without Python; the twin of `casebook.assessment`. */

import { questions } from './asking';
import { Compiler } from './compiler';
import { type Core, FindingError } from './core';
import { createExplainer } from './explain';
import { hintAt, insteadOf, written } from './offered';
import { ActionPlan, ordered, type State } from './plan';
import { Reach } from './reach';
import { ScoreReader, total } from './scores';
import type {
  Assessment, AskNext, Engine, Finding, Findings, Item, Knowledge, ScoreResult, Validation, Value,
} from './types';

export { FindingError };

export function createEngine(knowledge: Knowledge): Engine {
  const vocabulary = new Map(knowledge.findings.map((finding) => [finding.id, finding]));
  let compiled: Compiler | undefined;
  const compiler = () => (compiled ??= new Compiler(knowledge));
  const readers = new Map(knowledge.scores.map((score) => [score.id, new ScoreReader(score, vocabulary)]));
  const plans = new Map(
    knowledge.actions.map(({ id }) => [
      id,
      new ActionPlan(id, knowledge, compiler, (score) => readers.get(score)!.findings),
    ]),
  );
  const bands = new Map<string, Reach>();
  const core: Core = {
    knowledge,
    vocabulary,
    actions: new Map(knowledge.actions.map((action) => [action.id, action])),
    scores: readers,
    plans,
    compiler,
    bands: (score) => {
      const reach = bands.get(score) ?? new Reach(compiler(), compiler().band(score));
      bands.set(score, reach);
      return reach;
    },
    state: (offered) => {
      const { findings, errors } = validate(offered);
      if (errors[0]) throw new FindingError(errors[0]);
      return situate(findings);
    },
  };

  function situate(findings: Findings): State {
    const option = (id: string) => findings[id] ?? null;
    const place = (id: string) => {
      const value = option(id);
      return value === null ? -1 : vocabulary.get(id)!.options.findIndex((each) => each.id === value);
    };
    let values: readonly number[] | undefined;
    return {
      option,
      totals: (score) => readers.get(score)!.derive(option).totals,
      values: () => (values ??= compiler().variables.map(({ finding, item }) => (item ? -1 : place(finding)))),
    };
  }

  function assess(offered: Findings): Assessment {
    const state = core.state(offered);
    const scores = Object.fromEntries([...readers].map(([id, reader]) => [id, reader.derive(state.option).result]));
    const plan = ordered([...plans.values()].map((each) => each.entry(state)).filter((entry) => entry !== null));
    let asked: readonly AskNext[] | undefined;
    return {
      scores,
      plan,
      // Thought through only where it is read.
      get ask_next() {
        return (asked ??= questions(core, state, scores, plan).map(({ finding, why }) => ({ finding, why })));
      },
      knowledge: knowledge.version,
    };
  }

  function score(name: string, items: Readonly<Record<string, Value | null>>): ScoreResult {
    const reader = readers.get(name);
    if (!reader) {
      const names = [...readers.keys()];
      throw new FindingError(`there is no score ${written(name)}${hintAt(name, names) || `; one of ${names.join(', ')}`}`);
    }
    const known = reader.score.items.map(({ id }) => id);
    for (const id of Object.keys(items))
      if (!known.includes(id)) throw new FindingError(`${name} has no item ${written(id)}${hintAt(id, known)}`);
    const possible = reader.score.items.map((item) => choices(name, item, items[item.id] ?? null));
    const notes = reader.score.notes.filter((note) => (note.when ?? true) === true).map((note) => note.text);
    return total(reader.score, possible, notes, reader.score.items.map(() => ({}))).result;
  }

  function choices(name: string, item: Item, offered: Value | null): number[] {
    if (offered === null) return item.options.map((_, place) => place);
    const option = optionOf(item, offered);
    if (option === undefined) throw new FindingError(notAnOption(`${name} item`, item, offered));
    return [item.options.findIndex(({ id }) => id === option)];
  }

  /** Keeps what the vocabulary has, and says of the rest what is wrong with it. */
  function validate(offered: Readonly<Record<string, unknown>>): Validation {
    const findings: Record<string, Value> = {};
    const errors: string[] = [];
    for (const [id, value] of Object.entries(offered)) {
      const finding = vocabulary.get(id);
      if (!finding) errors.push(`there is no finding ${written(id)}${hintAt(id, [...vocabulary.keys()])}`);
      else if (value !== null && value !== undefined) {
        const option = optionOf(finding, value);
        if (option === undefined) errors.push(notAnOption('finding', finding, value));
        else findings[id] = option;
      }
    }
    return { findings, errors };
  }

  function* prepare(): Iterator<unknown> {
    for (const plan of plans.values()) yield plan.reach();
  }

  return { assess, score, validate, prepare, explain: createExplainer(core, assess) };
}

function optionOf({ options }: Finding | Item, value: unknown): Value | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return options.find((option) => String(option.id) === String(value))?.id;
}

function notAnOption(kind: string, { id, options }: Finding | Item, offered: unknown): string {
  return `${kind} ${id}: ${written(offered)} is not an option; ${insteadOf(offered, options.map((option) => option.id))}`;
}
