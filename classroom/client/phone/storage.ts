/** What this browser stores of a room, from page to page and while the connection is lost. Best effort. */

import { ROOM_KEY } from '../../../widgets/frontend/room_link';
import type { Answer, Round } from '../protocol/types';

/** An answer to the question of a round. */
export interface RoundAnswer {
  readonly round: Round['id'];
  readonly answer: Answer;
}

export interface StoredRoom {
  readonly code: string;
  /** Chosen, but not submitted. */
  readonly draft?: RoundAnswer | undefined;
  /** Submitted, but not yet acknowledged. */
  readonly pending?: RoundAnswer | undefined;
  readonly folded?: boolean;
  /** The phase and round for which the sheet was last unfolded. */
  readonly scene?: string;
}

/** The room named by the address, or otherwise the stored one. */
export function restoreRoom(): StoredRoom | null {
  const code = codeIn(location.hash);
  let stored: StoredRoom | null = null;
  try {
    const found = JSON.parse(sessionStorage.getItem(ROOM_KEY) ?? 'null') as Partial<StoredRoom> | null;
    if (typeof found?.code === 'string') stored = found as StoredRoom;
  } catch {
    // Storage is refused or holds something else; the address has to suffice.
  }
  return code && code !== stored?.code ? { code } : stored;
}

function codeIn(fragment: string): string | null {
  const found = /^#room=(.+)$/.exec(fragment)?.[1];
  try {
    return found ? decodeURIComponent(found) : null;
  } catch {
    return null;
  }
}

export function storeRoom(room: StoredRoom | null): void {
  try {
    if (room) sessionStorage.setItem(ROOM_KEY, JSON.stringify(room));
    else sessionStorage.removeItem(ROOM_KEY);
  } catch {
    // Storage is refused; the page keeps the room in memory.
  }
}
