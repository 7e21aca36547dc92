/** Export of the votes and the end of the session, which needs confirmation because deleted votes cannot be restored. */

import { useState } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import type { PresenterState } from '../protocol/types';

export function SessionEnd({ state, onEnd }: { state: PresenterState; onEnd: () => void }) {
  const [confirming, setConfirming] = useState(false);
  return (
    <section class="room-close">
      <h2>{message('room-session')}</h2>
      {state.rounds.some(({ phase }) => phase === 'closed') && (
        <p>
          <a href="/room/api/export.csv" download>
            {message('room-export')}
          </a>{' '}
          <span class="room-quiet">{message('room-export-numbers')}</span>
        </p>
      )}
      {confirming ? (
        <p role="alert">
          {message('room-end-question')}{' '}
          <button type="button" class="room-danger" onClick={onEnd}>
            {message('room-end-confirm')}
          </button>{' '}
          <button type="button" onClick={() => setConfirming(false)}>
            {message('room-end-cancel')}
          </button>
        </p>
      ) : (
        <p>
          <button type="button" onClick={() => setConfirming(true)}>
            {message('room-end')}
          </button>
        </p>
      )}
    </section>
  );
}
