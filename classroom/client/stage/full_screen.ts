/** Full screen where the browser allows it. Browsers answer late, so requests are made one after another. */

import { useEffect, useRef } from 'preact/hooks';

/** Settles when the browser has answered all requests so far. */
let answered: Promise<unknown> = Promise.resolve();

const isFullScreen = (root: HTMLElement) => document.fullscreenElement === root;

const enter = (root: HTMLElement) => {
  // The element may be hidden by the time of the request.
  answered = answered.then(() => (root.hidden ? undefined : root.requestFullscreen?.())).catch(() => undefined);
};

const exit = () => document.exitFullscreen().catch(() => undefined);

/** Enters full screen where it is wanted, and returns the function that toggles it. Leaving it with Escape leaves the stage. */
export function useFullScreen(root: HTMLElement, wanted: boolean, onLeave: () => void): () => void {
  const toggled = useRef(false);
  useEffect(() => {
    if (!wanted) return undefined;
    enter(root);
    const changed = () => {
      if (isFullScreen(root)) return;
      // Opening another window also ends full screen, but takes the focus away.
      if (!toggled.current && document.hasFocus()) onLeave();
      toggled.current = false;
    };
    // On the element, because the document also reports the exit of an earlier stage.
    root.addEventListener('fullscreenchange', changed);
    return () => root.removeEventListener('fullscreenchange', changed);
  }, [root]);
  return () => {
    if (!isFullScreen(root)) return enter(root);
    toggled.current = true;
    answered = exit();
  };
}

/**
 * Removes an element: at once if it is in full screen, because nothing behind it can be focused; otherwise after the
 * pending requests, because a browser would stay in full screen for an element that no longer exists.
 */
export function removeFromScreen(root: HTMLElement): void {
  const remove = async () => {
    const exiting = isFullScreen(root) && exit();
    root.remove();
    await exiting;
  };
  root.hidden = true;
  answered = isFullScreen(root) ? remove() : answered.then(remove);
}
