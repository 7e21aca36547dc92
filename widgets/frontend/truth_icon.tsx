/** An icon for each truth value, so that shape supports the word. */

import type { Word } from '../engine/types';
import { SHAPES } from './icons';

const TRUTHS: Record<Word, string> = {
  holds: SHAPES.recommended,
  fails: SHAPES.contraindicated,
  unknown:
    'M8.9 9.9H7.1C7.1 7.2 10 7.4 10 5.3 10 4.1 9.1 3.5 8 3.5S6 4.2 5.8 5.4L4 5C4.3 3 5.9 1.8 8 1.8s3.9 1.2 3.9 3.4C11.9 8 8.9 7.8 8.9 9.9ZM7 11.9h2v2H7Z',
};

export function TruthIcon({ truth }: { truth: Word }) {
  return (
    <svg class="cb-icon" data-truth-icon={truth} viewBox="0 0 16 16" aria-hidden="true">
      <path d={TRUTHS[truth]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}
