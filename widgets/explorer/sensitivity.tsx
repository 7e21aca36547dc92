/** How firm the result is: what hangs on each reading, in one sentence and one row of squares. */

import { message } from '../engine/messages';
import type { FindingFirmness, Firmness } from '../engine/types';
import { useBook } from '../frontend/book';

/** What the next option of a finding would change. */
export type Moved = 'plan' | 'score' | 'nothing';

/** Null where the finding is not assessed, or nobody has looked yet. */
export function movedBy(firm: FindingFirmness | undefined): Moved | null {
  if (!firm) return null;
  if (firm.actions.length > 0) return 'plan';
  return firm.scores.length > 0 ? 'score' : 'nothing';
}

/** How far observers agree on the finding, where somebody measured it: "kappa 0.456". */
export function agreementOf(firm: FindingFirmness | undefined): string | null {
  return firm?.agreement ? `${firm.agreement.statistic} ${firm.agreement.value}` : null;
}

/** Full, half or empty: the sign beside a finding, as in the row of squares. */
export function MovedMark({ moves }: { moves: Moved }) {
  return (
    <span class="cb-square" data-moves={moves}>
      <span class="cb-hidden">{message(`explorer-step-${moves}`)}</span>
    </span>
  );
}

export function Firm({ firmness }: { firmness: Firmness | null }) {
  const book = useBook();
  if (!firmness) return null;
  return (
    <div class="cb-firm">
      <h3>{message('explorer-sensitivity')}</h3>
      <p>{firmness.text}</p>
      <ul class="cb-strip">
        {firmness.findings.map((firm) => (
          <li key={firm.finding} title={book.findingLabel(firm.finding)}>
            <span class="cb-hidden">{book.findingLabel(firm.finding)}: </span>
            <MovedMark moves={movedBy(firm) ?? 'nothing'} />
          </li>
        ))}
      </ul>
      <p class="cb-note">{message('explorer-squares-note')}</p>
    </div>
  );
}
