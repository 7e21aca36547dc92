/** A button that shows the findings that matter first one at a time, on the stage of the page. */

import { message } from '../engine/messages';

export function OneAtATime() {
  // The buttons of a case page: what loads the stage listens there.
  const controls = document.querySelector<HTMLElement>('.casebook-present');
  if (!controls) return null;
  return (
    <button type="button" class="cb-one" data-ask="steps" onClick={(event) => controls.onclick?.(event as unknown as PointerEvent)}>
      {message('explorer-one-at-a-time')}
    </button>
  );
}
