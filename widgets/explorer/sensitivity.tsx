/** The sensitivity analysis: what depends on each finding, in a sentence and a row of squares. */

import { message } from '../engine/messages';
import type { FindingFirmness, Firmness } from '../engine/types';
import { useBook } from '../frontend/book';

/** What the next option of a finding would change. */
export type StepEffect = 'plan' | 'score' | 'nothing';

/** Null if the finding is not assessed or the analysis is not available yet. */
export function effectOf(finding: FindingFirmness | undefined): StepEffect | null {
  if (!finding) return null;
  if (finding.actions.length > 0) return 'plan';
  return finding.scores.length > 0 ? 'score' : 'nothing';
}

/** The published agreement of observers on the finding, such as "kappa 0.456". */
export function agreementOf(finding: FindingFirmness | undefined): string | null {
  return finding?.agreement ? `${finding.agreement.statistic} ${finding.agreement.value}` : null;
}

/** The mark beside a finding: full, half or empty, as in the row of squares. */
export function EffectMark({ effect }: { effect: StepEffect }) {
  return (
    <span class="cb-square" data-moves={effect}>
      <span class="cb-hidden">{message(`explorer-step-${effect}`)}</span>
    </span>
  );
}

export function SensitivityAnalysis({ firmness }: { firmness: Firmness | null }) {
  const book = useBook();
  if (!firmness) return null;
  return (
    <div class="cb-firm">
      <h3>{message('explorer-sensitivity')}</h3>
      <p>{firmness.text}</p>
      <ul class="cb-strip">
        {firmness.findings.map((finding) => (
          <li key={finding.finding} title={book.findingLabel(finding.finding)}>
            <span class="cb-hidden">{book.findingLabel(finding.finding)}: </span>
            <EffectMark effect={effectOf(finding) ?? 'nothing'} />
          </li>
        ))}
      </ul>
      <p class="cb-note">{message('explorer-squares-note')}</p>
    </div>
  );
}
