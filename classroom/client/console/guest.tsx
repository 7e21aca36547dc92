/** Whoever opens the short address without the presenter's key: most are phones that typed it. */

import { useState } from 'preact/hooks';

import { keep } from '../phone/storage';
import { ask, fault, tell } from '../protocol/connection';
import type { State } from '../protocol/types';

export function Guest() {
  const [code, setCode] = useState('');
  const [said, setSaid] = useState('');
  const join = async (event: Event) => {
    event.preventDefault();
    try {
      const given = code.trim().toUpperCase();
      const response = await tell('join', { code: given });
      if (!response.ok) return setSaid(await fault(response));
      const seen = await ask('state?as=phone');
      if (!seen.ok) return setSaid(await fault(seen));
      const state = (await seen.json()) as State;
      keep({ code: given });
      location.assign(`/${state.page}#room=${encodeURIComponent(given)}`);
    } catch {
      setSaid('The room’s server does not answer. Try again.');
    }
  };
  return (
    <form class="room-guest" onSubmit={join}>
      <h1>Join the room</h1>
      <label for="room-code">The code on the screen</label>
      <input
        id="room-code"
        value={code}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        required
        onInput={({ currentTarget }) => setCode(currentTarget.value)}
      />
      <button type="submit" class="room-primary">
        Join
      </button>
      <p role="alert">{said}</p>
      <p class="room-quiet">To present, open the address with the key that the server printed.</p>
    </form>
  );
}
