/** The smallest changes of findings that move one target; the twin of `casebook.explain.closest`. */

import type { End } from '../compiler';
import { type Core, FindingError } from '../core';
import { rank } from '../plan';
import type { Change } from '../reach';
import type { Closest, Condition, Findings, Flip, Outcome } from '../types';
import { count, inside, list, NOT_APPLICABLE, OPEN, optionWords, outcomeWords, said } from '../words';

const NUMBERS = ['', 'one', 'two', 'three'];

/** Single changes that one sentence names. */
const TOLD = 2;

export function closest(
  core: Core,
  findings: Findings,
  target: string,
  changes: 1 | 2 | 3,
  reported: readonly string[],
): Closest {
  const state = core.state(findings);
  const score = core.scores.get(target)?.score;
  const plan = core.plans.get(target);
  if (!score && !plan) throw new FindingError(`there is no action or score “${target}”`);
  const label = score ? score.label : core.actions.get(target)!.label;
  const reach = score ? core.bands(target) : plan!.reach();
  const { variables } = core.compiler();
  const values = state.values();

  const words = (end: End) =>
    score ? (score.bands.find(({ id }) => id === end)?.label ?? NOT_APPLICABLE) : outcomeWords(end as Outcome | null);
  const bandOf = (end: End) => score!.bands.findIndex(({ id }) => id === end);
  const inOrder = (a: End, b: End): number => {
    if (score) return Number(a === null) - Number(b === null) || bandOf(a) - bandOf(b);
    const [one, other] = [a, b] as (Outcome | null)[];
    if (!one || !other) return Number(!one) - Number(!other);
    return (
      rank(one.stance) - rank(other.stance) ||
      (one.within_hours ?? 1e9) - (other.within_hours ?? 1e9) ||
      ((one.side ?? '') < (other.side ?? '') ? -1 : 1)
    );
  };
  const conditions = (places: readonly number[], product: readonly (readonly number[])[]) =>
    places.map((place, part): Condition => {
      const { options, id } = core.vocabulary.get(variables[reach.variables[place]!]!.finding)!;
      const chosen = product[part]!.flatMap((each) => reach.classes[place]![each]!).sort((a, b) => a - b);
      return { finding: id, options: chosen.map((option) => options[option]!.id) };
    });

  const merged = (sets: readonly (readonly Change[])[]): Condition[][] => {
    const grouped = new Map<string, number[][]>();
    for (const set of sets) {
      const key = set.map(([index]) => index).join();
      const chosen = set.map(([, place]) => place);
      const same = grouped.get(key);
      if (same) same.push(chosen);
      else grouped.set(key, [chosen]);
    }
    return [...grouped]
      .map(([key, chosen]) => ({ places: key.split(',').map(Number), chosen }))
      .sort((a, b) => a.places.length - b.places.length || ascending(a.places, b.places))
      .flatMap(({ places, chosen }) => products(chosen).map((product) => conditions(places, product)));
  };

  const found = reach.flips(values, changes);
  const counts = Array<number>(changes).fill(0);
  for (const set of [...found.decided.values()].flat())
    counts[set.length - 1]! += set.reduce((size, [index, place]) => size * reach.classes[index]![place]!.length, 1);
  const flips = [...found.decided.keys()]
    .sort(inOrder)
    .map((end): Flip => ({ to: words(end), sets: merged(found.decided.get(end)!) }));
  const opened: Flip = { to: OPEN, sets: merged(found.opened) };
  const standing = reach.now(values).sort(inOrder);

  // Words

  const settled = standing.length === 1;
  const becomes = ({ to }: Flip) => `${settled ? 'becomes' : 'is settled as'} ${said(to)}`;
  const is = (condition: Condition): string => {
    const finding = core.vocabulary.get(condition.finding)!;
    const now = state.option(finding.id);
    const others = finding.options.length - 1;
    const every = now !== null && others > 2 && condition.options.length === others;
    const name = `${inside(finding.label)}${reported.includes(finding.id) ? ' (reported)' : ''}`;
    return `${name} is ${every ? 'anything else' : optionWords(finding, condition.options)}`;
  };
  const ways = ({ sets }: Flip, size: number) =>
    sets.filter((set) => set.length === size).map((set) => list(set.map(is), 'and'));
  const singly = (start: string, flip: Flip): string[] => {
    const singles = ways(flip, 1);
    const sentences: string[] = [];
    for (let place = 0; place < singles.length; place += TOLD)
      sentences.push(`${place ? 'The same follows' : start} if ${singles.slice(place, place + TOLD).join(', or if ')}.`);
    return sentences;
  };

  function text(): string {
    const sentences = flips.flatMap((flip) => singly(`${label} ${becomes(flip)}`, flip));
    const decided = sentences.length > 0;
    const noLonger = score ? 'is no longer in one band' : 'is no longer decided';
    const opening = singly(`${decided ? 'It' : label} ${noLonger}`, opened);
    let moves = settled ? 'moves' : 'settles';
    if (decided) moves += ' it';
    else if (opening.length) moves = 'settles it otherwise';
    else if (opened.sets.length && !flips.length) moves = `settles ${inside(label)} otherwise`;
    else moves += ` ${inside(label)}`;
    sentences.push(...opening);
    if (!flips.length && changes > 1) sentences.push(`No change of up to ${NUMBERS[changes]} of its findings ${moves}.`);
    else sentences.push(`No ${decided ? 'other ' : ''}single change ${moves}.`);
    for (let size = 2; size <= changes; size++)
      for (const flip of flips) {
        const [first, second, ...more] = ways(flip, size);
        if (first) sentences.push(`With ${NUMBERS[size]} changes, it ${becomes(flip)} if ${first}.`);
        const rest = more.length ? `, and in ${count(more.length, 'more way')}` : '';
        if (second) sentences.push(`The same follows if ${second}${rest}.`);
      }
    return sentences.join(' ');
  }

  const every = opened.sets.length ? [...flips, opened] : flips;
  return { target, standing: standing.map(words), flips: every, text: text(), counts };
}

function ascending(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((each, at) => each !== b[at]);
  return place < 0 ? 0 : a[place]! - b[place]!;
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
