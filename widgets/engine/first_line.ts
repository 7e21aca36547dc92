/** The sentences that say the state of a patient first; the twin of `casebook.inference.triage`. */

import { questionsOf } from './asking';
import type { State } from './core';
import { entriesOf, urgentOn } from './plan';
import { scoreOf } from './scores';
import { isDecided, shown } from './triage';
import type { Conditional, Line, PatientState, Sentence } from './types';
import { extent, inside, list, optionWord, sentence, within } from './words';

/** Findings that the line asks for. */
const MOST_ASKED = 3;

/** The line of each state that is said. */
export function linesOf(state: State, states: readonly string[]): readonly Line[] {
  const { states: known } = state.core.knowledge.emergencies;
  return states.map((id, index) => lineOf(state, known.find((each) => each.id === id)!, index === states.length - 1));
}

function lineOf(state: State, given: PatientState, last: boolean): Line {
  const { knowledge, vocabulary, scores } = state.core;
  const { signs, states, added } = knowledge.emergencies;
  const entries = entriesOf(state);
  const applies = ({ when }: Conditional) => state.applies(when);

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
    if (what === 'score') {
      const { low, high } = scoreOf(state, scores.get(of!)!);
      return extent(low, high);
    }
    const option = state.option(name);
    return option === null ? '' : optionWord(vocabulary.get(name)!, option);
  }

  /** The findings that decide, in the order in which they are worth asking for. */
  function asked(actions: readonly string[]): string {
    const emergency = () => [...entries.values()].flatMap((entry) => urgentOn.get(entry) ?? []);
    let wanted = new Set(actions.length ? actions.flatMap((action) => entries.get(action)?.depends_on ?? []) : emergency());
    if (!actions.length && !wanted.size)
      wanted = new Set(states.flatMap(({ when }) => (when === undefined ? [] : state.support(when))));
    const labels = questionsOf(state)
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
  if (last) parts.push(...knowledge.switches.filter(({ when }) => state.truth(when)).map(({ text }) => filled(text, [])));
  return {
    state: shown(given.id),
    level: given.level,
    lead: said(given.lead),
    text: parts.filter(Boolean).join(' '),
  };
}
