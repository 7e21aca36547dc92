/** The drawing of the patient on the stage, as large as the slide allows. */

import { useId } from 'preact/hooks';

import { message } from '../../../widgets/engine/messages';
import type { PlanEntry, Value } from '../../../widgets/engine/types';
import type { Patient } from '../../../widgets/figure/figure';
import { decidedOf } from '../../../widgets/figure/patient_figure';
import { provenanceOf, useFigure } from '../../../widgets/figure/use_figure';
import { asReported, withValues } from '../../../widgets/frontend/published_case';
import type { Presentation } from './presentation';

interface Props {
  patient: Patient;
  /** Sets the finding of a part that is pressed; without it nothing can be pressed. */
  onChange?: (finding: string, value: Value) => void;
}

export function FigureOnStage({ patient, onChange }: Props) {
  const { frame, caption } = useFigure<HTMLDivElement>(
    `stage-${useId()}`,
    patient,
    onChange &&
      ((finding, value) => {
        onChange(finding, value);
        // To the stage, a press is what the choice of an option is.
        frame.current?.dispatchEvent(new Event('change', { bubbles: true }));
      }),
  );
  return (
    <figure class="casebook-figure">
      <div class="casebook-figure-views" ref={frame} role="group" tabIndex={0} aria-label={message('figure-name')} />
      <figcaption>
        <span ref={caption} />
      </figcaption>
    </figure>
  );
}

/** The patient of the vignette: what is reported, what a constructed case sets, and what was changed. */
export function patientOfVignette({ presented, published, state }: Presentation): Patient {
  const { findings } = state;
  const reported = asReported(published);
  const unsaid = Object.keys(findings).filter(
    (id) => !presented.constructed && findings[id] === published[id]?.value && !(id in reported),
  );
  const known = withValues(findings, Object.fromEntries(unsaid.map((id) => [id, null])));
  return { findings: known, provenance: provenanceOf(known, published) };
}

/** The patient on the stage; the decided part of a plan is drawn over the findings. */
export function patientOnStage({ published, state: { findings } }: Presentation, plan: readonly PlanEntry[] = []): Patient {
  return { findings, provenance: provenanceOf(findings, published), plan: decidedOf(plan) };
}
