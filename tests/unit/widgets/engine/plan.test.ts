/** Entries of the plan, read off the rulebook. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Core, State } from '../../../../widgets/engine/core';
import { entriesOf, ordered, urgentOn } from '../../../../widgets/engine/plan';
import type { Findings } from '../../../../widgets/engine/types';
import { KNOWLEDGE } from './small_knowledge';

const core = new Core(KNOWLEDGE);
const entry = (action: string, findings: Findings) => entriesOf(new State(core, findings)).get(action);

test('a decided entry has the rules that are true, and the conflicts in play', () => {
  assert.deepEqual(entry('treat', { fever: 'yes', pain: 'some' }), {
    action: 'treat',
    stance: 'emergency',
    status: 'decided',
    within_hours: 12,
    possible: ['emergency'],
    because: ['R1', 'R2'],
    against: [],
    conflicts: ['C1'],
    decided_by: null,
    depends_on: [],
  });
});

test('what settles a difference is named only where it is the same in every completion', () => {
  assert.equal(entry('treat', { fever: 'no', pain: 'severe', age: 'young' })!.decided_by, 'P1');
  assert.equal(entry('treat', { fever: 'no', pain: 'some', age: 'young' })!.decided_by, null);
});

test('an undecided entry names the findings on which it depends, and those that decide on an emergency', () => {
  const found = entry('treat', { age: 'young' })!;
  assert.equal(found.status, 'undecided');
  assert.equal(found.stance, 'emergency');
  assert.deepEqual(found.possible, ['emergency', 'consider', 'none']);
  assert.deepEqual(found.depends_on, ['fever', 'pain']);
  assert.deepEqual(found.because, ['R1', 'R2', 'R3']);
  assert.deepEqual(urgentOn.get(found), ['fever']);
  assert.equal(found.at_least, undefined);
});

test('the weakest stance is named where each is in favour', () => {
  assert.equal(entry('treat', { pain: 'some', age: 'young' })!.at_least, 'consider');
});

test('a switch withdraws its stances where it is recorded, and nothing where it is not known', () => {
  assert.equal(entry('treat', { fever: 'no', pain: 'some', age: 'old' }), undefined);
  assert.equal(entry('treat', { fever: 'no', pain: 'some' })!.stance, 'consider');
  assert.equal(entry('rest', { fever: 'no' })!.stance, 'recommended');
  assert.equal(entry('rest', { fever: 'no', age: 'old' }), undefined);
  const emergency = entry('treat', { fever: 'yes', pain: 'some', age: 'old' })!;
  assert.deepEqual(emergency.because, ['R1'], 'a rule for a withdrawn stance is not named');
});

test('a plan is in the order of its stances, decided before undecided', () => {
  const plan = ordered(entriesOf(new State(core, { pain: 'some' })).values());
  assert.deepEqual(plan.map(({ action, status }) => [action, status]), [['treat', 'undecided'], ['rest', 'undecided']]);
});
