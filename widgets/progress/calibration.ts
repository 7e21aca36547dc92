/** How often answers were right, by how sure the reader was of them. */

import { CONFIDENCES, type Confidence, type Progress } from './record';
import { firstOfEachDay } from './schedule';

/** Answers with a statement of confidence from which the result is shown at all. */
export const LEAST_IN_ALL = 10;

/** Answers of one confidence from which their share is drawn and interpreted. */
export const LEAST_OF_ONE = 5;

export interface Calibration {
  readonly confidence: Confidence;
  readonly count: number;
  readonly right: number;
}

/** The answers of each confidence, most certain first; null if there are too few in all. */
export function calibrationOf(answers: Progress['answers']): readonly Calibration[] | null {
  const counted = Object.values(answers).flatMap(firstOfEachDay);
  const rows = [...CONFIDENCES].reverse().map((confidence) => {
    const marked = counted.filter((answer) => answer.confidence === confidence);
    return { confidence, count: marked.length, right: marked.filter(({ right }) => right).length };
  });
  return rows.reduce((sum, { count }) => sum + count, 0) < LEAST_IN_ALL ? null : rows;
}
