/** The smallest changes of findings that change one target; the twin of `casebook.explain.counterfactuals`. */

import { type Core, FindingError, type Result, type State } from '../core';
import { message } from '../messages';
import { withNearest, written } from '../offered';
import { rank } from '../plan';
import { type Change, type Reach, reachOf } from '../reach';
import type { Closest, Condition, Flip, Outcome, Score } from '../types';
import { anyIf, inside, list, optionWords, outcomeArguments, outcomeWords, UNDECIDED } from '../words';

/** Single changes that one sentence names. */
const MOST_NAMED = 2;

/** What is asked, and in which words it is answered. */
interface Asked {
  readonly state: State;
  readonly label: string;
  readonly score: Score | undefined;
  readonly reported: readonly string[];
}

/** A result, and every smallest set of changes that gives it. */
interface Found extends Flip {
  readonly result: Result;
}

export function closest(state: State, target: string, changes: 1 | 2 | 3, reported: readonly string[]): Closest {
  const { core } = state;
  const score = core.scores.get(target);
  const named = score ?? core.actions.get(target);
  if (!named) throw new FindingError(noTarget(core, target));
  const asked = { state, label: named.label, score, reported };
  const reach = reachOf(core, target);
  const { decided, opened } = reach.flips(state, changes);
  const counts = Array<number>(changes).fill(0);
  for (const set of [...decided.values()].flat())
    counts[set.length - 1]! += set.reduce((size, [finding, option]) => size * reach.classes[finding]![option]!.length, 1);
  const inOrder = score ? byBand : byOutcome;
  const words = (result: Result) => resultWords(score, result);
  const found = [...decided.keys()]
    .sort(inOrder)
    .map((result): Found => ({ result, to: words(result), sets: merged(core, reach, decided.get(result)!) }));
  const open: Flip = { to: message('outcome-name', UNDECIDED), sets: merged(core, reach, opened) };
  const standing = reach.now(state).sort(inOrder).map(words);
  const flips = [...found.map(({ to, sets }) => ({ to, sets })), ...(open.sets.length ? [open] : [])];
  return { target, standing, flips, text: inWords(asked, changes, found, open, standing.length === 1), counts };
}

function byBand(a: Result, b: Result): number {
  return Number(a === null) - Number(b === null) || (a as number) - (b as number);
}

function byOutcome(a: Result, b: Result): number {
  const [one, other] = [a, b] as (Outcome | null)[];
  if (!one || !other) return Number(!one) - Number(!other);
  return (
    rank(one.stance) - rank(other.stance) ||
    (one.within_hours ?? 1e9) - (other.within_hours ?? 1e9) ||
    ((one.side ?? '') < (other.side ?? '') ? -1 : 1)
  );
}

/** Sets of changes, those that differ in the options of one finding only as one. */
function merged(core: Core, reach: Reach, sets: readonly (readonly Change[])[]): Condition[][] {
  const grouped = new Map<string, number[][]>();
  for (const set of sets) {
    const key = set.map(([finding]) => finding).join();
    grouped.set(key, [...(grouped.get(key) ?? []), set.map(([, option]) => option)]);
  }
  const conditions = (findings: readonly number[], product: readonly (readonly number[])[]) =>
    findings.map((finding, index): Condition => {
      const { options, id } = core.vocabulary.get(core.findingOf[reach.variables[finding]!]!)!;
      const chosen = product[index]!.flatMap((each) => reach.classes[finding]![each]!).sort((a, b) => a - b);
      return { finding: id, options: chosen.map((option) => options[option]!.id) };
    });
  return [...grouped]
    .map(([key, chosen]) => ({ findings: key.split(',').map(Number), chosen }))
    .sort((a, b) => a.findings.length - b.findings.length || ascending(a.findings, b.findings))
    .flatMap(({ findings, chosen }) => products(chosen).map((product) => conditions(findings, product)));
}

function ascending(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((each, at) => each !== b[at]);
  return index < 0 ? 0 : a[index]! - b[index]!;
}

