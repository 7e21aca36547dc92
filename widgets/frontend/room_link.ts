/** The way from a page of the book into a teaching room: what is needed there is fetched on the way. */

import { script } from './script';

/** Where the room is kept while a reader goes from page to page. */
export const KEPT = 'casebook:room';

/** Fetches the room's script once a room is named. */
export function door(address: string): void {
  const open = () => {
    let named = location.hash.startsWith('#room=');
    try {
      named ||= KEPT in sessionStorage;
    } catch {
      // Storage is refused: the address alone names the room.
    }
    if (!named) return;
    removeEventListener('hashchange', open);
    script(address).catch(() => addEventListener('hashchange', open));
  };
  addEventListener('hashchange', open);
  open();
}
