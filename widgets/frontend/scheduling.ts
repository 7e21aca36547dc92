/** Scheduling of work behind the paint, and of what can wait longer. */

/** Runs work after the next paint; returns the function that cancels it. */
export function afterPaint(work: () => void): () => void {
  let dropped = false;
  requestAnimationFrame(() =>
    setTimeout(() => {
      if (!dropped) work();
    }),
  );
  return () => {
    dropped = true;
  };
}

/** Runs work once the page has loaded and has nothing else to do. */
export function whenIdle(work: () => void): void {
  // Safari has no requestIdleCallback.
  const wait = () => ('requestIdleCallback' in window ? requestIdleCallback(work) : setTimeout(work));
  if (document.readyState === 'complete') wait();
  else addEventListener('load', wait, { once: true });
}
