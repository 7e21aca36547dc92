/** The argument for and against one action: each rule that speaks of it; the twin of `casebook.explain.argument`. */

import type { Comparison, Maybe } from '../conditions';
import { type Core, FindingError } from '../core';
import { rank, speaksFor, truth } from '../plan';
import type { Argument, Clause, Findings, LeafArgument, Rule, RuleArgument, Tree, Word } from '../types';
import { backed, count, extent, inside, list, optionWord, optionWords, outcomeWords, said, standing } from '../words';

/** In the order in which rules are listed. */
const WORDS: readonly Word[] = ['holds', 'unknown', 'fails'];
const word = (truth: Maybe): Word => WORDS[truth === null ? 1 : truth ? 0 : 2]!;

/** Rules of a side that the words name, and conditions that a sentence names. */
const TOLD = 2;

/** A rule with its clauses on one side of an action, and the condition that one of them holds. */
interface Spoken {
  readonly rule: Rule;
  readonly clauses: readonly Clause[];
  readonly any: Tree;
}

/** Kept, because diagrams are found again by the condition itself. */
const kept = new WeakMap<Core, Map<string, Spoken[]>>();

function spoken(core: Core, action: string, inFavour: boolean): Spoken[] {
  const sides = kept.get(core) ?? new Map<string, Spoken[]>();
  kept.set(core, sides);
  const key = `${action} ${inFavour}`;
  let side = sides.get(key);
  if (!side) {
    side = core.knowledge.rules.flatMap((rule) => {
      const clauses = rule.clauses.filter(({ then }) => then[action] && speaksFor(then[action].stance) === inFavour);
      return clauses.length ? [{ rule, clauses, any: { any: clauses.map(({ when }) => when) } }] : [];
    });
    sides.set(key, side);
  }
  return side;
}

