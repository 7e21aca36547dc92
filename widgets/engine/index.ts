/** The evaluator for pages without Python; the twin of `casebook.assessment`. */

import { evaluate } from './conditions';
import { Compiler } from './compiler';
import { hintAt, insteadOf, written } from './offered';
import { ActionPlan, ordered, type State, truth, urgentOn } from './plan';
import { ScoreReader, total } from './scores';
import type {
  Assessment, AskNext, Engine, Finding, Findings, Item, Knowledge, PlanEntry, ScoreResult, Trace, Tree, Truth, Validation, Value,
} from './types';

/** An id or a value that the vocabulary does not have. */
export class FindingError extends Error {
  override readonly name = 'FindingError';
}

const WORDS = new Map<boolean | null, Truth>([[true, 'true'], [false, 'false'], [null, 'undetermined']]);

export function createEngine(knowledge: Knowledge): Engine {
  const vocabulary = new Map(knowledge.findings.map((finding) => [finding.id, finding]));
  const position = new Map(knowledge.findings.map((finding, place) => [finding.id, place]));
  let compiled: Compiler | undefined;
  const compiler = () => (compiled ??= new Compiler(knowledge));
  const readers = new Map(knowledge.scores.map((score) => [score.id, new ScoreReader(score, vocabulary)]));
  const plans = knowledge.actions.map(
    (action) => new ActionPlan(action.id, knowledge, compiler, (score) => readers.get(score)!.findings),
  );
  const labels = new Map([...knowledge.actions, ...knowledge.scores].map(({ id, label }) => [id, label]));

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

  function assess(offered: Readonly<Record<string, unknown>>): Assessment {
    const { findings, errors } = validate(offered);
    if (errors[0]) throw new FindingError(errors[0]);
    const state = situate(findings);
    const scores = Object.fromEntries([...readers].map(([id, reader]) => [id, reader.derive(state.option).result]));
    const plan = ordered(plans.map((each) => each.entry(state)).filter((entry) => entry !== null));
    return { scores, plan, ask_next: askNext(findings, scores, plan), knowledge: knowledge.version };
  }

  function askNext(findings: Findings, scores: Readonly<Record<string, ScoreResult>>, plan: readonly PlanEntry[]): AskNext[] {
    const actions = new Map<string, string[]>();
    const urgent = new Map<string, number>();
    for (const entry of plan)
      for (const id of entry.depends_on)
        if (!(id in findings)) {
          actions.set(id, [...(actions.get(id) ?? []), entry.action]);
          urgent.set(id, (urgent.get(id) ?? 0) + Number(urgentOn.get(entry)?.includes(id) ?? false));
        }
    const items = new Map<string, string[]>();
    for (const [score, { items: results }] of Object.entries(scores))
      for (const item of results)
        if (item.option === null)
          for (const [id, value] of Object.entries(item.from ?? {}))
            if (value === null) items.set(id, [...(items.get(id) ?? []), score]);
    const count = (map: Map<string, string[]>, id: string) => map.get(id)?.length ?? 0;
    return [...new Set([...actions.keys(), ...items.keys()])]
      .sort(
        (a, b) =>
          (urgent.get(b) ?? 0) - (urgent.get(a) ?? 0) ||
          count(actions, b) - count(actions, a) ||
          count(items, b) - count(items, a) ||
          position.get(a)! - position.get(b)!,
      )
      .map((finding) => ({ finding, why: why(actions.get(finding) ?? [], items.get(finding) ?? []) }));
  }

  function why(actions: readonly string[], scores: readonly string[]): string {
    const parts: string[] = [];
    if (actions.length) {
      const words = actions.map((action) => inside(labels.get(action)!));
      parts.push(`bears on ${listed(words.length <= 2 ? words : [...words.slice(0, 2), `${words.length - 2} more`])}`);
    }
    if (scores.length) parts.push(`is an item of ${listed(scores.map((score) => labels.get(score)!))}`);
    const text = parts.join('; ');
    return text.slice(0, 1).toUpperCase() + text.slice(1);
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

  function trace(offered: Findings): Trace {
    const state = situate(validate(offered).findings);
    const word = (truths: readonly (boolean | null)[]): Truth =>
      WORDS.get(truths.includes(true) ? true : truths.includes(null) ? null : false)!;
    const ask = (tree: Tree) => truth(tree, state, compiler);
    return {
      rules: Object.fromEntries(knowledge.rules.map(({ id, clauses }) => [id, word(clauses.map(({ when }) => ask(when)))])),
      conflicts: Object.fromEntries(knowledge.conflicts.map(({ id, when }) => [id, word([ask(when)])])),
      leaf: (tree) => WORDS.get(evaluate(tree, state))!,
    };
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

  return { assess, score, trace, validate };
}

function optionOf({ options }: Finding | Item, value: unknown): Value | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return options.find((option) => String(option.id) === String(value))?.id;
}

function notAnOption(kind: string, { id, options }: Finding | Item, offered: unknown): string {
  return `${kind} ${id}: ${written(offered)} is not an option; ${insteadOf(offered, options.map((option) => option.id))}`;
}

/** A label as it stands inside a sentence. */
function inside(label: string): string {
  const start = label.slice(0, 2);
  return /\p{L}/u.test(start) && start === start.toUpperCase() ? label : label.slice(0, 1).toLowerCase() + label.slice(1);
}

function listed(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
