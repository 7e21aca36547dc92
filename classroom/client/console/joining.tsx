/** How a phone joins: the address to type, and its QR code. */

import type { ComponentChildren } from 'preact';

import { message, messageParts } from '../../../widgets/engine/messages';
import type { PresenterState } from '../protocol/types';

export function Joining({ state, children }: { state: PresenterState; children?: ComponentChildren }) {
  return (
    <div class="room-joining">
      <div>
        <h1>{message('room-join-title')}</h1>
        <ol>
          <li>{message('room-join-network')}</li>
          <li>{messageParts('room-join-address', { address: <Address state={state} /> })}</li>
          <li>{messageParts('room-join-code', { code: <Code state={state} /> })}</li>
        </ol>
        <p class="room-quiet">{message('room-join-privacy')}</p>
        <p class="room-arrived">
          {messageParts('room-join-phones', { phones: state.joined, number: <strong>{state.joined}</strong> })}
        </p>
        {children}
      </div>
      <QrCode state={state} />
    </div>
  );
}

/** The same for latecomers, in the corner of an open question. */
export function JoiningLate({ state }: { state: PresenterState }) {
  return (
    <aside class="room-late" aria-label={message('room-view-join')}>
      <QrCode state={state} />
      <p>
        <Address state={state} />
        {messageParts('room-join-code-short', { code: <Code state={state} /> })}
      </p>
    </aside>
  );
}

/** The short address, which asks for the code. */
function Address({ state: { address } }: { state: PresenterState }) {
  const { host } = new URL(address);
  return <span class="room-address">{`${host}/room/`}</span>;
}

function Code({ state: { code } }: { state: PresenterState }) {
  return <strong class="room-code">{code}</strong>;
}

function QrCode({ state }: { state: PresenterState }) {
  return (
    <div
      class="room-qr"
      role="img"
      aria-label={message('room-qr', { address: state.address })}
      dangerouslySetInnerHTML={{ __html: state.qr }}
    />
  );
}
