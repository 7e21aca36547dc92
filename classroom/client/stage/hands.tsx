/** The options of a question, with a show of hands as it is counted and drawn. */

import { useLayoutEffect, useRef } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import { TruthIcon } from '../../../widgets/frontend/truth_icon';
import type { Presentation } from './presentation';
import type { ReadingQuestion } from './presented_case';

const COUNT = /^\d{1,4}$/;

interface Props {
  presentation: Presentation;
  question: ReadingQuestion;
  answered: boolean;
}

export function ShowOfHands({ presentation, question, answered }: Props) {
  const { counts, counting } = presentation.state;
  const table = useRef<HTMLTableElement>(null);
  const typed = counts[question.id] ?? {};
  const numbers = question.options.map(({ id }) => (COUNT.test(typed[id] ?? '') ? Number(typed[id]) : null));
  const total = numbers.reduce<number>((sum, number) => sum + (number ?? 0), 0);
  const counted = numbers.some((number) => number !== null);

  // Before the paint, because whoever counts hands types on while the fields appear.
  useLayoutEffect(() => {
    if (counting) table.current?.querySelector('input')?.focus();
  }, [counting]);

  /** Enter moves to the next option, and from the last one back to the stage. */
  const moveOn = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    const inputs = [...(table.current?.querySelectorAll('input') ?? [])];
    const next = inputs[inputs.indexOf(event.currentTarget as HTMLInputElement) + 1];
    if (next) next.focus();
    else presentation.update({ counting: false });
  };

  return (
    <table class="cb-hands" ref={table}>
      <caption class={counted ? undefined : 'cb-hidden'}>
        {counted ? message('stage-hands', { hands: total }) : message('stage-hands-options')}
      </caption>
      <thead class="cb-hidden">
        <tr>
          <th scope="col">{message('stage-hands-option')}</th>
          <th scope="col">{message('stage-hands-column')}</th>
        </tr>
      </thead>
      <tbody>
        {question.options.map(({ id, label }, index) => {
          const number = numbers[index] ?? null;
          const right = answered && id === question.published;
          const invalid = typed[id] !== undefined && typed[id] !== '' && number === null;
          return (
            <tr key={id} data-option={id} data-right={right ? '' : undefined}>
              <th scope="row">
                <span class="cb-letter" aria-hidden="true">
                  {String.fromCharCode(65 + index)}
                </span>
                <span>
                  {label}
                  {right && (
                    <strong class="cb-right">
                      <TruthIcon truth="holds" />{' '}
                      {message(presentation.presented.constructed ? 'stage-hands-rules' : 'stage-hands-published')}
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
                    aria-label={message('stage-hands-count', { option: label })}
                    aria-invalid={invalid}
                    title={message('stage-hands-number')}
                    value={typed[id] ?? ''}
                    onInput={({ currentTarget }) => presentation.setCount(question.id, id, currentTarget.value.trim())}
                    onKeyDown={moveOn}
                  />
                ) : (
                  number !== null && <HandsBar number={number} total={total} />
                )}
                {counting && invalid && <span class="cb-wrong">{message('stage-hands-number')}</span>}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function HandsBar({ number, total }: { number: number; total: number }) {
  const share = total > 0 ? Math.round((100 * number) / total) : 0;
  return (
    <span class="cb-vote">
      <span class="cb-vote-number">
        {number} <small>{message('stage-hands-share', { share })}</small>
      </span>
      <span class="cb-vote-track" aria-hidden="true">
        <span style={{ width: `${share}%` }} />
      </span>
    </span>
  );
}
