/** One question on the wall: the number of votes while voting is open, the result once it is closed. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { message, messageParts } from '../../../widgets/engine/messages';
import { kindLabel } from '../protocol/labels';
import type { Ballot, PresenterState, RoundResult, RoundSummary } from '../protocol/types';
import { AgreementView } from '../results/agreement';
import { AnswerKeyView } from '../results/answer_key';
import { Consequences, Distribution, voteCount } from '../results/results';

interface Props {
  round: RoundSummary;
  ballot: Ballot;
  state: PresenterState;
  /** Whether a second vote is possible. */
  secondVote: boolean;
  onClose: () => void;
  onSecondVote: () => void;
  onAgenda: () => void;
}

export function Wall({ round, ballot, state, secondVote, onClose, onSecondVote, onAgenda }: Props) {
  const question = round.kind === 'reading' ? null : ballot.fields[0];
  const context = [
    kindLabel(round.kind),
    ...(question ? [round.title] : []),
    ...(round.again ? [message('room-stage-second-vote')] : []),
  ];
  return (
    <div class="room-stage" data-round={round.id} data-phase={round.phase}>
      <p class="room-kind">{context.join(' · ')}</p>
      <h1>{question?.label ?? round.title}</h1>
      {question?.help && <p class="room-setting">{question.help}</p>}
      {round.phase === 'open' && <OpenVote votes={round.committed} phones={state.joined} onClose={onClose} />}
      {round.phase === 'closed' &&
        (round.result ? (
          <ClosedVote round={round} ballot={ballot} result={round.result}>
            {secondVote && (
              <button type="button" class="room-primary" onClick={onSecondVote}>
                {message('room-vote-again')}
              </button>
            )}
            <button type="button" class={secondVote ? undefined : 'room-primary'} onClick={onAgenda}>
              {message('room-next-question')}
            </button>
          </ClosedVote>
        ) : (
          <p class="room-setting">{message('room-counting')}</p>
        ))}
    </div>
  );
}

function OpenVote({ votes, phones, onClose }: { votes: number; phones: number; onClose: () => void }) {
  return (
    <div class="room-counting">
      <p>{messageParts('room-submitted-count', { votes: <strong>{votes}</strong>, phones })}</p>
      <progress max={Math.max(phones, 1)} value={votes} aria-label={message('room-submitted')} />
      <button type="button" class="room-primary" onClick={onClose}>
        {message('room-close-vote')}
      </button>
      <p class="room-quiet">{message('room-result-hidden')}</p>
    </div>
  );
}

type Part = 'readings' | 'follows' | 'key' | 'agreement';

interface ClosedProps {
  round: RoundSummary;
  ballot: Ballot;
  result: RoundResult;
  /** What the presenter can do next. */
  children: ComponentChildren;
}

/** The parts of a result, one at a time, so that each can be read from the last row. */
function ClosedVote({ round, ballot, result, children }: ClosedProps) {
  const [part, setPart] = useState<Part>('readings');
  // The key is marked only after the presenter has shown it, because it would end the discussion.
  const [keyShown, setKeyShown] = useState(false);
  const show = (next: Part) => {
    setPart(next);
    if (next === 'key') setKeyShown(true);
  };
  return (
    <>
      <div class="room-parts">
        {partsOf(round, result).map(([id, name]) => (
          <button key={id} type="button" aria-pressed={part === id} onClick={() => show(id)}>
            {name}
          </button>
        ))}
        <div class="room-next">
          <span class="room-votes">{voteCount(result)}</span>
          {children}
        </div>
      </div>
      <div class="room-outcome" data-part={part}>
        {part === 'readings' && <Distribution ballot={ballot} result={result} keyShown={keyShown} />}
        {part === 'key' && <AnswerKeyView ballot={ballot} result={result} />}
        {part === 'follows' && <Consequences result={result} />}
        {part === 'agreement' && <AgreementView ballot={ballot} result={result} />}
      </div>
    </>
  );
}

function partsOf({ kind }: RoundSummary, result: RoundResult): readonly (readonly [Part, string])[] {
  return [
    ['readings', message(kind === 'reading' ? 'room-part-readings' : 'room-part-answers')],
    ...(kind === 'reading' ? [['follows', message('room-part-consequences')] as const] : []),
    ...(kind === 'plan' ? [['follows', message('room-part-plan')] as const] : []),
    ...(result.key ? [['key', message('room-part-key')] as const] : []),
    ...(result.agreement ? [['agreement', message('room-part-agreement')] as const] : []),
  ];
}
