/** At the foot of a page: the reader says that it was read. No page counts as read because it was scrolled. */

import { message } from '../engine/messages';
import { learning, recordRead, recordUnread, watch } from './store';

for (const mark of document.querySelectorAll<HTMLElement>('.casebook-read')) {
  const page = mark.dataset.page!;
  const box = mark.querySelector('input')!;
  const said = mark.querySelector('[aria-live]')!;
  let refused = false;
  const show = () => {
    // A mark that nothing keeps is the reader's until the page is left.
    if (!refused) box.checked = page in learning().pages;
  };
  box.addEventListener('change', () => {
    const kept = box.checked ? recordRead(page) : recordUnread(page);
    refused = !kept;
    said.textContent = message(kept ? 'progress-read-kept' : 'progress-read-refused');
  });
  watch(show);
  show();
  mark.hidden = false;
}
