/** The drawing of the present patient in a page: it follows the findings, and its parts set them. */

import { useMemo, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import type { Findings, PlanEntry, Value } from '../engine/types';
import type { Published } from '../frontend/published_case';
import { provenanceOf, useFigure } from './use_figure';

interface Props {
  /** Unique in the page. */
  instance: string;
  findings: Findings;
  published: Published;
  plan: readonly PlanEntry[];
  onChange: (finding: string, value: Value) => void;
}

export function PatientFigure({ instance, findings, published, plan, onChange }: Props) {
  const [overlaid, setOverlaid] = useState(false);
  const [empty, setEmpty] = useState(false);
  const provenance = useMemo(() => provenanceOf(findings, published), [findings, published]);
  const decided = useMemo(() => (overlaid ? decidedOf(plan) : NOTHING), [overlaid, overlaid && plan]);
  const { frame, caption } = useFigure<HTMLDivElement>(
    `${instance}-figure`, { findings, provenance, plan: decided }, onChange,
    (svg) => setEmpty(overlaid && !svg.dataset.plan),
  );

  return (
    <figure class="casebook-figure">
      <div class="casebook-figure-views" ref={frame} role="group" tabIndex={0} aria-label={message('figure-name')} />
      <figcaption>
        <span ref={caption} />{' '}
        <label class="cb-overlay">
          <input type="checkbox" checked={overlaid} onChange={({ currentTarget }) => setOverlaid(currentTarget.checked)} />{' '}
          {message('figure-overlay')} {empty && message('figure-overlay-empty')}
        </label>
      </figcaption>
    </figure>
  );
}

const NOTHING: readonly PlanEntry[] = [];

/** The entries that are drawn over a patient. */
export function decidedOf(plan: readonly PlanEntry[]): readonly PlanEntry[] {
  return plan.filter(({ status }) => status === 'decided');
}
