/** What the next option of a finding would change, and how far observers agree on it. */

import type { FindingFirmness } from '../engine/types';

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
