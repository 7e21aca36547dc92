/** The evaluator for pages without Python; the twin of `casebook.assessment`. */

import { evaluate } from './conditions';
import { Compiler } from './compiler';
import { ActionPlan, ordered, type State, truth, urgentOn } from './plan';
import { ScoreReader, total } from './scores';
import type {
  Assessment, AskNext, Engine, Finding, Findings, Item, Knowledge, PlanEntry, ScoreResult, Trace, Tree, Truth, Validation, Value,
} from './types';
import { inside, list } from './words';

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
    if (errors.length) throw new FindingError(errors.join('\n'));
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
      parts.push(`bears on ${list(words.length <= 2 ? words : [...words.slice(0, 2), `${words.length - 2} more`], 'and')}`);
    }
    if (scores.length) parts.push(`is an item of ${list(scores.map((score) => labels.get(score)!), 'and')}`);
    const text = parts.join('; ');
    return text.slice(0, 1).toUpperCase() + text.slice(1);
  }

  function score(name: string, items: Readonly<Record<string, Value | null>>): ScoreResult {
    const reader = readers.get(name);
    if (!reader) throw new FindingError(`there is no score “${name}”`);
    const known = new Map(reader.score.items.map((item) => [item.id, item]));
    for (const id of Object.keys(items)) if (!known.has(id)) throw new FindingError(`${name} has no item “${id}”`);
    const possible = reader.score.items.map((item) => choices(item, items[item.id] ?? null));
    const notes = reader.score.notes.filter((note) => (note.when ?? true) === true).map((note) => note.text);
    return total(reader.score, possible, notes, reader.score.items.map(() => ({}))).result;
  }

  function choices(item: Item, offered: Value | null): number[] {
    const places = item.options.map((_, place) => place);
    if (offered === null) return places;
    const place = item.options.findIndex((option) => String(option.id) === String(offered));
    if (place < 0) throw new FindingError(`${item.id} has no option “${offered}”`);
    return [place];
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
      if (!finding) errors.push(`there is no finding “${id}”`);
      else if (value !== null && value !== undefined) {
        const option = optionOf(finding, value);
        if (option === undefined) errors.push(`${finding.label}: “${String(value)}” is not an option`);
        else findings[id] = option;
      }
    }
    return { findings, errors };
  }

  function* prepare(): Iterator<unknown> {
    for (const plan of plans) yield plan.prepare();
  }

  return { assess, score, trace, validate, prepare };
}

function optionOf(finding: Finding, value: unknown): Value | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return finding.options.find((option) => String(option.id) === String(value))?.id;
}
