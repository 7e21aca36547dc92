/** What this browser keeps of a room, from page to page and while the line is down. Best effort. */

import { KEPT } from '../../../widgets/frontend/room_link';
import type { Answer, Round } from '../protocol/types';

export interface Sheet {
  readonly round: Round['id'];
  readonly answer: Answer;
}

export interface Kept {
  readonly code: string;
  /** Chosen, not committed. */
  readonly draft?: Sheet | undefined;
  /** Committed, not yet acknowledged. */
  readonly pending?: Sheet | undefined;
  readonly folded?: boolean;
  /** What the sheet was last unfolded for. */
  readonly scene?: string;
}

/** The room that the address names, or else the one that was kept. */
export function recall(): Kept | null {
  const named = namedIn(location.hash);
  let kept: Kept | null = null;
  try {
    const found = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null') as Partial<Kept> | null;
    if (typeof found?.code === 'string') kept = found as Kept;
  } catch {
    // Refused, or written by something else: the address has to do.
  }
  return named && named !== kept?.code ? { code: named } : kept;
}

function namedIn(fragment: string): string | null {
  const found = /^#room=(.+)$/.exec(fragment)?.[1];
  try {
    return found ? decodeURIComponent(found) : null;
  } catch {
    return null;
  }
}

export function keep(kept: Kept | null): void {
  try {
    if (kept) sessionStorage.setItem(KEPT, JSON.stringify(kept));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // The page alone keeps it.
  }
}
