/** Sources with the locator in each, such as “Mika & Mesfin 2018, Fig. 2, l. 85”. */

import { message } from '../../../widgets/engine/messages';
import type { Citations, PresentedCase } from './presented_case';

export function Citation({ of, source }: { of: PresentedCase; source: Citations | undefined }) {
  const texts = Object.entries(source ?? {}).map(([id, locator]) =>
    message('stage-citation', { source: of.sources[id] ?? id, locator }),
  );
  return texts.length > 0 ? <cite class="cb-source">{texts.join('; ')}</cite> : null;
}
