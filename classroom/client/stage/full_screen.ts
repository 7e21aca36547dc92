/** Full screen, where it is allowed: browsers answer late, and a late answer ends what was asked for after it. */

import { useEffect, useRef } from 'preact/hooks';

/** Settles when the browser has done all that it was asked for. */
let answered: Promise<unknown> = Promise.resolve();

const fills = (root: HTMLElement) => document.fullscreenElement === root;

const enter = (root: HTMLElement) => {
  // It may be hidden by then.
  answered = answered.then(() => (root.hidden ? undefined : root.requestFullscreen?.())).catch(() => undefined);
};

const exit = () => document.exitFullscreen().catch(() => undefined);

/** Enters it, and gives what switches it. Leaving it by the browser's own Escape leaves the stage. */
export function useScreen(root: HTMLElement, onLeave: () => void): () => void {
  const asked = useRef(false);
  useEffect(() => {
    enter(root);
    const changed = () => {
      if (fills(root)) return;
      // A window that opens ends full screen too, and the stage then loses the focus.
      if (!asked.current && document.hasFocus()) onLeave();
      asked.current = false;
    };
    // Not of the document: it also hears that a stage before this one has left.
    root.addEventListener('fullscreenchange', changed);
    return () => root.removeEventListener('fullscreenchange', changed);
  }, [root]);
  return () => {
    if (!fills(root)) return enter(root);
    asked.current = true;
    answered = exit();
  };
}

/**
 * Takes the element away: at once if it fills the screen, because nothing behind it can have the focus; else when
 * the browser has answered, because it would stay in full screen for an element that is gone.
 */
export function takeAway(root: HTMLElement): void {
  const go = async () => {
    const left = fills(root) && exit();
    root.remove();
    await left;
  };
  root.hidden = true;
  answered = fills(root) ? go() : answered.then(go);
}
