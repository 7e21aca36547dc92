/** The argument for and against one action: each rule on it; the twin of `casebook.explain.argument`. */

import { type Core, FindingError, type Maybe, type RecommendedClause, type State } from '../core';
import { message } from '../messages';
import { withNearest, written } from '../offered';
import { entriesOf, inFavour, rank } from '../plan';
import { scoreOf } from '../scores';
import type { Node } from '../table';
import type { Argument, ClauseArgument, LeafArgument, Part, PlanEntry, Ref, Rule, RuleArgument, Word } from '../types';
import {
  backed, extent, few, inside, list, optionWord, optionWords, outcomeArguments, outcomeWords, standing, standingArguments,
} from '../words';

/** In the order in which rules are listed. */
const WORDS: readonly Word[] = ['holds', 'unknown', 'fails'];
const word = (truth: Maybe): Word => WORDS[truth === null ? 1 : truth ? 0 : 2]!;

/** Rules of a side that the text names, and conditions that a sentence names. */
const MOST_NAMED = 2;

/** What a condition compares, and whether that is so. */
interface Comparison {
  readonly label: string;
  /** The label as it is written inside a sentence. */
  readonly inside: string;
  readonly wanted: string;
  readonly here: string;
  readonly findings: readonly string[];
}

export function argument(state: State, id: string): Argument {
  const { core } = state;
  const recommended = core.recommended.get(id);
  if (!recommended) throw new FindingError(noAction(core, id));
  const entry = entriesOf(state).get(id) ?? null;
  const action = core.knowledge.actions.indexOf(recommended.action);
  const [favourable, unfavourable] = [0, 1].map((side) => {
    const clauses = recommended.clauses.filter(({ outcome }) => inFavour(outcome.stance) === (side === 0));
    return sideOf(state, clauses, core.knowledge.conditions?.sides[action]?.[side]);
  }) as [RuleArgument[], RuleArgument[]];
  const stands = entry?.status === 'decided' && inFavour(entry.stance);
  const wished = stands ? [] : wish(state, recommended.clauses.filter(({ outcome }) => inFavour(outcome.stance)));
  const holding = [favourable, unfavourable].map((rules) =>
    rules.filter(({ truth }) => truth === 'holds').map(({ rule }) => titled(core, core.rules.get(rule)!)),
  ) as [string[], string[]];
  return {
    action: id,
    standing: standing(entry),
    text: inWords(core, id, entry, holding, wished),
    for: favourable,
    against: unfavourable,
    in_the_way: stands ? [] : [...holding[1].slice(0, MOST_NAMED), ...wished],
  };
}

/** The rules on one side of an action, with the roots of that side: those that are true, then those that may be, then the others. */
function sideOf(state: State, clauses: readonly RecommendedClause[], roots: readonly Node[] | undefined): RuleArgument[] {
  const rules = [...new Set(clauses.map(({ rule }) => rule))];
  return rules
    .map((rule, index): RuleArgument => ({
      rule: rule.id,
      truth: word(roots ? state.core.parts.only(roots[index]!, state.values) : null),
      clauses: clauses.filter((each) => each.rule === rule).map((clause) => clauseArgument(state, clause)),
    }))
    .sort((a, b) => WORDS.indexOf(a.truth) - WORDS.indexOf(b.truth));
}

function clauseArgument(state: State, clause: RecommendedClause): ClauseArgument {
  const leaves = leavesOf(state, conditionOf(state.core, clause), true);
  return { truth: word(state.truth(clause.when)), says: outcomeWords(clause.outcome), leaves };
}

/** The condition of a clause; none until the conditions are here. */
function conditionOf({ knowledge }: Core, { index: [rule, clause] }: RecommendedClause): Ref {
  return knowledge.conditions?.clauses[rule]?.[clause] ?? true;
}

/** Whether a condition is true; each part of one has its own root. */
function truthOf(state: State, ref: Ref): Maybe {
  if (typeof ref === 'boolean') return ref;
  const { roots, leaves } = state.core.knowledge.conditions!;
  if (ref < 0) return state.core.parts.only(roots[-1 - ref]!, state.values);
  const [finding, ...options] = leaves[ref]!;
  const option = state.values[state.core.variableOf.get(state.core.knowledge.findings[finding]!.id)!]!;
  return option < 0 ? null : options.includes(option);
}

/** The condition that others are part of, if it is one. */
function partOf({ core }: State, ref: Ref): Part | undefined {
  return typeof ref === 'number' ? core.knowledge.conditions!.parts[-1 - ref] : undefined;
}

/** What a leaf, or the range of a score, compares; nothing of what has parts. */
function comparisonOf(state: State, ref: number): Comparison | null {
  const { core } = state;
  const { findings, scores, conditions } = core.knowledge;
  if (ref >= 0) {
    const [index, ...options] = conditions!.leaves[ref]!;
    const finding = findings[index]!;
    const wanted = optionWords(finding, options.map((option) => finding.options[option]!.id));
    const here = optionWord(finding, state.option(finding.id));
    return { label: finding.label, inside: inside(finding.label), wanted, here, findings: [finding.id] };
  }
  const [kind, index, low, high] = conditions!.parts[-1 - ref]!;
  if (kind !== '#') return null;
  const score = scores[index]!;
  const result = scoreOf(state, score);
  const { label, reads } = score;
  return { label, inside: label, wanted: extent(low, high), here: extent(result.low, result.high), findings: reads };
}

