/** The presenter's console, as the wall shows it: the same in every window that holds the key. */

import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { Agenda, askedIn, useAgenda } from './agenda';
import { Guest } from './guest';
import { Joining, JoiningSmall } from './joining';
import { ask, fault, Line, tell, useLine } from '../protocol/connection';
import { Stage } from './wall';
import type { Presented, Subject } from '../protocol/types';

type View = 'question' | 'agenda' | 'join';

function Console({ line }: { line: Line<Presented> }) {
  useLine(line);
  const { state, status } = line;
  const [view, setView] = useState<View>('question');
  const [chosen, setChosen] = useState<number | null>(null);
  const [refusal, setRefusal] = useState('');
  const agenda = useAgenda(status === 'up');
  const main = useRef<HTMLElement>(null);

  // Whichever window opened or closed it, every window goes to the present question.
  const scene = state ? `${state.phase} ${state.round?.id ?? ''}` : '';
  useEffect(() => {
    setView('question');
    setChosen(null);
    setRefusal('');
  }, [scene]);
  // The button that was pressed went with its scene: the next Tab goes on from here.
  useEffect(() => {
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [scene, view, chosen]);

  if (status === 'refused') return <Guest />;
  if (!state) return <p>{status === 'down' ? 'The room’s server does not answer yet.' : 'Opening the room.'}</p>;
  if (state.phase === 'ended') {
    return (
      <main class="room-ended">
        <h1>The room has ended</h1>
        <p>Its file was deleted, and every vote with it.</p>
      </main>
    );
  }

  const act = async (what: string, body: object) => {
    setRefusal('');
    try {
      const response = await tell(what, body);
      if (!response.ok) setRefusal(await fault(response));
    } catch {
      setRefusal('The room’s server does not answer. Nothing was changed.');
    }
  };
  const open = ({ kind, case: place, question }: Subject, again?: number) =>
    void act('open', { kind, case: place, ...(question && { question }), ...(again && { again }) });
  const live = state.round?.id;
  const held = state.rounds.find(({ id }) => id === (chosen ?? live));
  const asked = held && (held.id === live ? state.round! : askedIn(agenda, held));

  return (
    <>
      <header class="room-head">
        <p>
          Room <strong class="room-code">{state.code}</strong>
        </p>
        <p class="room-here">
          <strong>{state.joined}</strong> {state.joined === 1 ? 'phone' : 'phones'}
        </p>
        <nav aria-label="Views">
          {(held ? VIEWS : WAITING).map(([id, name]) => (
            <button key={id} type="button" aria-pressed={view === id} onClick={() => setView(id)}>
              {name}
            </button>
          ))}
          <Shade />
        </nav>
      </header>
      <div class="room-notices" role="status">
        {status === 'down' && <p>The line to the room’s server is down; this window tries again by itself.</p>}
        {!state.durable && (
          <p>
            The votes cannot be written to disk. The room goes on in memory: whoever stops the server now loses them.
            Free some space, or export before the end.
          </p>
        )}
        {refusal && <p>{refusal}</p>}
      </div>
      <main ref={main} tabIndex={-1}>
        {view === 'agenda' && (
          <Agenda
            agenda={agenda}
            state={state}
            onOpen={open}
            onShow={(round) => {
              setChosen(round);
              setView('question');
            }}
            onEnd={() => void act('end', {})}
          />
        )}
        {(view === 'join' || (view === 'question' && !held)) && (
          <Joining state={state}>
            {!held && (
              <button type="button" class="room-primary" onClick={() => setView('agenda')}>
                Choose a question
              </button>
            )}
          </Joining>
        )}
        {view === 'question' && held && asked && (
          <Stage
            key={held.id}
            held={held}
            asked={asked}
            state={state}
            once={state.phase !== 'open' && !state.rounds.some(({ again }) => again === held.id) && held.again === null}
            onClose={() => void act('close', { round: held.id })}
            onAgain={() => open(held, held.id)}
            onAgenda={() => setView('agenda')}
          />
        )}
      </main>
      {view === 'question' && held?.phase === 'open' && <JoiningSmall state={state} />}
    </>
  );
}

type Views = readonly (readonly [View, string])[];
const WAITING: Views = [
  ['question', 'How to join'],
  ['agenda', 'Agenda'],
];
const VIEWS: Views = [
  ['question', 'Question'],
  ['agenda', 'Agenda'],
  ['join', 'How to join'],
];

/** A projector in a bright room wants other colours than the laptop. */
function Shade() {
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    document.documentElement.dataset.shade = dark ? 'dark' : 'light';
  }, [dark]);
  return (
    <button type="button" onClick={() => setDark(!dark)}>
      {dark ? 'Light' : 'Dark'}
    </button>
  );
}

/** The key leaves the address at once: the wall shows the address bar, too. */
function takeKey(): string | null {
  const found = /^#key=(.+)$/.exec(location.hash)?.[1];
  if (found) history.replaceState(null, '', location.pathname);
  return found ?? null;
}

const key = takeKey();
// Without a key, the cookie of an earlier visit has to do; the agenda is the presenter's alone.
const line = new Line<Presented>(() => (key ? tell('enter', { key }) : ask('agenda')), 'presenter');
render(<Console line={line} />, document.getElementById('room')!);
