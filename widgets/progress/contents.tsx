/** Every page of the book in reading order, with what was read and answered. */

import { message, messageParts } from '../engine/messages';
import { due, type Learning } from './store';
import { written } from './dates';

export interface Question {
  readonly id: string;
  readonly question: string;
  readonly address: string;
}

export interface Page {
  readonly id: string;
  readonly title: string;
  readonly address: string;
  readonly minutes?: number;
  readonly questions: readonly Question[];
}

export interface Part {
  readonly caption: string;
  readonly pages: readonly Page[];
}

interface Props {
  parts: readonly Part[];
  kept: Learning;
}

export function Contents({ parts, kept }: Props) {
  return (
    <>
      {parts.map(({ caption, pages }) => (
        <section key={caption}>
          <h3>{caption}</h3>
          <ul class="cb-contents">
            {pages.map((page) => (
              <li key={page.id} data-page={page.id} data-read={kept.pages[page.id]?.read}>
                <span class="cb-tick" aria-hidden="true">
                  {page.id in kept.pages ? '✓' : ''}
                </span>
                <span>
                  <Entry page={page} />
                  <Standing page={page} kept={kept} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Entry({ page: { address, title, minutes } }: { page: Page }) {
  const link = <a href={address}>{title}</a>;
  return <>{minutes ? messageParts('progress-page-minutes', { page: link, count: minutes }) : link}</>;
}

/** What was done on a page, on a line of its own; nothing, where there is nothing to say. */
function Standing({ page: { id, questions }, kept }: { page: Page; kept: Learning }) {
  const said = [];
  const read = kept.pages[id]?.read;
  if (read) said.push(message('progress-read-on', { day: written(read) }));
  if (questions.length) {
    const last = questions.flatMap((question) => kept.answers[question.id]?.slice(-1) ?? []);
    const right = last.filter((answer) => answer.right).length;
    said.push(
      message('progress-answered', {
        count: questions.length,
        answered: last.length,
        right,
        wrong: last.length - right,
      }),
    );
    const next = questions.flatMap((question) => due(kept.answers[question.id] ?? [])?.on ?? []).sort()[0];
    if (next) said.push(message('progress-repeat-on', { day: written(next) }));
  }
  return said.length ? <small>{said.join('; ')}</small> : null;
}
