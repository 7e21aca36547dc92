/** At the foot of a page: the reader says that it was read. No page counts as read because it was scrolled. */

import { learning, recordRead, recordUnread } from './store';

for (const mark of document.querySelectorAll<HTMLElement>('.casebook-read')) {
  const page = mark.dataset.page!;
  const box = mark.querySelector('input')!;
  const said = mark.querySelector('[aria-live]')!;
  const show = () => {
    box.checked = page in learning().pages;
  };
  box.addEventListener('change', () => {
    const kept = box.checked ? recordRead(page) : recordUnread(page);
    said.textContent = kept ? 'Kept in this browser.' : 'This browser keeps nothing, so it will not be remembered.';
  });
  addEventListener('storage', show);
  addEventListener('pageshow', show);
  show();
  mark.hidden = false;
}
