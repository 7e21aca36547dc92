/** The sheet at the foot of the window, for which the page leaves space. */

import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Publishes the state and height of the sheet to the page's styles, and scrolls the focused control out from under it. */
export function useSpaceForSheet(sheet: RefObject<HTMLElement>, folded: boolean): void {
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
