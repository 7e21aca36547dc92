/** All pages of the book in reading order, with the progress on each. */

import { message, messageParts } from '../engine/messages';
import { written } from './dates';
import type { Progress } from './record';
import { due } from './schedule';

export interface QuestionLink {
  readonly id: string;
  readonly question: string;
  readonly address: string;
}

export interface PageEntry {
  readonly id: string;
  readonly title: string;
  readonly address: string;
  readonly minutes?: number;
  readonly questions: readonly QuestionLink[];
}

export interface Part {
  readonly caption: string;
  readonly pages: readonly PageEntry[];
}

interface Props {
  parts: readonly Part[];
  progress: Progress;
}

export function Contents({ parts, progress }: Props) {
  return (
    <>
      {parts.map(({ caption, pages }) => (
        <section key={caption}>
          <h3>{caption}</h3>
          <ul class="cb-contents">
            {pages.map((page) => (
              <li key={page.id} data-page={page.id} data-read={progress.pages[page.id]?.read}>
                <span class="cb-tick" aria-hidden="true">
                  {page.id in progress.pages ? '✓' : ''}
                </span>
                <span>
                  <Entry page={page} />
                  <PageProgress page={page} progress={progress} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Entry({ page: { address, title, minutes } }: { page: PageEntry }) {
  const link = <a href={address}>{title}</a>;
  return <>{minutes ? messageParts('progress-page-minutes', { page: link, count: minutes }) : link}</>;
}

/** The progress on a page, or nothing if there is none. */
function PageProgress({ page: { id, questions }, progress }: { page: PageEntry; progress: Progress }) {
  const notice = [];
  const read = progress.pages[id]?.read;
  if (read) notice.push(message('progress-read-on', { day: written(read) }));
  if (questions.length) {
    const last = questions.flatMap((question) => progress.answers[question.id]?.slice(-1) ?? []);
    const right = last.filter((answer) => answer.right).length;
    notice.push(
      message('progress-answered', {
        count: questions.length,
        answered: last.length,
        right,
        wrong: last.length - right,
      }),
    );
    const next = questions.flatMap((question) => due(progress.answers[question.id] ?? [])?.on ?? []).sort()[0];
    if (next) notice.push(message('progress-repeat-on', { day: written(next) }));
  }
  return notice.length ? <small>{notice.join('; ')}</small> : null;
}
