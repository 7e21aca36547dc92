/** Links to a patient, and what is said of those that are wrong. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createEngine } from '../../../../widgets/engine';
import { Book } from '../../../../widgets/frontend/book';
import { fromFragment, toFragment } from '../../../../widgets/frontend/permalink';
import type { Published } from '../../../../widgets/frontend/published_case';
import { KNOWLEDGE } from '../engine/small_knowledge';

const book = new Book(KNOWLEDGE, createEngine(KNOWLEDGE));
const published: Published = {
  pain: { value: 'some', provenance: 'reported' },
  age: { value: null, provenance: 'not_reported' },
};
const opened = (fragment: string) => fromFragment(book, 'one case', published, fragment);

test('a link contains only what differs from the published case', () => {
  assert.equal(toFragment(book, 'one case', published, { pain: 'some' }), '#one%20case?');
  assert.equal(toFragment(book, 'one case', published, { pain: 'some', age: 'old' }), '#one%20case?age=old');
});

test('a finding that was taken away is an empty value, and never a normal one', () => {
  const link = toFragment(book, 'one case', published, {});
  assert.equal(link, '#one%20case?pain=');
  assert.deepEqual(opened(link), { findings: {}, errors: [] });
});

test('what a link was made of is what it opens', () => {
  for (const findings of [{}, { pain: 'none' }, { pain: 'some', age: 'young' }, { age: 'old' }]) {
    assert.deepEqual(opened(toFragment(book, 'one case', published, findings)), { findings, errors: [] });
  }
});

test('the link of another case, or none, opens nothing', () => {
  for (const fragment of ['', '#', '#other?pain=none', '#one%20case', 'one%20case?pain=none']) {
    assert.equal(opened(fragment), null);
  }
});

test('a wrong part changes nothing, and is named with the nearest right one', () => {
  const { findings, errors } = opened('#one%20case?pian=none&age=odl')!;
  assert.deepEqual(findings, { pain: 'some' });
  assert.equal(errors.length, 2);
  assert.match(errors[0]!, /pian.*pain/);
  assert.match(errors[1]!, /odl.*old/);
});

test('the right parts of a link are opened beside a wrong one', () => {
  const { findings, errors } = opened('#one%20case?pain=none&age=odl')!;
  assert.deepEqual(findings, { pain: 'none' });
  assert.equal(errors.length, 1);
});

test('of many errors the first four are shown, and the rest is counted', () => {
  const fragment = `#one%20case?${['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${letter}=1`).join('&')}`;
  const { errors } = opened(fragment)!;
  assert.equal(errors.length, 5);
  assert.match(errors[4]!, /2/);
});

test('a long error is cut, whatever the link contains', () => {
  const { errors } = opened(`#one%20case?age=${'x'.repeat(5000)}`)!;
  assert.ok(errors[0]!.length <= 161);
  assert.ok(errors[0]!.endsWith('…'));
});
