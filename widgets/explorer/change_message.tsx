/** The effect of the last change: a sentence, all details on demand, and an announcement after a pause. */

import { useEffect, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Changed } from '../engine/types';
import { Disclosure } from '../frontend/disclosure';
import { Sources } from '../frontend/sources';
import { sentence } from '../frontend/labels';
import { RED_FLAG_WARNING } from '../frontend/refusal';

/** Milliseconds between the last change and its announcement. */
const PAUSE = 600;

export interface ChangeReport {
  readonly change: Changed;
  /** The reason for a change of several findings, such as "You opened a link." */
  readonly cause?: string | undefined;
  /** Whether the change was refused because findings contradict each other. */
  readonly refused?: boolean;
  /** Whether the refused findings include a red flag. */
  readonly alarm?: boolean;
  /** Loads again what the report needs, where that could not be loaded. */
  readonly retry?: () => void;
}

export function reportText(report: ChangeReport | null): string {
  if (!report) return message('explorer-hint');
  if (report.alarm) return `${RED_FLAG_WARNING} ${report.change.text}`;
  return report.cause ? `${sentence(report.cause)} ${report.change.text}` : report.change.text;
}

export function ChangeMessage({ report }: { report: ChangeReport | null }) {
  const moves = report?.change.moves ?? [];
  return (
    <div class={report?.refused || report?.retry ? 'cb-told cb-errors' : 'cb-told'}>
      {report?.alarm && (
        <p>
          <strong>{RED_FLAG_WARNING}</strong>
        </p>
      )}
      <p>{report?.alarm ? report.change.text : reportText(report)}</p>
      {report?.retry && (
        <button type="button" onClick={report.retry}>
          {message('explorer-change-retry')}
        </button>
      )}
      {moves.length > 0 && (
        <Disclosure class="cb-steps" summary={message('explorer-change-steps', { count: moves.length })}>
          {() => (
            <ul>
              {moves.map((move) => (
                <li key={move.id}>
                  {move.text} {move.source.length > 0 && <Sources refs={move.source} />}
                </li>
              ))}
            </ul>
          )}
        </Disclosure>
      )}
    </div>
  );
}

/** The announcement for screen readers; outside the sheet that is hidden on a phone, because hidden text is not read. */
export function ChangeAnnouncement({ report }: { report: ChangeReport | null }) {
  const text = report ? reportText(report) : '';
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setAnnounced(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span class="cb-hidden" role="status" aria-live="polite">
      {announced}
    </span>
  );
}
