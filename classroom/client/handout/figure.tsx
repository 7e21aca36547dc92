/** The drawing of the patient on the summary. */

import { useMemo } from 'preact/hooks';

import type { Findings } from '../../../widgets/engine/types';
import { provenanceOf, useFigure } from '../../../widgets/figure/use_figure';
import type { Published } from '../../../widgets/frontend/published_case';

export function HandoutFigure({ published, findings }: { published: Published; findings: Findings }) {
  const provenance = useMemo(() => provenanceOf(findings, published), [findings, published]);
  const { frame } = useFigure<HTMLElement>('paper', { findings, provenance });
  return <figure class="casebook-figure" ref={frame} />;
}
