/** The smallest changes of findings that move one target; the twin of `casebook.explain.closest`. */

import type { End } from '../compiler';
import { type Core, FindingError } from '../core';
import { message } from '../messages';
import { withNearest, written } from '../offered';
import { rank } from '../plan';
import type { Change } from '../reach';
import type { Closest, Condition, Findings, Flip, Outcome } from '../types';
import { anyIf, inside, list, optionWords, outcomeArguments, outcomeWords, UNDECIDED } from '../words';

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
  if (!score && !plan) {
    const targets = [...core.actions.keys(), ...core.scores.keys()];
    throw new FindingError(withNearest(message('error-no-target', { id: written(target) }), target, targets));
  }
  const label = score ? score.label : core.actions.get(target)!.label;
  const reach = score ? core.bands(target) : plan!.reach();
  const { variables } = core.compiler();
  const values = state.values();

  const words = (end: End) =>
    score ? (score.bands.find(({ id }) => id === end)?.label ?? message('score-not_applicable')) : outcomeWords(end as Outcome | null);
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
  const ends = [...found.decided.keys()].sort(inOrder);
  const flips = ends.map((end): Flip => ({ to: words(end), sets: merged(found.decided.get(end)!) }));
  const opened: Flip = { to: message('outcome-name', UNDECIDED), sets: merged(found.opened) };
  const standing = reach.now(values).sort(inOrder);

  // Words

  const settled = standing.length === 1;
  const is = (condition: Condition): string => {
    const finding = core.vocabulary.get(condition.finding)!;
    const now = state.option(finding.id);
    const others = finding.options.length - 1;
    const every = now !== null && others > 2 && condition.options.length === others;
    const name = inside(finding.label);
    return message('counterfactual-condition', {
      finding: reported.includes(finding.id) ? message('counterfactual-reported', { finding: name }) : name,
      options: every ? message('counterfactual-anything') : optionWords(finding, condition.options),
    });
  };
  const ways = ({ sets }: Flip, size: number) =>
    sets.filter((set) => set.length === size).map((set) => list(set.map(is), 'and'));
  /** The single changes of a flip, a few in each text. */
  const fewSingles = (flip: Flip): string[] => {
    const singles = ways(flip, 1);
    const texts: string[] = [];
    for (let index = 0; index < singles.length; index += TOLD) texts.push(anyIf(singles.slice(index, index + TOLD)));
    return texts;
  };
  const also = (conditions: string) => message('counterfactual-also', { conditions });
  /** What leads to an end; with more than one change, how many. */
  const becomes = (end: End, conditions: string, size = 1): string => {
    if (score) {
      const given = { label, band: words(end), conditions };
      return size === 1
        ? message('counterfactual-score', given)
        : message('counterfactual-together-score', { ...given, changes: size });
    }
    const given = { conditions, ...outcomeArguments(end as Outcome | null) };
    return size === 1
      ? message('counterfactual-action', { label, ...given })
      : message('counterfactual-together-action', { label: inside(label), changes: size, ...given });
  };
  const singly = (flip: Flip, end: End): string[] => {
    const [first, ...more] = fewSingles(flip);
    return first === undefined ? [] : [becomes(end, first), ...more.map(also)];
  };
  /** Every single change after which the target is no longer decided. */
  const opens = (): string[] => {
    const [first, ...more] = fewSingles(opened);
    if (first === undefined) return [];
    const start = score
      ? message('counterfactual-score-opens', { label, conditions: first })
      : message('counterfactual-action', { label, conditions: first, ...UNDECIDED });
    return [start, ...more.map(also)];
  };

  function text(): string {
    const sentences = flips.flatMap((flip, index) => singly(flip, ends[index]!));
    const decided = sentences.length > 0;
    const opening = opens();
    const single = decided ? 'further' : 'single';
    const differs = !decided && (opening.length > 0 || (opened.sets.length > 0 && !flips.length));
    const none = message('counterfactual-none', {
      extent: flips.length || changes === 1 ? single : changes === 2 ? 'two' : 'three',
      effect: differs ? 'differs' : settled ? 'changes' : 'decides',
      label: inside(label),
    });
    sentences.push(...opening, none);
    for (let size = 2; size <= changes; size++)
      flips.forEach((flip, index) => {
        const [first, second, ...more] = ways(flip, size);
        if (first) sentences.push(becomes(ends[index]!, first, size));
        if (!second) return;
        const given = { conditions: second, count: more.length };
        sentences.push(more.length ? message('counterfactual-also-more', given) : also(second));
      });
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
