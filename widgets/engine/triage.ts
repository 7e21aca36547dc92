/** The state of a patient that is said first, and the sentences that say it; the twin of `casebook.triage`. */

import type { Maybe } from './conditions';
import type { Core } from './core';
import { speaksFor, type State, truth, urgentOn } from './plan';
import type { Asked, Conditional, Line, PatientState, PlanEntry, Question, ScoreResult, Sentence, Tree } from './types';
import { extent, inside, list, optionWord, sentence, within } from './words';

/** Findings that the line asks for. */
const MOST_ASKED = 3;

/** What the first line is made of besides the plan: a state, its scores, and the open findings, the most useful first. */
export interface Patient {
  readonly state: State;
  readonly scores: Readonly<Record<string, ScoreResult>>;
  readonly ask: () => readonly Question[];
}

/** A state as the reader meets its name: whatever is not ruled out, it is open. */
export function shown(state: string): string {
  return state.startsWith('open') ? 'open' : state;
}

/**
 * The states that are said of a patient, the first of them first.
 *
 * An emergency that is decided, else one that is presumed because a red flag is recorded, else the first other state
 * that is decided. "open" stands before it, or alone, where something worse is still possible.
 */
export function statesOf(core: Core, state: State): readonly string[] {
  const { states, call, red_flag: redFlag } = core.knowledge.emergencies;
  const is = (tree: Tree) => truth(tree, state, core.compiler);
  const entries = state.entries();
  const truths = new Map<string, Maybe>();
  // The states that follow from others have no condition of their own.
  for (const { id, when } of states) if (when !== undefined) truths.set(id, is(when));
  if (truths.get('compressed')) return ['compressed'];
  if (truths.get('unexplained') || isDecided(entries.get(call), 'emergency')) return ['unexplained'];
  const urgent = [...entries.values()].some(({ possible }) => possible[0] === 'emergency');
  if (urgent && is(redFlag)) return ['presumed'];
  const decided = [...truths.keys()].find((id) => truths.get(id));
  const parted = truths.get('parted') !== false;
  const threat = [...truths].some(([id, holds]) => holds === null && id !== 'parted');
  const open = urgent ? 'open' : threat && decided === undefined ? 'open_nerves' : 'open_instability';
  if (decided === undefined) return [urgent || threat || parted ? open : 'none'];
  const worse = truths.get('compressed') === null || truths.get('unexplained') === null;
  return worse || (decided === 'look_again' && parted) ? [open, decided] : [decided];
}

/**
 * The entries of a plan as they are listed in a state of the patient.
 *
 * In an emergency what saves the nerves and is in favour whatever is still unknown comes first, in its own order, and
 * what waits until they are safe comes after all else that is decided in favour.
 */
export function inEmergency(core: Core, plan: readonly PlanEntry[], state: string): readonly PlanEntry[] {
  const { states, order, later } = core.knowledge.emergencies;
  if (states.find(({ id }) => id === state)?.level !== 'emergency') return plan;
  const place = (entry: PlanEntry) => {
    const first = order.indexOf(entry.action);
    if (first >= 0 && isDecided(entry, 'at_least')) return first;
    return isDecided(entry, 'in_favour') ? order.length + Number(later.actions.includes(entry.action)) : Infinity;
  };
  const placed = plan.map((entry) => ({ entry, at: place(entry) }));
  // Two entries that stand nowhere are equal, and their difference is no number.
  return placed.sort((a, b) => a.at - b.at || 0).map(({ entry }) => entry);
}

/** The line of each state that is said. */
export function linesOf(core: Core, states: readonly string[], patient: Patient): readonly Line[] {
  const { states: known } = core.knowledge.emergencies;
  return states.map((id, place) =>
    lineOf(core, known.find((each) => each.id === id)!, patient, place === states.length - 1),
  );
}

