/** A numbered question of several: the next one to answer is open, the others are folded behind their words. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { usePrinting } from './hooks';

interface Props {
  id?: string;
  /** From 1. */
  number: number;
  question: string;
  dataQuestion: string;
  /** Whether it is open until the reader opens or closes it. */
  open: boolean;
  children: ComponentChildren;
}

export function QuestionFold({ id, number, question, dataQuestion, open, children }: Props) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const printing = usePrinting();
  return (
    <details
      class="cb-question"
      id={id}
      data-question={dataQuestion}
      open={printing || (chosen ?? open)}
      onToggle={({ currentTarget }) => {
        // The browser opens it for a search in the page.
        if (!printing && currentTarget.open !== (chosen ?? open)) setChosen(currentTarget.open);
      }}
    >
      <summary class="cb-label">{message('quiz-question', { number, question })}</summary>
      {children}
    </details>
  );
}
