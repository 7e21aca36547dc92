/**
 * Entry of read.js: the checkbox at the foot of a page that marks the page as read. Scrolling does not count.
 *
 * The script also fetches due.js, with the schedule of the questions, for a reader who has answered any on an earlier day.
 */

import { message } from '../engine/messages';
import { script } from '../frontend/script';
import { day } from './record';
import { recordRead, recordUnread, storedProgress, watch } from './store';

for (const mark of document.querySelectorAll<HTMLElement>('.casebook-read')) {
  const page = mark.dataset.page!;
  const box = mark.querySelector('input')!;
  const said = mark.querySelector('[aria-live]')!;
  let refused = false;
  const show = () => {
    // A mark that cannot be stored remains until the reader leaves the page.
    if (!refused) box.checked = page in storedProgress().pages;
  };
  box.addEventListener('change', () => {
    const progress = box.checked ? recordRead(page) : recordUnread(page);
    refused = !progress;
    said.textContent = message(progress ? 'progress-read-kept' : 'progress-read-refused');
  });
  watch(show);
  show();
  mark.hidden = false;
}

const line = document.querySelector<HTMLElement>('.casebook-due');
if (line) {
  let fetched = false;
  const look = () => {
    if (fetched || !hasEarlierAnswer()) return;
    fetched = true;
    script(line.dataset.script!).catch(() => (fetched = false));
  };
  watch(look);
  look();
}

/** Whether anything can be due: an answer of today never is. */
function hasEarlierAnswer(): boolean {
  const today = day();
  return Object.values(storedProgress().answers).some((history) => history.some(({ at }) => at < today));
}
