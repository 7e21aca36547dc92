/** What to find out next: the first question can be answered on the spot. */

import { message } from '../engine/messages';
import type { AskNext, Value } from '../engine/types';
import { useBook, useNow } from '../frontend/book';
import { Choice } from '../frontend/choice';
import { useAfterPaint } from '../frontend/hooks';

/** Questions that are named; the first of them has its control. */
const NAMED = 3;

interface Props {
  instance: string;
  onAnswer: (finding: string, value: Value | null) => void;
  onAsk: (finding: string) => void;
}

export function Ask({ instance, onAnswer, onAsk }: Props) {
  const book = useBook();
  // Which answers would settle most is thought through where it is read, so only once the change is seen.
  const assessment = useAfterPaint(useNow().assessment);
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
      {others.length > 0 && <Others asked={others} onAsk={onAsk} />}
    </div>
  );
}

function Others({ asked, onAsk }: { asked: readonly AskNext[]; onAsk: Props['onAsk'] }) {
  const book = useBook();
  return (
    <ul>
      {asked.map(({ finding, why }) => (
        <li key={finding}>
          <button type="button" class="cb-link" onClick={() => onAsk(finding)}>
            {book.findingLabel(finding)}
          </button>{' '}
          <span>{why}</span>
        </li>
      ))}
    </ul>
  );
}
