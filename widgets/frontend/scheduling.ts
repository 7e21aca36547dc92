/** Work that a reader does not wait for. */

/** Runs after the frame that shows what has been drawn so far; gives what takes the work back until then. */
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
