/** Scores as ranges over what is not known. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createEngine, FindingError } from '../../../../widgets/engine';
import { scoreOfItems } from '../../../../widgets/engine/score_of_items';
import { KNOWLEDGE } from './small_knowledge';

const engine = createEngine(KNOWLEDGE);
const sum = (findings: Readonly<Record<string, string>>) => engine.assess(findings).scores.sum!;

test('known findings give a total, with what each item was read from', () => {
  assert.deepEqual(sum({ pain: 'some', age: 'young' }), {
    status: 'complete', total: 2, low: 2, high: 2, bands: ['high'], notes: [],
    items: [
      { id: 'pain', option: 'any', points: 2, low: 2, high: 2, from: { pain: 'some' } },
      { id: 'age', option: 'young', points: 0, low: 0, high: 0, from: { age: 'young' } },
    ],
  });
});

test('an item that a known finding leaves open has a range', () => {
  const { status, total, low, high, bands, items } = sum({ pain: 'none', age: 'old' });
  assert.deepEqual([status, total, low, high, bands], ['range', null, 0, 1, ['low']]);
  assert.deepEqual(items[1], { id: 'age', option: null, points: null, low: 0, high: 1, from: { age: 'old' } });
});

test('nothing known is the whole range, never zero', () => {
  const { low, high, bands } = sum({});
  assert.deepEqual([low, high, bands], [0, 3, ['low', 'high']]);
});

test('items that are given directly are added up', () => {
  assert.equal(scoreOfItems(KNOWLEDGE, 'sum', { pain: 'any', age: 'old' }).total, 3);
  const { low, high } = scoreOfItems(KNOWLEDGE, 'sum', { age: 'old' });
  assert.deepEqual([low, high], [1, 3]);
  assert.throws(() => scoreOfItems(KNOWLEDGE, 'sum', { pian: 'any' }), FindingError);
  assert.throws(() => scoreOfItems(KNOWLEDGE, 'smu', {}), FindingError);
  assert.throws(() => scoreOfItems(KNOWLEDGE, 'sum', { pain: 'some' }), FindingError);
});

test('a contradiction is refused, unless what excuses it is known', () => {
  const { contradictions } = engine.validate({ fever: 'yes', pain: 'none' });
  assert.deepEqual(contradictions.map(({ id, findings }) => [id, findings]), [['painless', ['fever', 'pain']]]);
  assert.throws(() => engine.assess({ fever: 'yes', pain: 'none' }), FindingError);
  assert.deepEqual(engine.validate({ fever: 'yes', pain: 'none', age: 'old' }).contradictions, []);
});
