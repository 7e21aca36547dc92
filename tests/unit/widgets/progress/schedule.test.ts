/** The schedule: when a question is due again, computed from its history. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Answer, Confidence, Day, Progress } from '../../../../widgets/progress/record';
import { due, dueNow, firstOfEachDay, LONGEST } from '../../../../widgets/progress/schedule';

const START = '2026-01-01';

const right = (at: Day, confidence?: Confidence): Answer => ({ at, right: true, ...(confidence && { confidence }) });
const wrong = (at: Day, confidence?: Confidence): Answer => ({ at, right: false, ...(confidence && { confidence }) });
const daysUntilDue = (...history: Answer[]): number =>
  (Date.parse(due(history)!.on) - Date.parse(history.at(-1)!.at)) / 86_400_000;

test('a question that was never answered is not due', () => {
  assert.equal(due([]), null);
});

test('a first answer returns sooner, the less sure the reader was', () => {
  assert.equal(daysUntilDue(wrong(START)), 1);
  assert.equal(daysUntilDue(right(START, 'guess')), 1);
  assert.equal(daysUntilDue(right(START, 'fairly-sure')), 2);
  assert.equal(daysUntilDue(right(START, 'certain')), 8);
});

test('an answer without a statement counts as fairly sure, and a wrong one as wrong however sure it was', () => {
  assert.deepEqual(due([right(START)]), due([right(START, 'fairly-sure')]));
  assert.deepEqual(due([wrong(START, 'certain')]), due([wrong(START)]));
});

test('a question is due on its day and after it, and not before', () => {
  const history = [right(START)];
  assert.deepEqual(due(history, '2026-01-02'), { on: '2026-01-03', now: false });
  assert.deepEqual(due(history, '2026-01-03'), { on: '2026-01-03', now: true });
  assert.deepEqual(due(history, '2026-02-01'), { on: '2026-01-03', now: true });
});

test('right on each day that it was due, a question stays away longer each time, up to a year', () => {
  const history = [right(START)];
  const waits: number[] = [];
  for (let time = 0; time < 12; time += 1) {
    waits.push(daysUntilDue(...history));
    history.push(right(due(history)!.on));
  }
  assert.deepEqual(waits.slice(0, 4), [2, 11, 46, 163]);
  assert.equal(waits.at(-1), LONGEST);
  assert.deepEqual(waits, [...waits].sort((a, b) => a - b));
});

test('a wrong answer brings a question back within days, however long it stayed away', () => {
  const history = [right(START), right('2026-01-03'), right('2026-01-14'), wrong('2026-03-01')];
  assert.ok(daysUntilDue(...history) <= 4);
});

test('a right answer long before its day moves it less than one on its day', () => {
  const first = [right(START), right('2026-01-03')];
  assert.ok(due([...first, right('2026-01-04')])!.on < due([...first, right('2026-01-14')])!.on);
});

test('of the answers of one day only the first counts, since its explanation was read after it', () => {
  assert.deepEqual(due([wrong(START), right(START, 'certain')]), due([wrong(START)]));
  assert.deepEqual(due([right(START), wrong(START)]), due([right(START)]));
  assert.deepEqual(firstOfEachDay([wrong(START), right(START), right('2026-01-03')]), [wrong(START), right('2026-01-03')]);
});

test('a history out of order, from a clock that was wrong, gives the same day as one in order', () => {
  const [one, two] = [right('2026-01-05'), right('2026-01-02')];
  assert.deepEqual(due([one, two]), due([two, one]));
});

test('the same history always gives the same day', () => {
  const history = [right(START), wrong('2026-01-04'), right('2026-01-05', 'guess'), right('2026-01-09', 'certain')];
  assert.equal(new Set(Array.from({ length: 20 }, () => due(history)!.on)).size, 1);
});

test('a history of the first edition, which knew neither FSRS nor how sure the reader was, has a day', () => {
  const history = [right('2026-03-14'), right('2026-03-15'), right('2026-03-16'), right('2026-03-20'), wrong('2026-03-21')];
  assert.match(due(history)!.on, /^2026-03-2[2-4]$/);
});

test('days are those of the calendar, over the end of February and of the year', () => {
  assert.equal(due([wrong('2028-02-28')])!.on, '2028-02-29');
  assert.equal(due([wrong('2027-12-31')])!.on, '2028-01-01');
});

test('questions that are due come in the order of their days, and those of other books not at all', () => {
  const answers: Progress['answers'] = {
    later: [wrong('2026-01-05')],
    earlier: [wrong('2026-01-02')],
    future: [right('2026-01-07', 'certain')],
    elsewhere: [wrong('2026-01-01')],
  };
  const progress: Progress = { version: 1, pages: {}, answers };
  assert.deepEqual(dueNow(['future', 'later', 'new', 'earlier'], progress, '2026-01-08'), ['earlier', 'later']);
});
