/** The address of a state, and its QR code. */

import { encode } from 'uqr';

import type { Findings } from '../../../widgets/engine/types';
import { toFragment } from '../../../widgets/frontend/permalink';
import type { Published } from '../../../widgets/frontend/published_case';
import type { Book } from '../../../widgets/frontend/book';

export function addressOf(book: Book, caseId: string, published: Published, findings: Findings): string {
  return location.href.split('#', 1)[0] + toFragment(book, caseId, published, findings);
}

/** Why a link leads nowhere from another machine; "" where it leads there too. */
export function stays(): string {
  if (location.protocol === 'file:') return 'This page was opened from a file: the link leads to it only on this machine.';
  if (/^(localhost|127\.|\[::1\])/.test(location.hostname)) {
    return 'This page is served to this machine alone: the link leads to it only here.';
  }
  return '';
}

/** Light modules that a reader of codes needs around it. */
const QUIET = 4;

export function Code({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: QUIET });
  const dark = data.flatMap((row, y) => row.flatMap((one, x) => (one ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg class="cb-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label="QR code of the link">
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={dark.join('')} />
    </svg>
  );
}
