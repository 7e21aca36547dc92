/** The page of a reader's progress. Without this script it is a list of contents. */

import { render } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { Contents, type Part } from './contents';
import { Again } from './due_today';
import { aside, keeps, learning, watch, type Learning } from './store';
import { Tools } from './backup';

function Learn({ parts }: { parts: readonly Part[] }) {
  const [, redraw] = useState(0);
  const changed = () => redraw((n) => n + 1);
  useLayoutEffect(() => watch(changed), []);
  const [able] = useState(keeps);
  const kept = learning();
  const pages = parts.flatMap((part) => part.pages);
  const read = pages.filter(({ id }) => id in kept.pages).length;
  return (
    <>
      {able ? (
        <p class="cb-learned">{message('progress-summary', { read, pages: pages.length, ...counted(kept.answers) })}</p>
      ) : (
        <p class="cb-errors">{message('progress-unavailable')}</p>
      )}
      <Again pages={pages} kept={kept} />
      <Contents parts={parts} kept={kept} />
      <Tools kept={kept} unreadable={aside()} changed={changed} />
    </>
  );
}

/** How many questions were answered, and how many of them correctly at the last attempt. */
function counted(answers: Learning['answers']): { answered: number; right: number } {
  const last = Object.values(answers).flatMap((history) => history.slice(-1));
  return { answered: last.length, right: last.filter((answer) => answer.right).length };
}

for (const element of document.querySelectorAll<HTMLElement>('.casebook-learning')) {
  const { parts } = JSON.parse(element.querySelector('script')!.textContent!) as { parts: Part[] };
  element.replaceChildren();
  element.classList.add('cb');
  render(<Learn parts={parts} />, element);
  element.dataset.live = '';
}
