/** The form for visitors of the short address who have no presenter's key; most are phones that typed the address. */

import { useState } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import { storeRoom } from '../phone/storage';
import { get, post, reasonOf } from '../protocol/connection';
import type { RoomState } from '../protocol/types';

export function Guest() {
  const [code, setCode] = useState('');
  const [refusal, setRefusal] = useState('');
  const join = async (event: Event) => {
    event.preventDefault();
    try {
      const given = code.trim().toUpperCase();
      const joined = await post('join', { code: given });
      if (!joined.ok) return setRefusal(await reasonOf(joined));
      const response = await get('state?as=phone');
      if (!response.ok) return setRefusal(await reasonOf(response));
      const state = (await response.json()) as RoomState;
      storeRoom({ code: given });
      location.assign(`/${state.page}#room=${encodeURIComponent(given)}`);
    } catch {
      setRefusal(message('room-guest-no-answer'));
    }
  };
  return (
    <form class="room-guest" onSubmit={join}>
      <h1>{message('room-guest-title')}</h1>
      <label for="room-code">{message('room-guest-code')}</label>
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
        {message('room-guest-join')}
      </button>
      <p role="alert">{refusal}</p>
      <p class="room-quiet">{message('room-guest-presenter')}</p>
    </form>
  );
}
