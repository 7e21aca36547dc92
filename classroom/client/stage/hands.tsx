/** The options of a question as the room sees them, with a show of hands as it is counted and drawn. */

import { useLayoutEffect, useRef } from 'preact/hooks';

import { TruthIcon } from '../../../widgets/frontend/icons';
import type { Question, Talk } from './presentation';

const COUNT = /^\d{1,4}$/;

export function Hands({ talk, question, answered }: { talk: Talk; question: Question; answered: boolean }) {
  const { counts, counting } = talk.state;
  const table = useRef<HTMLTableElement>(null);
  const typed = counts[question.id] ?? {};
  const numbers = question.options.map(({ id }) => (COUNT.test(typed[id] ?? '') ? Number(typed[id]) : null));
  const all = numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
  const counted = numbers.some((number) => number !== null);

  // At once, not after the paint: whoever counts hands types on while the boxes appear.
  useLayoutEffect(() => {
    if (counting) table.current?.querySelector('input')?.focus();
  }, [counting]);

  /** Enter goes on to the next option, and from the last one back to the stage. */
  const goOn = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    const inputs = [...(table.current?.querySelectorAll('input') ?? [])];
    const next = inputs[inputs.indexOf(event.currentTarget as HTMLInputElement) + 1];
    if (next) next.focus();
    else talk.set({ counting: false });
  };

  return (
    <table class="cb-hands" ref={table}>
      <caption class={counted ? undefined : 'cb-hidden'}>{counted ? `Show of hands, ${all} in all` : 'Options'}</caption>
      <thead class="cb-hidden">
        <tr>
          <th scope="col">Option</th>
          <th scope="col">Hands</th>
        </tr>
      </thead>
      <tbody>
        {question.options.map(({ id, label }, place) => {
          const number = numbers[place] ?? null;
          const right = answered && id === question.published;
          const wrong = typed[id] !== undefined && typed[id] !== '' && number === null;
          return (
            <tr key={id} data-option={id} data-right={right ? '' : undefined}>
              <th scope="row">
                <span class="cb-letter" aria-hidden="true">
                  {String.fromCharCode(65 + place)}
                </span>
                <span>
                  {label}
                  {right && (
                    <strong class="cb-right">
                      <TruthIcon truth="holds" /> {talk.given.constructed ? 'by the rules' : 'published'}
                    </strong>
                  )}
                </span>
              </th>
              <td>
                {counting ? (
                  <input
                    type="text"
                    inputMode="numeric"
                    autocomplete="off"
                    maxLength={4}
                    aria-label={`Hands for ${label}`}
                    aria-invalid={wrong}
                    title="A whole number"
                    value={typed[id] ?? ''}
                    onInput={({ currentTarget }) => talk.count(question.id, id, currentTarget.value.trim())}
                    onKeyDown={goOn}
                  />
                ) : (
                  number !== null && <Bar number={number} all={all} />
                )}
                {counting && wrong && <span class="cb-wrong">a whole number</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Bar({ number, all }: { number: number; all: number }) {
  const share = all > 0 ? Math.round((100 * number) / all) : 0;
  return (
    <span class="cb-vote">
      <span class="cb-vote-number">
        {number} <small>{share}%</small>
      </span>
      <span class="cb-vote-track" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
    </span>
  );
}
