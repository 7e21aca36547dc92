/** The feedback on a submitted answer: every option explained, with its source. */

import { message } from '../engine/messages';
import type { Answer, QuizQuestion } from '../frontend/quiz_question';

interface Props {
  question: QuizQuestion;
  /** The key: the correct option, or all in their order. */
  order: readonly string[];
  answer: Answer;
}

/** The feedback on every option, in the correct order for a ranking. */
export function Feedback({ question, order, answer }: Props) {
  const { kind, options, source } = question;
  const ranked = kind === 'rank';
  const ordered = ranked ? order.map((id) => options.find((option) => option.id === id)!) : options;
  return (
    <div class="cb-beside">
      {ordered.map(({ id, label, feedback, source: from }, rank) => (
        <p key={id} data-option={id}>
          <strong>{ranked ? message('quiz-question', { number: rank + 1, question: label }) : label}</strong>{' '}
          {ranked ? message('quiz-option-place', { number: answer.indexOf(id) + 1 }) : marked(id, order, answer)}
          <br />
          {feedback} <cite class="cb-source">({from})</cite>
        </p>
      ))}
      {source && <p class="cb-note">{message('quiz-source', { source })}</p>}
    </div>
  );
}

/** Whether an option is the correct one, the reader's, or both. */
function marked(id: string, [key]: readonly string[], [chosen]: Answer): string | null {
  if (id !== key) return id === chosen ? message('quiz-option-yours') : null;
  return message(id === chosen ? 'quiz-option-both' : 'quiz-option-key');
}
