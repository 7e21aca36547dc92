/** Full screen, where it is allowed: browsers answer late, and a late answer ends what was asked for after it. */

import { useEffect, useRef } from 'preact/hooks';

/** Settles when the browser has done all that it was asked for. */
let answered: Promise<unknown> = Promise.resolve();

const enter = (root: HTMLElement) => {
  answered = answered.then(() => root.requestFullscreen?.()).catch(() => undefined);
};

const exit = () => document.exitFullscreen().catch(() => undefined);

/** Enters it, and gives what switches it. Leaving it by the browser's own Escape leaves the stage. */
export function useScreen(root: HTMLElement, onLeave: () => void): () => void {
  const asked = useRef(false);
  useEffect(() => {
    enter(root);
    const changed = () => {
      // A window that opens ends full screen too, and the stage then loses the focus.
      const left = !document.fullscreenElement && !asked.current && document.hasFocus();
      asked.current = false;
      if (left) onLeave();
    };
    // Not of the document: it also hears that a stage before this one has left.
    root.addEventListener('fullscreenchange', changed);
    return () => root.removeEventListener('fullscreenchange', changed);
  }, [root]);
  return () => {
    asked.current = true;
    if (document.fullscreenElement) answered = exit();
    else enter(root);
  };
}

/** Takes the element away. Where it has asked to fill the screen and was not answered, the browser would stay so for nothing. */
export function takeAway(root: HTMLElement): void {
  const go = () => {
    const left = document.fullscreenElement && exit();
    root.remove();
    return left;
  };
  root.hidden = true;
  answered = document.fullscreenElement ? Promise.resolve(go()) : answered.then(go);
}
