/** How a phone comes in: the address to type, and the same as a picture. */

import type { ComponentChildren } from 'preact';

import type { Presented } from '../protocol/types';

export function Joining({ state, children }: { state: Presented; children?: ComponentChildren }) {
  return (
    <div class="room-joining">
      <div>
        <h1>Join with a phone</h1>
        <ol>
          <li>Be in the same network as this laptop.</li>
          <li>
            Point the camera at the picture, or type
            <span class="room-address">{short(state)}</span>
          </li>
          <li>
            The code is <strong class="room-code">{state.code}</strong>
          </li>
        </ol>
        <p class="room-quiet">No account, no name. The book is on the laptop; nothing leaves this room.</p>
        <p class="room-arrived">
          <strong>{state.joined}</strong> {state.joined === 1 ? 'phone is' : 'phones are'} here
        </p>
        {children}
      </div>
      <Picture state={state} />
    </div>
  );
}

/** For whoever comes late, in the corner of an open question. */
export function JoiningSmall({ state }: { state: Presented }) {
  return (
    <aside class="room-late" aria-label="How to join">
      <Picture state={state} />
      <p>
        <span class="room-address">{short(state)}</span>
        Code <strong class="room-code">{state.code}</strong>
      </p>
    </aside>
  );
}

function Picture({ state }: { state: Presented }) {
  return (
    <div
      class="room-qr"
      role="img"
      aria-label={`QR code of ${state.address}`}
      dangerouslySetInnerHTML={{ __html: state.qr }}
    />
  );
}

/** What is quick to type: it asks for the code. */
function short({ address }: Presented): string {
  const { host } = new URL(address);
  return `${host}/room/`;
}
