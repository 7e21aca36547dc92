/** An icon for each stance, so that shape supports the word. */

import type { Stance } from '../engine/types';

export const SHAPES: Record<Stance, string> = {
  emergency: 'M8 1 15.5 14.5H.5ZM7.1 5.5h1.8L8.6 10H7.4ZM7.1 11.1h1.8v1.8H7.1Z',
  recommended: 'M6.2 13 1.5 8.3l1.7-1.7 3 3L12.8 3l1.7 1.7Z',
  consider: 'M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM8 3.3a4.7 4.7 0 1 1 0 9.4 4.7 4.7 0 0 1 0-9.4Z',
  caution: 'M8 .5 15.5 8 8 15.5.5 8ZM7.1 4h1.8l-.3 5H7.4ZM7.1 10.1h1.8v1.8H7.1Z',
  not_indicated: 'M1.5 6.8h13v2.4h-13Z',
  contraindicated: 'm3.4 1.7 4.6 4.6 4.6-4.6 1.7 1.7L9.7 8l4.6 4.6-1.7 1.7L8 9.7l-4.6 4.6-1.7-1.7L6.3 8 1.7 3.4Z',
};

export function StanceIcon({ stance }: { stance: Stance }) {
  return (
    <svg class="cb-icon" data-stance-icon={stance} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[stance]} fill="currentColor" fill-rule="evenodd" />
    </svg>
  );
}
