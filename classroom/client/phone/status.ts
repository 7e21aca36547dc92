/** The state of the room in a line: for the folded sheet, for screen readers, and while the connection is lost. */

import { message } from '../../../widgets/engine/messages';
import type { Connection } from '../protocol/connection';
import type { RoomState } from '../protocol/types';
import type { StoredRoom } from './storage';

/** The line on the folded sheet. */
export function statusLine({ state, status }: Connection<RoomState>): string {
  if (status === 'refused') return message('room-status-refused');
  if (status === 'down') return message('room-status-offline');
  if (!state) return message('room-status-joining');
  if (state.phase === 'open' && state.mine)
    return message('room-status-submitted', { votes: state.committed, phones: state.joined });
  return message(`room-status-${state.phase}`);
}

/** What a screen reader announces: the phases of the session, but not every vote. */
export function announcement({ state, status }: Connection<RoomState>): string {
  if (status === 'down') return message('room-spoken-offline');
  const title = state?.round?.title ?? '';
  if (state?.phase === 'open') return message('room-spoken-open', { title });
  if (state?.phase === 'closed') return message('room-spoken-closed', { title });
  return state?.phase === 'ended' ? message('room-spoken-ended') : '';
}

/** What has happened to the reader's vote while the connection is lost. */
export function offlineNotice({ pending, draft }: StoredRoom, state: RoomState | null): string {
  if (pending) return message('room-offline-pending');
  if (draft) return message('room-offline-draft');
  return message(state?.mine ? 'room-offline-sent' : 'room-offline');
}
