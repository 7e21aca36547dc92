/** What becomes possible after few changes, against every change tried one by one. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Core, State } from '../../../../widgets/engine/core';
import { entriesOf } from '../../../../widgets/engine/plan';
import { reachOf, type Change } from '../../../../widgets/engine/reach';
import type { Findings } from '../../../../widgets/engine/types';
import { AGE, FEVER, KNOWLEDGE, PAIN } from './small_knowledge';

const core = new Core(KNOWLEDGE);
const IDS = KNOWLEDGE.findings.map(({ id }) => id);

function* states(ids: readonly string[] = IDS): Generator<Findings> {
  const [id, ...others] = ids;
  if (id === undefined) return yield {};
  for (const rest of states(others))
    for (const value of [null, ...core.vocabulary.get(id)!.options.map((option) => option.id)])
      yield value === null ? rest : { [id]: value, ...rest };
}

const refused = (findings: Findings) => new State(core, findings).applies(KNOWLEDGE.contradictions[0]!.when);

/** The outcomes that are possible for an action, in words. */
function outcomes(action: string, findings: Findings): string {
  const entry = entriesOf(new State(core, findings)).get(action);
  return entry ? [...entry.possible].join() : 'none';
}

test('now is what the plan says', () => {
  for (const findings of states())
    for (const action of ['treat', 'rest']) {
      const now = reachOf(core, action).now(new State(core, findings));
      const stances = now.map((result) => (result as { stance: string } | null)?.stance ?? 'none');
      assert.deepEqual(new Set(stances), new Set(outcomes(action, findings).split(',')), JSON.stringify(findings));
    }
});

test('whether a single change gives other outcomes is as each change by itself has it', () => {
  for (const findings of states())
    for (const action of ['treat', 'rest']) {
      const state = new State(core, findings);
      for (const [variable, id] of [[FEVER, 'fever'], [PAIN, 'pain'], [AGE, 'age']] as const)
        core.vocabulary.get(id)!.options.forEach(({ id: value }, option) => {
          const after = { ...findings, [id]: value };
          const moved = !refused(after) && outcomes(action, after) !== outcomes(action, findings);
          assert.equal(reachOf(core, action).moves(state, variable, [option], false), moved, `${action} ${JSON.stringify(after)}`);
        });
    }
});

test('the smallest sets of changes decide, and no part of any does', () => {
  for (const findings of states()) {
    const reach = reachOf(core, 'treat');
    const { decided, opened } = reach.flips(new State(core, findings), 2);
    const now = outcomes('treat', findings);
    for (const [result, sets] of decided)
      for (const set of sets) {
        const stance = (result as { stance: string } | null)?.stance ?? 'none';
        for (const after of applied(findings, set)) assert.equal(outcomes('treat', after), stance);
        for (const part of parts(set))
          for (const after of applied(findings, part))
            assert.ok(refused(after) || outcomes('treat', after).includes(',') || outcomes('treat', after) === now);
      }
    for (const set of opened) for (const after of applied(findings, set)) assert.ok(outcomes('treat', after).includes(','));
  }

  /** The findings after a set of changes, for each choice of options in its classes. */
  function applied(findings: Findings, set: readonly Change[]): Findings[] {
    const reach = reachOf(core, 'treat');
    return set.reduce<Findings[]>(
      (all, [index, place]) => {
        const id = core.findingOf[reach.variables[index]!]!;
        const { options } = core.vocabulary.get(id)!;
        return all.flatMap((each) => reach.classes[index]![place]!.map((option) => ({ ...each, [id]: options[option]!.id })));
      },
      [findings],
    );
  }

  function parts(set: readonly Change[]): (readonly Change[])[] {
    return set.length > 1 ? set.map((_, place) => set.filter((__, other) => other !== place)) : [];
  }
});

test('an answer settles an action if one outcome is left', () => {
  const reach = reachOf(core, 'treat');
  const state = new State(core, { age: 'young', pain: 'some' });
  assert.deepEqual(reach.settledBy(state, FEVER), [true, true]);
  assert.deepEqual(reach.settledBy(new State(core, { age: 'young' }), FEVER), [false, true]);
});

test('what a set of changes can give leaves out patients who cannot exist', () => {
  const { decided } = reachOf(core, 'treat').flips(new State(core, { pain: 'none', age: 'young', fever: 'no' }), 1);
  assert.deepEqual([...decided.keys()].map((result) => (result as { stance: string }).stance), ['consider']);
});
