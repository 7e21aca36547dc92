/** Entry of due.js: the line that gives the number of questions due today, with a link to the first of them. */

import { message, messageParts } from '../engine/messages';
import { script } from '../frontend/script';
import { dueNow } from './schedule';
import { storedProgress, watch } from './store';
import './window';

/** The book's own folder, to which the addresses of the questions are relative. */
const ROOT = new URL('..', (document.currentScript as HTMLScriptElement).src);

async function start(line: HTMLElement): Promise<void> {
  await script(line.dataset.questions!);
  const addresses = window.casebook?.questions ?? {};
  const show = () => {
    const due = dueNow(Object.keys(addresses), storedProgress());
    line.hidden = due.length === 0;
    if (line.hidden) return;
    const link = document.createElement('a');
    link.href = new URL(addresses[due[0]!]!, ROOT).href;
    link.textContent = message('due-start');
    const parts = messageParts('due-today', { count: due.length, start: link });
    line.replaceChildren(...parts.map((part) => (part instanceof Node ? part : String(part))));
  };
  watch(show);
  show();
}

for (const line of document.querySelectorAll<HTMLElement>('.casebook-due')) {
  // Without the addresses of the questions the line stays hidden.
  start(line).catch(() => undefined);
}
