/** What can be opened, what was held, and how a session ends. */

import { useEffect, useState } from 'preact/hooks';

import { ask } from '../protocol/connection';
import type { Agenda as Offered, Asked, Held, Item, Kind, Presented, Subject } from '../protocol/types';

export const KINDS: Record<Kind, string> = { reading: 'SINS reading', plan: 'Plan', quiz: 'Question' };

interface Props {
  agenda: Offered | null;
  state: Presented;
  onOpen: (subject: Subject) => void;
  onShow: (round: Held['id']) => void;
  onEnd: () => void;
}

export function Agenda({ agenda, state, onOpen, onShow, onEnd }: Props) {
  const open = state.phase === 'open';
  return (
    <div class="room-agenda">
      <h1>Agenda</h1>
      {open && <p class="room-quiet">A question is open. Close it before the next one.</p>}
      {agenda === null && <p>The agenda is not here yet.</p>}
      <div class="room-cases">
        {agenda?.cases.map(({ id, title, items }) => (
          <section key={id} data-case={id}>
            <h2>{title}</h2>
            <Items of={id} items={items.filter(({ kind }) => kind !== 'quiz')} disabled={open} onOpen={onOpen} />
            {items.some(({ kind }) => kind === 'quiz') && (
              <details>
                <summary>Questions</summary>
                <Items of={id} items={items.filter(({ kind }) => kind === 'quiz')} disabled={open} onOpen={onOpen} />
              </details>
            )}
          </section>
        ))}
      </div>
      {state.rounds.length > 0 && (
        <section class="room-held">
          <h2>Held so far</h2>
          <ol>
            {state.rounds.map((round) => (
              <li key={round.id}>
                <button type="button" data-shows={round.id} onClick={() => onShow(round.id)}>
                  {KINDS[round.kind]}: {round.title}
                  {round.again && ', second vote'}
                </button>{' '}
                {round.phase === 'open' ? 'open' : `${round.result?.votes ?? round.committed} votes`}
              </li>
            ))}
          </ol>
        </section>
      )}
      <Close state={state} onEnd={onEnd} />
    </div>
  );
}

interface ItemsProps {
  of: string;
  items: readonly Item[];
  disabled: boolean;
  onOpen: Props['onOpen'];
}

function Items({ of, items, disabled, onOpen }: ItemsProps) {
  return (
    <ul>
      {items.map(({ kind, question, label }) => (
        <li key={`${kind} ${question ?? ''}`}>
          <button
            type="button"
            data-opens={`${kind} ${question ?? of}`}
            disabled={disabled}
            onClick={() => onOpen({ kind, case: of, question })}
          >
            {kind === 'quiz' ? label : KINDS[kind]}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Export, and the end; the end is asked for twice, because nothing brings the votes back. */
function Close({ state, onEnd }: Pick<Props, 'state' | 'onEnd'>) {
  const [asked, setAsked] = useState(false);
  return (
    <section class="room-close">
      <h2>The session</h2>
      {state.rounds.some(({ phase }) => phase === 'closed') && (
        <p>
          <a href="/room/api/export.csv" download>
            Export the votes (CSV)
          </a>{' '}
          <span class="room-quiet">Numbers stand for readers, dealt anew each time.</span>
        </p>
      )}
      {asked ? (
        <p role="alert">
          End the room and delete its file with every vote? Only what was exported remains.{' '}
          <button type="button" class="room-danger" onClick={onEnd}>
            End and delete
          </button>{' '}
          <button type="button" onClick={() => setAsked(false)}>
            Keep the room
          </button>
        </p>
      ) : (
        <p>
          <button type="button" onClick={() => setAsked(true)}>
            End the room…
          </button>
        </p>
      )}
    </section>
  );
}

/** What a round asks that is not the present one. */
export function askedIn(agenda: Offered | null, { kind, case: place, question }: Subject): Asked | undefined {
  const items = agenda?.cases.find(({ id }) => id === place)?.items;
  return items?.find((item) => item.kind === kind && item.question === (question ?? null));
}

/** What the server offers, fetched once it can be. */
export function useAgenda(up: boolean): Offered | null {
  const [agenda, setAgenda] = useState<Offered | null>(null);
  useEffect(() => {
    if (!up || agenda) return;
    void ask('agenda').then(
      async (response) => response.ok && setAgenda((await response.json()) as Offered),
      () => undefined,
    );
  }, [up, agenda]);
  return agenda;
}
