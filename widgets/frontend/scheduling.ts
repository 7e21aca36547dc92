/** Scheduling of work behind the paint. */

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
