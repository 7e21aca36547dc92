/** The room in a page of the book: a sheet at its foot, above which the page stays what it is. */

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { keep, type Kept, type Sheet } from './storage';
import { fault, tell, useLine, type Line } from '../protocol/connection';
import { Outcome } from '../results/results';
import { useRoomInPage } from './bottom_sheet';
import type { Round, State } from '../protocol/types';
import { same, Vote } from './ballot';

/** Milliseconds until a vote that the server could not take is offered again. */
const PATIENCE = 2000;

interface Props {
  line: Line<State>;
  start: Kept;
  onLeave: () => void;
}

export function Phone({ line, start, onLeave }: Props) {
  useLine(line);
  const { state, status } = line;
  const [kept, hold] = useKept(start);
  const refusal = useSending(line, kept.pending, hold);
  const sheet = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useRoomInPage(sheet, kept.folded ?? false);

  // It unfolds for what is new, and stays as it was left when the reader goes to another page.
  const scene = state ? `${state.phase} ${state.round?.id ?? ''}` : kept.scene;
  useEffect(() => {
    if (!scene || scene === kept.scene) return;
    hold({ scene, folded: false });
    body.current?.scrollTo(0, 0);
  }, [scene]);

  return (
    <section class="room" ref={sheet} aria-label="Teaching room" data-phase={state?.phase} data-line={status}>
      <button
        type="button"
        class="room-fold"
        aria-expanded={!kept.folded}
        aria-controls="room-sheet"
        onClick={() => hold({ folded: !kept.folded })}
      >
        <span class="room-name">Room {kept.code}</span>
        <span class="room-now">{now(line)}</span>
      </button>
      <p class="room-hidden" role="status">
        {spoken(line)}
      </p>
      <div ref={body} id="room-sheet" class="room-sheet" hidden={kept.folded}>
        {status === 'down' && <p class="room-warning">{whatIsKept(kept, state)}</p>}
        {state?.durable === false && state.phase !== 'ended' && (
          <p class="room-warning">The room cannot write its votes to disk; it goes on in memory.</p>
        )}
        {refusal && (
          <p class="room-warning" role="alert">
            {refusal}
          </p>
        )}
        {status === 'refused' && <p role="alert">{line.refusal}</p>}
        {state && <Present state={state} kept={kept} hold={hold} />}
        <p class="room-foot">
          <button type="button" onClick={onLeave}>
            Leave the room
          </button>{' '}
          Only what you choose is kept: no name, no address.
        </p>
      </div>
    </section>
  );
}

interface PresentProps {
  state: State;
  kept: Kept;
  hold: (next: Partial<Kept>) => void;
}

function Present({ state: { phase, round, ...state }, kept, hold }: PresentProps) {
  if (phase === 'ended') return <p>The room has ended. Its votes were deleted with it.</p>;
  if (!round) return <p>You are in. A question appears here as soon as it is opened.</p>;
  const mine = of(round, kept.pending) ?? state.mine;
  const answer = of(round, kept.draft) ?? mine ?? {};
  return (
    <>
      <Heading round={round} code={kept.code} />
      {phase === 'open' ? (
        <>
          <p class="room-count">
            <strong>{state.committed}</strong> of {state.joined} have committed
          </p>
          <Vote
            key={round.id}
            round={round}
            answer={answer}
            mine={mine}
            onChange={(next) => hold({ draft: { round: round.id, answer: next } })}
            onCommit={() => hold({ pending: { round: round.id, answer } })}
          />
        </>
      ) : state.result ? (
        <Outcome asked={round} result={state.result} mine={state.mine} />
      ) : (
        <p>Closed. The votes are being counted.</p>
      )}
    </>
  );
}

function Heading({ round, code }: { round: Round; code: string }) {
  const there = location.pathname.endsWith(`/${round.page}`);
  return (
    <>
      <h2>{round.title}</h2>
      {round.again && <p class="room-again">Second vote, after the discussion</p>}
      {!there && (
        <p>
          <a href={`/${round.page}#room=${encodeURIComponent(code)}`}>Open the page it is about</a>
        </p>
      )}
    </>
  );
}

/** What this browser keeps, as state and beside it. */
function useKept(start: Kept): [Kept, (next: Partial<Kept>) => void] {
  const [kept, setKept] = useState(start);
  useEffect(() => keep(kept), [kept]);
  return [kept, useCallback((next) => setKept((now) => ({ ...now, ...next })), [])];
}

/** Sends what is committed for as long as the room has not got it; gives what the room had against it. */
function useSending(line: Line<State>, pending: Sheet | undefined, hold: PresentProps['hold']): string {
  const [refusal, setRefusal] = useState('');
  const former = useRef<Promise<unknown>>(Promise.resolve());
  const up = line.status === 'up';
  useEffect(() => {
    if (!pending || !up) return undefined;
    let over = false;
    let timer = 0;
    const send = async () => {
      // One after another: a changed vote must not be overtaken by the one before it.
      await former.current;
      if (over) return;
      const sending = sent(pending);
      former.current = sending;
      const said = await sending;
      if (over) return;
      if (said === null) timer = setTimeout(() => void send(), PATIENCE);
      else {
        if (!said && line.state?.round?.id === pending.round) line.state = { ...line.state, mine: pending.answer };
        // The room may have had it, and its answer was lost on the way: then it counts, closed or not.
        setRefusal(has(line.state, pending) ? '' : said);
        hold({ pending: undefined, draft: undefined });
      }
    };
    void send();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [pending, up]);
  return refusal;
}

/** "" when the room has the vote, else why it will not take it; null where it is worth another try. */
async function sent({ round, answer }: Sheet): Promise<string | null> {
  try {
    const response = await tell('vote', { round, answer });
    if (response.ok) return '';
    if (response.status === 409) return 'The question was closed before your vote arrived, so it does not count.';
    return response.status === 429 || response.status >= 500 ? null : await fault(response);
  } catch {
    return null;
  }
}

function has(state: State | null, { round, answer }: Sheet): boolean {
  return state?.round?.id === round && state.mine !== null && same(state.mine, answer);
}

function of(round: Round, sheet: Sheet | undefined) {
  return sheet?.round === round.id ? sheet.answer : null;
}

/** The line that is seen while the sheet is folded. */
function now({ state, status }: Line<State>): string {
  if (status === 'refused') return 'not in the room';
  if (status === 'down') return 'no line, trying again';
  if (!state) return 'joining';
  switch (state.phase) {
    case 'waiting':
      return 'waiting for a question';
    case 'open':
      return state.mine ? `committed · ${state.committed} of ${state.joined}` : 'a question is open';
    case 'closed':
      return 'the result';
    case 'ended':
      return 'ended';
  }
}

/** What is said aloud: the turns of the session, not every vote. */
function spoken({ state, status }: Line<State>): string {
  if (status === 'down') return 'The line to the room is down.';
  const title = state?.round?.title ?? '';
  if (state?.phase === 'open') return `A question is open: ${title}`;
  if (state?.phase === 'closed') return `Closed. The result of: ${title}`;
  return state?.phase === 'ended' ? 'The room has ended.' : '';
}

function whatIsKept({ pending, draft }: Kept, state: State | null): string {
  const down = 'The line to the room is down; this page tries again by itself.';
  if (pending) return `${down} Your vote is kept on this device and sent as soon as the line is back.`;
  if (draft) return `${down} What you have chosen is kept on this device; the room has not got it yet.`;
  return state?.mine ? `${down} The room has your vote.` : down;
}