function lineOf(core: Core, given: PatientState, { state, scores, ask }: Patient, last: boolean): Line {
  const { knowledge, vocabulary } = core;
  const { signs, states, added } = knowledge.emergencies;
  const entries = state.entries();
  const is = (tree: Tree) => truth(tree, state, core.compiler) === true;
  const applies = ({ when = true, unless = false }: Conditional) => is(when) && !is(unless);

  /** The sentence as it is said of the patient, or nothing. */
  function said(one: Sentence): string {
    const planned = Object.entries(one.plan ?? {}).every(([action, asked]) => isDecided(entries.get(action), asked));
    if ((one.alone && !last) || !planned || !applies(one)) return '';
    if (one.first) return firstOf(one.first);
    const words = filled(one.text ?? '', one.asks ?? []);
    return words && sentence(words);
  }

  function firstOf([one, ...others]: readonly Sentence[]): string {
    return one ? said(one) || firstOf(others) : '';
  }

  /** A text with its placeholders filled, or "" where one of them has no value. */
  function filled(text: string, asks: readonly string[]): string {
    let lacks = false;
    const words = text.replace(/\{([a-z_ ]+)\}/g, (_, name: string) => {
      const word = value(name, asks);
      lacks ||= !word;
      return word;
    });
    return lacks ? '' : words;
  }

  function value(name: string, asks: readonly string[]): string {
    const [what, of] = name.split(' of ');
    if (what === 'signs') return list(signs.filter(applies).map(({ text }) => text), 'and');
    if (what === 'asks') return asked(asks);
    if (what === 'time') {
      const chosen = of ? [entries.get(of)] : [...entries.values()];
      const hours = chosen.flatMap((entry) => (isDecided(entry, 'in_favour') && entry!.within_hours) || []);
      return hours.length ? within(Math.min(...hours)) : '';
    }
    if (what === 'score') return extent(scores[of!]!.low, scores[of!]!.high);
    const option = state.option(name);
    return option === null ? '' : optionWord(vocabulary.get(name)!, option);
  }

  /** The findings that decide, in the order in which they are worth asking for. */
  function asked(actions: readonly string[]): string {
    const emergency = () => [...entries.values()].flatMap((entry) => urgentOn.get(entry) ?? []);
    let wanted = new Set(actions.length ? actions.flatMap((action) => entries.get(action)?.depends_on ?? []) : emergency());
    if (!actions.length && !wanted.size)
      wanted = new Set(states.flatMap(({ when }) => (when === undefined ? [] : [...openFindings(core, when, state)])));
    const labels = ask()
      .filter(({ finding }) => wanted.has(finding))
      .map(({ finding }) => inside(vocabulary.get(finding)!.label));
    return list(labels.slice(0, MOST_ASKED), 'and');
  }

  const extra = last ? added.map(said) : [];
  const parts: string[] = [];
  const sentences = given.sentences.length ? given.sentences : (states.find(({ id }) => id === given.like)?.sentences ?? []);
  for (const one of sentences) {
    if (one.added) parts.push(...extra.splice(0));
    parts.push(said(one));
  }
  parts.push(...extra);
  // What the switches say that are recorded.
  if (last) parts.push(...knowledge.switches.filter(({ when }) => is(when)).map(({ text }) => filled(text, [])));
  return {
    state: shown(given.id),
    level: given.level,
    lead: said(given.lead),
    text: parts.filter(Boolean).join(' '),
  };
}

/** The findings on which a condition still depends. */
function openFindings(core: Core, tree: Tree, state: State): Set<string> {
  const compiler = core.compiler();
  const { diagrams, variables } = compiler;
  const support = diagrams.support(compiler.condition(tree), state.values());
  return new Set([...support].map((place) => variables[place]!.finding));
}

/** Whether an entry is decided as a sentence asks; without an entry there is no emergency. */
function isDecided(entry: PlanEntry | undefined, asked: Asked): boolean {
  if (!entry) return asked === 'not_emergency';
  if (asked === 'at_least' && entry.at_least) return true;
  if (entry.status === 'undecided') return false;
  if (asked === 'in_favour' || asked === 'at_least') return speaksFor(entry.stance);
  if (asked === 'recommended') return entry.stance === 'emergency' || entry.stance === 'recommended';
  return (entry.stance === 'emergency') === (asked === 'emergency');
}