export function argument(core: Core, findings: Findings, action: string): Argument {
  const state = core.state(findings);
  const { sources } = core.knowledge;
  const plan = core.plans.get(action);
  if (!plan) throw new FindingError(`there is no action “${action}”`);
  const entry = plan.entry(state);
  const is = (tree: Tree) => truth(tree, state, core.compiler);

  // Comparisons

  const subject = (tree: Comparison) =>
    'score' in tree ? core.scores.get(tree.score)!.score.label : inside(core.vocabulary.get(tree.finding)!.label);
  const wantedWords = (tree: Comparison) =>
    'score' in tree ? extent(tree.low, tree.high) : optionWords(core.vocabulary.get(tree.finding)!, tree.in);
  const here = (tree: Comparison) => {
    if ('finding' in tree) return optionWord(core.vocabulary.get(tree.finding)!, state.option(tree.finding));
    const { low, high } = core.scores.get(tree.score)!.derive(state.option).result;
    return extent(low, high);
  };
  /** Every comparison, left to right; those under a `not` turned round. */
  function leaves(tree: Tree, wanted: boolean): LeafArgument[] {
    if (typeof tree === 'boolean') return [];
    if ('not' in tree) return leaves(tree.not, !wanted);
    if ('term' in tree) return leaves(tree.is, wanted);
    if ('all' in tree || 'any' in tree) return ('all' in tree ? tree.all : tree.any).flatMap((part) => leaves(part, wanted));
    const found = is(tree);
    const words = `${subject(tree)} is ${wantedWords(tree)}: here ${here(tree)}`;
    const text = wanted ? words.slice(0, 1).toUpperCase() + words.slice(1) : `not: ${words}`;
    const reads = 'score' in tree ? core.scores.get(tree.score)!.findings : [tree.finding];
    return [{ text, truth: word(found === null ? null : found === wanted), findings: reads }];
  }

  // Rules

  const side = (inFavour: boolean) =>
    spoken(core, action, inFavour)
      .map(
        ({ rule, clauses, any }): RuleArgument => ({
          rule: rule.id,
          truth: word(is(any)),
          clauses: clauses.map(({ when, then }) => ({
            truth: word(is(when)),
            says: outcomeWords(then[action]!),
            leaves: leaves(when, true),
          })),
        }),
      )
      .sort((a, b) => WORDS.indexOf(a.truth) - WORDS.indexOf(b.truth));

  // Words

  const titled = ({ rule }: RuleArgument) => {
    const { title, source } = core.knowledge.rules.find(({ id }) => id === rule)!;
    return backed(title, source, sources);
  };
  const holding = (rules: readonly RuleArgument[]) => rules.filter(({ truth }) => truth === 'holds').map(titled);

  /** What the strongest rule in favour that does not hold still asks. */
  function wish(): string[] {
    const [first] = spoken(core, action, true)
      .flatMap(({ rule, clauses }) => clauses.map((clause) => ({ rule, clause })))
      .filter(({ clause }) => is(clause.when) !== true)
      .sort((a, b) => rank(a.clause.then[action]!.stance) - rank(b.clause.then[action]!.stance));
    if (!first) return [];
    const by = list(first.rule.source.map(([key]) => sources[key]!.short), 'and');
    const says = said(outcomeWords(first.clause.then[action]!));
    const [needed, ...more] = needs(first.clause.when);
    const also = more.map((each) => ` It also asks that ${each}.`).join('');
    return [`By ${by}, it would be ${says} if ${needed}.${also}`];
  }

  /** In words what of a condition does not hold yet; each choice by itself, as no sentence bears two. */
  function needs(tree: Tree): string[] {
    if (typeof tree === 'boolean' || !('all' in tree)) return [asked(tree, true)];
    const open = tree.all.filter((part) => is(part) !== true);
    const words = few(open.map((part) => asked(part, true, open.length > 1)), (more) => `${more} more conditions held`);
    const choices = words.filter((each) => each.startsWith('either '));
    const others = words.filter((each) => !choices.includes(each));
    return others.length ? [list(others, 'and'), ...choices] : choices;
  }

  /** In words what of a condition does not hold yet. */
  function asked(tree: Exclude<Tree, boolean> | Tree, wanted: boolean, nested = false): string {
    if (typeof tree === 'boolean') return '';
    if ('not' in tree) return asked(tree.not, !wanted, nested);
    if ('term' in tree) return wanted ? `there were ${tree.label}` : `${tree.label} were absent`;
    if ('finding' in tree || 'score' in tree) return `${subject(tree)} were ${wanted ? '' : 'not '}${wantedWords(tree)}`;
    const open = ('all' in tree ? tree.all : tree.any).filter((part) => is(part) !== wanted);
    const words = open.map((part) => asked(part, wanted, open.length > 1));
    if ('all' in tree === wanted) return list(few(words, (more) => `${more} more conditions held`), 'and');
    const either = nested && words.length > 1 ? 'either ' : '';
    return either + list(few(words, (more) => `one of ${more} more conditions held`), 'or');
  }

  const inFavour = side(true);
  const against = side(false);
  const stands = entry?.status === 'decided' && speaksFor(entry.stance);
  const wished = stands ? [] : wish();
  const sentences = [`${core.actions.get(action)!.label} is ${said(standing(entry))}.`];
  for (const [titles, start] of [[holding(inFavour), 'For it'], [holding(against), 'Against it']] as const) {
    sentences.push(...titles.slice(0, TOLD).map((title) => `${start}: ${inside(title)}`));
    const more = titles.length - TOLD;
    if (more > 0) sentences.push(`${count(more, 'more rule')} ${more === 1 ? 'speaks' : 'speak'} ${start.toLowerCase()}.`);
  }
  if (entry?.depends_on.length) {
    const labels = entry.depends_on.map((id) => inside(core.vocabulary.get(id)!.label));
    sentences.push(`It still hangs on ${list(few(labels, (more) => `${more} more`), 'and')}.`);
  }
  return {
    action,
    standing: standing(entry),
    text: [...sentences, ...wished].join(' '),
    for: inFavour,
    against,
    in_the_way: stands ? [] : [...holding(against).slice(0, TOLD), ...wished],
  };
}

/** At most a few words, the others counted. */
function few(words: readonly string[], rest: (more: number) => string): readonly string[] {
  return words.length > TOLD + 1 ? [...words.slice(0, TOLD), rest(words.length - TOLD)] : words;
}
