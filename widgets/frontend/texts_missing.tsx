/** The notice that files of the explorer could not be loaded. */

import { message } from '../engine/messages';
import { useBook } from './book';

export function TextsMissing() {
  return useBook().later.failed ? <p class="cb-errors">{message('explorer-texts-missing')}</p> : null;
}
