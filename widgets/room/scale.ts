/** Where the bands of SINS begin and end, and what they are called: from the knowledge beside the page. */

import '../shared/window';

interface Band {
  readonly id: string;
  readonly label: string;
  readonly low: number;
  readonly high: number;
}

/** The least grave first; none where the page came without the knowledge. */
export function bands(): readonly Band[] {
  return window.casebook?.knowledge?.scores.find(({ id }) => id === 'sins')?.bands ?? [];
}
