/** The way from a page of the book into a teaching room: what is needed there is fetched on the way. */

/** Where the room is kept while a reader goes from page to page. */
export const KEPT = 'casebook:room';

/** Fetches the room's script from beside the script of the page, once a room is named. */
export function door(page: string): void {
  const open = () => {
    let named = location.hash.startsWith('#room=');
    try {
      named ||= KEPT in sessionStorage;
    } catch {
      // Storage is refused: the address alone names the room.
    }
    if (!named) return;
    removeEventListener('hashchange', open);
    document.head.append(Object.assign(document.createElement('script'), { src: page.replace('page.js', 'room.js') }));
  };
  addEventListener('hashchange', open);
  open();
}
