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

/** Takes the steps of a piece of work once the page is loaded and has nothing else to do. */
export function whenIdle(steps: Iterator<unknown>): void {
  const ask = window.requestIdleCallback ?? ((work: IdleRequestCallback) => setTimeout(() => work(ONE_STEP), 50));
  const go = (deadline: IdleDeadline) => {
    do if (steps.next().done) return;
    while (deadline.timeRemaining() > 0);
    ask(go);
  };
  if (document.readyState === 'complete') ask(go);
  else addEventListener('load', () => ask(go), { once: true });
}

/** For a browser that does not say when it is idle. */
const ONE_STEP: IdleDeadline = { didTimeout: false, timeRemaining: () => 0 };
