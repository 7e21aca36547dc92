/** The findings to assess next; the first can be answered here. */

import { message } from '../engine/messages';
import type { AskNext, Value } from '../engine/types';
import { useBook, usePatient } from '../frontend/book';
import { Choice } from '../frontend/choice';
import { useAfterPaint } from '../frontend/hooks';

/** Number of questions; the first has a control. */
const NAMED = 3;

interface Props {
  instance: string;
  onAnswer: (finding: string, value: Value | null) => void;
  onShowFinding: (finding: string) => void;
}

export function NextQuestion({ instance, onAnswer, onShowFinding }: Props) {
  const book = useBook();
  // The order of questions is calculated when it is read, and therefore only after the change has been painted.
  const assessment = useAfterPaint(usePatient().assessment);
  const [first, ...others] = assessment.ask_next.slice(0, NAMED);
  const finding = first && book.findings.get(first.finding);
  if (!first || !finding) return null;
  return (
    <div class="cb-ask">
      <h3>{message('explorer-next')}</h3>
      <Choice
        class="cb-asked"
        attributes={{ 'data-ask': finding.id }}
        name={`${instance}-ask-${finding.id}`}
        label={finding.label}
        options={finding.options}
        value={null}
        onChange={(value) => onAnswer(finding.id, value)}
      >
        <p>{first.why}</p>
      </Choice>
      {others.length > 0 && <FurtherQuestions questions={others} onShowFinding={onShowFinding} />}
    </div>
  );
}

function FurtherQuestions({ questions, onShowFinding }: { questions: readonly AskNext[]; onShowFinding: Props['onShowFinding'] }) {
  const book = useBook();
  return (
    <ul>
      {questions.map(({ finding, why }) => (
        <li key={finding}>
          <button type="button" class="cb-link" onClick={() => onShowFinding(finding)}>
            {book.findingLabel(finding)}
          </button>{' '}
          <span>{why}</span>
        </li>
      ))}
    </ul>
  );
}
