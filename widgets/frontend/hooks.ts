/** What the widgets watch: a trait of their model, their own width, the printer. */

import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Model } from './host';
import { afterPaint } from './scheduling';
import { sameValue } from './equality';

/**
 * Draws again whenever something says that it has changed.
 *
 * It is heard from the drawing on, not from the paint on: a change between the two would never be seen.
 */
export function useChanges(hear: (changed: () => void) => () => void, of: readonly unknown[]): void {
  const [, redraw] = useState(0);
  useLayoutEffect(() => hear(() => redraw((n) => n + 1)), of);
}

/**
 * The value of a trait, drawn again whenever the page, the kernel or another widget sets it; undefined of no model.
 *
 * It stays the same object while it is the same: a kernel answers every change with an equal copy of what it was sent.
 */
export function useTrait<T>(model: Model | undefined, name: string): T {
  useChanges(
    (changed) => {
      model?.on(`change:${name}`, changed);
      return () => model?.off(`change:${name}`, changed);
    },
    [model, name],
  );
  const held = useRef<T>();
  const value = model?.get(name) as T;
  if (!sameValue(held.current, value)) held.current = value;
  return held.current as T;
}

/**
 * Whether an element is at least so many root ems wide.
 *
 * The first drawing goes by the window, less a sidebar: to measure the element, or to read `innerWidth`, would lay
 * the whole page out once more before anything is seen. The observer corrects a wrong guess before the paint.
 */
export function useWide(element: RefObject<HTMLElement>, rem: number): boolean {
  const [wide, setWide] = useState(() => matchMedia(`(min-width: ${rem + SIDEBAR}em)`).matches);
  useLayoutEffect(() => {
    const measured = element.current;
    if (!measured) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const em = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      if (entry) setWide(entry.contentRect.width >= rem * em);
    });
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element, rem]);
  return wide;
}

/** Room that the theme keeps beside the text on a wide screen, in rem. */
const SIDEBAR = 24;

/**
 * A value for what may come a frame behind: what is new in it is drawn after the change itself has been painted.
 * The value must stay the same object while it is the same.
 */
export function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(() => value);
  useEffect(() => (shown === value ? undefined : afterPaint(() => setShown(() => value))), [value]);
  return shown;
}

/** Whether the first drawing has been painted: what no reader looks for first is drawn behind it. */
export function useStarted(): boolean {
  const [started, setStarted] = useState(false);
  useEffect(() => afterPaint(() => setStarted(true)), []);
  return started;
}

/** True while the page is being printed: paper cannot be opened, so what is folded is written out. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
}

/**
 * The former list where nothing in it changed, entry by entry, so that what is drawn from an
 * unchanged entry is not drawn again.
 */
export function useUnchanged<T>(entries: readonly T[], idOf: (entry: T) => string): readonly T[] {
  const former = useRef(new Map<string, { text: string; entry: T }>());
  const next = new Map<string, { text: string; entry: T }>();
  for (const entry of entries) {
    const known = former.current.get(idOf(entry));
    if (known?.entry === entry) {
      next.set(idOf(entry), known);
      continue;
    }
    const text = JSON.stringify(entry);
    next.set(idOf(entry), known?.text === text ? known : { text, entry });
  }
  former.current = next;
  return [...next.values()].map((kept) => kept.entry);
}
