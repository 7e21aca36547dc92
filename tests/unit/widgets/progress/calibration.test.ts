/** Calibration: how often answers were right, by how sure the reader was. */

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { calibrationOf, LEAST_IN_ALL } from '../../../../widgets/progress/calibration';
import type { Answer, Confidence } from '../../../../widgets/progress/record';

/** Answers to as many questions, of which the first are right. */
function answered(confidence: Confidence | undefined, count: number, right: number): Record<string, readonly Answer[]> {
  const entries = Array.from({ length: count }, (_, index) => {
    const answer: Answer = { at: '2026-01-01', right: index < right, ...(confidence && { confidence }) };
    return [`${confidence}/${index}`, [answer]] as const;
  });
  return Object.fromEntries(entries);
}

test('each confidence has its number of answers and of right ones, the most certain first', () => {
  const answers = { ...answered('certain', 8, 6), ...answered('guess', 4, 1), ...answered(undefined, 9, 9) };
  assert.deepEqual(calibrationOf(answers), [
    { confidence: 'certain', count: 8, right: 6 },
    { confidence: 'fairly-sure', count: 0, right: 0 },
    { confidence: 'guess', count: 4, right: 1 },
  ]);
});

test('too few answers with a confidence show nothing, however many have none', () => {
  assert.equal(calibrationOf({}), null);
  assert.equal(calibrationOf({ ...answered('certain', LEAST_IN_ALL - 1, 9), ...answered(undefined, 30, 30) }), null);
  assert.ok(calibrationOf(answered('certain', LEAST_IN_ALL, 9)));
});

test('an answer that was given again on the same day counts once, as it was first', () => {
  const answers = answered('certain', LEAST_IN_ALL, 0);
  answers['certain/0'] = [...answers['certain/0']!, { at: '2026-01-01', right: true, confidence: 'certain' }];
  assert.deepEqual(calibrationOf(answers)![0], { confidence: 'certain', count: LEAST_IN_ALL, right: 0 });
});
