/** What Python's None is in a widget, whichever kernel sends it. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createEngine } from '../../../../widgets/engine';
import type { Findings, Knowledge } from '../../../../widgets/engine/types';
import { StateModel } from '../../../../widgets/frontend/host';
import { kernelModel } from '../../../../widgets/frontend/kernel_model';
import { asPublished, differences, sameFindings, type Published } from '../../../../widgets/frontend/published_case';
import { KNOWLEDGE } from '../engine/small_knowledge';

/** A value as Python in the browser sends it: None is undefined. */
function asSent(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(asSent);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value as object).map(([key, inside]) => [key, asSent(inside)]));
}

const PUBLISHED: Published = {
  pain: { value: 'some', provenance: 'reported', note: null, source: null },
  age: { value: null, provenance: 'not_reported', note: null },
};

test('a case that nobody touched does not differ from itself', () => {
  const published = kernelModel(new StateModel({ published: asSent(PUBLISHED) })).get('published') as Published;
  assert.deepEqual(published, PUBLISHED);
  assert.deepEqual(differences(published, asPublished(published)), []);
  assert.deepEqual(differences(published, { age: 'old' }).map(([id]) => id), ['pain', 'age']);
});

test('a finding that is not assessed is no finding', () => {
  const findings = kernelModel(new StateModel({ findings: asSent({ pain: 'some', age: null }) })).get('findings') as Findings;
  assert.deepEqual(differences(PUBLISHED, findings), []);
  assert.ok(sameFindings(asPublished(PUBLISHED), asPublished({ ...PUBLISHED, age: { value: null, provenance: 'assumed' } })));
});

test('knowledge with an absent outcome gives the same assessment', () => {
  const sent = kernelModel(new StateModel({ _knowledge: asSent(KNOWLEDGE) })).get('_knowledge') as Knowledge;
  for (const findings of [{}, { pain: 'some' }, { pain: 'some', age: 'old' }]) {
    const [given, expected] = [sent, KNOWLEDGE].map((knowledge) => createEngine(knowledge).assess(findings));
    assert.deepEqual([given!.plan, given!.scores], [expected!.plan, expected!.scores]);
  }
});

test('a value stays the same object, and a trait that is absent stays undefined', () => {
  const inner = new StateModel({ findings: { pain: 'some' } });
  const model = kernelModel(inner);
  assert.equal(model.get('findings'), inner.get('findings'));
  assert.equal(model.get('cause'), undefined);
});

test('what is set reaches the kernel, and what the kernel says reaches the widget', () => {
  const inner = new StateModel({ findings: {} });
  const model = kernelModel(inner);
  const heard: unknown[] = [];
  const listener = () => heard.push(model.get('findings'));
  model.on('change:findings', listener);
  model.set('findings', { pain: 'some' });
  assert.deepEqual(inner.get('findings'), { pain: 'some' });
  model.off('change:findings', listener);
  inner.set('findings', {});
  assert.deepEqual(heard, [{ pain: 'some' }]);
});
