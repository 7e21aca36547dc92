/** Delivery of a submitted vote to the server, repeated until the server has it or refuses it. */

import { useEffect, useRef, useState } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import { type Connection, post, reasonOf } from '../protocol/connection';
import type { RoomState } from '../protocol/types';
import { sameAnswer } from './ballot';
import type { RoundAnswer, StoredRoom } from './storage';

/** Milliseconds until a vote that the server could not accept is sent again. */
const RETRY = 2000;

/** Sends a pending vote; returns why the server refused it, or an empty string. */
export function useVoteDelivery(
  connection: Connection<RoomState>,
  pending: RoundAnswer | undefined,
  update: (changes: Partial<StoredRoom>) => void,
): string {
  const [refusal, setRefusal] = useState('');
  const previous = useRef<Promise<unknown>>(Promise.resolve());
  const connected = connection.status === 'up';
  useEffect(() => {
    if (!pending || !connected) return undefined;
    let cancelled = false;
    let timer = 0;
    const deliver = async () => {
      // One after another: a changed vote must not arrive before the vote that it replaces.
      await previous.current;
      if (cancelled) return;
      const sending = send(pending);
      previous.current = sending;
      const reason = await sending;
      if (cancelled) return;
      if (reason === null) timer = setTimeout(() => void deliver(), RETRY);
      else {
        if (!reason && connection.state?.round?.id === pending.round)
          connection.state = { ...connection.state, mine: pending.answer };
        // The server may have stored an earlier attempt whose response was lost. That vote counts.
        setRefusal(hasVote(connection.state, pending) ? '' : reason);
        update({ pending: undefined, draft: undefined });
      }
    };
    void deliver();
    return () => {
      cancelled = true;
      clearTimeout(timer);
    };
  }, [pending, connected]);
  return refusal;
}

/** An empty string if the server has the vote, the reason if the server refuses it, null if it should be sent again. */
async function send({ round, answer }: RoundAnswer): Promise<string | null> {
  try {
    const response = await post('vote', { round, answer });
    if (response.ok) return '';
    if (response.status === 409) return message('room-vote-late');
    return response.status === 429 || response.status >= 500 ? null : await reasonOf(response);
  } catch {
    return null;
  }
}

function hasVote(state: RoomState | null, { round, answer }: RoundAnswer): boolean {
  return state?.round?.id === round && state.mine !== null && sameAnswer(state.mine, answer);
}
