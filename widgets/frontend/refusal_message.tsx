/** The contradictions of a finding, beside its control, with what each of the others would have to be. */

import { message } from '../engine/messages';
import { useBook } from './book';

interface Props {
  id: string;
  /** The contradictions, a line each. */
  text: string;
  /** The findings that contradict this one. */
  others: readonly string[];
  onLeave: (finding: string) => void;
}

export function RefusalMessage({ id, text, others, onLeave }: Props) {
  const book = useBook();
  function leave(button: HTMLElement, other: string): void {
    // The button disappears with the contradiction; the focus moves to the control beside it.
    button.closest('.cb-finding')?.querySelector<HTMLElement>('select, input:checked')?.focus();
    onLeave(other);
  }
  return (
    <div id={id} class="cb-errors cb-refused">
      {text.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p class="cb-mend">
        {others.map((other) => (
          <button key={other} type="button" onClick={(event) => leave(event.currentTarget, other)}>
            {message('explorer-unset', { finding: book.findingLabel(other) })}
          </button>
        ))}
      </p>
    </div>
  );
}
