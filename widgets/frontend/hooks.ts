/** Hooks for traits of the model, width, painting and printing. */

import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import type { Model } from './host';
import { afterPaint } from './scheduling';
import { sameValue } from './equality';

/**
 * Renders again after every notification.
 *
 * Subscribes before the paint, because a change between rendering and paint would otherwise be missed.
 */
export function useRedrawOn(subscribe: (changed: () => void) => () => void, of: readonly unknown[]): void {
  const [, redraw] = useState(0);
  useLayoutEffect(() => subscribe(() => redraw((n) => n + 1)), of);
}

/**
 * The value of a trait; renders again whenever the page, the kernel or another widget sets it. Undefined without a model.
 *
 * Equal values remain the same object, because a kernel answers every change with an equal copy.
 */
export function useTrait<T>(model: Model | undefined, name: string): T {
  useRedrawOn(
    (changed) => {
      model?.on(`change:${name}`, changed);
      return () => model?.off(`change:${name}`, changed);
    },
    [model, name],
  );
  const latest = useRef<T>();
  const value = model?.get(name) as T;
  if (!sameValue(latest.current, value)) latest.current = value;
  return latest.current as T;
}

/**
 * Whether an element is at least so many root ems wide.
 *
 * The first rendering uses the width of the window less a sidebar, because measuring the element or reading
 * `innerWidth` would lay the page out once more. The observer corrects a wrong estimate before the paint.
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

/** Width in rem of the theme's sidebar on a wide screen. */
const SIDEBAR = 24;

/**
 * A value for parts that may follow a frame later, after the change itself has been painted.
 * Equal values must be the same object.
 */
export function useAfterPaint<T>(value: T): T {
  const [shown, setShown] = useState(() => value);
  useEffect(() => (shown === value ? undefined : afterPaint(() => setShown(() => value))), [value]);
  return shown;
}

/** Whether the first rendering has been painted; less important parts are rendered after it. */
export function useFirstPaint(): boolean {
  const [painted, setPainted] = useState(false);
  useEffect(() => afterPaint(() => setPainted(true)), []);
  return painted;
}

/** Whether the page is being printed, so that folded content must be rendered. */
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
 * A list in which unchanged entries remain the same objects, so that their components are not rendered again.
 */
export function useStableEntries<T>(entries: readonly T[], idOf: (entry: T) => string): readonly T[] {
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
  return [...next.values()].map((stable) => stable.entry);
}
