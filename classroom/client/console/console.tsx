/** Entry of console.js: the presenter's console, as it is projected; the same in every window that has the key. */

import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { message, messageParts } from '../../../widgets/engine/messages';
import { Connection, get, post, reasonOf, useConnection } from '../protocol/connection';
import type { PresenterState, Subject } from '../protocol/types';
import { Agenda, ballotOf, useAgenda } from './agenda';
import { Guest } from './guest';
import { Joining, JoiningLate } from './joining';
import { Wall } from './wall';

type View = 'question' | 'agenda' | 'join';

function Console({ connection }: { connection: Connection<PresenterState> }) {
  useConnection(connection);
  const { state, status } = connection;
  const [view, setView] = useState<View>('question');
  const [chosen, setChosen] = useState<number | null>(null);
  const [refusal, setRefusal] = useState('');
  const agenda = useAgenda(status === 'up');
  const main = useRef<HTMLElement>(null);

  // A question that opens or closes is shown in every window, whichever window opened or closed it.
  const scene = state ? `${state.phase} ${state.round?.id ?? ''}` : '';
  useEffect(() => {
    setView('question');
    setChosen(null);
    setRefusal('');
  }, [scene]);
  // The pressed button is gone; the next Tab continues from here.
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [scene, view, chosen]);

  if (status === 'refused') return <Guest />;
  if (!state) return <p>{message(status === 'down' ? 'room-console-offline' : 'room-console-opening')}</p>;
  if (state.phase === 'ended') {
    return (
      <main class="room-ended">
        <h1>{message('room-console-ended')}</h1>
        <p>{message('room-console-deleted')}</p>
      </main>
    );
  }

  const send = async (path: string, body: object) => {
    setRefusal('');
    try {
      const response = await post(path, body);
      if (!response.ok) setRefusal(await reasonOf(response));
    } catch {
      setRefusal(message('room-console-no-answer'));
    }
  };
  const open = ({ kind, case: subject, question }: Subject, firstVote?: number) =>
    void send('open', { kind, case: subject, ...(question && { question }), ...(firstVote && { again: firstVote }) });
  const current = state.round?.id;
  const round = state.rounds.find(({ id }) => id === (chosen ?? current));
  const ballot = round && (round.id === current ? state.round! : ballotOf(agenda, round));

  return (
    <>
      <header class="room-head">
        <p>{messageParts('room-code', { code: <strong class="room-code">{state.code}</strong> })}</p>
        <p class="room-here">
          {messageParts('room-phones', { phones: state.joined, number: <strong>{state.joined}</strong> })}
        </p>
        <nav aria-label={message('room-views')}>
          {viewsOf(round !== undefined).map(([id, name]) => (
            <button key={id} type="button" aria-pressed={view === id} onClick={() => setView(id)}>
              {name}
            </button>
          ))}
          <ShadeButton />
        </nav>
      </header>
      <div class="room-notices" role="status">
        {status === 'down' && <p>{message('room-console-lost')}</p>}
        {!state.durable && <p>{message('room-console-not-durable')}</p>}
        {refusal && <p>{refusal}</p>}
      </div>
      <main ref={main} tabIndex={-1}>
        {view === 'agenda' && (
          <Agenda
            agenda={agenda}
            state={state}
            onOpen={open}
            onShow={(id) => {
              setChosen(id);
              setView('question');
            }}
            onEnd={() => void send('end', {})}
          />
        )}
        {(view === 'join' || (view === 'question' && !round)) && (
          <Joining state={state}>
            {!round && (
              <button type="button" class="room-primary" onClick={() => setView('agenda')}>
                {message('room-choose-question')}
              </button>
            )}
          </Joining>
        )}
        {view === 'question' && round && ballot && (
          <Wall
            key={round.id}
            round={round}
            ballot={ballot}
            state={state}
            secondVote={
              state.phase !== 'open' && !state.rounds.some(({ again }) => again === round.id) && round.again === null
            }
            onClose={() => void send('close', { round: round.id })}
            onSecondVote={() => open(round, round.id)}
            onAgenda={() => setView('agenda')}
          />
        )}
      </main>
      {view === 'question' && round?.phase === 'open' && <JoiningLate state={state} />}
    </>
  );
}

function viewsOf(asked: boolean): readonly (readonly [View, string])[] {
  const agenda = ['agenda', message('room-view-agenda')] as const;
  if (!asked) return [['question', message('room-view-join')], agenda];
  return [['question', message('room-view-question')], agenda, ['join', message('room-view-join')]];
}

/** Light or dark, whichever the projector needs; the laptop's own setting is only the start. */
function ShadeButton() {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    document.documentElement.dataset.shade = dark ? 'dark' : 'light';
  }, [dark]);
  return (
    <button type="button" onClick={() => setDark(!dark)}>
      {message(dark ? 'room-light' : 'room-dark')}
    </button>
  );
}

/** Takes the key out of the address at once, because the address bar is projected too. */
function takeKey(): string | null {
  const found = /^#key=(.+)$/.exec(location.hash)?.[1];
  if (found) history.replaceState(null, '', location.pathname);
  return found ?? null;
}

const key = takeKey();
// Without a key, the cookie of an earlier visit has to suffice. Only the presenter may read the agenda.
const enter = () => (key ? post('enter', { key }) : get('agenda'));
render(<Console connection={new Connection<PresenterState>(enter, 'presenter')} />, document.getElementById('room')!);
