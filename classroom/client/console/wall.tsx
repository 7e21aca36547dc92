/** One question on the wall: how many have committed while it is open, what they said once it is closed. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { Agreed } from '../results/agreement';
import { KINDS } from './agenda';
import { Follows, Key, Readings, votesIn } from '../results/results';
import type { Asked, Held, Presented, Result } from '../protocol/types';

interface Props {
  held: Held;
  asked: Asked;
  state: Presented;
  /** It may have a second vote. */
  once: boolean;
  onClose: () => void;
  onAgain: () => void;
  onAgenda: () => void;
}

export function Stage({ held, asked, state, once, onClose, onAgain, onAgenda }: Props) {
  const question = held.kind === 'reading' ? null : asked.fields[0];
  return (
    <div class="room-stage" data-round={held.id} data-phase={held.phase}>
      <p class="room-kind">
        {[KINDS[held.kind], ...(question ? [held.title] : []), ...(held.again ? ['second vote'] : [])].join(' · ')}
      </p>
      <h1>{question?.label ?? held.title}</h1>
      {question?.help && <p class="room-setting">{question.help}</p>}
      {held.phase === 'open' ? (
        <Counting committed={held.committed} joined={state.joined} onClose={onClose} />
      ) : held.result ? (
        <Reveal held={held} asked={asked} result={held.result}>
          {once && (
            <button type="button" class="room-primary" onClick={onAgain}>
              Second vote
            </button>
          )}
          <button type="button" class={once ? undefined : 'room-primary'} onClick={onAgenda}>
            Next question
          </button>
        </Reveal>
      ) : (
        <p class="room-setting">Closed. The votes are being counted.</p>
      )}
    </div>
  );
}

function Counting({ committed, joined, onClose }: { committed: number; joined: number; onClose: () => void }) {
  return (
    <div class="room-counting">
      <p>
        <strong>{committed}</strong> of {joined} have committed
      </p>
      <progress max={Math.max(joined, 1)} value={committed} aria-label="Committed" />
      <button type="button" class="room-primary" onClick={onClose}>
        Close the vote
      </button>
      <p class="room-quiet">What was said appears when the vote is closed.</p>
    </div>
  );
}

type Part = 'readings' | 'follows' | 'key' | 'agreement';

interface RevealProps {
  held: Held;
  asked: Asked;
  result: Result;
  /** What may be done next. */
  children: ComponentChildren;
}

/** One part at a time, so that each can be read from the last row. */
function Reveal({ held, asked, result, children }: RevealProps) {
  const [part, setPart] = useState<Part>('readings');
  // The key is told when the presenter turns to it; seen sooner, it would end the discussion.
  const [keyed, setKeyed] = useState(false);
  const show = (next: Part) => {
    setPart(next);
    if (next === 'key') setKeyed(true);
  };
  const parts: [Part, string][] = [['readings', held.kind === 'reading' ? 'Readings' : 'Answers']];
  if (held.kind === 'reading') parts.push(['follows', 'Totals, bands, plans']);
  if (held.kind === 'plan') parts.push(['follows', 'In the plan of the book']);
  if (result.key) parts.push(['key', 'Key and reasons']);
  if (result.agreement) parts.push(['agreement', 'Agreement']);
  return (
    <>
      <div class="room-parts">
        {parts.map(([id, name]) => (
          <button key={id} type="button" aria-pressed={part === id} onClick={() => show(id)}>
            {name}
          </button>
        ))}
        <div class="room-next">
          <span class="room-votes">{votesIn(result)}</span>
          {children}
        </div>
      </div>
      <div class="room-outcome" data-part={part}>
        {part === 'readings' && <Readings asked={asked} result={result} keyed={keyed} />}
        {part === 'key' && <Key asked={asked} result={result} />}
        {part === 'follows' && <Follows result={result} />}
        {part === 'agreement' && <Agreed asked={asked} result={result} />}
      </div>
    </>
  );
}
