/**
 * When a question is due again, by FSRS, the scheduler with free parameters that Anki uses.
 *
 * Nothing of the schedule is stored: it is computed from the history of a question, so that a record from any version of
 * the book, and a file that was saved, gives the same days. Intervals are not randomised.
 *
 * | Answer | Rating |
 * |---|---|
 * | not correct | Again |
 * | correct, and a guess | Hard |
 * | correct, fairly sure or without a statement | Good |
 * | correct, and certain | Easy |
 */

import { FSRSAlgorithm, generatorParameters, type Grade, Rating } from 'ts-fsrs';

import { type Answer, type Confidence, type Day, day, type Progress } from './record';

/** Longest interval in days: guidelines change, and so may an answer. */
export const LONGEST = 365;

const MILLISECONDS = 86_400_000;

const RATINGS: Readonly<Record<Confidence, Grade>> = {
  guess: Rating.Hard,
  'fairly-sure': Rating.Good,
  certain: Rating.Easy,
};

const algorithm = new FSRSAlgorithm(generatorParameters({ enable_fuzz: false, maximum_interval: LONGEST }));

export interface Due {
  /** The day on which the question is due. */
  readonly on: Day;
  /** Whether the question is due now. */
  readonly now: boolean;
}

/** When a question is due again; null if it was never answered. */
export function due(history: readonly Answer[], now: Day = day()): Due | null {
  let memory: { readonly stability: number; readonly difficulty: number } | null = null;
  let last: Day | undefined;
  for (const answer of firstOfEachDay(history)) {
    memory = algorithm.next_state(memory, last === undefined ? 0 : daysBetween(last, answer.at), rating(answer));
    last = answer.at;
  }
  if (!memory || last === undefined) return null;
  const on = daysLater(last, algorithm.next_interval(memory.stability, 0));
  return { on, now: on <= now };
}

/** Those of the questions that are due now, the longest overdue first; equal ones in the order given. */
export function dueNow(questions: readonly string[], { answers }: Progress, now: Day = day()): string[] {
  return questions
    .flatMap((id) => {
      const next = due(answers[id] ?? [], now);
      return next?.now ? [{ id, on: next.on }] : [];
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .map(({ id }) => id);
}

/**
 * The answers that count, in order of their days: the first of each day.
 *
 * After it the explanation has been read, so that a later answer of the same day proves nothing.
 */
export function firstOfEachDay(history: readonly Answer[]): Answer[] {
  const first = new Map<Day, Answer>();
  for (const answer of history) if (!first.has(answer.at)) first.set(answer.at, answer);
  return [...first.values()].sort((a, b) => (a.at < b.at ? -1 : 1));
}

function rating({ right, confidence = 'fairly-sure' }: Answer): Grade {
  return right ? RATINGS[confidence] : Rating.Again;
}

function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / MILLISECONDS;
}

function daysLater(from: Day, days: number): Day {
  return new Date(Date.parse(from) + days * MILLISECONDS).toISOString().slice(0, 10);
}