/** Products of option classes that together are exactly `chosen`: those with the same rest joined, and so on inward. */
function products(chosen: readonly (readonly number[])[]): number[][][] {
  const rest = new Map<number, number[][]>();
  for (const [first, ...others] of [...chosen].sort(ascending)) rest.set(first!, [...(rest.get(first!) ?? []), others]);
  if (chosen[0]!.length === 1) return [[[...rest.keys()]]];
  const joined = new Map<string, { inners: number[][][]; firsts: number[] }>();
  for (const [first, others] of rest) {
    const inners = products(others);
    const key = JSON.stringify(inners);
    const same = joined.get(key);
    if (same) same.firsts.push(first);
    else joined.set(key, { inners, firsts: [first] });
  }
  return [...joined.values()].flatMap(({ inners, firsts }) => inners.map((inner) => [firsts, ...inner]));
}

// Words

function noTarget({ actions, scores }: Core, target: string): string {
  return withNearest(message('error-no-target', { id: written(target) }), target, [...actions.keys(), ...scores.keys()]);
}

function resultWords(score: Score | undefined, result: Result): string {
  if (!score) return outcomeWords(result as Outcome | null);
  return result === null ? message('score-not_applicable') : score.bands[result as number]!.label;
}

function inWords(asked: Asked, changes: number, found: readonly Found[], opened: Flip, settled: boolean): string {
  const sentences = found.flatMap((flip) => singly(asked, flip, (conditions) => becomes(asked, flip, conditions)));
  const decided = sentences.length > 0;
  const opening = singly(asked, opened, (conditions) => opens(asked, conditions));
  const single = decided ? 'further' : 'single';
  const differs = !decided && (opening.length > 0 || (opened.sets.length > 0 && !found.length));
  const none = message('counterfactual-none', {
    extent: found.length || changes === 1 ? single : changes === 2 ? 'two' : 'three',
    effect: differs ? 'differs' : settled ? 'changes' : 'decides',
    label: inside(asked.label),
  });
  sentences.push(...opening, none);
  for (let size = 2; size <= changes; size++)
    for (const flip of found) {
      const [first, second, ...more] = ways(asked, flip, size);
      if (first) sentences.push(becomes(asked, flip, first, size));
      if (!second) continue;
      const given = { conditions: second, count: more.length };
      sentences.push(more.length ? message('counterfactual-also-more', given) : also(second));
    }
  return sentences.join(' ');
}

/** The single changes that lead to a result, a few in each sentence. */
function singly(asked: Asked, flip: Flip, first: (conditions: string) => string): string[] {
  const singles = ways(asked, flip, 1);
  const sentences: string[] = [];
  for (let index = 0; index < singles.length; index += MOST_NAMED) {
    const conditions = anyIf(singles.slice(index, index + MOST_NAMED));
    sentences.push(index ? also(conditions) : first(conditions));
  }
  return sentences;
}

/** The sets of so many changes, each in words. */
function ways(asked: Asked, { sets }: Flip, size: number): string[] {
  const named = (set: readonly Condition[]) => list(set.map((each) => conditionWords(asked, each)), 'and');
  return sets.filter((set) => set.length === size).map(named);
}

function conditionWords({ state, reported }: Asked, condition: Condition): string {
  const finding = state.core.vocabulary.get(condition.finding)!;
  const others = finding.options.length - 1;
  const every = state.option(finding.id) !== null && others > 2 && condition.options.length === others;
  const name = inside(finding.label);
  return message('counterfactual-condition', {
    finding: reported.includes(finding.id) ? message('counterfactual-reported', { finding: name }) : name,
    options: every ? message('counterfactual-anything') : optionWords(finding, condition.options),
  });
}

function also(conditions: string): string {
  return message('counterfactual-also', { conditions });
}

/** What leads to a result; with more than one change, how many. */
function becomes({ label, score }: Asked, { result, to }: Found, conditions: string, changes = 1): string {
  if (score) {
    const given = { label, band: to, conditions };
    return changes === 1
      ? message('counterfactual-score', given)
      : message('counterfactual-together-score', { ...given, changes });
  }
  const given = { conditions, ...outcomeArguments(result as Outcome | null) };
  return changes === 1
    ? message('counterfactual-action', { label, ...given })
    : message('counterfactual-together-action', { label: inside(label), changes, ...given });
}

/** What leaves the target open that is decided now. */
function opens({ label, score }: Asked, conditions: string): string {
  return score
    ? message('counterfactual-score-opens', { label, conditions })
    : message('counterfactual-action', { label, conditions, ...UNDECIDED });
}
