/** The agenda: what can be opened, what has been asked, and the end of the session. */

import { useEffect, useState } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import { get } from '../protocol/connection';
import { kindLabel, questionLabel } from '../protocol/labels';
import type { AgendaData, AgendaItem, Ballot, PresenterState, RoundSummary, Subject } from '../protocol/types';
import { SessionEnd } from './session_end';

interface Props {
  agenda: AgendaData | null;
  state: PresenterState;
  onOpen: (subject: Subject) => void;
  onShow: (round: RoundSummary['id']) => void;
  onEnd: () => void;
}

export function Agenda({ agenda, state, onOpen, onShow, onEnd }: Props) {
  const open = state.phase === 'open';
  return (
    <div class="room-agenda">
      <h1>{message('room-agenda')}</h1>
      {open && <p class="room-quiet">{message('room-agenda-open')}</p>}
      {agenda === null && <p>{message('room-agenda-loading')}</p>}
      <div class="room-cases">
        {agenda?.cases.map(({ id, title, items }) => (
          <section key={id} data-case={id}>
            <h2>{title}</h2>
            <Items subject={id} items={items.filter(({ kind }) => kind !== 'quiz')} disabled={open} onOpen={onOpen} />
            {items.some(({ kind }) => kind === 'quiz') && (
              <details>
                <summary>{message('room-agenda-questions')}</summary>
                <Items
                  subject={id}
                  items={items.filter(({ kind }) => kind === 'quiz')}
                  disabled={open}
                  onOpen={onOpen}
                />
              </details>
            )}
          </section>
        ))}
      </div>
      {state.rounds.length > 0 && <Rounds rounds={state.rounds} onShow={onShow} />}
      <SessionEnd state={state} onEnd={onEnd} />
    </div>
  );
}

interface ItemsProps {
  /** Id of the case or chapter. */
  subject: string;
  items: readonly AgendaItem[];
  disabled: boolean;
  onOpen: Props['onOpen'];
}

function Items({ subject, items, disabled, onOpen }: ItemsProps) {
  return (
    <ul>
      {items.map(({ kind, question, label }) => (
        <li key={`${kind} ${question ?? ''}`}>
          <button
            type="button"
            data-opens={`${kind} ${question ?? subject}`}
            disabled={disabled}
            onClick={() => onOpen({ kind, case: subject, question })}
          >
            {kind === 'quiz' ? label : kindLabel(kind)}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Rounds({ rounds, onShow }: { rounds: readonly RoundSummary[]; onShow: Props['onShow'] }) {
  return (
    <section class="room-held">
      <h2>{message('room-agenda-held')}</h2>
      <ol>
        {rounds.map((round) => (
          <li key={round.id}>
            <button type="button" data-shows={round.id} onClick={() => onShow(round.id)}>
              {questionLabel(round.kind, round.title, round.again !== null)}
            </button>{' '}
            {round.phase === 'open'
              ? message('room-agenda-phase-open')
              : message('room-votes', { votes: round.result?.votes ?? round.committed })}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The ballot of an earlier round, from the agenda. */
export function ballotOf(agenda: AgendaData | null, { kind, case: subject, question }: Subject): Ballot | undefined {
  const items = agenda?.cases.find(({ id }) => id === subject)?.items;
  return items?.find((item) => item.kind === kind && item.question === (question ?? null));
}

/** The agenda, fetched as soon as the server answers. */
export function useAgenda(connected: boolean): AgendaData | null {
  const [agenda, setAgenda] = useState<AgendaData | null>(null);
  useEffect(() => {
    if (!connected || agenda) return;
    void get('agenda').then(
      async (response) => response.ok && setAgenda((await response.json()) as AgendaData),
      () => undefined,
    );
  }, [connected, agenda]);
  return agenda;
}
