/** Entry of read.js: the checkbox at the foot of a page that marks the page as read. Scrolling does not count. */

import { message } from '../engine/messages';
import { storedProgress, recordRead, recordUnread, watch } from './store';

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
