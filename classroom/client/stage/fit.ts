/** Type that shrinks until a slide fits the screen, because nobody scrolls before a group. */

import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';

/** The smallest share of the type of the stage; a fuller slide scrolls. */
const SMALLEST = 0.45;
const DECREMENT = 0.05;

/** Narrower screens are held in a hand, and scroll; as in responsive.css. */
const NARROW = '(max-width: 40rem)';

/** Fits the content of an element into its height, at every rendering and whenever the screen or a fold changes. */
export function useFit(element: RefObject<HTMLElement>): void {
  useLayoutEffect(() => fit(element.current));
  useEffect(() => {
    const again = () => fit(element.current);
    const folds = element.current;
    addEventListener('resize', again);
    folds?.addEventListener('toggle', again, true);
    return () => {
      removeEventListener('resize', again);
      folds?.removeEventListener('toggle', again, true);
    };
  }, [element]);
}

function fit(element: HTMLElement | null): void {
  if (!element) return;
  let share = 1;
  element.style.setProperty('--stage-fit', '1');
  if (matchMedia(NARROW).matches) return;
  while (element.scrollHeight > element.clientHeight && share > SMALLEST) {
    share -= DECREMENT;
    element.style.setProperty('--stage-fit', share.toFixed(2));
  }
}
