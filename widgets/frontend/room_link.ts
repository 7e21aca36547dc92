/** The way from a page of the book into a teaching room, whose script is loaded only when a room is named. */

import { script } from './script';

/** Key of the session storage under which the room is stored while a reader goes from page to page. */
export const ROOM_KEY = 'casebook:room';

/** Loads the script of the room as soon as the address or the session storage names a room. */
export function watchRoomLink(address: string): void {
  const load = () => {
    let named = location.hash.startsWith('#room=');
    try {
      named ||= ROOM_KEY in sessionStorage;
    } catch {
      // Storage is refused, so that only the address can name the room.
    }
    if (!named) return;
    removeEventListener('hashchange', load);
    script(address).catch(() => addEventListener('hashchange', load));
  };
  addEventListener('hashchange', load);
  load();
}
