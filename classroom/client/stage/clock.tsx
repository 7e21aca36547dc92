/** The time since the beginning beside the time that was planned. */

import { useEffect, useState } from 'preact/hooks';

import type { Talk } from './presentation';

export function Clock({ talk }: { talk: Talk }) {
  const [, tick] = useState(0);
  const runs = talk.state.since !== null;
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => tick((n) => n + 1), 500);
    return () => clearInterval(timer);
  }, [runs]);
  return (
    <span class="cb-clock" role="timer">
      {minutesAndSeconds(talk.elapsed)} <small>of {talk.minutes} min{!runs && ', paused'}</small>
    </span>
  );
}

function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
