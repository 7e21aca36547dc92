/** The room in a page of the book: a sheet at the foot of the window, with the page above it. */

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { message, messageParts } from '../../../widgets/engine/messages';
import { type Connection, useConnection } from '../protocol/connection';
import type { Round, RoomState } from '../protocol/types';
import { Results } from '../results/results';
import { BallotForm } from './ballot';
import { useSpaceForSheet } from './bottom_sheet';
import { announcement, offlineNotice, statusLine } from './status';
import { storeRoom, type RoundAnswer, type StoredRoom } from './storage';
import { useVoteDelivery } from './vote_delivery';

interface Props {
  connection: Connection<RoomState>;
  initial: StoredRoom;
  onLeave: () => void;
}

export function Phone({ connection, initial, onLeave }: Props) {
  useConnection(connection);
  const { state, status } = connection;
  const [stored, update] = useStoredRoom(initial);
  const refusal = useVoteDelivery(connection, stored.pending, update);
  const sheet = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useSpaceForSheet(sheet, stored.folded ?? false);

  // The sheet unfolds for a new question or result, but stays folded when the reader goes to another page.
  const scene = state ? `${state.phase} ${state.round?.id ?? ''}` : stored.scene;
  useEffect(() => {
    if (!scene || scene === stored.scene) return;
    update({ scene, folded: false });
    body.current?.scrollTo(0, 0);
  }, [scene]);

  return (
    <section
      class="room"
      ref={sheet}
      aria-label={message('room-label')}
      data-phase={state?.phase}
      data-line={status}
    >
      <button
        type="button"
        class="room-fold"
        aria-expanded={!stored.folded}
        aria-controls="room-sheet"
        onClick={() => update({ folded: !stored.folded })}
      >
        <span class="room-name">{message('room-name', { code: stored.code })}</span>
        <span class="room-now">{statusLine(connection)}</span>
      </button>
      <p class="room-hidden" role="status">
        {announcement(connection)}
      </p>
      <div ref={body} id="room-sheet" class="room-sheet" hidden={stored.folded}>
        {status === 'down' && <p class="room-warning">{offlineNotice(stored, state)}</p>}
        {state?.durable === false && state.phase !== 'ended' && (
          <p class="room-warning">{message('room-not-durable')}</p>
        )}
        {refusal && (
          <p class="room-warning" role="alert">
            {refusal}
          </p>
        )}
        {status === 'refused' && <p role="alert">{connection.refusal}</p>}
        {state && <Question state={state} stored={stored} update={update} />}
        <p class="room-foot">
          <button type="button" onClick={onLeave}>
            {message('room-leave')}
          </button>{' '}
          {message('room-privacy')}
        </p>
      </div>
    </section>
  );
}

interface QuestionProps {
  state: RoomState;
  stored: StoredRoom;
  update: (changes: Partial<StoredRoom>) => void;
}

function Question({ state: { phase, round, ...state }, stored, update }: QuestionProps) {
  if (phase === 'ended') return <p>{message('room-ended')}</p>;
  if (!round) return <p>{message('room-waiting')}</p>;
  const mine = answerTo(round, stored.pending) ?? state.mine;
  const answer = answerTo(round, stored.draft) ?? mine ?? {};
  if (phase === 'open') {
    const votes = <strong>{state.committed}</strong>;
    return (
      <>
        <Heading round={round} code={stored.code} />
        <p class="room-count">{messageParts('room-submitted-count', { votes, phones: state.joined })}</p>
        <BallotForm
          key={round.id}
          round={round}
          answer={answer}
          mine={mine}
          onChange={(next) => update({ draft: { round: round.id, answer: next } })}
          onSubmit={() => update({ pending: { round: round.id, answer } })}
        />
      </>
    );
  }
  return (
    <>
      <Heading round={round} code={stored.code} />
      {state.result ? (
        <Results ballot={round} result={state.result} mine={state.mine} />
      ) : (
        <p>{message('room-counting')}</p>
      )}
    </>
  );
}

function Heading({ round, code }: { round: Round; code: string }) {
  const onPage = location.pathname.endsWith(`/${round.page}`);
  return (
    <>
      <h2>{round.title}</h2>
      {round.again && <p class="room-again">{message('room-second-vote-note')}</p>}
      {!onPage && (
        <p>
          <a href={`/${round.page}#room=${encodeURIComponent(code)}`}>{message('room-open-page')}</a>
        </p>
      )}
    </>
  );
}

/** What this browser stores, as state and in its storage. */
function useStoredRoom(initial: StoredRoom): [StoredRoom, (changes: Partial<StoredRoom>) => void] {
  const [stored, setStored] = useState(initial);
  useEffect(() => storeRoom(stored), [stored]);
  return [stored, useCallback((changes) => setStored((former) => ({ ...former, ...changes })), [])];
}

function answerTo(round: Round, stored: RoundAnswer | undefined) {
  return stored?.round === round.id ? stored.answer : null;
}
