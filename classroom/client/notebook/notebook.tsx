/** A room in JupyterLab: the kernel is the presenter, this is its remote control. */

import { render, type ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { useTrait } from '../../../widgets/frontend/hooks';
import type { Model } from '../../../widgets/frontend/host';
import { KINDS } from '../console/agenda';
import { Outcome } from '../results/results';
import { Scale, type Band } from '../results/score_bands';
import type { Agenda, Result, Round, State } from '../protocol/types';

function Control({ model }: { model: Model }) {
  const phase = useTrait<State['phase']>(model, 'phase');
  const round = useTrait<Round | null>(model, 'round');
  const result = useTrait<Result | null>(model, '_result');
  const again = useTrait<boolean>(model, '_again');
  const joined = useTrait<number>(model, 'joined');
  const committed = useTrait<number>(model, 'committed');
  const durable = useTrait<boolean>(model, 'durable');
  const said = useTrait<string>(model, '_said');
  const address = useTrait<string>(model, 'address');
  const ask = (what: object) => model.send(what);
  if (phase === 'ended') return <p>The room has ended. Its file was deleted, and every vote with it.</p>;
  return (
    <>
      <div class="room-lab-join">
        <div role="img" aria-label={`QR code of ${address}`} dangerouslySetInnerHTML={{ __html: String(model.get('qr')) }} />
        <div>
          <p>
            Room <strong class="room-code">{String(model.get('code'))}</strong>
          </p>
          <p class="room-address">{address}</p>
          <p>
            <strong>{joined}</strong> {joined === 1 ? 'phone' : 'phones'}
          </p>
        </div>
      </div>
      {!durable && <p class="room-warning">The votes cannot be written to disk; the room goes on in memory.</p>}
      {said && (
        <p class="room-warning" role="alert">
          {said}
        </p>
      )}
      {round && (
        <p class="room-asked">
          {KINDS[round.kind]}: {round.kind === 'quiz' ? round.fields[0]?.label : round.title}
          {again && ', second vote'}
        </p>
      )}
      {phase === 'open' ? (
        <p>
          <strong>{committed}</strong> of {joined} have committed{' '}
          <button type="button" onClick={() => ask({ ask: 'close' })}>
            Close the vote
          </button>
        </p>
      ) : (
        <Choose agenda={model.get('_agenda') as Agenda} onOpen={(what) => ask({ ask: 'open', ...what })}>
          {phase === 'closed' && !again && (
            <button type="button" onClick={() => ask({ ask: 'again' })}>
              Second vote
            </button>
          )}
        </Choose>
      )}
      {phase === 'closed' && round && result && (
        <Scale.Provider value={model.get('_bands') as readonly Band[]}>
          <Outcome asked={round} result={result} />
        </Scale.Provider>
      )}
    </>
  );
}

interface ChooseProps {
  agenda: Agenda;
  onOpen: (what: object) => void;
  children: ComponentChildren;
}

function Choose({ agenda, onOpen, children }: ChooseProps) {
  const offered = agenda.cases.flatMap(({ id, title, items }) =>
    items.map((item) => ({
      group: title,
      what: { kind: item.kind, case: id, question: item.question },
      label: item.kind === 'quiz' ? item.label : KINDS[item.kind],
    })),
  );
  const [chosen, setChosen] = useState(0);
  return (
    <p class="room-lab-choose">
      <select aria-label="Question" onChange={({ currentTarget }) => setChosen(Number(currentTarget.value))}>
        {agenda.cases.map(({ id, title }) => (
          <optgroup key={id} label={title}>
            {offered.map(
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
      <button type="button" onClick={() => onOpen(offered[chosen]!.what)}>
        Open
      </button>{' '}
      {children}
    </p>
  );
}

function draw({ model, el }: { model: Model; el: HTMLElement }): () => void {
  el.classList.add('room-lab');
  render(<Control model={model} />, el);
  return () => render(null, el);
}

export default { render: draw };
