/** What is said first of the patient: the state, and what follows from it now. */

import type { Line } from '../engine/types';
import { useNow } from './book';
import { StanceIcon } from './icons';

/** The first line of the result; where an emergency is not ruled out, the state that is decided follows it. */
export function FirstLine() {
  return <Lines lines={useNow().assessment.first_line} />;
}

export function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <>
      {lines.map((line) => (
        <p key={line.state} class="cb-state" data-patient-state={line.state} data-level={line.level}>
          <Lead line={line} /> {line.text}
        </p>
      ))}
    </>
  );
}

export function Lead({ line }: { line: Line }) {
  return (
    <strong class="cb-lead">
      {line.level === 'emergency' && <StanceIcon stance="emergency" />} {line.lead}
    </strong>
  );
}
