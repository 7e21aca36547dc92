/** The argument for and against one action: each rule that speaks of it; the twin of `casebook.explain.argument`. */

import type { Comparison, Maybe } from '../conditions';
import { type Core, FindingError } from '../core';
import { message } from '../messages';
import { rank, speaksFor, truth } from '../plan';
import type { Argument, Clause, Findings, LeafArgument, Rule, RuleArgument, Tree, Word } from '../types';
import { withNearest, written } from '../offered';
import {
  backed, extent, few, inside, list, optionWord, optionWords, outcomeArguments, outcomeWords, standing, standingArguments,
} from '../words';

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
  if (!plan) throw new FindingError(withNearest(message('error-no-action', { id: written(action) }), action, [...core.actions.keys()]));
  const entry = plan.entry(state);
  const is = (tree: Tree) => truth(tree, state, core.compiler);

  // Comparisons

  const labelOf = (tree: Comparison) =>
    'score' in tree ? core.scores.get(tree.score)!.score.label : core.vocabulary.get(tree.finding)!.label;
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
    const given = { subject: labelOf(tree), wanted: wantedWords(tree), here: here(tree) };
    const text = message(wanted ? 'argument-leaf' : 'argument-leaf-not', given);
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
    const [needed, ...more] = needs(first.clause.when);
    const outcome = outcomeArguments(first.clause.then[action]!);
    const wished = message('argument-wish', { sources: by, conditions: needed!, ...outcome });
    return [[wished, ...more.map((conditions) => message('argument-wish-also', { conditions }))].join(' ')];
  }

  /** In words what of a condition is not met yet; each choice by itself, as no sentence bears two. */
  function needs(tree: Tree): string[] {
    if (typeof tree === 'boolean' || !('all' in tree)) return [asked(tree, true).text];
    const open = tree.all.filter((part) => is(part) !== true);
    const every = open.map((part) => asked(part, true, open.length > 1));
    const named = every.length > TOLD + 1 ? every.slice(0, TOLD) : every;
    const others = named.filter(({ choice }) => !choice).map(({ text }) => text);
    const more = every.length - named.length;
    if (more) others.push(message('condition-more-all', { count: more }));
    const choices = named.filter(({ choice }) => choice).map(({ text }) => text);
    return others.length ? [list(others, 'and'), ...choices] : choices;
  }

  /** In words what of a condition is not met yet, and whether the text begins a choice. */
  function asked(tree: Tree, wanted: boolean, nested = false): { text: string; choice: boolean } {
    if (typeof tree === 'boolean') return { text: '', choice: false };
    if ('not' in tree) return asked(tree.not, !wanted, nested);
    if ('term' in tree)
      return { text: message(wanted ? 'condition-term' : 'condition-term-not', { term: tree.label }), choice: false };
    if ('finding' in tree || 'score' in tree) {
      const subject = 'score' in tree ? labelOf(tree) : inside(labelOf(tree));
      const given = { subject, options: wantedWords(tree) };
      return { text: message(wanted ? 'condition-is' : 'condition-is-not', given), choice: false };
    }
    const open = ('all' in tree ? tree.all : tree.any).filter((part) => is(part) !== wanted);
    const parts = open.map((part) => asked(part, wanted, open.length > 1));
    const words = parts.map(({ text }) => text);
    const choice = parts[0]!.choice;
    if ('all' in tree === wanted) return { text: list(fewConditions(words, 'all'), 'and'), choice };
    const text = list(fewConditions(words, 'any'), 'or');
    return nested && words.length > 1
      ? { text: message('condition-either', { conditions: text }), choice: true }
      : { text, choice };
  }

  const inFavour = side(true);
  const against = side(false);
  const stands = entry?.status === 'decided' && speaksFor(entry.stance);
  const wished = stands ? [] : wish();
  const sentences = [message('argument-now', { label: core.actions.get(action)!.label, ...standingArguments(entry ?? null) })];
  for (const [titles, name] of [[holding(inFavour), 'for'], [holding(against), 'against']] as const) {
    sentences.push(...titles.slice(0, TOLD).map((title) => message(`argument-side-${name}`, { rule: inside(title) })));
    const more = titles.length - TOLD;
    if (more > 0) sentences.push(message(`argument-more-${name}`, { count: more }));
  }
  if (entry?.depends_on.length) {
    const labels = entry.depends_on.map((id) => inside(core.vocabulary.get(id)!.label));
    sentences.push(message('argument-depends', { findings: list(few(labels, TOLD), 'and') }));
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

/** At most a few conditions, the others counted. */
function fewConditions(words: readonly string[], of: 'all' | 'any'): readonly string[] {
  if (words.length <= TOLD + 1) return words;
  return [...words.slice(0, TOLD), message(`condition-more-${of}`, { count: words.length - TOLD })];
}
