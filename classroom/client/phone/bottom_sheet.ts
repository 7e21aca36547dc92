/** A sheet at the foot of the window, for which the page makes room. */

import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Tells the page whether the sheet is open and how high it is, and brings back into view what it would have covered. */
export function useRoomInPage(sheet: RefObject<HTMLElement>, folded: boolean): void {
  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    dataset.room = folded ? 'folded' : 'open';
    return () => delete dataset.room;
  }, [folded]);
  useLayoutEffect(() => {
    const element = sheet.current;
    if (!element) return undefined;
    const root = document.documentElement;
    const observer = new ResizeObserver(() => {
      root.style.setProperty('--room', `${element.offsetHeight}px`);
      const focused = document.activeElement;
      if (!focused || focused === document.body || element.contains(focused)) return;
      if (focused.getBoundingClientRect().bottom > element.getBoundingClientRect().top)
        focused.scrollIntoView({ block: 'nearest' });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      root.style.removeProperty('--room');
    };
  }, [sheet]);
}
