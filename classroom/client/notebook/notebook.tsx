/** Entry of room-lab.js: the room in JupyterLab, where the kernel is the presenter and this is the remote control. */

import { render, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { message, messageParts } from '../../../widgets/engine/messages';
import { useTrait } from '../../../widgets/frontend/hooks';
import type { Model } from '../../../widgets/frontend/host';
import { kindLabel, questionLabel } from '../protocol/labels';
import type { AgendaData, Round, RoomState, RoundResult } from '../protocol/types';
import { Results } from '../results/results';

function RoomControl({ model }: { model: Model }) {
  const phase = useTrait<RoomState['phase']>(model, 'phase');
  const round = useTrait<Round | null>(model, 'round');
  const result = useTrait<RoundResult | null>(model, '_result');
  const secondVote = useTrait<boolean>(model, '_second_vote');
  const joined = useTrait<number>(model, 'joined');
  const committed = useTrait<number>(model, 'committed');
  const durable = useTrait<boolean>(model, 'durable');
  const refusal = useTrait<string>(model, '_refusal');
  const address = useTrait<string>(model, 'address');
  if (phase === 'ended') return <p>{message('room-ended')}</p>;
  return (
    <>
      <div class="room-lab-join">
        <div
          role="img"
          aria-label={message('room-qr', { address })}
          dangerouslySetInnerHTML={{ __html: String(model.get('qr')) }}
        />
        <div>
          <p>
            {messageParts('room-code', { code: <strong class="room-code">{String(model.get('code'))}</strong> })}
          </p>
          <p class="room-address">{address}</p>
          <p>{messageParts('room-phones', { phones: joined, number: <strong>{joined}</strong> })}</p>
        </div>
      </div>
      {!durable && <p class="room-warning">{message('room-not-durable')}</p>}
      {refusal && (
        <p class="room-warning" role="alert">
          {refusal}
        </p>
      )}
      {round && <p class="room-asked">{questionLabel(round.kind, titleOf(round), secondVote)}</p>}
      {phase === 'open' ? (
        <p>
          {messageParts('room-submitted-count', { votes: <strong>{committed}</strong>, phones: joined })}{' '}
          <button type="button" onClick={() => model.send({ ask: 'close' })}>
            {message('room-close-vote')}
          </button>
        </p>
      ) : (
        <QuestionChoice
          agenda={model.get('_agenda') as AgendaData}
          onOpen={(subject) => model.send({ ask: 'open', ...subject })}
        >
          {phase === 'closed' && !secondVote && (
            <button type="button" onClick={() => model.send({ ask: 'again' })}>
              {message('room-vote-again')}
            </button>
          )}
        </QuestionChoice>
      )}
      {phase === 'closed' && round && result && <Results ballot={round} result={result} />}
    </>
  );
}

function titleOf({ kind, fields, title }: Round): string {
  return (kind === 'quiz' && fields[0]?.label) || title;
}

interface ChoiceProps {
  agenda: AgendaData;
  onOpen: (subject: object) => void;
  children: ComponentChildren;
}

function QuestionChoice({ agenda, onOpen, children }: ChoiceProps) {
  const choices = agenda.cases.flatMap(({ id, title, items }) =>
    items.map((item) => ({
      group: title,
      subject: { kind: item.kind, case: id, question: item.question },
      label: item.kind === 'quiz' ? item.label : kindLabel(item.kind),
    })),
  );
  const [chosen, setChosen] = useState(0);
  return (
    <p class="room-lab-choose">
      <select
        aria-label={message('room-lab-question')}
        onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}
      >
        {agenda.cases.map(({ id, title }) => (
          <optgroup key={id} label={title}>
            {choices.map(
              ({ group, label }, index) =>
                group === title && (
                  <option key={index} value={index} selected={index === chosen}>
                    {label}
                  </option>
                ),
            )}
          </optgroup>
        ))}
      </select>{' '}
      <button type="button" onClick={() => onOpen(choices[chosen]!.subject)}>
        {message('room-lab-open')}
      </button>{' '}
      {children}
    </p>
  );
}

function draw({ model, el }: { model: Model; el: HTMLElement }): () => void {
  el.classList.add('room-lab');
  render(<RoomControl model={model} />, el);
  return () => render(null, el);
}

export default { render: draw };
