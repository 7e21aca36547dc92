/** An answer of the reader compared with the published reading. */

import { message } from '../engine/messages';
import { Paragraphs } from '../frontend/paragraphs';
import type { ReadingQuestion } from '../frontend/quiz_question';

interface Props {
  question: ReadingQuestion;
  answer: string | undefined;
  /** Whether the case is constructed, so that the answers are those of the rules. */
  constructed: boolean;
}

/** The reader's answer beside the published one. */
export function ReadingComparison({ question, answer, constructed }: Props) {
  const label = (id: string | undefined) =>
    question.options.find((option) => option.id === id)?.label ?? message('reading-no-answer');
  const theirs = { answer: label(question.published) };
  return (
    <div class="cb-beside">
      <dl>
        <div>
          <dt>{message('reading-yours')}</dt>
          <dd>{label(answer)}</dd>
        </div>
        <div>
          <dt>{message('reading-theirs', { case: constructed ? 'constructed' : 'published' })}</dt>
          <dd>{message(answer === question.published ? 'reading-same' : 'reading-differs', theirs)}</dd>
        </div>
      </dl>
      <Paragraphs text={question.feedback} />
    </div>
  );
}
