/** The evaluator for pages without Python; the twin of `casebook.assessment`. */

import { questions } from './asking';
import { Compiler } from './compiler';
import { contradictionsIn } from './contradictions';
import { type Core, FindingError } from './core';
import { createExplainer } from './explain';
import { linked } from './linked';
import { message } from './messages';
import { didYouMean, insteadOf, withNearest, written } from './offered';
import { ActionPlan, ordered, type State, truth } from './plan';
import { Reach } from './reach';
import { ScoreReader, total } from './scores';
import { inEmergency, linesOf, shown, statesOf } from './triage';
import type {
  Assessment, Engine, Finding, Findings, Item, Knowledge, Line, PlanEntry, Question, ScoreResult, Validation, Value,
} from './types';

export { FindingError };

/** States that are kept whole: one change asks for the same two of them several times. */
const RECENT = 8;

export function createEngine(given: Knowledge): Engine {
  const knowledge = linked(given);
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
  const recent = new Map<string, State>();
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
      const key = Object.entries(offered).map(([id, value]) => `${id} ${typeof value} ${String(value)}`).join('|');
      let state = recent.get(key);
      if (!state) {
        const { findings, errors, contradictions } = validate(offered);
        if (errors[0]) throw new FindingError(errors[0]);
        if (contradictions[0]) throw new FindingError(contradictions.map(({ text }) => text).join('\n'));
        state = situate(findings);
        if (recent.size === RECENT) recent.delete(recent.keys().next().value!);
        recent.set(key, state);
      }
      return state;
    },
  };

  function situate(findings: Findings): State {
    const option = (id: string) => findings[id] ?? null;
    const places = knowledge.findings.map(({ id, options }) =>
      id in findings ? options.findIndex((each) => each.id === findings[id]) : -1,
    );
    let values: readonly number[] | undefined;
    let entries: ReadonlyMap<string, PlanEntry> | undefined;
    const state: State = {
      option,
      totals: (score) => readers.get(score)!.derive(option).compared,
      places,
      truths: new Map(),
      values: () => (values ??= compiler().values(places)),
      entries: () =>
        (entries ??= new Map(
          [...plans].flatMap(([id, plan]) => {
            const entry = plan.entry(state);
            return entry ? [[id, entry]] : [];
          }),
        )),
    };
    return state;
  }

  function assess(offered: Findings): Assessment {
    const state = core.state(offered);
    const scores = Object.fromEntries([...readers].map(([id, reader]) => [id, reader.derive(state.option).result]));
    const states = statesOf(core, state);
    const plan = inEmergency(core, ordered([...state.entries().values()]), states[0]!);
    let asked: readonly Question[] | undefined;
    const ask = () => (asked ??= questions(core, state, scores, plan));
    let said: readonly Line[] | undefined;
    return {
      state: shown(states[0]!),
      // Thought through only where it is read, like what is asked next.
      get first_line() {
        return (said ??= linesOf(core, states, { state, scores, ask }));
      },
      scores,
      plan,
      get ask_next() {
        return ask().map(({ finding, why }) => ({ finding, why }));
      },
      knowledge: knowledge.version,
    };
  }

  function score(name: string, items: Readonly<Record<string, Value | null>>): ScoreResult {
    const reader = readers.get(name);
    if (!reader) {
      const names = [...readers.keys()];
      const what = message('error-no-score', { id: written(name) });
      throw new FindingError(message('error-hint', { what, hint: didYouMean(name, names) }));
    }
    const known = reader.score.items.map(({ id }) => id);
    for (const id of Object.keys(items))
      if (!known.includes(id)) {
        const what = message('error-no-item', { score: name, id: written(id) });
        throw new FindingError(withNearest(what, id, known));
      }
    const possible = reader.score.items.map((item) => choices(name, item, items[item.id] ?? null));
    const notes = reader.score.notes.filter((note) => (note.when ?? true) === true).map((note) => note.text);
    return total(reader.score, possible, notes, reader.score.items.map(() => ({}))).result;
  }

  function choices(name: string, item: Item, offered: Value | null): number[] {
    if (offered === null) return item.options.map((_, place) => place);
    const option = optionOf(item, offered);
    if (option === undefined) {
      const what = message('error-item-option', { score: name, id: item.id, offered: written(offered) });
      throw new FindingError(notAnOption(what, item, offered));
    }
    return [item.options.findIndex(({ id }) => id === option)];
  }

  /** Keeps what the vocabulary has, and says of the rest what is wrong with it. */
  function validate(offered: Readonly<Record<string, unknown>>): Validation {
    const findings: Record<string, Value> = {};
    const errors: string[] = [];
    for (const [id, value] of Object.entries(offered)) {
      const finding = vocabulary.get(id);
      if (!finding) errors.push(withNearest(message('error-no-finding', { id: written(id) }), id, [...vocabulary.keys()]));
      else if (value !== null && value !== undefined) {
        const option = optionOf(finding, value);
        const what = () => message('error-finding-option', { id, offered: written(value) });
        if (option === undefined) errors.push(notAnOption(what(), finding, value));
        else findings[id] = option;
      }
    }
    return { findings, errors, contradictions: contradictionsIn(knowledge, findings, vocabulary) };
  }

  function holds(when: Parameters<typeof truth>[0], offered: Findings): boolean | null {
    return truth(when, situate(validate(offered).findings), compiler);
  }

  function* prepare(): Iterator<unknown> {
    for (const plan of plans.values()) yield plan.reach();
  }

  return { knowledge, holds, assess, score, validate, prepare, explain: createExplainer(core, assess) };
}

function optionOf({ options }: Finding | Item, value: unknown): Value | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return options.find((option) => String(option.id) === String(value))?.id;
}

function notAnOption(what: string, { options }: Finding | Item, offered: unknown): string {
  return message('error-hint', { what, hint: insteadOf(offered, options.map((option) => option.id)) });
}