/** Every comparison, left to right; those under a `not` turned round. */
function leavesOf(state: State, ref: Ref, wanted: boolean): LeafArgument[] {
  if (typeof ref === 'boolean') return [];
  const comparison = comparisonOf(state, ref);
  if (comparison) {
    const truth = truthOf(state, ref);
    const text = comparisonText(comparison, wanted);
    return [{ text, truth: word(truth === null ? null : truth === wanted), findings: comparison.findings }];
  }
  const part = partOf(state, ref)!;
  const parts = part[0] === '=' ? [part[2]] : (part.slice(1) as Ref[]);
  return parts.flatMap((each) => leavesOf(state, each, wanted === (part[0] !== '!')));
}

/** What the strongest clause in favour that is not true still asks. */
function wish(state: State, clauses: readonly RecommendedClause[]): string[] {
  const [first] = clauses
    .filter(({ when }) => state.truth(when) !== true)
    .sort((a, b) => rank(a.outcome.stance) - rank(b.outcome.stance));
  return first ? [wishText(state, first)] : [];
}

// Words

function noAction({ actions }: Core, id: string): string {
  return withNearest(message('error-no-action', { id: written(id) }), id, [...actions.keys()]);
}

function comparisonText({ label, wanted, here }: Comparison, positive: boolean): string {
  return message(positive ? 'argument-leaf' : 'argument-leaf-not', { subject: label, wanted, here });
}

function titled({ knowledge }: Core, { title, source }: Rule): string {
  return backed(title, source, knowledge.sources);
}

function wishText(state: State, clause: RecommendedClause): string {
  const { rule, outcome } = clause;
  const known = state.core.knowledge.sources;
  const sources = list(rule.source.map(([key]) => known[key]!.short), 'and');
  const [conditions, ...more] = needs(state, conditionOf(state.core, clause));
  const wished = message('argument-wish', { sources, conditions: conditions!, ...outcomeArguments(outcome) });
  return [wished, ...more.map((each) => message('argument-wish-also', { conditions: each }))].join(' ');
}

/** In words what of a condition is not met yet; each choice by itself, as no sentence bears two. */
function needs(state: State, ref: Ref): string[] {
  const part = partOf(state, ref);
  if (part?.[0] !== '&') return [asked(state, ref, true).text];
  const open = (part.slice(1) as Ref[]).filter((each) => truthOf(state, each) !== true);
  const every = open.map((each) => asked(state, each, true, open.length > 1));
  const named = every.length > MOST_NAMED + 1 ? every.slice(0, MOST_NAMED) : every;
  const others = named.filter(({ choice }) => !choice).map(({ text }) => text);
  const more = every.length - named.length;
  if (more) others.push(message('condition-more-all', { count: more }));
  const choices = named.filter(({ choice }) => choice).map(({ text }) => text);
  return others.length ? [list(others, 'and'), ...choices] : choices;
}

/** In words what of a condition is not met yet, and whether the text begins a choice. */
function asked(state: State, ref: Ref, wanted: boolean, nested = false): { text: string; choice: boolean } {
  if (typeof ref === 'boolean') return { text: '', choice: false };
  const comparison = comparisonOf(state, ref);
  if (comparison) {
    const given = { subject: comparison.inside, options: comparison.wanted };
    return { text: message(wanted ? 'condition-is' : 'condition-is-not', given), choice: false };
  }
  const part = partOf(state, ref)!;
  if (part[0] === '!') return asked(state, part[1], !wanted, nested);
  if (part[0] === '=') {
    const term = state.core.knowledge.conditions!.terms[part[1]]!;
    return { text: message(wanted ? 'condition-term' : 'condition-term-not', { term }), choice: false };
  }
  const open = (part.slice(1) as Ref[]).filter((each) => truthOf(state, each) !== wanted);
  const parts = open.map((each) => asked(state, each, wanted, open.length > 1));
  const words = parts.map(({ text }) => text);
  const choice = parts[0]!.choice;
  if ((part[0] === '&') === wanted) return { text: list(fewConditions(words, 'all'), 'and'), choice };
  const text = list(fewConditions(words, 'any'), 'or');
  if (!nested || words.length === 1) return { text, choice };
  return { text: message('condition-either', { conditions: text }), choice: true };
}

function inWords(
  { actions, vocabulary }: Core,
  action: string,
  entry: PlanEntry | null,
  [inFavour, against]: readonly [string[], string[]],
  wished: readonly string[],
): string {
  const sentences = [message('argument-now', { label: actions.get(action)!.label, ...standingArguments(entry) })];
  for (const [titles, name] of [[inFavour, 'for'], [against, 'against']] as const) {
    sentences.push(...titles.slice(0, MOST_NAMED).map((title) => message(`argument-side-${name}`, { rule: inside(title) })));
    const more = titles.length - MOST_NAMED;
    if (more > 0) sentences.push(message(`argument-more-${name}`, { count: more }));
  }
  if (entry?.depends_on.length) {
    const labels = entry.depends_on.map((id) => inside(vocabulary.get(id)!.label));
    sentences.push(message('argument-depends', { findings: list(few(labels, MOST_NAMED), 'and') }));
  }
  return [...sentences, ...wished].join(' ');
}

/** At most a few conditions, the others counted. */
function fewConditions(words: readonly string[], of: 'all' | 'any'): readonly string[] {
  if (words.length <= MOST_NAMED + 1) return words;
  return [...words.slice(0, MOST_NAMED), message(`condition-more-${of}`, { count: words.length - MOST_NAMED })];
}
