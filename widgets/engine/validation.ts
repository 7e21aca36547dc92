/** Findings as they are offered: what the vocabulary has of them, and what is wrong with the rest. */

import { type Core, FindingError, memoised, State } from './core';
import { message } from './messages';
import { insteadOf, withNearest, written } from './offered';
import type { Contradiction, Finding, Findings, Item, Refusal, Validation, Value } from './types';
import { list } from './words';

/** What is wrong with findings, and the state of those that could be read. */
interface Read extends Validation {
  readonly state: State;
}

/** Findings without errors that are memoised whole: one change asks for the same two of them many times. */
const RECENT = 8;

const recent = memoised((_: Core) => new Map<string, Read>());

/** The state of findings that a patient can have; throws `FindingError`. */
export function stateOf(core: Core, offered: Findings): State {
  const { errors, contradictions, state } = read(core, offered);
  if (errors[0]) throw new FindingError(errors[0]);
  if (contradictions[0]) throw new FindingError(contradictions.map(({ text }) => text).join('\n'));
  return state;
}

/** Keeps what the vocabulary has, and says of the rest what is wrong with it. */
export function validate(core: Core, offered: Readonly<Record<string, unknown>>): Validation {
  const { findings, errors, contradictions } = read(core, offered);
  return { findings, errors, contradictions };
}

/** What can be read of findings, and what is wrong with them. */
export function read(core: Core, offered: Readonly<Record<string, unknown>>): Read {
  const memo = recent(core);
  const key = Object.entries(offered).map(([id, value]) => `${id} ${typeof value} ${String(value)}`).join('|');
  const known = memo.get(key);
  if (known) return known;
  const findings: Record<string, Value> = {};
  const errors: string[] = [];
  for (const [id, value] of Object.entries(offered)) {
    const finding = core.vocabulary.get(id);
    if (!finding) errors.push(unknownFinding(core, id));
    else if (value !== null && value !== undefined) {
      const option = optionOf(finding, value);
      const what = () => message('error-finding-option', { id, offered: written(value) });
      if (option === undefined) errors.push(notAnOption(what(), finding, value));
      else findings[id] = option;
    }
  }
  const state = new State(core, findings);
  const result = { findings, errors, contradictions: contradictionsIn(state), state };
  // An error names the value, of which the key has only the type.
  if (errors.length) return result;
  if (memo.size === RECENT) memo.delete(memo.keys().next().value!);
  memo.set(key, result);
  return result;
}

/** The option that a value stands for, if it is one. */
export function optionOf({ options }: Finding | Item, value: unknown): Value | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return options.find((option) => String(option.id) === String(value))?.id;
}

/** Every contradiction between findings. */
function contradictionsIn(state: State): Refusal[] {
  const { core, findings } = state;
  return core.knowledge.contradictions
    .filter(({ when }) => state.applies(when))
    .map((each) => {
      const sides = sidesOf(each, state);
      return { id: each.id, findings: sides, text: contradicted(core, findings, sides, each.text) };
    });
}

/** The findings that contradict each other in a state. */
function sidesOf({ leaves }: Contradiction, { core, values }: State): string[] {
  const here = leaves
    .map(([finding, ...options]) => ({ id: core.knowledge.findings[finding]!.id, options }))
    .filter(({ id, options }) => options.includes(values[core.variableOf.get(id)!]!));
  return [...new Set(here.map(({ id }) => id))];
}

// Words

function unknownFinding({ vocabulary }: Core, id: string): string {
  return withNearest(message('error-no-finding', { id: written(id) }), id, [...vocabulary.keys()], [...vocabulary.values()].map(({ label }) => label));
}

/** What is wrong with a value, and what to choose instead. */
export function notAnOption(what: string, { options }: Finding | Item, offered: unknown): string {
  return message('error-hint', { what, hint: insteadOf(offered, options.map(({ id }) => id), options.map(({ label }) => label)) });
}

function contradicted({ vocabulary }: Core, findings: Findings, sides: readonly string[], why: string): string {
  const shown = sides.map((id) =>
    message('error-contradiction-finding', { label: vocabulary.get(id)!.label, id, value: findings[id]! }),
  );
  return message('error-contradiction', { findings: list(shown, 'and'), why });
}
