/** A small knowledge: three findings, two actions, a score; its rulebook is written here node by node. */

import type { Node, Rulebook } from '../../../../widgets/engine/table';
import type { Finding, Knowledge, Outcome } from '../../../../widgets/engine/types';

/** What a choice leads to, option by option: a terminal, or another choice. */
export type Tree = { readonly end: unknown } | { readonly variable: number; readonly next: readonly Tree[] };

export const end = (value: unknown): Tree => ({ end: value });
export const choose = (variable: number, ...next: readonly Tree[]): Tree => ({ variable, next });

/** Trees as one table, and the number of the root of each; equal parts are one node, as in the book's own. */
export function written(variables: Rulebook['variables'], trees: readonly Tree[]): [Rulebook, Node[]] {
  const ends: unknown[] = [];
  const endOf = new Map<string, number>();
  const collect = (tree: Tree): void => {
    if ('next' in tree) {
      tree.next.forEach(collect);
      return;
    }
    const key = JSON.stringify(tree.end);
    if (!endOf.has(key)) endOf.set(key, ends.push(tree.end) - 1);
  };
  trees.forEach(collect);

  const numbers = new Map<string, number>();
  const patterns: string[] = [];
  const groups: number[] = [];
  const children: number[][] = [];
  const before: number[] = [];
  const add = (tree: Tree): number => {
    if ('end' in tree) return endOf.get(JSON.stringify(tree.end))!;
    const next = tree.next.map(add);
    const distinct = [...new Set(next)];
    if (distinct.length === 1) return distinct[0]!;
    const key = `${tree.variable}:${next.join()}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const pattern = next.map((child) => distinct.indexOf(child).toString(36)).join('');
    if (!patterns.includes(pattern)) patterns.push(pattern);
    // One node a group: the order in which they are met is an order of children before parents.
    groups.push(tree.variable, patterns.indexOf(pattern), 1);
    distinct.forEach((child, slot) => {
      (children[slot] ??= []).push(child - (before[slot] ?? 0));
      before[slot] = child;
    });
    numbers.set(key, ends.length + numbers.size);
    return numbers.get(key)!;
  };
  const roots = trees.map(add);
  return [{ variables, ends, patterns, groups, children }, roots];
}

const finding = (id: string, ...options: readonly string[]): Finding => ({
  id,
  group: 'all',
  label: `The ${id}`,
  type: 'choice',
  options: options.map((option) => ({ id: option, label: option })),
  order: 'all',
});

export const FEVER = 0;
export const PAIN = 1;
export const AGE = 2;
/** What nobody knows: which option of the item “age” applies to the old. */
export const OPEN = 3;

const [yes, no, none] = [end(true), end(false), end(null)];
const says = (stance: string, hours: number | null, by: string | null) => end([stance, hours, null, by]);

/** Fever: an emergency, whoever has pain; else with pain consider, by P1 where it is severe. */
const treat = choose(
  FEVER,
  choose(PAIN, none, says('consider', null, null), says('consider', null, 'P1')),
  says('emergency', 12, null),
);
/** Rest is recommended without fever; with it, nothing is. */
const rest = choose(FEVER, says('recommended', null, null), none);
const fever = choose(FEVER, no, yes);
const pain = choose(PAIN, no, yes, yes);
const severe = choose(PAIN, no, no, yes);
const old = choose(AGE, no, yes);
/** Fever without pain is said to be impossible, except in the old. */
const contradiction = choose(FEVER, no, choose(PAIN, choose(AGE, yes, none), no, no));
const points = (young: number, other: number) => choose(AGE, end(young), choose(OPEN, end(young), end(other)));
const total = choose(PAIN, points(0, 1), points(2, 3), points(2, 3));
const band = choose(PAIN, end(0), end(1), end(1));
const itemOfPain = choose(PAIN, end(0), end(1), end(1));
const itemOfAge = points(0, 1);

const [rulebook, roots] = written(
  [FEVER, PAIN, AGE, [0, 1, AGE]],
  [treat, rest, fever, pain, severe, old, contradiction, total, band, itemOfPain, itemOfAge, yes],
);
export const root = Object.fromEntries(
  ['treat', 'rest', 'fever', 'pain', 'severe', 'old', 'contradiction', 'total', 'band', 'itemOfPain', 'itemOfAge', 'always'].map(
    (name, index) => [name, roots[index]!],
  ),
) as Record<string, Node>;

const rule = (id: string, when: Node, action: string, outcome: Outcome): Knowledge['rules'][number] => ({
  id,
  title: `The title of ${id}`,
  source: [['book', 'p. 1']],
  // biome-ignore lint/suspicious/noThenProperty: rules are written so
  clauses: [{ when, then: { [action]: outcome } }],
});

const options = (...given: readonly [string, number][]) => given.map(([id, points]) => ({ id, label: id, points }));

export const KNOWLEDGE: Knowledge = {
  version: 'small',
  rulebook,
  groups: [{ id: 'all', label: 'All' }],
  findings: [finding('fever', 'no', 'yes'), finding('pain', 'none', 'some', 'severe'), finding('age', 'young', 'old')],
  first_view: [],
  of_scores: [],
  scores: [
    {
      id: 'sum',
      label: 'Sum',
      name: 'A sum',
      question: 'How much?',
      worse: 'high',
      minimum: 0,
      maximum: 3,
      reads: ['pain', 'age'],
      applies: { when: root.always!, otherwise: '' },
      total: root.total!,
      band: root.band!,
      bands: [
        { id: 'low', label: 'low', low: 0, high: 1, text: '' },
        { id: 'high', label: 'high', low: 2, high: 3, text: '' },
      ],
      items: [
        { id: 'pain', label: 'Pain', reads: ['pain'], root: root.itemOfPain!, options: options(['none', 0], ['any', 2]) },
        { id: 'age', label: 'Age', reads: ['age'], root: root.itemOfAge!, options: options(['young', 0], ['old', 1]) },
      ],
      notes: [],
      source: [],
    },
  ],
  actions: [
    { id: 'treat', label: 'Treatment', group: 'all', root: root.treat! },
    { id: 'rest', label: 'Rest', group: 'all', root: root.rest! },
  ],
  switches: [
    { id: 'old', when: root.old!, actions: ['rest'], stances: { treat: ['consider'] }, text: '' },
  ],
  contradictions: [
    { id: 'painless', text: 'a fever hurts', when: root.contradiction!, leaves: [[FEVER, 1], [PAIN, 0]] },
  ],
  rules: [
    rule('R1', root.fever!, 'treat', { stance: 'emergency', within_hours: 12 }),
    rule('R2', root.pain!, 'treat', { stance: 'consider' }),
    rule('R3', root.severe!, 'treat', { stance: 'consider' }),
    rule('R4', root.fever!, 'rest', { stance: 'contraindicated' }),
  ],
  conflicts: [{ id: 'C1', title: 'Pain', actions: ['treat'], when: root.pain! }],
  tensions: [],
  emergencies: {
    red_flag: root.fever!,
    call: 'treat',
    signs: [],
    states: [{ id: 'none', level: 'none', label: 'nothing', lead: { text: 'Nothing.' }, sentences: [] }],
    added: [],
    order: [],
    later: { label: '', actions: [] },
  },
  principles: [{ id: 'P1', text: 'The first.' }],
  sources: { book: { short: 'Book 2026', seen: 'full' } },
};
