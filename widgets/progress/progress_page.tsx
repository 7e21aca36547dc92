/** Entry of learn.js: the page of a reader's progress. Without this script the page is a list of contents. */

import { render } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

import { message } from '../engine/messages';
import { BackupTools } from './backup';
import { CalibrationPicture } from './calibration_picture';
import { Contents, type Part } from './contents';
import { DueQuestions } from './due_today';
import type { Progress } from './record';
import { canStore, storedProgress, unreadableText, watch } from './store';

function ProgressPage({ parts }: { parts: readonly Part[] }) {
  const [, redraw] = useState(0);
  const changed = () => redraw((n) => n + 1);
  useLayoutEffect(() => watch(changed), []);
  const [storable] = useState(canStore);
  const progress = storedProgress();
  const pages = parts.flatMap((part) => part.pages);
  const read = pages.filter(({ id }) => id in progress.pages).length;
  return (
    <>
      {storable ? (
        <p class="cb-learned">{message('progress-summary', { read, pages: pages.length, ...counted(progress.answers) })}</p>
      ) : (
        <p class="cb-errors">{message('progress-unavailable')}</p>
      )}
      <DueQuestions pages={pages} progress={progress} />
      <CalibrationPicture answers={progress.answers} />
      <Contents parts={parts} progress={progress} />
      <BackupTools progress={progress} unreadable={unreadableText()} changed={changed} />
    </>
  );
}

/** The number of answered questions, and of correct answers at the last attempt. */
function counted(answers: Progress['answers']): { answered: number; right: number } {
  const last = Object.values(answers).flatMap((history) => history.slice(-1));
  return { answered: last.length, right: last.filter((answer) => answer.right).length };
}

for (const element of document.querySelectorAll<HTMLElement>('.casebook-learning')) {
  const { parts } = JSON.parse(element.querySelector('script')!.textContent!) as { parts: Part[] };
  element.replaceChildren();
  element.classList.add('cb');
  render(<ProgressPage parts={parts} />, element);
  element.dataset.live = '';
}
