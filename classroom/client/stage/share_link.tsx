/** The address of a state of a case, and its QR code. */

import { encode } from 'uqr';

import { message } from '../../../widgets/engine/messages';
import type { Findings } from '../../../widgets/engine/types';
import type { Book } from '../../../widgets/frontend/book';
import { toFragment } from '../../../widgets/frontend/permalink';
import type { Published } from '../../../widgets/frontend/published_case';

export function addressOf(book: Book, caseId: string, published: Published, findings: Findings): string {
  return location.href.split('#', 1)[0] + toFragment(book, caseId, published, findings);
}

/** Why the link does not work on another machine; empty if it does. */
export function localOnlyNotice(): string {
  if (location.protocol === 'file:') return message('stage-link-file');
  return /^(localhost|127\.|\[::1\])/.test(location.hostname) ? message('stage-link-local') : '';
}

/** Width in modules of the light border that QR readers need. */
const QUIET_ZONE = 4;

export function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'L', border: QUIET_ZONE });
  const dark = data.flatMap((row, y) => row.flatMap((module, x) => (module ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg class="cb-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={message('stage-link-qr')}>
      <path fill="#fff" d={`M0 0h${size}v${size}H0z`} />
      <path fill="#000" d={dark.join('')} />
    </svg>
  );
}
