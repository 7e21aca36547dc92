/** The page of a reader's progress. Without this script it is a list of contents. */

import { render } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

import { Contents, type Part } from './contents';
import { Again } from './due_today';
import { aside, keeps, learning, watch } from './store';
import { Tools } from './backup';
import { counted } from './dates';

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
        <p class="cb-learned">
          {read} of {pages.length} pages read. <Answered kept={kept.answers} />
        </p>
      ) : (
        <p class="cb-errors">
          This browser keeps nothing for this page, so what you read and answer is not remembered. A private window or a
          setting against site data does this.
        </p>
      )}
      <Again pages={pages} kept={kept} />
      <Contents parts={parts} kept={kept} />
      <Tools kept={kept} unreadable={aside()} changed={changed} />
    </>
  );
}

function Answered({ kept }: { kept: Readonly<Record<string, readonly { right: boolean }[]>> }) {
  const last = Object.values(kept).flatMap((history) => history.slice(-1));
  const right = last.filter((answer) => answer.right).length;
  return last.length ? <>{counted(last.length, 'question')} answered, {right} right the last time.</> : <>No question answered yet.</>;
}

for (const element of document.querySelectorAll<HTMLElement>('.casebook-learning')) {
  const { parts } = JSON.parse(element.querySelector('script')!.textContent!) as { parts: Part[] };
  element.replaceChildren();
  element.classList.add('cb');
  render(<Learn parts={parts} />, element);
  element.dataset.live = '';
}
