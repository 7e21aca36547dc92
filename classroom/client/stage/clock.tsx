/** The elapsed time beside the planned time. */

import { useEffect, useState } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import type { Presentation } from './presentation';

export function Clock({ presentation }: { presentation: Presentation }) {
  const [, tick] = useState(0);
  const running = presentation.state.startedAt !== null;
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), 500);
    return () => clearInterval(timer);
  }, [running]);
  const { minutes } = presentation;
  return (
    <span class="cb-clock" role="timer">
      {minutesAndSeconds(presentation.elapsed)}{' '}
      <small>{message(running ? 'stage-clock-planned' : 'stage-clock-paused', { minutes })}</small>
    </span>
  );
}

function minutesAndSeconds(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
