/** The sensitivity analysis: what depends on each finding, in a sentence and a row of squares. */

import { message } from '../engine/messages';
import type { Firmness } from '../engine/types';
import { useBook } from '../frontend/book';
import { effectOf, type StepEffect } from './sensitivity';

/** A square: full, half or empty. */
function EffectMark({ effect }: { effect: StepEffect }) {
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
