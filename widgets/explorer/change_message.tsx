/** What the last change did: one sentence, every step on demand; spoken once the reader pauses. */

import { useEffect, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Changed } from '../engine/types';
import { Disclosure } from '../frontend/disclosure';
import { Sources } from '../frontend/sources';
import { sentence } from '../frontend/labels';
import { ALARM } from '../frontend/refusal';


/** So long after the last change, in milliseconds, it is spoken. */
const PAUSE = 600;

export interface Told {
  readonly change: Changed;
  /** What was done, where it was more than one finding: "You opened a link." */
  readonly cause?: string | undefined;
  /** Whether nothing was done, because findings contradict each other. */
  readonly refused?: boolean;
  /** Whether those findings hold a red flag. */
  readonly alarm?: boolean;
}

export function inOneSentence(told: Told | null): string {
  if (!told) return message('explorer-hint');
  if (told.alarm) return `${ALARM} ${told.change.text}`;
  return told.cause ? `${sentence(told.cause)} ${told.change.text}` : told.change.text;
}

export function ToldLine({ told }: { told: Told | null }) {
  const moves = told?.change.moves ?? [];
  return (
    <div class={told?.refused ? 'cb-told cb-errors' : 'cb-told'}>
      {told?.alarm && (
        <p>
          <strong>{ALARM}</strong>
        </p>
      )}
      <p>{told?.alarm ? told.change.text : inOneSentence(told)}</p>
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

/** Says it to those who listen; it must not lie in what is folded away on a phone, where nothing is read out. */
export function Spoken({ told }: { told: Told | null }) {
  const text = told ? inOneSentence(told) : '';
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span class="cb-hidden" role="status" aria-live="polite">
      {spoken}
    </span>
  );
}
