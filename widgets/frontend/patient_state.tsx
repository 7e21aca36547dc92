/** The state of the patient, and what it requires now. */

import type { Line } from '../engine/types';
import { usePatient } from './book';
import { StanceIcon } from './icons';

/** The first line of the result; if an emergency is not excluded, the decided state follows. */
export function PatientState() {
  return <StateLines lines={usePatient().assessment.first_line} />;
}

export function StateLines({ lines }: { lines: readonly Line[] }) {
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
